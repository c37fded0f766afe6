"""Whether code reads like a repository's own: how surprising it is after the rest of it.

Casalnuovo, Lee, Wang, Devanbu and Morgan 2019, "Do people prefer 'natural' code?": people find
those of two equal forms better that a language model finds less surprising. The repository's own
functions are dealt into two halves; a model of each half judges the other, so that nothing is
judged by what it was learnt from. A rewrite lies outside the band where it is more surprising than
half of the repository, and more so than what it replaces by more than a standard deviation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from statistics import median, pstdev
from typing import TYPE_CHECKING

from codeaug.languages import plain_code
from codeaug.model import Unit, content_id
from codeaug.syntax import SyntaxLimit

if TYPE_CHECKING:
    from codeaug.ngrams import Ngrams

ORDER = 4
WINDOW = 12
"""Tokens that are judged together, at least."""
MOST, LEAST = 300_000, 3_000
"""Tokens that are learnt from, at most; with fewer than the least nothing can be said."""
SEEN = 2
"""Times that a token occurs to be a symbol of its own."""
_BEGIN, _NAME, _NUMBER, _TEXT, _OTHER, _FIRST = range(6)


@dataclass(frozen=True)
class Naturalness:
    """`usual` and `spread`: median and standard deviation of a window's nats a token."""

    symbols: Mapping[str, int]
    models: tuple[Ngrams, Ngrams]
    usual: float
    spread: float

    @classmethod
    def of(cls, units: Iterable[Unit]) -> Naturalness | None:
        """As these functions read, the first `MOST` tokens of them; None where they are too few."""
        from codeaug.ngrams import Ngrams

        halves: tuple[list[list[str]], list[list[str]]] = [], []
        size = 0
        for unit in units:
            try:
                said = tokens(unit)
            except SyntaxLimit:
                continue
            halves[_half(unit)].append(said)
            size += len(said)
            if size > MOST:
                break
        if size < LEAST or not all(halves):
            return None
        counts = Counter(token for half in halves for said in half for token in said)
        known = sorted(token for token, count in counts.items() if count >= SEEN)
        symbols = {token: number for number, token in enumerate(known, _FIRST)}
        texts = [[_numbers(symbols, said) for said in half] for half in halves]
        one, other = (Ngrams(half, ORDER, len(symbols) + _FIRST) for half in texts)
        seen = [
            cost
            for half, model in ((texts[0], other), (texts[1], one))
            for text in half
            for cost in _windows(list(model.surprisals(text)))
        ]
        return cls(symbols, (other, one), median(seen), pstdev(seen))

    def reading(self, unit: Unit, said: Sequence[str]) -> Reading:
        """A unit, by its tokens, as its other texts are compared with it."""
        return Reading(self, unit, said, _numbers(self.symbols, said))

    def surprise(self, unit: Unit, numbers: Sequence[int], place: range) -> float:
        """Nats a token of a place, with its surroundings where it is shorter than a window."""
        start = max(0, place.start - max(0, WINDOW - len(place)) // 2)
        window = range(start, min(len(numbers), max(place.stop, start + WINDOW)))
        costs = self.models[_half(unit)].surprisals(numbers, window)
        return sum(costs) / max(1, len(window))


@dataclass(frozen=True)
class Reading:
    """A unit by its tokens and their numbers."""

    naturalness: Naturalness
    unit: Unit
    said: Sequence[str]
    numbers: Sequence[int]

    def holds(self, new: Sequence[str]) -> bool:
        """Whether what another text for the unit, by its tokens, says anew lies within the band."""
        before, after = _changed(self.said, new)
        if before == after:  # comments alone
            return True
        band = self.naturalness
        surprise = band.surprise(self.unit, _numbers(band.symbols, new), after)
        rise = surprise - band.surprise(self.unit, self.numbers, before)
        return surprise <= band.usual or rise <= band.spread


def tokens(unit: Unit, code: str = "") -> list[str]:
    """The tokens of a unit, or of another text for it. Raises SyntaxLimit."""
    return plain_code(replace(unit, code=code) if code else unit).split("\n")


def _half(unit: Unit) -> int:
    """Which half a function is in; the model at that place read the other."""
    return int(content_id(unit.path, unit.qualified_name)[-1], 16) % 2


def _numbers(symbols: Mapping[str, int], said: Sequence[str]) -> list[int]:
    return [symbols.get(token) or _kind(token) for token in said]


def _kind(token: str) -> int:
    first = token.lstrip("bBfFrRuULt8")[:1] or token[:1]
    if first in "\"'":
        return _TEXT
    if token[:1].isdigit():
        return _NUMBER
    return _NAME if token[:1].isidentifier() else _OTHER


def _windows(costs: Sequence[float]) -> list[float]:
    """The mean of every window."""
    sums = [0.0, *accumulate(costs)]
    size = min(WINDOW, len(costs))
    return [(sums[n + size] - sums[n]) / size for n in range(len(costs) - size + 1)] if size else []


def _changed(old: Sequence[str], new: Sequence[str]) -> tuple[range, range]:
    """What differs between what both begin and end with, in each of the two."""
    least = min(len(old), len(new))
    start = next((n for n in range(least) if old[n] != new[n]), least)
    end = next((n for n in range(least - start) if old[-1 - n] != new[-1 - n]), least - start)
    return range(start, len(old) - end), range(start, len(new) - end)
