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
    ("pluggy._execution", ""),
    ("pluggy._caller", "HookCaller"),
    ("pluggy._hooks", "HookCaller"),
)

Mark = tuple[int, str, Any, FunctionType, Any]


class Seal:
    """The identity of every function in `OWNERS` and of its code, taken by `close`."""

    def __init__(self) -> None:
        self.marks: list[Mark] = []

    def close(self) -> None:
        for number, holder in enumerate(_holders()):
            for name, value in list(vars(holder).items()) if hasattr(holder, "__dict__") else []:
                function = getattr(value, "__func__", value)
                if isinstance(function, FunctionType):
                    self.marks.append((number, name, value, function, function.__code__))

    def broken(self) -> str:
        """The name of something that is no longer what it was; "" when all is."""
        now = [getattr(holder, "__dict__", {}) for holder in _holders()]
        for number, name, value, function, code in self.marks:
            if now[number].get(name) is not value or function.__code__ is not code:
                return ".".join(filter(None, (*OWNERS[number], name)))
        return ""


def _holders() -> list[Any]:
    found: list[Any] = []
    for module, owner in OWNERS:
        holder = sys.modules.get(module)
        found.append(getattr(holder, owner, None) if owner else holder)
    return found
