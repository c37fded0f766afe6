"""Run tests through pytest and report each by its node id, as it ends."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable, Collection, Generator
from typing import Any

import pytest

from . import settings
from .channel import Send
from .seal import Seal

DETAIL = 2000
FINISHED = (0, 1, 5)  # passed, failed, no tests


class Reporter:
    """A pytest plug-in: one line for each test, and what the session came to.

    A test is known by its node id; the second one of the same id has ` #2` behind it. Sub-tests
    are part of their test.
    """

    def __init__(
        self,
        send: Send,
        chosen: dict[str, int] | None,
        lines: Any,
        seal: Seal,
    ) -> None:
        self.send, self.chosen, self.lines, self.seal = send, chosen, lines, seal
        self.ordered = False
        self.last: Callable[[], None] | None = None
        self.names: dict[int, str] = {}
        self.reported = 0
        self.collected = 0
        self.stopped = ""
        self.phases: list[tuple[str, Any]] = []

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self, config: Any) -> None:
        self.seal.close()

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        seen: dict[str, int] = {}
        for item in items:
            count = seen[item.nodeid] = seen.get(item.nodeid, 0) + 1
            self.names[id(item)] = item.nodeid if count == 1 else f"{item.nodeid} #{count}"
        if self.chosen is not None:
            self.choose(items)
        self.collected = len(items)

    def choose(self, items: list[Any]) -> None:
        """Keep the chosen items, in the order they were asked for in if that is wanted."""
        chosen = self.chosen or {}
        items[:] = [item for item in items if self.names[id(item)] in chosen]
        if self.ordered:
            items.sort(key=lambda item: chosen[self.names[id(item)]])

    def pytest_collectreport(self, report: Any) -> None:
        if report.failed and self.chosen is None:
            self.send(test=report.nodeid or ".", outcome="error", seconds=0.0, detail=_text(report))

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: Any) -> Generator[None, Any, None]:
        name = self.names[id(item)]
        self.send(running=name)
        self.phases = []
        if self.lines:
            self.lines.begin(self.reported)
        result = yield
        if self.lines:
            self.lines.end()
        result.get_result()  # an exit from within is no end of the test
        self._report(item, name)

    def pytest_runtest_logreport(self, report: Any) -> None:
        self.phases.append((_phase(report), report))

    def _report(self, item: Any, name: str) -> None:
        outcome, detail = _verdict(self.phases)
        broken = self.seal.broken()
        if broken:
            outcome, detail = "error", f"the code under test changed the test runner: {broken}"
        seconds = sum(report.duration for _, report in self.phases)
        self.send(
            test=name,
            number=self.reported,
            outcome=outcome,
            seconds=round(seconds, 6),
            detail=detail,
        )
        self.reported += 1
        if self.chosen is not None and outcome in ("failed", "error"):
            self.stopped = name
            if self.last is not None:
                self.end(True, 1)
                self.last()
            item.session.shouldstop = "first difference"

    def end(self, complete: bool, code: int) -> None:
        """Say that nothing more comes, and whether everything came that was to come."""
        self.send(end=complete, exit=code, reported=self.reported, collected=self.collected)


class Staying:
    """Once the session is collected, `serve` says what is to run; it returns in a fork alone."""

    def __init__(self, serve: Callable[[], Any], reporter: Reporter) -> None:
        self.serve, self.reporter = serve, reporter

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: Any) -> None:
        job, reporter = self.serve(), self.reporter
        reporter.send, reporter.lines = job.send, job.lines
        reporter.chosen, reporter.ordered = _numbered(job.tests), True
        reporter.last = job.finish
        reporter.choose(session.items)
        reporter.collected = len(session.items)


def _numbered(tests: Collection[str]) -> dict[str, int]:
    return {test: number for number, test in enumerate(tests)}


def _phase(report: Any) -> str:
    """setup, call or teardown; `sub` for a part of a test."""
    return "sub" if hasattr(report, "context") else str(report.when)


def _verdict(phases: list[tuple[str, Any]]) -> tuple[str, str]:
    """A test's outcome from those of its phases: the worst one that is not repeated."""
    last: dict[str, Any] = {}
    for phase, report in phases:
        if report.outcome == "rerun":
            last = {}
        elif phase == "sub" and not report.failed:
            continue
        else:
            last[phase] = report
    for phase in ("call", "sub", "setup", "teardown"):
        report = last.get(phase)
        if report is not None and report.failed:
            return ("failed" if phase in ("call", "sub") else "error"), _text(report)
    for report in last.values():
        if report.skipped:
            return "skipped", _text(report)
    if set(last) >= {"setup", "call", "teardown"}:
        return "passed", ""
    return "error", "the test did not run to its end"


def _text(report: Any) -> str:
    """A report's message: the exception, or why it was skipped."""
    expected = getattr(report, "wasxfail", None)
    if expected is not None and report.skipped:
        return f"xfail: {expected}"[:DETAIL]
    why = report.longrepr
    if isinstance(why, tuple):
        return str(why[-1])[:DETAIL]
    crash = getattr(why, "reprcrash", None)
    return str(crash.message if crash is not None else why or "")[-DETAIL:]


def files_of(tests: Collection[str]) -> list[str]:
    """The files that hold `tests`; [] (collect everything) when one of them is no file."""
    files = list(dict.fromkeys(test.split("::", 1)[0] for test in tests))
    return files if all(os.path.exists(file) for file in files) else []


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
    """Run the whole suite, or only `tests` until the first that does not pass.

    `lines` is told where each test begins and ends. With `last`: in the order of `tests`, and at
    the first that does not pass `last` ends the process, without the session's own end. `serve`:
    collect everything, then ask it what is to be run that way: its `send`, `tests`, `lines` and
    `finish`.
    """
    reporter = Reporter(send, None if tests is None else _numbered(tests), lines, Seal())
    reporter.ordered, reporter.last = last is not None, last
    args = [
        "--rootdir=" + root, "-p", "no:randomly", "--continue-on-collection-errors",
        *(["--hypothesis-seed=0"] if importlib.util.find_spec("hypothesis") else []),
        *settings.overrides(root), *arguments,
        "--tb=short" if tests is None and not serve else "--tb=no", *files_of(tests or ()),
    ]  # fmt: skip
    sys.argv = ["pytest", *args]
    code = int(
        pytest.main(args, plugins=[reporter, *([Staying(serve, reporter)] if serve else [])])
    )
    sys.stdout.flush()
    whole = reporter.reported == reporter.collected and code in FINISHED
    reporter.end(whole or bool(reporter.stopped), code)
