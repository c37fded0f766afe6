"""Name, parameters, defaults, types, modifiers, decorators and annotations are the original's.

Names of parameters may differ where nothing can go by them (`predicates.signature`).
"""

from __future__ import annotations

from codeaug.checks.trial import Trial
from codeaug.model import Finding, Verdict
from codeaug.predicates.signature import difference


def signature(trial: Trial) -> Finding:
    if trial.changed is None or trial.placed is None:
        return Finding("signature", Verdict.UNKNOWN, "there is no function to compare")
    detail = difference(trial.unit, trial.source, trial.placed, trial.changed)
    return Finding("signature", Verdict.FAILED if detail else Verdict.PASSED, detail)
