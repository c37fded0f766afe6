"""Run tests through unittest and report each by its id, as it ends."""

from __future__ import annotations

import os
import sys
import time
import unittest
from collections.abc import Callable, Iterator
from typing import Any

from .channel import Send
from .seal import Seal

DETAIL = 2000


class Reporter(unittest.TextTestResult):
    """One line for each test; sub-tests are part of theirs."""

    send: Send
    lines: Any = None
    seal: Seal
    names: dict[int, str]
    stop_early = False
    reported = 0
    stopped = ""

    def startTest(self, test: unittest.TestCase) -> None:
        super().startTest(test)
        self.outcome, self.detail = "", ""
        self.started = time.perf_counter()
        self.send(running=self.names[id(test)])
        if self.lines:
            self.lines.begin(self.reported)

    def stopTest(self, test: unittest.TestCase) -> None:
        if self.lines:
            self.lines.end()
        seconds = time.perf_counter() - self.started
        broken = self.seal.broken()
        if broken:
            self._set("error", f"the code under test changed the test runner: {broken}")
        outcome, detail = self.outcome or "error", self.detail
        self.send(
            test=self.names[id(test)],
            number=self.reported,
            outcome=outcome,
            seconds=round(seconds, 6),
            detail=detail,
        )
        self.reported += 1
        if self.stop_early and outcome in ("failed", "error"):
            self.stopped = self.names[id(test)]
            self.stop()
        super().stopTest(test)

    def _set(self, outcome: str, detail: str = "") -> None:
        worst = ("", "passed", "skipped", "failed", "error")
        if worst.index(outcome) > worst.index(self.outcome):
            self.outcome, self.detail = outcome, detail[-DETAIL:]

    def addSuccess(self, test: unittest.TestCase) -> None:
        super().addSuccess(test)
        self._set("passed")

    def addFailure(self, test: unittest.TestCase, err: Any) -> None:
        super().addFailure(test, err)
        self._set("failed", _message(err))

    def addError(self, test: unittest.TestCase, err: Any) -> None:
        super().addError(test, err)
        if id(test) in self.names:
            self._set("error", _message(err))
        else:  # a fixture of a class or module: its tests never start
            self.send(test=test.id(), outcome="error", seconds=0.0, detail=_message(err))

    def addSubTest(self, test: Any, subtest: Any, err: Any) -> None:
        super().addSubTest(test, subtest, err)
        if err is not None:
            failure = issubclass(err[0], test.failureException)
            self._set("failed" if failure else "error", _message(err))

    def addSkip(self, test: unittest.TestCase, reason: str) -> None:
        super().addSkip(test, reason)
        if id(test) in self.names and not self.outcome:
            self._set("skipped", reason)

    def addExpectedFailure(self, test: unittest.TestCase, err: Any) -> None:
        super().addExpectedFailure(test, err)
        self._set("skipped", "xfail: " + _message(err))

    def addUnexpectedSuccess(self, test: unittest.TestCase) -> None:
        super().addUnexpectedSuccess(test)
        self._set("failed", "unexpected success")


def _message(err: Any) -> str:
    return f"{err[0].__name__}: {err[1]}"


def discover(root: str, starts: list[str]) -> list[unittest.TestCase]:
    """The tests under each folder of `starts` (relative to `root`), in unittest's own order."""
    loader = unittest.TestLoader()
    found: list[unittest.TestCase] = []
    for start in starts or [""]:
        folder = os.path.normpath(os.path.join(root, start))
        top = folder
        while os.path.isfile(os.path.join(top, "__init__.py")) and top != root:
            top = os.path.dirname(top)
        loader = unittest.TestLoader()
        found += _flat(loader.discover(folder, pattern="test*.py", top_level_dir=top))
    return found


def _flat(suite: Any) -> Iterator[unittest.TestCase]:
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from _flat(test)
        else:
            yield test


def _named(tests: list[unittest.TestCase]) -> dict[int, str]:
    seen: dict[str, int] = {}
    names = {}
    for test in tests:
        count = seen[test.id()] = seen.get(test.id(), 0) + 1
        names[id(test)] = test.id() if count == 1 else f"{test.id()} #{count}"
    return names


def run(
    send: Send,
    root: str,
    tests: list[str] | None,
    lines: Any,
    arguments: list[str],
    *,
    last: Callable[[], None] | None = None,
    serve: Callable[[], Any] | None = None,
) -> None:
    """As `pytest_host.run`."""
    sys.argv = ["python -m unittest"]
    seal = Seal()
    seal.close()
    found = discover(root, arguments)
    names = _named(found)
    if serve is not None:
        job = serve()
        send, tests, lines, last = job.send, job.tests, job.lines, job.finish
    if tests is not None:
        numbers = {test: number for number, test in enumerate(tests)}
        found = [test for test in found if names[id(test)] in numbers]
        if last is not None:
            found.sort(key=lambda test: numbers[names[id(test)]])

    class Bound(Reporter):
        pass

    Bound.send, Bound.lines, Bound.seal = staticmethod(send), lines, seal
    Bound.names, Bound.stop_early = names, tests is not None
    bound: Any = Bound
    runner = unittest.TextTestRunner(resultclass=bound, verbosity=1)
    result: Any = runner.run(unittest.TestSuite(found))
    sys.stdout.flush()
    send(
        end=bool(result.stopped) or not result.shouldStop,
        exit=0 if result.wasSuccessful() else 1,
        reported=result.reported,
        collected=len(found),
    )
