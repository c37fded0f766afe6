"""The tests that passed can fail: they catch faults that were injected into this very unit."""

from __future__ import annotations

from codeaug.checks.trial import Trial
from codeaug.model import Finding, Strength, Verdict

SHOWN = 3


def guarded(trial: Trial) -> Finding:
    strength = trial.strength
    if strength is None or strength.problem:
        why = strength.problem if strength else "no fault was injected into this unit"
        return Finding("guarded", Verdict.UNKNOWN, why)
    if not strength.judged:
        return Finding("guarded", Verdict.UNKNOWN, "no fault of ours compiles in this unit")
    verdict = Verdict.PASSED if strength.caught else Verdict.UNKNOWN
    return Finding("guarded", verdict, _words(strength))


def _words(strength: Strength) -> str:
    rate = f"the tests catch {strength.caught} of {strength.judged} injected faults"
    missed = strength.survivors
    if not missed:
        return rate
    some = "; ".join(f"line {fault.line}: {fault.description}" for fault in missed[:SHOWN])
    more = f" and {len(missed) - SHOWN} more" if len(missed) > SHOWN else ""
    return f"{rate}, not {some}{more}"
