"""An n-gram language model by NLTK: no download, no torch.

Witten and Bell's interpolation (1991), down to an even share for each symbol, so that no symbol is
impossible and the shares of all symbols add up to one over the same vocabulary in every arm. NLTK's
Kneser-Ney goes through all contexts for each score: hours for a corpus that takes minutes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log

from nltk.lm import NgramCounter, Vocabulary
from nltk.lm.models import InterpolatedLanguageModel
from nltk.lm.smoothing import WittenBell

from codeaug.errors import UsageError
from codeaug.gain.approach import MOST, Encoded, Question
from codeaug.gain.symbols import BEGIN, END, Symbols
from codeaug.model import Text

ORDER = 5
STRENGTHS = (1.0, 2.0, 4.0, 8.0, 16.0)
"""Of the smoothing; 1 is Witten and Bell's own."""
TUNING = 100
"""Texts that it is tuned on, at most."""


class Ngrams:
    """The approach: n-grams of the code's tokens."""

    def __init__(self, texts: Iterable[Text], order: int = ORDER) -> None:
        self._symbols = Symbols.of(texts)
        self._order = order

    @property
    def name(self) -> str:
        return f"{self._order}-gram"

    def encoded(self, text: Text) -> Encoded:
        return self._symbols.encoded(text)

    def told(self, numbers: Sequence[int]) -> str:
        return self._symbols.told(numbers)

    def trained(
        self, texts: Sequence[Sequence[int]], tuning: Sequence[Sequence[int]], seed: int
    ) -> Counted:
        """The strength of smoothing is what fits `tuning` best: counts of texts that repeat others
        are trusted too much otherwise, and more text would look worse than it is."""
        model = Counted(texts, self._order, len(self._symbols))
        model.tune(tuning[:TUNING])
        return model


class _Smoothing(WittenBell):  # type: ignore[misc]  # NLTK says no types
    """NLTK's, with what a context's counts add up to remembered, and a floor below the unigrams."""

    def __init__(self, vocabulary: Vocabulary, counter: NgramCounter, size: int) -> None:
        super().__init__(vocabulary, counter)
        self.strength = STRENGTHS[0]
        self._size = size
        self._totals: dict[tuple[int, ...], int] = {}

    def alpha_gamma(self, word: int, context: tuple[int, ...]) -> tuple[float, float]:
        counts = self.counts[context]
        total, gamma = self._of(context, counts)
        return (1.0 - gamma) * counts[word] / total, gamma

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


class Counted:
    """A model that counted its texts."""

    def __init__(self, texts: Iterable[Sequence[int]], order: int, size: int) -> None:
        self._order = order
        counter = NgramCounter()
        try:
            counter.update(self._grams(text) for text in texts)
        except ValueError as error:  # NLTK's bound on distinct n-grams
            raise UsageError(
                "the corpus is too large for n-grams of this order: give a lower --order."
            ) from error
        self._model = InterpolatedLanguageModel(
            _Smoothing, order, counter=counter, params={"size": size}
        )
        self._smoothing: _Smoothing = self._model.estimator
        self._counter = counter
        self._best: dict[tuple[tuple[int, ...], frozenset[int]], int] = {}

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
        padded = self._padded(numbers)
        size = self._order - 1
        score = self._model.unmasked_score
        return -sum(
            log(score(padded[n], tuple(padded[n - size : n]))) for n in range(size, len(padded))
        )

    def complete(self, questions: Sequence[Question]) -> list[Sequence[int]]:
        return [self._completed(question) for question in questions]

    def _completed(self, question: Question) -> list[int]:
        text = list(self._padded(question.prefix))
        found: list[int] = []
        while len(found) < MOST and not question.answered(found):
            found.append(self._likeliest(self._context(text), question.banned(found)))
            text.append(found[-1])
        return found

    def _likeliest(self, context: tuple[int, ...], banned: frozenset[int]) -> int:
        """Of all symbols: what was not seen here can be no better than the best with less context,
        for both have the same share of that one's score."""
        key = context, banned
        if key not in self._best:
            counts = self._counter[context] if context else self._counter.unigrams
            seen = set(counts) - banned - {END}
            if context:
                seen.add(self._likeliest(context[1:], banned))
            self._best[key] = max(
                sorted(seen), key=lambda n: self._model.unmasked_score(n, context)
            )
        return self._best[key]

    def _context(self, before: Sequence[int]) -> tuple[int, ...]:
        return tuple(before[-(self._order - 1) :]) if self._order > 1 else ()

    def _padded(self, numbers: Sequence[int]) -> tuple[int, ...]:
        return (*(BEGIN for _ in range(self._order - 1)), *numbers)

    def _grams(self, numbers: Sequence[int]) -> Iterator[tuple[int, ...]]:
        padded = self._padded(numbers)
        for end in range(self._order, len(padded) + 1):
            for start in range(end - self._order, end):
                yield padded[start:end]
