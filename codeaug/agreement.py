"""Votes -> how far people agree, how fast they go, and whether they change.

Chance-corrected agreement with intervals, each in one pass over the patterns of votes that occur
("two approved, one rejected": so many variants), never over pairs of votes. Krippendorff's alpha
and Gwet's AC1 take any number of people a variant and missing votes; Cohen's kappa is for a pair.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from math import sqrt
from statistics import median

from codeaug.estimates import Estimate, around, difference, share
from codeaug.model import Word
from codeaug.store import Said

Patterns = Mapping[tuple[int, ...], int]
"""How many variants have so many votes for each value, such as (approvals, rejections)."""

Influence = Callable[[Sequence[int]], float]

FEWEST = 5
"""Of fewer variants that two people voted on nothing is said."""
BREAK = timedelta(minutes=15)
"""Who says nothing for longer did something else meanwhile."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far people agree about `variants` variants that two or more of them voted on.

    Alpha is None where all votes are alike: there is nothing to agree on beyond chance.
    """

    variants: int
    raw: Estimate | None = None
    alpha: Estimate | None = None
    ac1: Estimate | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Cohen's kappa of two people; None where one of them always says the same."""

    people: tuple[str, str]
    variants: int
    raw: Estimate | None
    kappa: Estimate | None


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds between one word and the next, breaks left out."""

    words: int
    middle: float
    fast: float
    slow: float


@dataclass(frozen=True, slots=True)
class Week:
    """A person's votes of a week, beside their own before it. `change` is that of the share of
    approvals, None in the first week."""

    begins: date
    votes: int
    approved: Estimate | None
    change: Estimate | None
    naturalness: float | None
    naturalness_before: float | None

    @property
    def differs(self) -> bool:
        return self.change is not None and not self.change.low <= 0 <= self.change.high


# --- agreement ------------------------------------------------------------------------------------


def agreement(patterns: Patterns) -> Agreement:
    """Raw agreement, Krippendorff's alpha and Gwet's AC1 of variants with these votes."""
    voted = {votes: n for votes, n in patterns.items() if sum(votes)}
    twice = {votes: n for votes, n in voted.items() if sum(votes) > 1}
    variants = sum(twice.values())
    if variants < FEWEST:
        return Agreement(variants)
    agreeing = sum(n * _agreeing(votes) for votes, n in twice.items())
    raw = share(agreeing, variants)
    assert raw is not None
    return Agreement(variants, raw, _alpha(twice, raw), _ac1(voted, twice, raw))


def _agreeing(votes: Sequence[int]) -> float:
    """The share of the pairs of votes about one variant that agree."""
    total = sum(votes)
    return sum(v * (v - 1) for v in votes) / (total * (total - 1)) if total > 1 else 0.0


def _alpha(twice: Patterns, raw: Estimate) -> Estimate | None:
    """Krippendorff's alpha for nominal values, with its linearised variance (Gwet 2014, 5.3)."""
    variants = sum(twice.values())
    total = sum(n * sum(votes) for votes, n in twice.items())
    mean = total / variants
    shares = [
        sum(n * votes[k] for votes, n in twice.items()) / total for k in range(_values(twice))
    ]
    chance = sum(p * p for p in shares)
    if chance == 1:
        return None

    def agreeing(votes: Sequence[int]) -> float:
        return _agreeing(votes) * sum(votes) / mean

    large = sum(n * agreeing(votes) for votes, n in twice.items()) / variants
    observed = (1 - 1 / total) * large + 1 / total  # Krippendorff's correction for few values
    value, plain = (observed - chance) / (1 - chance), (large - chance) / (1 - chance)

    def influence(votes: Sequence[int]) -> float:
        longer = (sum(votes) - mean) / mean
        by_chance = _dot(shares, votes) / mean - chance * longer
        own = (agreeing(votes) - observed * longer - chance) / (1 - chance)
        return own - 2 * (1 - plain) * (by_chance - chance) / (1 - chance)

    return _estimate(value, _error(twice, influence, plain), variants, raw, chance)


