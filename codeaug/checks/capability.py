"""The variant can do nothing to the outside that the original could not.

Imports, processes, network, files, reflection, evaluation, exit, odd Unicode: a cheap check that
does not depend on an author who behaves.
"""

from __future__ import annotations

from codeaug.checks.trial import Trial
from codeaug.languages import capabilities
from codeaug.model import Finding, Verdict


def capability(trial: Trial) -> Finding:
    if trial.changed is None or trial.placed is None:
        return Finding("capability", Verdict.UNKNOWN, "there is no function to compare")
    unit = trial.unit
    before = capabilities(unit.language, trial.source, unit.span)
    new = sorted(capabilities(unit.language, trial.changed, trial.placed.span) - before)
    if new:
        return Finding("capability", Verdict.FAILED, f"new: {', '.join(new)}")
    return Finding("capability", Verdict.PASSED)
