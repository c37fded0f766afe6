"""The tests one by one under coverage, down to GoogleTest's cases where time allows."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from .gcov import Gcov, Lines, merge
from .python_lines import read_lines
from .reports import Case
from .suites import SEPARATOR, Test, run_test

Group = Mapping[str, Sequence[str]]
"""A GoogleTest filter -> the cases that it runs."""


def measure(
    tests: Sequence[Test], gcov: Gcov, env: Mapping[str, str], seconds: float
) -> Iterator[tuple[list[Case], dict[str, Lines]]]:
    """For each test: what was reported, and the lines by test id.

    `seconds` is what running cases alone may take in all; beyond it the cases of a suite, or of a
    whole program, share what they execute together.
    """
    deadline = time.monotonic() + seconds
    for test in tests:
        cases, whole = covered_run(test, gcov, env)
        covered = {case.name: whole for case in cases}
        prefix = test.name + SEPARATOR
        names = {c.name.removeprefix(prefix): c.name for c in cases if c.name.startswith(prefix)}
        if len(names) > 1:
            covered.update(_alone(test, gcov, env, names, deadline))
        yield cases, covered


def covered_run(
    test: Test,
    gcov: Gcov,
    env: Mapping[str, str],
    cases: Sequence[str] = (),
    notes: frozenset[str] | None = None,
) -> tuple[list[Case], Lines]:
    """Run a test (or some of its cases) with counters of its own, and read them (all, or those of
    the objects of `notes`)."""
    folder = Path(tempfile.mkdtemp())
    try:
        own = {"GCOV_PREFIX": str(folder), "CODEAUG_LINES": str(folder)}
        reported = run_test(test, {**env, **own}, cases)
        return reported, merge([gcov.lines(folder, notes), *read_lines(folder)])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _alone(
    test: Test, gcov: Gcov, env: Mapping[str, str], names: Mapping[str, str], deadline: float
) -> dict[str, Lines]:
    """Cases alone, else suites alone, whichever ends before the deadline; else nothing."""
    now = time.monotonic()
    for groups, until in ((_each(names), now + 0.8 * (deadline - now)), (_suites(names), deadline)):
        found: dict[str, Lines] = {}
        if len(groups) > 1 and _measure_groups(test, gcov, env, groups, until, found.update):
            return {names[case]: lines for case, lines in found.items()}
    return {}


def _each(names: Mapping[str, str]) -> Group:
    return {name: [name] for name in names}


def _suites(names: Mapping[str, str]) -> Group:
    groups: dict[str, list[str]] = defaultdict(list)
    for name in names:
        groups[name.partition(".")[0] + ".*"].append(name)
    return groups


def _measure_groups(
    test: Test,
    gcov: Gcov,
    env: Mapping[str, str],
    groups: Group,
    deadline: float,
    learn: Callable[[Mapping[str, Lines]], None],
) -> bool:
    """Whether all groups could be measured in time; gives up early when they clearly cannot."""
    started = time.monotonic()
    for done, (pattern, cases) in enumerate(groups.items()):
        now = time.monotonic()
        if done in (8, 32) and (now - started) / done * len(groups) > 1.5 * (deadline - started):
            return False
        if now > deadline:
            return False
        reported, lines = covered_run(test, gcov, env, [pattern])
        # a case that needs another to have run before keeps what the whole program executed
        passed = {case.name for case in reported if case.outcome == "passed"}
        learn({c: lines for c in cases if test.name + SEPARATOR + c in passed})
    return True


def to_ranges(lines: frozenset[int]) -> str:
    """`{1, 2, 3, 7}` as `1-3,7`."""
    ranges: list[list[int]] = []
    for line in sorted(lines):
        if ranges and ranges[-1][1] == line - 1:
            ranges[-1][1] = line
        else:
            ranges.append([line, line])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in ranges)


def report_lines(send: Callable[..., None]) -> Callable[[str, Lines], None]:
    """A function that reports one test's executed lines; equal lines are sent once."""
    sent: dict[tuple[str, frozenset[int]], int] = {}

    def report(test: str, lines: Lines) -> None:
        numbers = []
        for path, (executed, _) in sorted(lines.items()):
            key = (path, executed)
            if executed and key not in sent:
                sent[key] = len(sent)
                send(path=path, lines=to_ranges(executed))
            if executed:
                numbers.append(sent[key])
        send(executed=numbers, by=test)

    return report
