"""Which lines of the project each test executes: coverage.py on its C tracer.

Its `sys.monitoring` core keeps only the first test that reaches a line, so it is never used here.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

REPO = "/repo/"
TESTS = ("test_*.py", "*_test.py", "conftest.py", "tests/*", "test/*")


class Lines:
    """Coverage of `include` (patterns), by test number when `numbered`."""

    def __init__(self, include: Sequence[str], omit: Sequence[str], numbered: bool) -> None:
        import coverage

        threads = ["thread"]
        if importlib.util.find_spec("greenlet"):
            threads.append("greenlet")
        self.numbered = numbered
        self.started = False
        self.coverage: Any = coverage.Coverage(
            data_file=None,
            config_file=False,
            include=list(include),
            omit=list(omit),
            concurrency=threads,
            messages=False,
        )
        self.coverage._no_warn_slugs.update({"no-data-collected", "module-not-measured"})
        if numbered:
            self._start()

    def _start(self) -> None:
        self.coverage.start()
        self.started = True
        self.tracer = sys.gettrace()

    def begin(self, number: int) -> None:
        """Count from here for test `number`. What ran at import time belongs to no test."""
        if not self.started:
            self._start()
        if sys.gettrace() is not self.tracer:
            sys.settrace(self.tracer)
        if self.numbered:
            self.coverage.switch_context(str(number))

    def end(self) -> None:
        """Count for no test until the next `begin`."""
        if self.numbered:
            self.coverage.switch_context("")

    def stop(self) -> str:
        """Stop measuring; what went wrong, or "" ."""
        if not self.started:
            return ""
        try:
            self.coverage.stop()
        except AssertionError as error:
            return f"a test left a coverage measurement of its own running: {error}"
        return ""

    def of_tests(self) -> Iterable[tuple[str, list[list[str]]]]:
        """For each file its lines, grouped by the tests that execute them: ranges as text."""
        data = self.coverage.get_data()
        for file in sorted(data.measured_files()):
            groups: dict[tuple[int, ...], list[int]] = defaultdict(list)
            for line, contexts in data.contexts_by_lineno(file).items():
                tests = tuple(sorted({int(c) for c in contexts if c}))
                if tests:
                    groups[tests].append(line)
            pairs = [[ranges(sorted(lines)), ranges(tests)] for tests, lines in groups.items()]
            if pairs:
                yield os.path.relpath(file, REPO), pairs

    def of_file(self, path: str) -> tuple[str, str]:
        """Executed and executable lines of one file, as ranges."""
        from coverage.exceptions import CoverageException

        executed = self.coverage.get_data().lines(path) or () if self.started else ()
        try:
            executable = self.coverage.analysis2(path)[1]
        except CoverageException:  # the file does not parse
            executable = ()
        return ranges(sorted(executed)), ranges(sorted(executable))


def ranges(numbers: Sequence[int]) -> str:
    """Sorted numbers as text: `1-3,7`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)


def of_project(root: str) -> Lines:
    """Per-test lines of everything under `root` but its tests."""
    omit = [pattern for name in TESTS for pattern in (root + "/" + name, root + "/*/" + name)]
    return Lines([root + "/*"], omit, numbered=True)


def of_one(path: str) -> Lines:
    """The lines of one file that tests execute, whichever tests they are."""
    return Lines([path], [], numbered=False)
