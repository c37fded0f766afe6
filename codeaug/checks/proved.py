"""Original and variant were proved to mean the same, from their compiled code."""

from __future__ import annotations

from codeaug.checks.trial import Trial
from codeaug.model import Finding, Verdict


def proved(trial: Trial) -> Finding:
    if trial.bench is None or trial.changed is None or trial.placed is None:
        return Finding("proved", Verdict.UNKNOWN, "no build of this repository compiles the file")
    ran = trial.bench.runner.prove(trial.changed)
    proof = ran.result
    verdict = Verdict.PASSED if proof.proved else Verdict.UNKNOWN
    detail = ": ".join(filter(None, (proof.method if proof.proved else "", proof.detail)))
    return Finding("proved", verdict, detail[:500], ran.seconds, ran.command)
