"""What people's votes come to, counted in the store for the pages that show it.

Whoever may not curate sees what was so at midnight: figures that stand still do not tell which
cards are left out of them.
"""

from __future__ import annotations

import json
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from codeaug import agreement
from codeaug.agreement import Agreement
from codeaug.estimates import Estimate
from codeaug.people import Caller, Permission
from codeaug.store import Kind, Store
from codeaug.web.pages import LANGUAGES

_LONG = 0.2
"""Seconds for which nobody should wait at each visit."""
_MANY = 50_000
"""Decisions that take so long to count."""

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class _Counted:
    """What was counted when this decision was the newest, and how long it took."""

    newest: int
    result: Any
    seconds: float


class Figures:
    """The figures over one store. Each is counted once until somebody decides again; what takes
    long to count is counted beside, and the visit shows what was counted last."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: dict[tuple[str, str], _Counted] = {}
        self._running: set[tuple[str, str]] = set()
        self._lock = threading.Lock()

    def until(self, caller: Caller) -> str:
        """The day from which on nothing is counted, "" where all is."""
        return "" if caller.may(Permission.CURATE) else datetime.now(UTC).date().isoformat()

    def warm(self) -> None:
        """Counts beside what the first visit would wait for."""
        if self._store.votes.newest() > _MANY:
            today = datetime.now(UTC).date().isoformat()
            for until in ("", today):
                self._beside("kinds", until, self._store.votes.kinds)
                self._beside("strata", until, self._store.votes.by_stratum)

    def _once(self, name: str, until: str, count: Callable[[str], Result]) -> Result:
        # What was said until midnight stays as it was counted first, also where it is taken back.
        known = self._kept.get((name, until))
        if known is None or (self._is_old(known, until) and known.seconds <= _LONG):
            return self._count(name, until, count)
        if self._is_old(known, until):
            self._beside(name, until, count)
        result: Result = known.result
        return result

    def _is_old(self, known: _Counted, until: str) -> bool:
        return not until and known.newest != self._store.votes.newest()

    def _count(self, name: str, until: str, count: Callable[[str], Result]) -> Result:
        newest, started = self._store.votes.newest(), time.monotonic()
        found = count(until)
        counted = _Counted(newest, found, time.monotonic() - started)
        with self._lock:
            kept = {key: old for key, old in self._kept.items() if key[1] in ("", until)}
            self._kept = kept | {(name, until): counted}
        return found

    def _beside(self, name: str, until: str, count: Callable[[str], Any]) -> None:
        """Counts in a thread of its own; once at a time."""

        def work() -> None:
            try:
                self._count(name, until, count)
            finally:
                self._running.discard((name, until))

        if (name, until) not in self._running:
            self._running.add((name, until))
            threading.Thread(target=work, daemon=True).start()

    # --- agreement --------------------------------------------------------------------------------

    def strata(self, until: str) -> Mapping[tuple[str, str], Agreement]:
        """Agreement by (`language` or `transform`, its name), and of ("", "all")."""
        grouped: dict[tuple[str, str], Counter[tuple[int, ...]]] = defaultdict(Counter)
        for (language, engine, recipe), patterns in self.patterns(until).items():
            named = LANGUAGES.get(language, language)
            for group in (("", "all"), ("language", named), ("transform", made_by(engine, recipe))):
                grouped[group].update(patterns)
        return {group: agreement.agreement(found) for group, found in sorted(grouped.items())}

    def patterns(self, until: str) -> Mapping[tuple[str, str, str], Mapping[tuple[int, ...], int]]:
        """Votes by language, engine and recipe."""
        return self._once("strata", until, self._store.votes.by_stratum)

    def people(self, until: str) -> list[tuple[str, Agreement]]:
        """Each person's agreement with others, by name."""
        found = self._once("people", until, self._store.votes.by_person)
        return [(name, agreement.agreement(found[name])) for name in sorted(found)]

    def pairs(self, until: str) -> list[agreement.Pair]:
        """Cohen's kappa of each two people, by name."""
        found = self._once("pairs", until, self._store.votes.by_pair)
        return [agreement.pair(people, found[people]) for people in sorted(found)]

    def own(self, reviewer: str, until: str) -> dict[str, Any]:
        """A person's own agreement, pace and weeks."""
        return self._once(f"own {reviewer}", until, lambda day: self._own(reviewer, day))

    def _own(self, reviewer: str, until: str) -> dict[str, Any]:
        said = self._store.votes.said_by(reviewer, until)
        patterns = self._store.votes.by_person(until, reviewer).get(reviewer, {})
        return {
            "votes": len(said),
            "agreement": agreement.agreement(patterns),
            "pace": agreement.pace(vote.made_at for vote in said),
            "weeks": agreement.drift(said),
        }

    def kinds(self, until: str) -> list[Kind]:
        """Votes by day, word, reason and naturalness."""
        return self._once("kinds", until, self._store.votes.kinds)


def made_by(engine: str, recipe: str) -> str:
    """What a variant's transform is called."""
    return " + ".join(json.loads(recipe)) or engine


def percent(estimate: Estimate | None) -> str:
    """`80 % (71 to 87)`, or a dash."""
    if estimate is None:
        return "–"
    low, high = 100 * estimate.low, 100 * estimate.high
    return f"{100 * estimate.value:.0f} % ({low:.0f} to {high:.0f})"


def number(estimate: Estimate | None) -> str:
    """`0.62 (0.40 to 0.84)`, or a dash."""
    if estimate is None:
        return "–"
    value, low, high = (f"{each:z.2f}" for each in (estimate.value, estimate.low, estimate.high))
    return f"{value} ({low} to {high})"
