"""What a way to model code is to the measurement: texts become numbers, numbers a model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from codeaug.model import Text

MOST = 64
"""Numbers of a completion."""


@dataclass(frozen=True, slots=True)
class Question:
    """The line after `prefix`: `wanted`. It is there, so that a model may not end the text instead;
    it ends with one of `stops` and begins with none of `silent`, structure that says no word."""

    prefix: tuple[int, ...]
    wanted: str
    stops: frozenset[int] = frozenset()
    silent: frozenset[int] = frozenset()

    def answered(self, said: Sequence[int]) -> bool:
        """Whether the numbers are a whole line."""
        return bool(said) and said[-1] in self.stops

    def banned(self, said: Sequence[int]) -> frozenset[int]:
        """What cannot come next."""
        return frozenset() if said else self.silent


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text as numbers. `tokens` is what losses are shared among: the same in every arm."""

    numbers: tuple[int, ...]
    tokens: int
    questions: tuple[Question, ...]


class Trained(Protocol):
    """A model that was trained."""

    def nats(self, numbers: Sequence[int]) -> float:
        """What the whole text costs, -log p."""
        ...

    def complete(self, questions: Sequence[Question]) -> list[Sequence[int]]:
        """Of each, the most likely numbers after its prefix, one by one, at most MOST."""
        ...


class Approach(Protocol):
    """A way to model code. Its numbers and their vocabulary are fixed before anything is trained.

    `encoded` raises codeaug.syntax.SyntaxLimit for a text that cannot be read.
    """

    @property
    def name(self) -> str: ...

    def encoded(self, text: Text) -> Encoded: ...

    def told(self, numbers: Sequence[int]) -> str: ...

    def trained(
        self, texts: Sequence[Sequence[int]], tuning: Sequence[Sequence[int]], seed: int
    ) -> Trained:
        """A model of the texts; how far it goes is chosen by what is best for `tuning`."""
        ...
