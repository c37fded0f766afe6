"""Every comment and docstring of the original is still there, and no other has come in."""

from __future__ import annotations

from collections import Counter

from codeaug.checks.trial import Trial
from codeaug.languages import comments as comments_in
from codeaug.model import Finding, Verdict


def comments(trial: Trial) -> Finding:
    if trial.changed is None or trial.placed is None:
        return Finding("comments", Verdict.UNKNOWN, "there is no function to compare")
    unit = trial.unit
    before = Counter(comments_in(unit.language, trial.source, unit.span))
    after = Counter(comments_in(unit.language, trial.changed, trial.inserted))
    lost = list((before - after).elements())
    if lost:
        return Finding("comments", Verdict.FAILED, f"lost {len(lost)}: {lost[0][:200]}")
    # Orders to tools, such as `pragma: no cover`, and what leaks from a prompt come as comments.
    added = [comment for comment in after if comment not in before]
    if added:
        return Finding("comments", Verdict.FAILED, f"added {len(added)}: {added[0][:200]}")
    return Finding("comments", Verdict.PASSED)
