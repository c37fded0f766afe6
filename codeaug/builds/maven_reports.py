"""Reads what Maven's plug-ins and our Java programs leave behind."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any

from codeaug.builds import Harvest, Measurement
from codeaug.model import Coverage, Diagnostics, Outcome, Rerun, TestOutcome, TestReport

Facts = Mapping[str, Sequence[str]]

_ESCAPES = {"\\t": "\t", "\\n": "\n", "\\r": "\r", "\\\\": "\\"}
_INVOCATION = re.compile(r"^([\w$]+)\s*[\[({].*$", re.DOTALL)
_PATH = re.compile(r"(?:/[\w.$@+-]+){2,}")
_BADNESS = (TestOutcome.PASSED, TestOutcome.SKIPPED, TestOutcome.FAILED, TestOutcome.ERROR)
_DETAIL = 500


class _Tests:
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
    """What our extension wrote down, one mapping for each plug-in execution; [] without a file."""
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


# --- the user's own way: Surefire's and Failsafe's XML --------------------------------------------


def read_tests(root: str, folder: str, outcomes: Sequence[Outcome], harvest: Harvest) -> TestReport:
    suites = [f for f in read_facts(harvest, f"{folder}/facts.txt") if f["kind"] == ["suite"]]
    tests = _Tests()
    unreadable = [path for suite in suites for path in _read_suite(tests, root, suite, harvest)]
    problem = _problem(outcomes[-1], suites, tests)
    if unreadable and outcomes[-1].ok:
        problem = f"{unreadable[0]} is not a readable test report"
    return tests.report(outcomes[-1].ok and not unreadable, problem)


def _read_suite(tests: _Tests, root: str, suite: Facts, harvest: Harvest) -> Iterator[str]:
    """Adds the reports of one suite; yields the paths of those that cannot be read."""
    from junitparser import JUnitXmlError

    module = suite["module"][0].removeprefix(root).strip("/")
    reports = suite["reports"][0].removeprefix("/repo/")
    for path in harvest.find(f"{reports}/TEST-*.xml"):
        try:
            _read_xml(tests, module, harvest.read(path))
        except (JUnitXmlError, SyntaxError, ValueError):
            yield path


def _read_xml(tests: _Tests, module: str, data: bytes) -> None:
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


def _problem(outcome: Outcome, suites: Sequence[Facts], tests: _Tests) -> str:
    if outcome.timed_out:
        return f"the tests did not end within {outcome.seconds:.0f} s"
    if outcome.limit:
        return f"the tests were stopped: {outcome.limit}"
    if not outcome.ok:
        return f"Maven failed with exit code {outcome.exit_code} while it ran the tests"
    if tests.outcomes:
        return ""
    if suites and all(suite["skip"] == ["true"] for suite in suites):
        return "no tests: the POM tells Maven to skip them (skipTests or maven.test.skip)"
    return "no tests: Maven succeeded and ran none"


# --- our own programs -----------------------------------------------------------------------------


def _lines(outcomes: Iterable[Outcome]) -> Iterator[dict[str, Any]]:
    for outcome in outcomes:
        for line in outcome.report.decode("utf-8", "replace").splitlines():
            try:
                yield json.loads(line)
            except json.JSONDecodeError:  # cut off when the JVM was killed: no more will follow
                return


def _ranges(text: str) -> frozenset[int]:
    """`3-5,9` -> {3, 4, 5, 9}."""
    pairs = (part.partition("-") for part in text.split(",") if part)
    return frozenset(
        line for first, _, last in pairs for line in range(int(first), int(last or first) + 1)
    )


def _host_report(
    outcomes: Sequence[Outcome], lines: Sequence[Mapping[str, Any]], expected: int
) -> TestReport:
    tests = _Tests()
    for line in lines:
        if "test" in line:
            name, detail = line["test"], line.get("detail", "")
            module, _, rest = name.rpartition(":")
            owner, _, method = rest.partition("#")
            found = test_id(module, owner, method)
            tests.add(found, TestOutcome(line["outcome"]), line["seconds"], detail)
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
    lines = list(_lines(outcomes))
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
                found.setdefault(files[number], set()).update(_ranges(text))
    return {test: _union(owners, test) for test in tests}


def _folded(owner: str) -> str:
    module, _, rest = owner.rpartition(":")
    return test_id(module, *rest.split("#", 1)) if "#" in rest else owner


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
    lines = list(_lines(outcomes))
    commands = {test.rpartition(":")[0] for test in tests}
    ends = [line["of"] for line in lines if line.get("end")]
    # each module ends once for each of its suites, and each time says how many there are
    expected = len(ends) if sum(1 / of for of in ends) > len(commands) - 0.01 else 0
    report = _host_report(outcomes, lines, expected)
    asked = {test: outcome for test, outcome in report.outcomes.items() if test in tests}
    executed = (_ranges(line["executed"]) for line in lines if "executed" in line)
    executable = (_ranges(line["executable"]) for line in lines if "executable" in line)
    return Rerun(
        TestReport(asked, report.complete, report.seconds, report.detail, report.problem),
        frozenset().union(*executed),
        frozenset().union(*executable),
    )


def read_diagnostics(outcomes: Sequence[Outcome], harvest: Harvest) -> Diagnostics:
    lines = [line for line in _lines(outcomes) if line.get("end")]
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
