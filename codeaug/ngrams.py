"""An n-gram language model of what NLTK counts: no download, no torch.

Witten and Bell's interpolation (1991), down to an even share for each symbol, so that no symbol is
impossible and the shares of all symbols add up to one. NLTK's Kneser-Ney goes through all contexts
for each score: hours for a corpus that takes minutes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import log

BEGIN = 0
"""The number of what stands before a text."""
STRENGTHS = (1.0, 2.0, 4.0, 8.0, 16.0)
"""Of the smoothing; 1 is Witten and Bell's own."""
REMEMBERED = 100_000
"""Costs, at most."""


class Ngrams:
    """A model that counted its texts, each of them numbers below `size`.

    Raises ValueError for more distinct n-grams than NLTK counts.
    """

    def __init__(self, texts: Iterable[Sequence[int]], order: int, size: int) -> None:
        from nltk.lm import NgramCounter

        self.order = order
        self._size = size
        self._strength = STRENGTHS[0]
        counter = NgramCounter()
        counter.update(self._grams(text) for text in texts)
        # As plain tables: who only asks need not load NLTK, whose own model is slow to ask.
        self._after: dict[tuple[int, ...], dict[int, int]] = {(): dict(counter.unigrams)}
        for length in range(2, order + 1):
            self._after |= {before: dict(counts) for before, counts in counter[length].items()}
        self._totals: dict[tuple[int, ...], int] = {}
        self._costs: dict[tuple[int, ...], float] = {}

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_costs": {}}

    def tune(self, texts: Sequence[Sequence[int]]) -> None:
        """Takes the strength of smoothing at which the texts cost least; the weakest of equals."""
        costs = {}
        for self._strength in STRENGTHS:
            self._costs.clear()
            costs[self._strength] = sum(map(self.nats, texts))
        self._strength = min(costs, key=lambda strength: costs[strength])
        self._costs.clear()

    def probability(self, number: int, before: Sequence[int]) -> float:
        """Of a symbol after these."""
        return self._share(number, self._context(before))

    def nats(self, numbers: Sequence[int]) -> float:
        """What the whole text costs, -log p."""
        return sum(self.surprisals(numbers))

    def surprisals(self, numbers: Sequence[int], place: range | None = None) -> Iterator[float]:
        """Of each symbol (of that place) after those before it, in nats."""
        padded = self._padded(numbers)
        size = self.order - 1
        for n in range(len(numbers)) if place is None else place:
            yield self._cost(padded[n : n + size + 1])

    def _cost(self, gram: tuple[int, ...]) -> float:
        """Of its last symbol; remembered, as texts that are compared have most in common."""
        cost = self._costs.get(gram)
        if cost is None:
            if len(self._costs) == REMEMBERED:
                self._costs.clear()
            cost = self._costs[gram] = -log(self._share(gram[-1], gram[:-1]))
        return cost

    def _share(self, number: int, before: tuple[int, ...]) -> float:
        """From an even share on, with each symbol more that was seen before it."""
        share = 1 / self._size
        for start in range(len(before), -1, -1):
            context = before[start:]
            counts = self._after.get(context)
            if not counts:
                continue
            total = self._totals.get(context)
            if total is None:
                total = self._totals[context] = sum(counts.values())
            unseen = self._strength * len(counts)
            gamma = unseen / (unseen + total)
            share = (1.0 - gamma) * counts.get(number, 0) / total + gamma * share
        return share

    def _context(self, before: Sequence[int]) -> tuple[int, ...]:
        return tuple(before[-(self.order - 1) :]) if self.order > 1 else ()

    def _padded(self, numbers: Sequence[int]) -> tuple[int, ...]:
        return (*(BEGIN for _ in range(self.order - 1)), *numbers)

    def _grams(self, numbers: Sequence[int]) -> Iterator[tuple[int, ...]]:
        padded = self._padded(numbers)
        for end in range(self.order, len(padded) + 1):
            for start in range(end - self.order, end):
                yield padded[start:end]
