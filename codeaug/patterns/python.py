"""What is asked about the code at a match in Python."""

from __future__ import annotations

import ast
import warnings
from functools import cached_property, lru_cache

import libcst as cst

from codeaug.edits import rewritten
from codeaug.formatters import Style
from codeaug.model import Edit, Span, Unit
from codeaug.patterns.writing import Blanks
from codeaug.predicates import python as predicates
from codeaug.predicates.python import Function, function_of, nocap
from codeaug.predicates.python_effects import touched
from codeaug.predicates.python_source import keeps_aligned, walk
from codeaug.predicates.python_types import boolval, builtin, nothrow, pure, static_type
from codeaug.predicates.verdicts import Declined, require
from codeaug.predicates.width import fits

_BINDERS = ("assign", "annotated", "loop", "with", "walrus", "augmented", "as", "match", "del")


class PythonFacts:
    """A Python function."""

    def __init__(self, unit: Unit, function: Function) -> None:
        self.unit, self.function = unit, function
        self.text = function.file.source
        module = function.file.module
        self.blanks = Blanks(module.default_indent, module.default_newline, function.file.strings)

    def meets(self, predicate: str, span: Span, around: Span) -> bool:
        node = self._expressions.get(span)
        if predicate in ("FRESH", "NOCAP"):
            if not isinstance(node, cst.Name):
                return False
            if predicate == "NOCAP":
                return nocap(node.value, self.function)
            return self._only_within(node.value, around)
        if node is None:
            return False
        context = self.function.context
        if predicate == "INTEGRAL":
            return static_type(node, context) in ("int", "bool")
        ask = {"PURE": pure, "NOTHROW": nothrow, "BUILTIN": builtin, "BOOLVAL": boolval}
        return ask[predicate](node, context)

    def _only_within(self, name: str, around: Span) -> bool:
        file, places = self.function.file, self.function.names.by_name.get(name, ())
        spans = [file.span(place.node) for place in places]
        local = all(place.binds != "declared" for place in places)
        return local and all(around.start <= s.start and s.end <= around.end for s in spans)

    def is_evaluated(self, span: Span) -> bool:
        name = self.function.file.slice(span)
        return not name.isidentifier() or bool(self._names(span))

    def is_bound(self, span: Span) -> bool:
        return any(place in _BINDERS for place in self._names(span))

    def _names(self, span: Span) -> list[str]:
        """How the names at that place are bound, "" where one is read."""
        file = self.function.file
        found = touched(self.function, span)
        return [place.binds for place in found if file.span(place.node) == span]

    def require_fresh(self, name: str) -> None:
        require(predicates.fresh(name, self.function), "FRESH", f"{name} is already used here")

    def require_widened(self, span: Span, around: Span) -> None:
        """Python has no scopes inside a function."""

    def require_plain(self, span: Span) -> None:
        """Python has no macros."""

    def require_readable(self, edit: Edit) -> None:
        before, after = self._read(()), self._read((edit,))
        require(after or not before, "PARSE", "the result would be no Python")

    def _read(self, edits: tuple[Edit, ...]) -> bool:
        """Whether this Python reads the function with these edits; it may be older than it."""
        changed, span = rewritten(self.unit, self.text, edits)
        margin = f"if 1:\n{self.unit.margin}" if self.unit.margin else ""
        try:
            with warnings.catch_warnings(action="ignore"):
                ast.parse(margin + changed[span.start : span.end].decode())
        except (SyntaxError, ValueError, RecursionError):
            return False
        return True

    def require_room(self, edit: Edit) -> None:
        file = self.function.file
        require(fits(self.text, (edit,), file.limit), "NATURAL", "a line would be too long")
        aligned = keeps_aligned(file, edit)
        require(aligned, "NATURAL", "lines below are aligned with a bracket that would move")

    @cached_property
    def _expressions(self) -> dict[Span, cst.BaseExpression]:
        """The expressions of the function by place, with their parentheses and without."""
        file = self.function.file
        found: dict[Span, cst.BaseExpression] = {}
        for node in walk(self.function.node.body):
            if isinstance(node, cst.BaseExpression):
                found.setdefault(file.span(node), node)
                found.setdefault(file.outer(node), node)
        return found


@lru_cache(maxsize=8)
def facts(unit: Unit, source: bytes, style: Style) -> PythonFacts:
    """Declines PARSE where libcst cannot read the unit."""
    function = function_of(unit, source, style.limit)
    if function is None:
        raise Declined("PARSE", "libcst cannot read this function")
    return PythonFacts(unit, function)
