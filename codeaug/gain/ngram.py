"""The approach of n-grams: no download, no torch, the same vocabulary in every arm."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from codeaug import ngrams
from codeaug.errors import UsageError
from codeaug.gain.approach import MOST, Encoded, Question
from codeaug.gain.symbols import END, Symbols
from codeaug.model import Text

ORDER = 5
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


class Counted(ngrams.Ngrams):
    """A model that counted its texts, and goes on with others."""

    def __init__(self, texts: Iterable[Sequence[int]], order: int, size: int) -> None:
        try:
            super().__init__(texts, order, size)
        except ValueError as error:
            raise UsageError(
                "the corpus is too large for n-grams of this order: give a lower --order."
            ) from error
        self._best: dict[tuple[tuple[int, ...], frozenset[int]], int] = {}

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
            seen = set(self._after.get(context, ())) - banned - {END}
            if context:
                seen.add(self._likeliest(context[1:], banned))
            self._best[key] = max(sorted(seen), key=lambda n: self._share(n, context))
        return self._best[key]
