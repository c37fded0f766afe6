"""The variant is one function in the original's place, and more than another layout of it.

Comments in known other words, or in another of the usual places, are more than that.
"""

from __future__ import annotations

from codeaug.checks.rewording import only_comments_differ
from codeaug.checks.trial import Trial
from codeaug.languages import find_units, tokens
from codeaug.model import Finding, Unit, Verdict


def parsed(trial: Trial) -> Finding:
    problem = _problem(trial)
    return Finding("parsed", Verdict.FAILED if problem else Verdict.PASSED, problem)


def _problem(trial: Trial) -> str:
    if trial.changed is None:
        return trial.problem
    unit, placed = trial.unit, trial.placed
    if placed is None:
        return f"the code does not parse to a function {unit.name} in the original's place"
    if _others(trial.source, unit) != _others(trial.changed, placed):
        return "the code changes what is outside the function, or holds more than one function"
    before = [t.text for t in tokens(unit.language, trial.source, unit.span)]
    after = [t.text for t in tokens(unit.language, trial.changed, placed.span)]
    if before == after and not only_comments_differ(trial):
        return "the code does not differ from the original beyond layout and comments"
    return ""


def _others(source: bytes, unit: Unit) -> list[str]:
    """Every other unit of the file, but for those nested inside this one."""
    return [
        other.name + other.parameters + other.code
        if not (other.span.start <= unit.span.start and unit.span.end <= other.span.end)
        else other.name + other.parameters
        for other in find_units(unit.language, source, unit.path, "")
        if isinstance(other, Unit)
        and not (unit.span.start <= other.span.start and other.span.end <= unit.span.end)
    ]
