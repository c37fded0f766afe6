"""Every comment and docstring of the original is still there, as it was or in known other words.

A person may add one, but no order to a tool. A model may add none: what leaks from a prompt, or
obeys one, comes as comments.
"""

from __future__ import annotations

import re
from collections import Counter

from codeaug.checks.rewording import added_to
from codeaug.checks.trial import Trial
from codeaug.languages import comments as comments_in
from codeaug.model import Finding, Verdict

_ORDER = re.compile(
    r"pragma|no-?qa|type:\s*ignore|no-?sonar|no-?lint|(?:lcov|gcovr?)_excl|coverage|codeaug:|"
    r"fmt:|@formatter|pylint:|mypy:|clang-|suppress|checkstyle|sourcery|\bskip\b",
    re.IGNORECASE,
)


def comments(trial: Trial) -> Finding:
    if trial.changed is None or trial.placed is None:
        return Finding("comments", Verdict.UNKNOWN, "there is no function to compare")
    unit = trial.unit
    before = Counter(comments_in(unit.language, trial.source, unit.span))
    after = Counter(comments_in(unit.language, trial.changed, trial.inserted))
    lost = list((before - after).elements())
    new = added_to(trial) if lost else [comment for comment in after if comment not in before]
    if new is None:
        return Finding("comments", Verdict.FAILED, f"lost {len(lost)}: {lost[0][:200]}")
    by_model = bool(trial.variant.origin.model)
    added = [comment for comment in new if by_model or _ORDER.search(comment)]
    if added:
        return Finding("comments", Verdict.FAILED, f"added {len(added)}: {added[0][:200]}")
    return Finding("comments", Verdict.PASSED)
