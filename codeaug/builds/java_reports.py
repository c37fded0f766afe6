"""Reads what tests of Java and our own Java programs leave behind: JUnit XML and report lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any

from codeaug.builds import Harvest, Measurement
from codeaug.builds.ranges import from_ranges
from codeaug.model import Coverage, Diagnostics, Outcome, Rerun, TestOutcome, TestReport

Facts = Mapping[str, Sequence[str]]

_ESCAPES = {"\\t": "\t", "\\n": "\n", "\\r": "\r", "\\\\": "\\"}
_INVOCATION = re.compile(r"^([\w$]+)\s*[\[({].*$", re.DOTALL)
_PATH = re.compile(r"(?:/[\w.$@+-]+){2,}")
_BADNESS = (TestOutcome.PASSED, TestOutcome.SKIPPED, TestOutcome.FAILED, TestOutcome.ERROR)
_DETAIL = 500


class Cases:
    """Outcomes by id, several invocations of one method folded into the worst."""

    def __init__(self) -> None:
        self.outcomes: dict[str, TestOutcome] = {}
        self.seconds: dict[str, float] = {}
        self.detail: dict[str, str] = {}

    def add(self, test: str, outcome: TestOutcome, seconds: float, detail: str) -> None:
        before = self.outcomes.get(test, TestOutcome.PASSED)
        self.outcomes[test] = max(before, outcome, key=_BADNESS.index)
        self.seconds[test] = self.seconds.get(test, 0.0) + seconds
        if detail and outcome in (TestOutcome.FAILED, TestOutcome.ERROR):
            self.detail.setdefault(test, detail[:_DETAIL])

    def report(self, complete: bool, problem: str) -> TestReport:
        return TestReport(self.outcomes, complete, self.seconds, self.detail, problem)


def read_facts(harvest: Harvest, path: str) -> list[Facts]:
    """What was learnt of a project (`hosts/java/Facts`), one mapping a block; [] without a file."""
    try:
        text = harvest.read(path.removeprefix("/repo/")).decode()
    except FileNotFoundError:
        return []
    return [_facts(block) for block in text.split("\n\n") if block.strip()]


def _facts(block: str) -> Facts:
    facts: dict[str, list[str]] = {}
    for line in block.strip("\n").split("\n"):
        key, _, value = line.partition("\t")
        plain = re.sub(r"\\.", lambda found: _ESCAPES.get(found.group(), found.group()), value)
        facts.setdefault(key, []).append(plain)
    return facts


def test_id(module: str, owner: str, name: str) -> str:
    """`module:pkg.Class#method`; invocations (`m(int)[1]`, `m{int}[1]`, `m[0: x]`) are one test.

    A report without a method's name is about the class as a whole: `module:pkg.Class`.
    """
    prefix = f"{module}:" if module else ""
    if not name or name == owner:
        return prefix + owner
    return prefix + owner + "#" + _INVOCATION.sub(r"\1", name)


def split_id(test: str) -> tuple[str, str, str]:
    """`module:pkg.Class#method` -> module, class and method; what is not there is empty."""
    head, _, method = test.partition("#")
    module, _, owner = head.rpartition(":")
    return module, owner, method


def read_xml(tests: Cases, module: str, data: bytes) -> None:
    """Adds the cases of one report. Raises what junitparser raises for what is no report."""
    from junitparser import Error, Failure, JUnitXml, Skipped

    kinds = {
        Skipped: TestOutcome.SKIPPED,
        Failure: TestOutcome.FAILED,
        Error: TestOutcome.ERROR,
    }
    for case in (case for suite in JUnitXml.fromstring(data) for case in suite):
        found = [result for result in case.result if type(result) in kinds]
        outcome = kinds[type(found[0])] if found else TestOutcome.PASSED
        detail = f"{found[0].type or ''}: {found[0].message or ''}".strip(": ") if found else ""
        name = test_id(module, case.classname or "", case.name or "")
        tests.add(name, outcome, case.time or 0.0, detail)


def report_lines(outcomes: Iterable[Outcome]) -> Iterator[dict[str, Any]]:
    for outcome in outcomes:
        for line in outcome.report.decode("utf-8", "replace").splitlines():
            try:
                yield json.loads(line)
            except json.JSONDecodeError:  # cut off when the JVM was killed: no more will follow
                return


def _host_report(
    outcomes: Sequence[Outcome], lines: Sequence[Mapping[str, Any]], expected: int
) -> TestReport:
    tests = Cases()
    for line in lines:
        if "test" in line:
            found = test_id(*split_id(line["test"]))
            tests.add(found, TestOutcome(line["outcome"]), line["seconds"], line.get("detail", ""))
    ends = sum(1 for line in lines if line.get("end"))
    complete = 0 < ends == expected and all(outcome.ok for outcome in outcomes)
    return tests.report(complete, "" if complete else _incomplete(outcomes))


def _incomplete(outcomes: Sequence[Outcome]) -> str:
    for outcome in outcomes:
        if outcome.timed_out:
            return f"the tests did not end within {outcome.seconds:.0f} s"
        if outcome.limit:
            return f"the tests were stopped: {outcome.limit}"
        if outcome.exit_code:
            last = outcome.err.strip().splitlines()[-1:] or ["no message"]
            return f"the test JVM ended with exit code {outcome.exit_code}: {last[0][:_DETAIL]}"
    return "the test JVM ended before its tests did"


def read_measurement(facts: str, outcomes: Sequence[Outcome], harvest: Harvest) -> Measurement:
    lines = list(report_lines(outcomes))
    suites = [f for f in read_facts(harvest, facts) if f["kind"] == ["suite"]]
    expected = max((line["of"] for line in lines if line.get("end")), default=0)
    report = _host_report(outcomes, lines, expected)
    return Measurement(report, Coverage(_coverage(lines, report.outcomes), _unmeasured(suites)))


def _unmeasured(suites: Sequence[Facts]) -> str:
    strange = {suite["runner"][0] for suite in suites if "runner" in suite}
    strange -= {"platform", "junit4", "none"}
    return f"tests of {', '.join(sorted(strange))} cannot be measured" if strange else ""


def _coverage(
    lines: Iterable[Mapping[str, Any]], tests: Iterable[str]
) -> dict[str, dict[str, frozenset[int]]]:
    """Lines by test; what a class does before and after its tests counts for all of them."""
    owners: dict[str, dict[str, set[int]]] = {}
    files: dict[str, str] = {}
    for line in lines:
        if "file" in line:
            files[line["number"]] = line["file"]
        elif "owner" in line:
            found = owners.setdefault(_folded(line["owner"]), {})
            for number, text in line["lines"].items():
                found.setdefault(files[number], set()).update(from_ranges(text))
    return {test: _union(owners, test) for test in tests}


def _folded(owner: str) -> str:
    return test_id(*split_id(owner)) if "#" in owner else owner


def _union(owners: Mapping[str, Mapping[str, Set[int]]], test: str) -> dict[str, frozenset[int]]:
    """Lines of the test itself, of its class and of the classes around that."""
    name = test.partition("#")[0]
    around = [name]
    while "$" in name:
        name = name.rpartition("$")[0]
        around.append(name)
    merged: dict[str, frozenset[int]] = {}
    for owner in (test, *around):
        for path, found in owners.get(owner, {}).items():
            merged[path] = merged.get(path, frozenset()) | found
    return merged


def read_rerun(tests: Set[str], outcomes: Sequence[Outcome], harvest: Harvest) -> Rerun:
    lines = list(report_lines(outcomes))
    commands = {split_id(test)[0] for test in tests}
    ends = [line["of"] for line in lines if line.get("end")]
    # each module ends once for each of its suites, and each time says how many there are
    expected = len(ends) if sum(1 / of for of in ends) > len(commands) - 0.01 else 0
    report = _host_report(outcomes, lines, expected)
    asked = {test: outcome for test, outcome in report.outcomes.items() if test in tests}
    executed = (from_ranges(line["executed"]) for line in lines if "executed" in line)
    executable = (from_ranges(line["executable"]) for line in lines if "executable" in line)
    return Rerun(
        TestReport(asked, report.complete, report.seconds, report.detail, report.problem),
        frozenset().union(*executed),
        frozenset().union(*executable),
    )


def read_diagnostics(outcomes: Sequence[Outcome], harvest: Harvest) -> Diagnostics:
    lines = [line for line in report_lines(outcomes) if line.get("end")]
    if not lines or not outcomes[-1].ok:
        return Diagnostics(False, ("error: the compiler did not end",), outcomes[-1].err)
    line = lines[-1]
    if "problem" in line:
        return Diagnostics(False, (f"error: {line['problem']}",), outcomes[-1].err)
    found = line["messages"]
    log = "\n".join(f"line {m['line']}: {m['kind']}: {m['text']}" for m in found)
    return Diagnostics(line["ok"], tuple(_message(m) for m in found), log)


def _message(found: Mapping[str, str]) -> str:
    text = " ".join(_PATH.sub("…", found["text"]).split())
    return f"{found['kind']}: {found['code']}: {text}"
