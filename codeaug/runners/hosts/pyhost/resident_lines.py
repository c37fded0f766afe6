"""Which of the unit's lines run, at next to no cost for everything else.

From Python 3.12 on `sys.monitoring` tells for the unit's code objects alone. Before, only a tracer
can, and it slows down all code: so calls that note a line are compiled into the unit, before each
statement. They use no name and no variable, and bring no line of their own. What neither can note
coverage.py does, as in a cold run: the cases of `match`, and a body on the line of its `def`, which
counts as run when the `def` is.
"""

from __future__ import annotations

import ast
import sys
import warnings
from collections.abc import Iterable
from types import CodeType
from typing import Any

from .lines import Lines, of_one
from .resident_text import unit_codes, with_nested

MONITORING = sys.version_info >= (3, 12)
TOOL = 4  # as in `monitor`
MARK = "\0 note this line"


class Hits:
    """The lines of the unit that ran since the first `begin`. Used as `lines` of a test run."""

    def __init__(self) -> None:
        self.lines: set[int] = set()
        self.begun = False
        self.tracer: Lines | None = None
        self.path = ""

    def compiled(self, tree: ast.Module, node: Any, path: str) -> CodeType:
        """The module's code; the lines of the unit `node` in it, if any, are noted when they run.

        `tree` is changed. Raises what `compile` raises.
        """
        if node is None:
            return _compile(tree, path)
        if _is_one_line(node):
            return self._traced(tree, path)
        if MONITORING:
            code = _compile(tree, path)
            self._monitor(with_nested(self.unit(code, node)))
            return code
        if any(type(inner).__name__ == "Match" for inner in ast.walk(node)):
            return self._traced(tree, path)
        _note_lines(node)
        ast.fix_missing_locations(node)
        return _bound(_compile(tree, path), self.lines.add)

    def _traced(self, tree: ast.Module, path: str) -> CodeType:
        self.tracer, self.path = of_one(path), path
        return _compile(tree, path)

    @staticmethod
    def unit(module: CodeType, node: Any) -> CodeType:
        """The unit's code in the module's."""
        return unit_codes(module, node)[-1]

    def _monitor(self, codes: Iterable[CodeType]) -> None:
        monitoring: Any = sys.monitoring  # type: ignore[attr-defined, unused-ignore]  # 3.12

        def note(code: CodeType, line: int) -> Any:
            self.lines.add(line)
            return monitoring.DISABLE

        if monitoring.get_tool(TOOL) is None:
            monitoring.use_tool_id(TOOL, "lines of a unit")
        monitoring.register_callback(TOOL, monitoring.events.LINE, note)
        for code in codes:
            monitoring.set_local_events(TOOL, code, monitoring.events.LINE)
        self.again = monitoring.restart_events

    def begin(self, number: int) -> None:
        """Count from here. What ran at import time counts for no test."""
        if not self.begun:
            self.begun = True
            self.lines.clear()
            if MONITORING:
                self.again()
        if self.tracer:
            self.tracer.begin(number)

    def end(self) -> None:
        """A test's end is none of ours: lines are not told apart by tests."""

    def stop(self) -> str:
        """Stop counting; what went wrong, or "" ."""
        if not self.tracer:
            return ""
        problem = self.tracer.stop()
        self.lines |= set(self.tracer.coverage.get_data().lines(self.path) or ())
        return problem


def _is_one_line(node: Any) -> bool:
    """Whether the body begins on the line of the `def`, or of the bracket that ends its header."""
    header = [node, *ast.walk(node.args), *([node.returns] if node.returns else [])]
    lines = [getattr(part, "lineno", 0) for part in header]
    ends = [getattr(part, "end_lineno", 0) for part in header[1:]]
    return bool(node.body[0].lineno <= max(lines + ends))


def _compile(tree: ast.Module, path: str) -> CodeType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return compile(tree, path, "exec", dont_inherit=True)


# --- calls that are compiled in -------------------------------------------------------------------


def _note_lines(node: Any) -> None:
    """Put a note before each statement in the body of a function or class, and of those in it."""
    documented = ast.get_docstring(node, clean=False) is not None
    node.body = [*node.body[:documented], *_noted(node.body[documented:])]


def _noted(block: list[Any]) -> list[Any]:
    found: list[Any] = []
    for statement in block:
        lines = {statement.lineno, *(d.lineno for d in getattr(statement, "decorator_list", ()))}
        found += [ast.copy_location(ast.Expr(_note(line, statement)), statement) for line in lines]
        found.append(statement)
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            _note_lines(statement)
            continue
        for field in ("body", "orelse", "finalbody"):
            if getattr(statement, field, None):
                setattr(statement, field, _noted(getattr(statement, field)))
        for handler in getattr(statement, "handlers", ()):
            handler.body = _noted(handler.body)
            _note_handler(handler)
    return found


def _note_handler(handler: Any) -> None:
    """`except E` runs when E is looked at, which is whenever an exception comes by."""
    if handler.type is None:
        handler.body.insert(0, ast.copy_location(ast.Expr(_note(handler.lineno, handler)), handler))
    else:
        both = [_note(handler.lineno, handler), handler.type]
        handler.type = ast.copy_location(ast.BoolOp(ast.Or(), both), handler.type)


def _note(line: int, place: Any) -> Any:
    """A call of a constant, whose value is put in afterwards; it gives None."""
    call = ast.Call(ast.Constant(MARK), [ast.Constant(line)], [])
    return ast.copy_location(call, place)


def _bound(code: CodeType, note: Any) -> CodeType:
    """`code` with `note` in the place of the mark."""
    return code.replace(co_consts=tuple(_constant(c, note) for c in code.co_consts))


def _constant(value: Any, note: Any) -> Any:
    if isinstance(value, CodeType):
        return _bound(value, note)
    return note if value == MARK and type(value) is str else value
