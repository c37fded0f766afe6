"""Lines by test from `sys.monitoring` (Python 3.12 and newer): each line costs once a test."""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from collections.abc import Sequence
from fnmatch import fnmatchcase
from types import CodeType
from typing import Any

TOOL = 4  # none of those that the manual gives to debuggers, coverage, profilers and optimizers


class Monitor:
    """Files below `root` but for the patterns `omit`. What runs between tests is not kept."""

    def __init__(self, root: str, omit: Sequence[str]) -> None:
        self.root, self.omit = root, omit
        self.files: dict[str, str] = {}
        self.hits: set[tuple[str, int]] = set()
        self.tests: list[tuple[int, set[tuple[str, int]]]] = []
        self.monitoring: Any = sys.monitoring  # type: ignore[attr-defined, unused-ignore]  # 3.12
        events = self.monitoring.events
        self.monitoring.use_tool_id(TOOL, "lines by test")
        self.monitoring.register_callback(TOOL, events.PY_START, self._enter)
        self.monitoring.register_callback(TOOL, events.PY_RESUME, self._enter)
        self.monitoring.register_callback(TOOL, events.LINE, self._line)
        self.monitoring.set_events(TOOL, events.PY_START | events.PY_RESUME)

    def _enter(self, code: CodeType, offset: int) -> Any:
        if self._file(code):
            self.monitoring.set_local_events(TOOL, code, self.monitoring.events.LINE)
        return self.monitoring.DISABLE

    def _line(self, code: CodeType, line: int) -> Any:
        self.hits.add((self._file(code), line))
        return self.monitoring.DISABLE

    def _file(self, code: CodeType) -> str:
        """The file to count for; "" when it is none of ours."""
        name = code.co_filename
        if name not in self.files:
            path = os.path.normpath(name)
            ours = path.startswith(self.root) and not any(fnmatchcase(path, p) for p in self.omit)
            self.files[name] = path if ours else ""
        return self.files[name]

    def begin(self, number: int) -> None:
        """Count from here for test `number`."""
        self.hits = set()
        self.tests.append((number, self.hits))
        self.monitoring.restart_events()

    def end(self) -> None:
        """Count for no test until the next `begin`."""
        self.hits = set()

    def stop(self) -> str:
        self.monitoring.set_events(TOOL, 0)
        self.monitoring.free_tool_id(TOOL)
        return ""

    def found(self) -> dict[str, dict[int, set[int]]]:
        """File -> line -> numbers of the tests that executed it."""
        table: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
        for number, hits in self.tests:
            for file, line in hits:
                table[file][line].add(number)
        return table
