"""Reads Surefire's and Failsafe's XML: the outcomes of the user's own way to test."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from codeaug.builds import Harvest
from codeaug.builds.java_reports import Cases, Facts, read_facts, read_xml
from codeaug.model import Outcome, TestReport


def read_tests(root: str, folder: str, outcomes: Sequence[Outcome], harvest: Harvest) -> TestReport:
    suites = [f for f in read_facts(harvest, f"{folder}/facts.txt") if f["kind"] == ["suite"]]
    tests = Cases()
    unreadable = [path for suite in suites for path in _read_suite(tests, root, suite, harvest)]
    problem = _problem(outcomes[-1], suites, tests)
    if unreadable and outcomes[-1].ok:
        problem = f"{unreadable[0]} is not a readable test report"
    return tests.report(outcomes[-1].ok and not unreadable, problem)


def _read_suite(tests: Cases, root: str, suite: Facts, harvest: Harvest) -> Iterator[str]:
    """Adds the reports of one suite; yields the paths of those that cannot be read."""
    from junitparser import JUnitXmlError

    module = suite["module"][0].removeprefix(root).strip("/")
    reports = suite["reports"][0].removeprefix("/repo/")
    for path in harvest.find(f"{reports}/TEST-*.xml"):
        try:
            read_xml(tests, module, harvest.read(path))
        except (JUnitXmlError, SyntaxError, ValueError):
            yield path


def _problem(outcome: Outcome, suites: Sequence[Facts], tests: Cases) -> str:
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
