"""A unit as operators see it: the nodes that may be broken, and none of the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from codeaug.model import Edit, Span, Unit
from codeaug.predicates.braces import code_of, type_of
from codeaug.predicates.cpp import callee, is_shouted, macros
from codeaug.predicates.nodes import CLASS_BODIES, FUNCTIONS, Node, file_tree
from codeaug.predicates.scopes import Code, callable_around
from codeaug.syntax import SyntaxLimit

NESTED = (
    CLASS_BODIES
    | FUNCTIONS
    | {"class_declaration", "interface_declaration", "enum_declaration", "record_declaration"}
    | {"class_definition", "decorated_definition"}
    | {"class_specifier", "struct_specifier", "union_specifier", "enum_specifier"}
)
_SHIELDED = NESTED | {
    "comment",
    *("annotation", "marker_annotation", "attribute_declaration", "attribute_specifier"),
    *("static_assert_declaration", "gnu_asm_expression", "asm_statement", "noexcept"),
    *("sizeof_expression", "alignof_expression", "offsetof_expression", "decltype"),
    *("type", "type_descriptor", "type_arguments", "template_argument_list", "template_type"),
    *("parameter_list", "parameters", "formal_parameters", "lambda_parameters"),
    *("array_declarator", "lambda_capture_specifier", "requires_clause", "goto_statement"),
    *("import_statement", "import_from_statement", "global_statement", "nonlocal_statement"),
    *("using_declaration", "alias_declaration", "type_definition", "type_alias_statement"),
    *("switch_label", "case_pattern", "future_import_statement"),
}
_LOGGER = re.compile(
    r"(?:^|[.:>])(?:\w*_)?(?:log|logger|logging|spdlog|glog)_?(?:\(\))?(?:\.|->|::)\w+$"
    r"|^(?:Log\.[a-z]|log_\w+|q(?:Debug|Info|Warning|Critical))$",
    re.IGNORECASE,
)
_WIDTH = 40


class Body:
    """A unit with its file. `own` are its nodes that may be broken, in source order."""

    def __init__(self, unit: Unit, code: Code) -> None:
        self.unit = unit
        self.language = unit.language
        self.source = code.source
        self.code = code
        self.function = code.function

    @cached_property
    def own(self) -> tuple[Node, ...]:
        found: list[Node] = []
        start = self.unit.body.start
        stack = [n for n in reversed(self.function.children) if n.start >= start]
        while stack:
            node = stack.pop()
            if not self._is_shielded(node):
                found.append(node)
                stack.extend(reversed(node.children))
        return tuple(found)

    def find(self, *kinds: str) -> Iterator[Node]:
        """The unit's own nodes of those kinds, in source order."""
        return (node for node in self.own if node.kind in kinds)

    @cached_property
    def _own_ids(self) -> frozenset[int]:
        return frozenset(id(node) for node in self.own)

    def is_own(self, node: Node) -> bool:
        """Whether a node may be broken."""
        return id(node) in self._own_ids

    @cached_property
    def nested(self) -> tuple[Span, ...]:
        """Where functions and classes lie inside the unit's body."""
        start = self.unit.body.start
        inner = (n for n in self.function.walk() if n.kind in NESTED and n.start > start)
        return tuple(node.span for node in inner if node.children)

    def type_of(self, node: Node) -> str:
        """The static type of an expression; "" in Python and where the file does not tell."""
        return "" if self.language == "python" else type_of(self.code, node)

    def around(self, node: Node) -> Node:
        """The lambda or function whose `return` a statement at `node` would be."""
        if self.language != "python":
            return callable_around(node, self.function)
        return next((a for a in node.ancestors() if a.kind == "lambda"), self.function)

    def _is_shielded(self, node: Node) -> bool:
        if node.kind in _SHIELDED or node.kind.startswith("preproc") or node.broken:
            return True
        if node.field == "type" or (node.parent and node.parent.kind == "type"):
            return True
        above = node.parent
        if above is not None and above.kind == "case_group" and node.field == "value":
            return True
        if node.field == "condition" and above is not None and above.token("constexpr"):
            return True
        if node.kind == "call" or node.kind == "expression_statement":
            return self._is_told(node)
        return _is_message(node)

    def _is_told(self, node: Node) -> bool:
        """Whether a call or statement logs something, or belongs to a macro or is a docstring."""
        if node.kind == "call":
            return self._logs(node)
        if node.kind != "expression_statement" or not node.parts:
            return False
        first = node.parts[0]
        if first.kind in ("string", "concatenated_string", "ellipsis"):
            return True
        while first.kind == "binary_expression" and first.parts:
            first = first.parts[0]
        macro = self.language == "cpp" and first.kind == "identifier" and is_shouted(first.text)
        return macro or (first.kind == "call" and self._logs(first))

    def _logs(self, call: Node) -> bool:
        called = call.child("function")
        if self.language == "cpp":
            name = callee(call)
            if is_shouted(name) or name in macros(self.source) or name == "assert":
                return True
        if called is not None:
            text = called.text
        else:
            owner, name_node = call.child("object"), call.child("name")
            text = f"{owner.text}.{name_node.text}" if owner and name_node else ""
        return bool(_LOGGER.search(text))


def _is_message(node: Node) -> bool:
    """Whether `node` is what a failing assertion would say."""
    above = node.parent
    if above is None or above.kind != "assert_statement" or not node.named:
        return False
    return node is not above.parts[0]


def body_of(unit: Unit, source: bytes) -> Body | None:
    """The unit for the operators; None where its text does not parse cleanly as one function."""
    if unit.language != "python":
        code = code_of(unit, source)
        return None if code is None or code.function.broken else Body(unit, code)
    try:
        root = file_tree("python", source)
    except SyntaxLimit:
        return None
    function = _python_function(root, unit)
    if function is None or function.broken:
        return None
    return Body(unit, Code("python", function, root, iter(())))


def _python_function(root: Node, unit: Unit) -> Node | None:
    node: Node | None = root
    while node is not None:
        body = node.child("body")
        if node.kind == "function_definition" and body and body.start == unit.body.start:
            return node
        at = unit.body.start
        node = next((n for n in node.children if n.start <= at < n.end), None)
    return None


def shown(node: Node) -> str:
    """A node's text as one short phrase in backquotes."""
    text = " ".join(node.text.split()).replace("`", "'")
    return f"`{text}`" if len(text) <= _WIDTH else f"`{text[: _WIDTH - 1]}…`"


def replaced(node: Node, text: str) -> tuple[Edit, ...]:
    """The edit that puts `text` in a node's place."""
    return (Edit(node.start, node.end, text),)
