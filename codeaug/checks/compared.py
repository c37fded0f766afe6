"""Original and variant do the same on recorded inputs and on others grown from them."""

from __future__ import annotations

from codeaug.checks.tested import missed_lines
from codeaug.checks.trial import Trial
from codeaug.model import Comparison, Finding, Verdict

SECONDS = 10.0


def compared(trial: Trial) -> Finding:
    if trial.bench is None or trial.changed is None:
        return Finding("compared", Verdict.UNKNOWN, "no build of this repository runs the unit")
    tests = trial.oracle.tests if trial.oracle else ()
    ran = trial.bench.runner.compare(trial.changed, tests, SECONDS)
    verdict, detail = _verdict(trial, ran.result)
    return Finding(
        "compared", verdict, detail[:1000], ran.seconds, ran.command, None, ran.result.witness
    )


def _verdict(trial: Trial, found: Comparison) -> tuple[Verdict, str]:
    if found.difference:
        return Verdict.FAILED, found.difference
    if found.problem or not found.inputs:
        return Verdict.UNKNOWN, f"not comparable: {found.problem or 'no input'}"
    agreed = f"no difference on {found.inputs} inputs"
    if not trial.unexecuted:
        return Verdict.PASSED, agreed
    missed = missed_lines(trial, found.executed, found.executable)
    if not missed:
        return Verdict.PASSED, f"{agreed}, which execute every changed line"
    lines = ", ".join(map(str, sorted(missed)[:8]))
    return Verdict.UNKNOWN, f"{agreed}, but none executes the changed line(s) {lines}"
