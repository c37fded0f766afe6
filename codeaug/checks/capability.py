"""The variant can do nothing to the outside that the original could not.

Imports, processes, network, files, reflection, evaluation, exit, clocks and chance, handlers that
catch everything, odd Unicode, escapes, words of text that the file does not have: a cheap check
that does not depend on an author who behaves.
"""

from __future__ import annotations

from codeaug.checks.trial import Trial
from codeaug.languages import capabilities, made_of, texts_of, words
from codeaug.model import Finding, Verdict

MOST_LETTERS = 4


def capability(trial: Trial) -> Finding:
    if trial.changed is None or trial.placed is None:
        return Finding("capability", Verdict.UNKNOWN, "there is no function to compare")
    unit = trial.unit
    before = capabilities(unit.language, trial.source, unit.span)
    new = sorted(capabilities(unit.language, trial.changed, trial.inserted) - before)
    new += [f"word:{word}" for word in _new_words(trial, trial.changed)]
    if new:
        return Finding("capability", Verdict.FAILED, f"new: {', '.join(new)}")
    return Finding("capability", Verdict.PASSED)


def _new_words(trial: Trial, changed: bytes) -> list[str]:
    """Words of text literals that are no part of the file's; a few letters are nobody's secret."""
    unit, source = trial.unit, trial.source
    before = words(unit.language, source, unit.span)
    new = words(unit.language, changed, trial.inserted) - before
    if new:
        known = texts_of(unit.language, source)
        new = frozenset(word for word in new if not made_of(word, known))
    return sorted(new) if sum(map(len, new)) > MOST_LETTERS else []
