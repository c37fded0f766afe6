"""Original and variant do the same on recorded inputs and on others grown from them."""

from __future__ import annotations

from codeaug.checks.trial import Trial
from codeaug.model import Finding, Verdict

SECONDS = 10.0


def compared(trial: Trial) -> Finding:
    if trial.bench is None or trial.changed is None:
        return Finding("compared", Verdict.UNKNOWN, "no build of this repository runs the unit")
    tests = trial.oracle.tests if trial.oracle else ()
    ran = trial.bench.runner.compare(trial.changed, tests, SECONDS)
    found = ran.result
    verdict, detail = Verdict.PASSED, f"no difference on {found.inputs} inputs"
    if found.difference:
        verdict, detail = Verdict.FAILED, found.difference
    elif found.problem or not found.inputs:
        verdict, detail = Verdict.UNKNOWN, f"not comparable: {found.problem or 'no input'}"
    return Finding(
        "compared", verdict, detail[:1000], ran.seconds, ran.command, None, found.witness
    )
