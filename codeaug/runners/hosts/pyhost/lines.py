"""Which lines of the project each test executes.

coverage.py with a context for each test is right on its C tracer alone: its `sys.monitoring` core
keeps only the first test that reaches a line. From Python 3.12 on `monitor` does this part, at a
small fraction of the cost.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .monitor import Monitor

REPO = "/repo/"
TESTS = ("test_*.py", "*_test.py", "conftest.py", "tests/*", "test/*")
MONITORING = sys.version_info >= (3, 12)


class Lines:
    """coverage.py on the files of `include` (patterns), by test number when `numbered`."""

    def __init__(self, include: Sequence[str], omit: Sequence[str], numbered: bool) -> None:
        os.environ["COVERAGE_CORE"] = "sysmon" if MONITORING and not numbered else "ctrace"
        import coverage

        self.numbered = numbered
        self.started = False
        self.coverage: Any = coverage.Coverage(
            data_file=None,
            config_file=False,
            include=list(include),
            omit=list(omit),
            concurrency=["thread", *(["greenlet"] if _uses_greenlets() else [])],
            messages=False,
        )
        self.coverage.set_option("report:exclude_lines", [])
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
        if sys.gettrace() is not self.tracer:  # an earlier test has taken it away
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
            by_line = data.contexts_by_lineno(file)
            yield from grouped(file, {n: {int(c) for c in cs if c} for n, cs in by_line.items()})

    def of_file(self, path: str) -> tuple[str, str]:
        """Executed and executable lines of one file, as ranges.

        A statement of several lines counts as executed with its first line, too.
        """
        from coverage.exceptions import CoverageException

        executed = set(self.coverage.get_data().lines(path) or ()) if self.started else set()
        if not executed:
            return "", ""
        try:
            _, statements, _, missing, _ = self.coverage.analysis2(path)
        except CoverageException:  # the file does not parse
            return ranges(sorted(executed)), ""
        executed |= set(statements) - set(missing)
        return ranges(sorted(executed)), ranges(sorted(statements))


def _uses_greenlets() -> bool:
    return importlib.util.find_spec("greenlet") is not None


def grouped(
    file: str, by_line: Mapping[int, Iterable[int]]
) -> Iterable[tuple[str, list[list[str]]]]:
    """One file, relative to /repo, with its lines grouped by their tests; nothing without any."""
    groups: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for line, tests in by_line.items():
        groups[tuple(sorted(tests))].append(line)
    pairs = [[ranges(sorted(lines)), ranges(tests)] for tests, lines in groups.items() if tests]
    if pairs:
        yield os.path.relpath(file, REPO), pairs


class Monitored(Monitor):
    """The same from `sys.monitoring`."""

    def of_tests(self) -> Iterable[tuple[str, list[list[str]]]]:
        for file, by_line in sorted(self.found().items()):
            yield from grouped(file, by_line)


def ranges(numbers: Sequence[int]) -> str:
    """Sorted numbers as text: `1-3,7`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)


def of_project(root: str) -> Lines | Monitored:
    """Per-test lines of everything under `root` but its tests."""
    omit = [pattern for name in TESTS for pattern in (root + "/" + name, root + "/*/" + name)]
    if MONITORING:
        return Monitored(root + "/", omit)
    return Lines([root + "/*"], omit, numbered=True)


def of_one(path: str) -> Lines:
    """The lines of one file that tests execute, whichever tests they are."""
    return Lines([path], [], numbered=False)
