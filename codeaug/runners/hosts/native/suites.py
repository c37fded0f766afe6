"""The tests of a build: each is a program, run alone, judged by the reports that it leaves."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from .programs import Ended, run
from .reports import MESSAGE_LIMIT, Case, read_reports

SEPARATOR = "::"
OUTPUT = "output="
_WHOLE_OUTPUT = "100000000"
Start = Callable[[Sequence[str], str, Mapping[str, str]], Ended]
"""What starts a test's program: command, folder, environment."""

_LONGEST_VARIABLE = 100_000  # Linux takes 128 KiB; beyond it all cases run
_VARYING = re.compile(
    r"/\.codeaug-build/(?:plain|covered)"
    r"|0x[0-9a-fA-F]+"
    r"|\d+(?:[.,]\d+)?(?= ?(?:[nuµm]s|s|secs?|seconds?|(?:milli|micro|nano)-?s\w+)\b)"
)


@dataclass(frozen=True)
class Test:
    """One test program. `ctest` is its name in ctest's list, "" for a plain command.

    `cases_expected`: its command names a GoogleTest case, so a run that reports none is no pass.
    `reports`: pattern below `cwd` of the JUnit reports that hold the tests of a command.
    """

    name: str
    args: tuple[str, ...]
    cwd: str
    ctest: str = ""
    cases_expected: bool = False
    report: str = ""
    reports: str = ""


def ctest_tests(build: str) -> list[Test]:
    """All tests that ctest knows in the build directory `build`, in its order."""
    tests = [_ctest_test(build, i, entry) for i, entry in enumerate(ctest_list(build), 1)]
    return list(_distinct(tests))


def ctest_list(build: str) -> list[dict[str, Any]]:
    """What ctest tells of each test in the build directory `build`."""
    ended = run(["ctest", "--show-only=json-v1"], build, {})
    start = ended.output.find(b"{")
    if ended.exit_code != 0 or start < 0:
        return []
    found = json.JSONDecoder().raw_decode(ended.output[start:].decode(errors="replace"))[0]
    return list(found["tests"])


def _ctest_test(build: str, number: int, entry: Mapping[str, object]) -> Test:
    command = entry.get("command") or []
    assert isinstance(command, list)
    report = next((a[19:] for a in command if a.startswith("--gtest_output=xml:")), "")
    return Test(
        str(entry["name"]),
        ("ctest", "-I", f"{number},{number}", "--test-output-size-passed", _WHOLE_OUTPUT),
        build,
        str(entry["name"]),
        any(a.startswith("--gtest_filter=") for a in command),
        report,
    )


def _distinct(tests: Sequence[Test]) -> Iterator[Test]:
    """ctest allows one name in several folders."""
    seen: dict[str, int] = {}
    for test in tests:
        seen[test.name] = seen.get(test.name, 0) + 1
        repeated = seen[test.name] > 1
        yield replace(test, name=f"{test.name}#{seen[test.name]}") if repeated else test


def run_test(
    test: Test, env: Mapping[str, str], cases: Sequence[str] = (), start: Start = run
) -> list[Case]:
    """Run one test (its GoogleTest `cases` only, when given) and return what was reported.

    A program that reports cases has an outcome of its own, under the test's name, only when it
    ended badly although all of them passed.
    """
    if test.reports:
        return _reported(test, env, start)
    with tempfile.TemporaryDirectory() as folder:
        extra = {**env, "GTEST_OUTPUT": f"xml:{folder}/", "GTEST_COLOR": "no"}
        chosen = ":".join(cases)
        if chosen and len(chosen) < _LONGEST_VARIABLE:
            extra["GTEST_FILTER"] = chosen
        if test.report:
            _forget(Path(test.report))
        junit = os.path.join(folder, "ctest.junit")
        args = [*test.args, "--output-junit", junit] if test.ctest else test.args
        ended = start(args, test.cwd, extra)
        own = _own(test, ended, Path(junit))
        reports = sorted(Path(folder).glob("*.xml")) or _files(test.report)
        return list(_named(test, own, read_reports(reports)))


def _reported(test: Test, env: Mapping[str, str], start: Start) -> list[Case]:
    for old in Path(test.cwd).glob(test.reports):
        old.unlink()
    ended = start(test.args, test.cwd, env)
    cases: dict[str, Case] = {}
    for case in read_reports(sorted(Path(test.cwd).glob(test.reports))):
        # one name for several runs (parameters, retries): the worst of them counts
        if case.name not in cases or cases[case.name].outcome == "passed":
            cases[case.name] = case
    good = all(case.outcome in ("passed", "skipped") for case in cases.values())
    if ended.exit_code != 0 and good:
        text = ended.output[-MESSAGE_LIMIT:].decode(errors="replace")
        message = f"the test command ended with exit code {ended.exit_code}: {text}"
        cases[test.name] = Case(test.name, "error", ended.seconds, message)
    return list(cases.values())


def _forget(report: Path) -> None:
    if report.is_dir():
        shutil.rmtree(report)
    elif report.exists():
        report.unlink()


def _files(report: str) -> list[Path]:
    path = Path(report)
    return sorted(path.glob("*.xml")) if path.is_dir() else [path] if report else []


def _own(test: Test, ended: Ended, junit: Path) -> Case:
    text = ended.output.decode(errors="replace")
    if not test.ctest:
        outcome = "passed" if ended.exit_code == 0 else "failed"
        return Case(test.name, outcome, ended.seconds, text[-MESSAGE_LIMIT:], text)
    # the fixtures that a test requires run and are reported with it
    told = [case for case in read_reports([junit]) if case.name == test.ctest]
    if len(told) != 1:
        message = f"ctest reported nothing (it can since CMake 3.21): {text[-500:]}"
        return Case(test.name, "error", ended.seconds, message)
    message = told[0].message
    if told[0].outcome != "passed":
        message = (message + "\n" + told[0].output[-MESSAGE_LIMIT:]).strip()
    return replace(told[0], name=test.name, message=message)


def _named(test: Test, own: Case, cases: Sequence[Case]) -> Iterator[Case]:
    if test.cases_expected and not cases and own.outcome == "passed":
        yield replace(own, outcome="error", message="the program left no report of its cases")
        return
    if test.cases_expected:
        yield own
        return
    for case in cases:
        yield replace(case, name=test.name + SEPARATOR + case.name)
    if not cases or (own.outcome != "passed" and all(c.outcome == "passed" for c in cases)):
        yield own
    if not cases and own.outcome == "passed" and own.output.strip():
        yield replace(own, name=f"{test.name}{SEPARATOR}{OUTPUT}{_digest(own.output)}")


def _digest(output: str) -> str:
    """A hash of the output without folders of ours, addresses and durations: they differ."""
    return hashlib.sha256(_VARYING.sub("", output).encode()).hexdigest()[:12]