def _ac1(voted: Patterns, twice: Patterns, raw: Estimate) -> Estimate:
    """Gwet's AC1 with its linearised variance (Gwet 2008)."""
    variants, more, values = sum(voted.values()), sum(twice.values()), _values(voted)
    shares = [sum(n * v[k] / sum(v) for v, n in voted.items()) / variants for k in range(values)]
    chance = sum(p * (1 - p) for p in shares) / (values - 1)
    value = (raw.value - chance) / (1 - chance)

    def influence(votes: Sequence[int]) -> float:
        by_chance = _dot([1 - p for p in shares], votes) / sum(votes) / (values - 1)
        judged = _agreeing(votes) - chance if sum(votes) > 1 else 0.0
        own = variants / more * judged / (1 - chance)
        return own - 2 * (1 - value) * (by_chance - chance) / (1 - chance)

    return _estimate(value, _error(voted, influence, value), variants, raw, chance)


def _values(patterns: Patterns) -> int:
    return len(next(iter(patterns)))


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def _error(patterns: Patterns, influence: Influence, value: float) -> float:
    """The standard error: how far each variant's own part lies from the whole."""
    n = sum(patterns.values())
    squares = sum(count * (influence(v) - value) ** 2 for v, count in patterns.items())
    return sqrt(squares / (n * (n - 1)))


def _estimate(value: float, error: float, variants: int, raw: Estimate, chance: float) -> Estimate:
    """Where everybody agrees the error would be nothing: then the raw agreement's interval."""
    if error > 1e-12:
        return around(value, error, variants - 1)
    low, high = ((end - chance) / (1 - chance) for end in (raw.low, raw.high))
    return Estimate(value, min(value, max(-1.0, low)), max(value, min(1.0, high)))


# --- pairs ----------------------------------------------------------------------------------------


def pair(people: tuple[str, str], table: Mapping[tuple[int, int], int]) -> Pair:
    """Two people who voted on the same variants: `table` counts both their values, from 0."""
    n = sum(table.values())
    if n < FEWEST:
        return Pair(people, n, None, None)
    raw = share(sum(count for (a, b), count in table.items() if a == b), n)
    assert raw is not None
    return Pair(people, n, raw, _kappa(table, n, raw))


def _kappa(table: Mapping[tuple[int, int], int], n: int, raw: Estimate) -> Estimate | None:
    """Cohen's kappa with the variance of Fleiss, Cohen and Everitt (1969)."""
    rows: dict[int, float] = defaultdict(float)
    columns: dict[int, float] = defaultdict(float)
    for (a, b), count in table.items():
        rows[a] += count / n
        columns[b] += count / n
    chance = sum(rows[k] * columns[k] for k in (*rows,))
    if chance == 1:
        return None
    value = (raw.value - chance) / (1 - chance)
    spread = 0.0
    for (a, b), count in table.items():
        if a == b:
            spread += count / n * (1 - (rows[a] + columns[a]) * (1 - value)) ** 2
        else:
            spread += count / n * ((columns[a] + rows[b]) * (1 - value)) ** 2
    spread -= (value - chance * (1 - value)) ** 2
    error = sqrt(max(0.0, spread) / n) / (1 - chance)
    if error > 1e-12:
        return around(value, error)
    return _estimate(value, 0.0, n, raw, chance)


# --- one person -----------------------------------------------------------------------------------


def pace(times: Iterable[datetime]) -> Pace | None:
    """The seconds from one word to the next; None of fewer than FEWEST."""
    ordered = sorted(times)
    gaps = [b - a for a, b in pairwise(ordered)]
    seconds = sorted(gap.total_seconds() for gap in gaps if gap <= BREAK)
    if len(seconds) < FEWEST:
        return None
    half = len(seconds) // 2
    fast, slow = median(seconds[: half or 1]), median(seconds[-half or -1 :])
    return Pace(len(seconds), median(seconds), fast, slow)


def drift(said: Iterable[Said]) -> list[Week]:
    """A person's weeks, the newest last, each beside all that they said before it."""
    weeks: dict[date, list[Said]] = defaultdict(list)
    for vote in said:
        day = vote.made_at.date()
        weeks[day - timedelta(days=day.weekday())].append(vote)
    found: list[Week] = []
    before: list[Said] = []
    for begins, votes in sorted(weeks.items()):
        own, old = _approved(votes), _approved(before)
        change = difference(own, old) if own and old else None
        found.append(
            Week(begins, len(votes), own, change, _naturalness(votes), _naturalness(before))
        )
        before += votes
    return found


def _approved(votes: Sequence[Said]) -> Estimate | None:
    words = Counter(vote.word for vote in votes)
    return share(words[Word.APPROVED], words[Word.APPROVED] + words[Word.REJECTED])


def _naturalness(votes: Sequence[Said]) -> float | None:
    grades = [vote.naturalness for vote in votes if vote.naturalness]
    return sum(grades) / len(grades) if grades else None
