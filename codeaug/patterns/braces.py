"""What is asked about the code at a match in Java and C++."""

from __future__ import annotations

from functools import lru_cache

from codeaug.formatters import Style
from codeaug.model import Edit, Span, Unit
from codeaug.patterns.writing import Blanks
from codeaug.predicates.braces import (
    boolean_name,
    code_of,
    is_builtin,
    is_integral,
    require_no_macros,
    text_of,
    type_of,
)
from codeaug.predicates.cpp_types import is_scalar, value_type
from codeaug.predicates.evaluation import is_nothrow, is_pure
from codeaug.predicates.freshness import require_fresh
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code, callable_around, in_class_body, is_variable
from codeaug.predicates.verdicts import Declined, require
from codeaug.predicates.width import fits

_RAW = ("string_literal", "raw_string_literal")
_NAMES = frozenset({"name", "field", "type", "declarator", "label", "scope"})


class BracesFacts:
    """A function of Java or C++."""

    def __init__(self, code: Code, text: bytes) -> None:
        self.code, self.text = code, text
        layout = code.layout
        raw = (node.span for kind in _RAW for node in code.found(kind) if "\n" in node.text)
        self.blanks = Blanks(layout.unit, layout.newline, tuple(raw))
        self.limit = layout.limit

    def meets(self, predicate: str, span: Span, around: Span) -> bool:
        node = self._at(span)
        return node is not None and self._meets(predicate, node, around)

    def _meets(self, predicate: str, node: Node, around: Span) -> bool:
        code = self.code
        if predicate in ("FRESH", "NOCAP"):
            name = node.children == [] and "identifier" in node.kind
            return name and (
                self._only_within(node.text, around)
                if predicate == "FRESH"
                else self._uncaptured(node.text, node.start)
            )
        if predicate == "PURE":
            return is_pure(code, node)
        if predicate == "NOTHROW":
            return is_nothrow(code, node)
        kind = type_of(code, node)
        if predicate == "BOOLVAL":
            return kind == boolean_name(code)
        if predicate == "INTEGRAL":
            return is_integral(code, kind)
        return is_builtin(code, kind)

    def _only_within(self, name: str, around: Span) -> bool:
        places = [word.span for word in self.code.words.get(name, ())]
        return all(around.start <= s.start and s.end <= around.end for s in places)

    def _uncaptured(self, name: str, position: int) -> bool:
        """Whether it is a local, and no lambda and no class inside the function sees it."""
        function = self.code.function
        uses = [word for word in self.code.words.get(name, ()) if is_variable(word)]
        local = any(v.kind != "inner" for v in self.code.by_name.get(name, ()))
        return local and not any(
            callable_around(use, function) is not function or in_class_body(use, function)
            for use in uses
        )

    def is_evaluated(self, span: Span) -> bool:
        node = self._at(span)
        if node is None:
            return True  # several nodes, or none that is known: think the worst
        kind = node.kind
        named = node.field in _NAMES and (node.parent is None or kind[-4:] != "call")
        typed = kind.endswith(("type", "type_identifier", "type_descriptor", "type_specifier"))
        return not (typed or (named and "identifier" in kind))

    def is_bound(self, span: Span) -> bool:
        node = self._at(span)
        if node is None or node.parent is None:
            return False
        above = node.parent
        left = above.kind == "assignment_expression" and node.field == "left"
        return id(node) in self.code.declared or left or above.kind == "update_expression"

    def require_fresh(self, name: str) -> None:
        require_fresh(self.code, name)

    def require_widened(self, span: Span, around: Span) -> None:
        for local in self.code.locals:
            if not (span.start <= local.node.start and local.node.end <= span.end):
                continue
            here = self._only_within(local.name, around)
            require(here, "FRESH", f"{local.name} means something else behind it")
            plain = self.code.language == "java" or is_scalar(value_type(local.type))
            require(plain, "TRIVLIFE", f"{local.name} would be destroyed later")

    def require_plain(self, span: Span) -> None:
        waiting, inside = [self.code.function], []
        while waiting:
            node = waiting.pop()
            if span.start <= node.start and node.end <= span.end:
                inside.append(node)
            elif node.start < span.end and node.end > span.start:
                waiting += node.children
        require_no_macros(self.code, *inside)

    def require_readable(self, edit: Edit) -> None:
        """tree-sitter takes little that a compiler would not read."""

    def require_room(self, edit: Edit) -> None:
        require(fits(self.text, (edit,), self.limit), "NATURAL", "a line would be too long")

    def _at(self, span: Span) -> Node | None:
        """The node that is all of that span."""
        node: Node | None = self.code.function
        while node is not None:
            below = (c for c in node.children if c.start <= span.start and span.end <= c.end)
            node = next((c for c in below if c.end > c.start), None)
            if node is not None and node.span == span and node.named:
                return node
        return None


@lru_cache(maxsize=8)
def facts(unit: Unit, source: bytes, style: Style) -> BracesFacts:
    """Declines NOMACRO where the unit does not parse by itself."""
    code = code_of(unit, source, style=style)
    if code is None:
        raise Declined("NOMACRO", "the text does not parse alone")
    return BracesFacts(code, text_of(unit, source))
