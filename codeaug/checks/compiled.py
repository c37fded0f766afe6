"""Compiles in place with the project's own flags; no diagnostic that the original does not have."""

from __future__ import annotations

import ast
import re
import symtable
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from codeaug.checks.trial import Trial
from codeaug.model import Finding, Unit, Verdict

_QUOTED = re.compile(r"'[^']*'|‘[^’]*’|\"[^\"]*\"|`[^`]*`")
# Its other messages are matters of style, and follow the flow of control that rewrites change.
_NAME_FAULTS = frozenset({"UndefinedName", "UndefinedLocal", "UndefinedExport"})


def compiled(trial: Trial) -> Finding:
    if trial.bench is None or trial.changed is None:
        return Finding("compiled", Verdict.UNKNOWN, "no build of this repository compiles the file")
    ran = trial.bench.runner.compile(trial.changed)
    unchanged = trial.bench.unchanged(ran.resident)
    new = [
        *_new(ran.result.messages, unchanged.messages),
        *_new(_undefined(trial.unit, trial.changed), _undefined_before(trial.unit, trial.source)),
    ]
    verdict, detail = Verdict.FAILED, ""
    if not ran.result.ok and not unchanged.ok:
        verdict, detail = Verdict.UNKNOWN, "the unchanged file does not compile here either"
    elif not ran.result.ok:
        detail = next(iter(new or ran.result.messages), "") or "the compiler ended with an error"
    elif new:
        detail = f"new diagnostic: {new[0]}"
    return Finding(
        "compiled",
        verdict if detail else Verdict.PASSED,
        detail[:500],
        ran.seconds,
        ran.command,
        ran.exit_code,
        ran.log,
    )


def _new(after: Iterable[str], before: Iterable[str]) -> list[str]:
    """Messages that are new even when the names they quote are left out: renames are no news."""
    known = Counter(_QUOTED.sub("", message) for message in before)
    new = []
    for message in after:
        key = _QUOTED.sub("", message)
        known[key] -= 1
        if known[key] < 0:
            new.append(message)
    return new


@lru_cache(maxsize=4)
def _undefined_before(unit: Unit, source: bytes) -> list[str]:
    """Of the unchanged file, asked once for all variants of the unit."""
    return _undefined(unit, source)


def _undefined(unit: Unit, source: bytes) -> list[str]:
    """Names that pyflakes cannot resolve in a Python file: Python's own compiler resolves none."""
    if unit.language != "python":
        return []
    from pyflakes import checker

    try:
        tree = ast.parse(source)
        messages = checker.Checker(tree, unit.path).messages
    except (SyntaxError, ValueError, RecursionError):
        # The project's own interpreter has the last word; a long expression is too deep for a walk.
        return []
    faults = [
        m
        for m in messages
        if type(m).__name__ in _NAME_FAULTS and not _is_local(tree, m.message_args[0], m.lineno)
    ]
    return [f"{type(m).__name__}: {m.message % m.message_args}" for m in faults]


def _is_local(tree: ast.Module, name: str, line: int) -> bool:
    """Whether the innermost function around a line sets a name: in a loop, that may be below."""
    functions = [
        node
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and node.lineno <= line <= (node.end_lineno or node.lineno)
    ]
    own = max(functions, key=lambda node: node.lineno, default=None)
    if own is None:
        return False
    # neither what a function or a comprehension in it sets is its own
    scopes = symtable.symtable(ast.unparse(own), "<function>", "exec").get_children()
    scope = next(each for each in scopes if each.get_name() == own.name)
    return name in scope.get_identifiers() and scope.lookup(name).is_local()
