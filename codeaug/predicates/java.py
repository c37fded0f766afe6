"""What is declared where in a Java method: locals, parameters, pattern variables."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from codeaug.predicates.names import passed_type
from codeaug.predicates.nodes import FUNCTIONS, Node, file_tree
from codeaug.predicates.scopes import Local, outside_classes

_SCOPES = frozenset(
    {
        "block",
        "switch_block",
        "for_statement",
        "enhanced_for_statement",
        "lambda_expression",
        "catch_clause",
    }
)
_DECLARING = (
    *("local_variable_declaration", "formal_parameter", "spread_parameter"),
    *("enhanced_for_statement", "resource", "catch_formal_parameter", "lambda_expression"),
    *("instanceof_expression", "type_pattern", "record_pattern_component"),
)


def locals_in(function: Node) -> Iterator[Local]:
    """Every name that the function declares outside of classes of its own, in source order."""
    for node in outside_classes(function, _DECLARING):
        yield from _declared(node, function)


def _declared(node: Node, function: Node) -> Iterator[Local]:
    if node.kind == "local_variable_declaration":
        yield from _variables(node, _scope_end(node, function))
    elif node.kind in ("formal_parameter", "spread_parameter"):
        yield from _parameter(node, function)
    elif node.kind == "enhanced_for_statement":
        yield from _single(node, "loop", node.end)
    elif node.kind == "resource" and node.child("type") is not None:
        yield from _resource(node)
    elif node.kind == "catch_formal_parameter" and node.parent is not None:
        yield from _single(node, "inner", node.parent.end)
    elif node.kind == "lambda_expression":
        yield from _inferred(node)
    elif node.kind in ("instanceof_expression", "type_pattern", "record_pattern_component"):
        yield from _patterns(node, function)


def _variables(node: Node, end: int) -> Iterator[Local]:
    base = _type_text(node)
    for declarator in node.children:
        name = declarator.child("name") if declarator.field == "declarator" else None
        if name is not None:
            dimensions = declarator.child("dimensions")
            full = base + (dimensions.text if dimensions and base else "")
            start, value = declarator.start, declarator.child("value")
            yield Local(name.text, name, full, "local", node, start, end, value)


def _type_text(node: Node) -> str:
    kind = node.child("type")
    text = "" if kind is None else " ".join(kind.text.split())
    return "" if text == "var" else text


def _parameter(node: Node, function: Node) -> Iterator[Local]:
    owner = node.parent.parent if node.parent is not None else None
    if owner is None:
        return
    kind = "parameter" if owner is function else "inner"
    declarator = next(node.find("variable_declarator"), node)
    name = declarator.child("name")
    written = node.child("type") or next((p for p in node.parts if p.kind != "modifiers"), None)
    if name is None or written is None:
        return
    text = written.text + ("[]" if node.kind == "spread_parameter" else "")
    dimensions = node.child("dimensions")
    text += dimensions.text if dimensions is not None else ""
    yield Local(name.text, name, "" if text == "var" else text, kind, node, owner.start, owner.end)


def _single(node: Node, kind: str, end: int) -> Iterator[Local]:
    name = node.child("name")
    if name is not None:
        yield Local(name.text, name, _type_text(node), kind, node, node.start, end)


def _resource(node: Node) -> Iterator[Local]:
    specification = node.parent
    statement = specification.parent if specification is not None else None
    body = statement.child("body") if statement is not None else None
    name = node.child("name")
    if body is not None and name is not None:
        value = node.child("value")
        yield Local(
            name.text, name, _type_text(node), "resource", node, node.start, body.end, value
        )


def _inferred(node: Node) -> Iterator[Local]:
    given = node.child("parameters")
    if given is None or given.kind == "formal_parameters":
        return
    names = given.parts if given.kind == "inferred_parameters" else [given]
    for name in names:
        yield Local(name.text, name, "", "inner", node, node.start, node.end)


def _patterns(node: Node, function: Node) -> Iterator[Local]:
    for name in node.children:
        if name.kind == "identifier" and (name.field == "name" or node.kind != _INSTANCEOF):
            yield Local(name.text, name, "", "pattern", node, function.start, function.end)


_INSTANCEOF = "instanceof_expression"


def _scope_end(node: Node, function: Node) -> int:
    return next((a.end for a in node.ancestors() if a.kind in _SCOPES), function.end)


def has_pattern(node: Node) -> bool:
    """Whether the expression declares a pattern variable."""
    return any(
        n.kind in ("type_pattern", "record_pattern")
        or (n.kind == _INSTANCEOF and n.child("name") is not None)
        for n in node.walk()
    )


@lru_cache(maxsize=8)
def level(root: Node) -> int:
    """The version of Java that a file is seen to need at least: 16 for a record, 10 for `var`."""
    return max((_needed(node) for node in root.walk()), default=0)


_NEEDED = {"record_declaration": 16, "record_pattern": 21, "type_pattern": 21, "permits": 17}
_NEEDED |= {"yield_statement": 14, "switch_rule": 14, "lambda_expression": 8}
_NEEDED |= {"method_reference": 8}


def _needed(node: Node) -> int:
    if node.kind == _INSTANCEOF:
        return 16 if node.child("name") is not None else 0
    if node.kind == "string_literal":
        return 15 if node.source.startswith(b'"""', node.start) else 0
    if node.kind == "type_identifier":
        return 10 if node.field == "type" and node.text == "var" else 0
    return _NEEDED.get(node.kind, 0)


def callee(node: Node) -> str:
    """The simple name of the method that a call calls, or the class that `new` makes."""
    if node.kind == "call":
        name = node.child("name")
        return "" if name is None else name.text
    if node.kind == "object_creation_expression":
        made = node.child("type")
        return "" if made is None else made.text.split("<")[0].rsplit(".", 1)[-1]
    return ""


def local_names(source: bytes) -> Iterator[tuple[str, str]]:
    """(hint, name) of every local variable in a file: `type:<T>`, `call:<method>` or ""."""
    for function in file_tree("java", source).find(*FUNCTIONS):
        for local in locals_in(function):
            if local.kind in ("local", "loop", "resource"):
                yield from _hints(local)


def _hints(local: Local) -> Iterator[tuple[str, str]]:
    called = callee(local.value) if local.value is not None else ""
    if local.type:
        yield "type:" + local.type, local.name
    if called:
        yield "call:" + called, local.name
    if not local.type and not called:
        yield "", local.name


def parameter_names(source: bytes) -> Iterator[tuple[str, str]]:
    """(hint, name) of every declared parameter: `argument:<method>/<n>`, `parameter:<T>`."""
    for declared in file_tree("java", source).find(*FUNCTIONS):
        given, name = declared.child("parameters"), declared.child("name")
        for number, part in enumerate(() if given is None or name is None else given.parts):
            for local in _parameter(part, declared) if part.kind == "formal_parameter" else ():
                if name is not None:
                    place = f"argument:{name.text}/{number}"
                    yield place, local.name
                    yield f"{place}/{passed_type(local.type)}", local.name
                if local.type:
                    yield "parameter:" + local.type, local.name
