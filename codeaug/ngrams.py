"""An n-gram language model by NLTK: no download, no torch.

Witten and Bell's interpolation (1991), down to an even share for each symbol, so that no symbol is
impossible and the shares of all symbols add up to one. NLTK's Kneser-Ney goes through all contexts
for each score: hours for a corpus that takes minutes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log

from nltk.lm import NgramCounter, Vocabulary
from nltk.lm.models import InterpolatedLanguageModel
from nltk.lm.smoothing import WittenBell

BEGIN = 0
"""The number of what stands before a text."""
STRENGTHS = (1.0, 2.0, 4.0, 8.0, 16.0)
"""Of the smoothing; 1 is Witten and Bell's own."""


class _Smoothing(WittenBell):  # type: ignore[misc]  # NLTK says no types
    """NLTK's, with what a context's counts add up to remembered, and a floor below the unigrams."""

    def __init__(self, vocabulary: Vocabulary, counter: NgramCounter, size: int) -> None:
        super().__init__(vocabulary, counter)
        self.strength = STRENGTHS[0]
        self._size = size
        self._totals: dict[tuple[int, ...], int] = {}
        self._after: dict[tuple[int, ...], Mapping[int, int]] = {}

    def alpha_gamma(self, word: int, context: tuple[int, ...]) -> tuple[float, float]:
        counts = self._after.get(context)
        if counts is None:  # NLTK asks each time what a context is
            counts = self._after[context] = self.counts[context]
        total, gamma = self._of(context, counts)
        return (1.0 - gamma) * counts.get(word, 0) / total, gamma

    def unigram_score(self, word: int) -> float:
        counts = self.counts.unigrams
        total, gamma = self._of((), counts)
        return (1.0 - gamma) * float(counts[word]) / total + gamma / self._size

    def _of(self, context: tuple[int, ...], counts: Mapping[int, int]) -> tuple[int, float]:
        total = self._totals.get(context)
        if total is None:
            total = self._totals[context] = sum(counts.values())
        unseen = self.strength * len(counts)
        return total, unseen / (unseen + total)


class Ngrams:
    """A model that counted its texts, each of them numbers below `size`.

    Raises ValueError for more distinct n-grams than NLTK counts.
    """

    def __init__(self, texts: Iterable[Sequence[int]], order: int, size: int) -> None:
        self.order = order
        self._counter = NgramCounter()
        self._counter.update(self._grams(text) for text in texts)
        self._model = InterpolatedLanguageModel(
            _Smoothing, order, counter=self._counter, params={"size": size}
        )
        self._smoothing: _Smoothing = self._model.estimator

    def tune(self, texts: Sequence[Sequence[int]]) -> None:
        """Takes the strength of smoothing at which the texts cost least; the weakest of equals."""
        costs = {}
        for self._smoothing.strength in STRENGTHS:
            costs[self._smoothing.strength] = sum(map(self.nats, texts))
        self._smoothing.strength = min(costs, key=lambda strength: costs[strength])

    def probability(self, number: int, before: Sequence[int]) -> float:
        """Of a symbol after these."""
        return float(self._model.unmasked_score(number, self._context(before)))

    def nats(self, numbers: Sequence[int]) -> float:
        """What the whole text costs, -log p."""
        return sum(self.surprisals(numbers))

    def surprisals(self, numbers: Sequence[int], place: range | None = None) -> Iterator[float]:
        """Of each symbol (of that place) after those before it, in nats."""
        padded = self._padded(numbers)
        size = self.order - 1
        score = self._model.unmasked_score
        for n in range(len(numbers)) if place is None else place:
            yield -log(score(padded[n + size], padded[n : n + size]))

    def _context(self, before: Sequence[int]) -> tuple[int, ...]:
        return tuple(before[-(self.order - 1) :]) if self.order > 1 else ()

    def _padded(self, numbers: Sequence[int]) -> tuple[int, ...]:
        return (*(BEGIN for _ in range(self.order - 1)), *numbers)

    def _grams(self, numbers: Sequence[int]) -> Iterator[tuple[int, ...]]:
        padded = self._padded(numbers)
        for end in range(self.order, len(padded) + 1):
            for start in range(end - self.order, end):
                yield padded[start:end]
