"""The stable tests that execute the unit end as they did on the original, and run what changed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from codeaug.checks.trial import Bench, Trial
from codeaug.languages import tokens
from codeaug.model import Finding, Rerun, TestReport, Verdict
from codeaug.runners import Ran

LEAST_SECONDS = 30.0
SLOWER_BY = 10.0
UNEXECUTED = "no test executes the changed line(s)"
STRUCTURE = frozenset({"else", "try", "finally", "do", "{", "}", "(", ")", ";", ":"})


def tested(trial: Trial) -> Finding:
    if trial.oracle is None or not trial.oracle.tests:
        reason = trial.oracle.reason if trial.oracle else ""
        return Finding("tested", Verdict.UNKNOWN, reason or "no test executes this unit")
    if trial.bench is None or trial.changed is None:
        return Finding("tested", Verdict.UNKNOWN, "no build of this repository runs its tests")
    return _judged(trial, trial.bench, trial.oracle.tests)


def _judged(trial: Trial, bench: Bench, tests: Sequence[str]) -> Finding:
    assert trial.changed is not None
    ran = bench.runner.rerun(trial.changed, tests, patience(bench, tests))
    verdict, detail = _verdict(trial, bench, tests, ran)
    if verdict is Verdict.FAILED:
        doubt = _doubt(trial, bench, tests, named=_unlike(bench, tests, ran.result.report) != "")
        if doubt:
            verdict, detail = Verdict.UNKNOWN, f"{doubt}: {detail}"
    return Finding(
        "tested", verdict, detail[:1000], ran.seconds, ran.command, ran.exit_code, ran.log
    )


def _doubt(trial: Trial, bench: Bench, tests: Sequence[str], named: bool) -> str:
    """Why a failure is not the variant's; "" when it is.

    A test that named another outcome must do so again; where tests are missing or were stopped,
    the unchanged file must pass in the very same place.
    """
    assert trial.changed is not None
    text = trial.changed if named else trial.source
    again = bench.runner.rerun(text, tests, patience(bench, tests))
    same = not difference(bench, tests, again)
    if named:
        return "the tests do not agree with themselves" if same else ""
    return "" if same else "the unchanged code does not pass here either"


def patience(bench: Bench, tests: Sequence[str]) -> float:
    """Seconds of wall time for `tests`, from what they took on the unchanged project."""
    usual = sum(bench.seconds.get(test, 0.0) for test in tests)
    return max(LEAST_SECONDS, SLOWER_BY * usual)


def _verdict(
    trial: Trial, bench: Bench, tests: Sequence[str], ran: Ran[Rerun]
) -> tuple[Verdict, str]:
    unlike = difference(bench, tests, ran)
    if unlike:
        return Verdict.FAILED, unlike
    missed = missed_lines(trial, ran.result.executed, ran.result.executable)
    if missed:
        lines = ", ".join(map(str, sorted(missed)[:8]))
        return Verdict.UNKNOWN, f"{UNEXECUTED} {lines}"
    return Verdict.PASSED, f"{len(tests)} test(s) that execute the unit end as on the original"


def difference(bench: Bench, tests: Sequence[str], ran: Ran[Rerun]) -> str:
    """What is not as on the original; "" when everything is."""
    report = ran.result.report
    unlike = _unlike(bench, tests, report)
    if unlike:
        return unlike
    if ran.limit:
        return f"the tests were stopped by the limit on {ran.limit}"
    missing = next((test for test in tests if test not in report.outcomes), None)
    if missing is not None:
        return f"{missing}: did not report an outcome. {report.problem}".strip()
    return "" if report.complete else f"the tests did not end by themselves. {report.problem}"


def _unlike(bench: Bench, tests: Sequence[str], report: TestReport) -> str:
    """The first test that reported another outcome than on the original; "" when none did."""
    for test in tests:
        expected, got = bench.outcomes[test], report.outcomes.get(test)
        if got is not None and got is not expected:
            why = report.detail.get(test, "").strip().splitlines()
            return f"{test}: {got} instead of {expected}" + (f": {why[-1]}" if why else "")
    return ""


def missed_lines(
    trial: Trial, executed: frozenset[int], executable: frozenset[int]
) -> frozenset[int]:
    """Changed lines that are code and that were not executed."""
    placed = trial.placed
    assert placed is not None
    assert trial.changed is not None
    body = range(placed.body_line, placed.end_line + 1)
    known = sorted(line for line in executable if line in body)
    if not known or not executed.intersection(known):
        return frozenset(trial.changed_lines) or frozenset({placed.body_line})
    wanted = {_statement(line, known) for line in _code_lines(trial) if line in body}
    return frozenset(wanted - executed)


def _statement(line: int, executable: Sequence[int]) -> int:
    """The line under which the coverage tool counts `line`: itself or the statement's first."""
    return max((known for known in executable if known <= line), default=executable[0])


def _code_lines(trial: Trial) -> frozenset[int]:
    """Changed lines that bear more than brackets and `else`."""
    assert trial.changed is not None
    assert trial.placed is not None
    ends = [i for i, byte in enumerate(trial.changed) if byte == 0x0A]
    lines = {
        bisect_left(ends, token.start) + 1
        for token in tokens(trial.unit.language, trial.changed, trial.placed.span)
        if token.text.strip() and token.text not in STRUCTURE
    }
    return trial.changed_lines & lines
