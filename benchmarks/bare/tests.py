"""Runs chosen tests of a collected session again and again: `python tests.py JOBS OUT JSON`.

Runs in the sandbox, beside `pyhost`. JOBS holds one job a line, test ids between tabs; JSON names
`root`, `runner`, `arguments` and `seconds`, how long each job is repeated. Writes the median of
each job's seconds. Nothing forks, nothing is replaced, nobody watches lines.
"""

from __future__ import annotations

import io
import json
import os
import statistics
import sys
import time
import unittest
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

LEAST = 3


def repeated(run: Callable[[], bool], seconds: float) -> float:
    """The median of the seconds of each run; the first one, which warms up, does not count."""
    if not run():
        sys.exit("the tests do not pass when they are run again and again")
    taken: list[float] = []
    began = time.perf_counter()
    while len(taken) < LEAST or time.perf_counter() - began < seconds:
        started = time.perf_counter()
        run()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def numbered(ids: Iterable[str]) -> list[str]:
    """Test ids as codeaug has them: the second of the same id has ` #2` behind it."""
    seen: Counter[str] = Counter()
    names = []
    for one in ids:
        seen[one] += 1
        names.append(one if seen[one] == 1 else f"{one} #{seen[one]}")
    return names


class Again:
    """A pytest plug-in: the collected session runs each job's items again and again."""

    def __init__(self, jobs: list[list[str]], seconds: float) -> None:
        self.jobs, self.seconds = jobs, seconds
        self.medians: list[float] = []
        self.items: dict[str, Any] = {}
        self.failed = 0

    def pytest_runtest_logreport(self, report: Any) -> None:
        self.failed += report.outcome == "failed"

    def pytest_collection_finish(self, session: Any) -> None:
        names = numbered(item.nodeid for item in session.items)
        self.items = dict(zip(names, session.items, strict=True))

    def pytest_runtestloop(self, session: Any) -> bool:
        for job in self.jobs:
            self.medians.append(repeated(lambda job=job: self.run(job), self.seconds))
        return True

    def run(self, job: list[str]) -> bool:
        items = [self.items[test] for test in job]
        for item, following in zip(items, [*items[1:], None], strict=True):
            item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
        return not self.failed


def pytest_medians(job: dict[str, Any], jobs: list[list[str]], overrides: list[str]) -> list[float]:
    import pytest

    again = Again(jobs, job["seconds"])
    options = ["--rootdir=" + job["root"], "-q", "--tb=no", "-p", "no:randomly"]
    pytest.main([*options, *overrides, *job["arguments"]], plugins=[again])
    return again.medians


def unittest_medians(job: dict[str, Any], jobs: list[list[str]], found: list[Any]) -> list[float]:
    by_name = dict(zip(numbered(test.id() for test in found), found, strict=True))

    def run(tests: list[str]) -> bool:
        suite = unittest.TestSuite([by_name[test] for test in tests])
        return unittest.TextTestRunner(stream=io.StringIO()).run(suite).wasSuccessful()

    return [repeated(lambda tests=tests: run(tests), job["seconds"]) for tests in jobs]


def main() -> None:
    place, out, text = sys.argv[1:]
    job = json.loads(text)
    with open(place, encoding="utf-8") as file:
        jobs = [line.rstrip("\n").split("\t") for line in file]
    sys.path[0] = "/host"
    from pyhost import settings, unittest_host

    os.chdir(job["root"])
    sys.path[0] = job["root"]
    if job["runner"] == "unittest":
        found = unittest_host.discover(job["root"], job["arguments"])
        medians = unittest_medians(job, jobs, found)
    else:
        medians = pytest_medians(job, jobs, settings.overrides(job["root"]))
    with open(out, "w", encoding="utf-8") as file:
        file.write("\n".join(map(str, medians)))
    sys.stdout.flush()
    os._exit(0)  # threads that tests left behind do not hold us up


if __name__ == "__main__":
    main()
