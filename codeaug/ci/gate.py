"""`--fail-on`: which notices make the job fail."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from codeaug.errors import GateFailed
from codeaug.notices import Level, Notice

_LEVELS = tuple(Level)


def hits(notices: Iterable[Notice], fail_on: Sequence[str]) -> list[Notice]:
    """The notices of these rules, and of these levels or graver ones."""
    levels = [_LEVELS.index(Level(name)) for name in fail_on if name in _LEVELS]
    worst = max(levels, default=-1)
    return [
        notice
        for notice in notices
        if notice.rule.id in fail_on or _LEVELS.index(notice.rule.level) <= worst
    ]


def check(notices: Iterable[Notice], fail_on: Sequence[str]) -> None:
    """Raises GateFailed when there is a notice that must not be."""
    if found := hits(notices, fail_on):
        rules = ", ".join(sorted({notice.rule.id for notice in found}))
        raise GateFailed(f"{len(found)} notice(s) that --fail-on does not allow: {rules}.")
