"""The stable tests that execute the unit end as they did on the original, and run what changed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from codeaug.builds import Step
from codeaug.checks.compiled import diagnose
from codeaug.checks.trial import Bench, Trial
from codeaug.languages import tokens
from codeaug.model import Finding, Outcome, Rerun, TestReport, Verdict
from codeaug.runners.steps import perform

LEAST_SECONDS = 30.0
SLOWER_BY = 10.0
STRUCTURE = frozenset({"else", "try", "finally", "do", "{", "}", "(", ")", ";", ":"})


def tested(trial: Trial) -> Finding:
    if trial.oracle is None or not trial.oracle.tests:
        reason = trial.oracle.reason if trial.oracle else ""
        return Finding("tested", Verdict.UNKNOWN, reason or "no test executes this unit")
    if trial.bench is None or trial.changed is None:
        return Finding("tested", Verdict.UNKNOWN, "no build of this repository runs its tests")
    return _judged(trial, trial.bench, trial.oracle.tests)


def _judged(trial: Trial, bench: Bench, tests: Sequence[str]) -> Finding:
    step = _limited(bench, trial.unit.path, tests)
    result, outcomes = perform(bench.workspace, step)
    verdict, detail = _verdict(trial, bench, tests, result, outcomes)
    if verdict is Verdict.FAILED:
        doubt = _doubt(trial, bench, tests, step, named=_unlike(bench, tests, result.report) != "")
        if doubt:
            verdict, detail = Verdict.UNKNOWN, f"{doubt}: {detail}"
    last = outcomes[-1] if outcomes else None
    return Finding(
        "tested",
        verdict,
        detail[:1000],
        sum(outcome.seconds for outcome in outcomes),
        " && ".join(map(str, step.commands)),
        last.exit_code if last else None,
        "\n".join(o.out + o.err for o in outcomes)[-65536:],
    )


def _doubt(trial: Trial, bench: Bench, tests: Sequence[str], step: Step[Rerun], named: bool) -> str:
    """Why a failure is not the variant's; "" when it is.

    A test that named another outcome must do so again; where tests are missing or were stopped,
    the unchanged file must pass in the very same place.
    """
    if named:
        again, outcomes = perform(bench.workspace, step)
        same = not _difference(bench, tests, again.report, outcomes)
        return "the tests do not agree with themselves" if same else ""
    bench.workspace.write(trial.unit.path, trial.source)
    diagnostics, _ = diagnose(bench, trial.unit.path)
    original, outcomes = perform(bench.workspace, step)
    passes = diagnostics.ok and not _difference(bench, tests, original.report, outcomes)
    return "" if passes else "the unchanged code does not pass here either"


def _limited(bench: Bench, path: str, tests: Sequence[str]) -> Step[Rerun]:
    """The rerun, with a wall time that follows from the baseline's."""
    step = bench.build.rerun(bench.project, path, tests)
    usual = sum(bench.seconds.get(test, 0.0) for test in tests)
    seconds = max(LEAST_SECONDS, SLOWER_BY * usual)
    return Step(tuple(replace(c, seconds=seconds) for c in step.commands), step.read)


def _verdict(
    trial: Trial, bench: Bench, tests: Sequence[str], result: Rerun, outcomes: Sequence[Outcome]
) -> tuple[Verdict, str]:
    difference = _difference(bench, tests, result.report, outcomes)
    if difference:
        return Verdict.FAILED, difference
    missed = _missed(trial, result)
    if missed:
        lines = ", ".join(map(str, sorted(missed)[:8]))
        return Verdict.UNKNOWN, f"no test executes the changed line(s) {lines}"
    return Verdict.PASSED, f"{len(tests)} test(s) that execute the unit end as on the original"


def _difference(
    bench: Bench, tests: Sequence[str], report: TestReport, outcomes: Sequence[Outcome]
) -> str:
    """What is not as on the original; "" when everything is."""
    limit = next((o.limit or "wall time" for o in outcomes if o.limit or o.timed_out), "")
    unlike = _unlike(bench, tests, report)
    if unlike:
        return unlike
    if limit:
        return f"the tests were stopped by the limit on {limit}"
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


def _missed(trial: Trial, result: Rerun) -> frozenset[int]:
    """Changed lines that are code and that no test executed."""
    placed = trial.placed
    assert placed is not None
    assert trial.changed is not None
    body = range(placed.body_line, placed.end_line + 1)
    executable = sorted(line for line in result.executable if line in body)
    if not executable or not result.executed.intersection(executable):
        return frozenset(trial.changed_lines) or frozenset({placed.body_line})
    wanted = {_statement(line, executable) for line in _code_lines(trial) if line in body}
    return frozenset(wanted - result.executed)


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
