"""Notices when the code under test changes what runs and judges the tests.

Plug-ins may do so while they set themselves up; afterwards nothing may change.
"""

from __future__ import annotations

import sys
from types import FunctionType
from typing import Any

OWNERS = (
    ("unittest.case", "TestCase"),
    ("unittest.case", "_Outcome"),
    ("unittest.case", "_AssertRaisesContext"),
    ("unittest.suite", "TestSuite"),
    ("unittest.result", "TestResult"),
    ("_pytest.runner", ""),
    ("_pytest.runner", "CallInfo"),
    ("_pytest.reports", "TestReport"),
    ("_pytest.python", "Function"),
    ("_pytest.python", "pytest_pyfunc_call"),
    ("_pytest.unittest", "TestCaseFunction"),
    ("_pytest.raises", "RaisesExc"),
    ("_pytest.outcomes", ""),
    ("pluggy._callers", ""),
    ("pluggy._hooks", "HookCaller"),
)

Mark = tuple[int, int]


class Seal:
    """The identity of every function in `OWNERS`, taken by `close`."""

    def __init__(self) -> None:
        self.marks: dict[str, Mark] = {}
        self.kept: list[Any] = []  # so that no identity is used again

    def close(self) -> None:
        for name, value in _functions():
            self.kept.append((value, value.__code__))
            self.marks[name] = _mark(value)

    def broken(self) -> str:
        """The name of something that is no longer what it was; "" when all is."""
        now = {name: _mark(value) for name, value in _functions()}
        return next((name for name, mark in self.marks.items() if now.get(name) != mark), "")


def _mark(function: FunctionType) -> Mark:
    return id(function), id(function.__code__)


def _functions() -> list[tuple[str, FunctionType]]:
    found = []
    for module, owner in OWNERS:
        holder = sys.modules.get(module)
        if owner:
            holder = getattr(holder, owner, None)
        for name, value in list(vars(holder).items()) if hasattr(holder, "__dict__") else []:
            value = getattr(value, "__func__", value)
            if isinstance(value, FunctionType):
                found.append((f"{module}.{owner}.{name}".replace("..", "."), value))
    return found
