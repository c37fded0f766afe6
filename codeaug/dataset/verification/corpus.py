"""The texts of an export, each once: which of them are alike in two splits, and what they call."""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy

from codeaug.dataset import mix, plain
from codeaug.dataset.planning import SPLITS
from codeaug.dataset.similarity import Groups, Signatures, shingles, signatures
from codeaug.dataset.vocabulary import Side, Vocabulary

_AT_ONCE = 2000
_RECENT = 256  # units
_MORE = 10_000
"""Texts beside those that the lineage knows, of which signatures are kept, too."""


class Corpus:
    """`size` texts are known to the lineage; more are compared as long as there is room."""

    def __init__(self, folder: Path, size: int) -> None:
        self._signatures = Signatures(folder / "signatures")
        self._room = size + _MORE
        self._pending: list[list[str]] = []
        self._exact, self._said = array("Q"), array("Q")
        self._split, self._where = bytearray(), array("q")
        self._trained = array("Q")
        self._own = 0
        self._tokens: list[str] = []
        self._vocabulary, self._sides, self._who = Vocabulary(), bytearray(), array("i")
        self._runs: dict[int, set[str]] = {}
        self.novelty: Counter[int] = Counter()
        """Variants by the tenths of what they say that their function does not say."""
        self._real, self._mixed = (array("I", bytes(4 * plain.NAMES)) for _ in range(2))
        """How often each name is called."""

    def add(self, language: str, code: str, split: int, row: int) -> list[str]:
        """A text that stands in a row of a split; returns its runs of tokens."""
        said = self._tokens = plain.tokens(language, code.encode(errors="replace").decode())
        self._exact.append(_short(hashlib.sha256(code.encode("utf-8", "surrogatepass")).digest()))
        self._said.append(_short(plain.digest(said)))
        self._split.append(split)
        self._where.append(row)
        runs = shingles(said)
        if self._room:
            self._room -= 1
            self._pending.append(runs)
            if len(self._pending) >= _AT_ONCE:
                self._flush()
        return runs

    def trained(self, code: str, unit: int, runs: list[str], *, own: bool) -> None:
        """The text that was added last is one of those that are trained on, the unit's own or a
        variant of it: it counts for diversity, tail and novelty."""
        self._trained.append(self._said[-1])
        for name in (names := plain.called(code)):
            self._mixed[name] += 1
        if own:
            self._own += 1
            for name in names:
                self._real[name] += 1
            self._runs[unit] = set(runs)
            if len(self._runs) > _RECENT:
                del self._runs[next(iter(self._runs))]
        elif (known := self._runs.get(unit)) is not None:
            said = set(runs)
            self.novelty[-(-10 * len(said - known) // len(said))] += 1

    def named(self, language: str, unit: int, side: Side, variant: int = -1) -> None:
        """The text that was added last is a function's own or that of a variant of it, and whole:
        its names count."""
        self._vocabulary.add(language, self._tokens, unit, own=variant < 0)
        self._sides.append(side)
        self._who.append(variant)

    def on(self, side: Side) -> int:
        """How many whole texts are on a side."""
        return self._sides.count(side)

    def carrying(self) -> Iterator[int]:
        """The variants in training that hold a name that only held-out functions have."""
        for text in self._vocabulary.carrying(self._sides):
            yield self._who[text]

    @property
    def size(self) -> int:
        return len(self._split)

    def _flush(self) -> None:
        if self._pending:
            self._signatures.add(signatures(self._pending))
            self._pending.clear()

    @property
    def counted(self) -> tuple[int, int]:
        """Texts that are trained on: functions' own, and all."""
        return self._own, len(self._trained)

    def figures(self) -> dict[str, float]:
        """Diversity and tail, as the mix policy has them."""
        different = len(numpy.unique(numpy.frombuffer(self._trained, dtype=numpy.uint64)))
        whole = len(self._trained)
        return {
            "diversity": round(different / whole, 6) if whole else 0.0,
            "tail": mix.tail(zip(self._real, self._mixed, strict=True)),
        }

    # --- across splits ----------------------------------------------------------------------------

    def shared(self) -> Iterator[tuple[str, str]]:
        """Texts that two splits share: the kind of likeness, and where. Each text by its strictest
        kind only."""
        exact = set(self._across(self._exact))
        said = set(self._across(self._said)) - exact
        yield from (("exact", self._told(one, other)) for one, other in sorted(exact))
        yield from (("normalised", self._told(one, other)) for one, other in sorted(said))

    def similar(self, threshold: float) -> int:
        """Pairs of texts of two splits that are near-duplicates."""
        self._flush()
        return self._signatures.across(Groups(len(SPLITS)), self._split, threshold, frozenset())

    def _across(self, keys: array[int]) -> Iterator[tuple[int, int]]:
        """For each key that is in two splits, a text of one and a text of another."""
        found = numpy.frombuffer(keys, dtype=numpy.uint64)
        split = numpy.frombuffer(self._split, dtype=numpy.uint8)
        order = numpy.lexsort((split, found))
        follows = (found[order][1:] == found[order][:-1]) & (split[order][1:] != split[order][:-1])
        for at in numpy.flatnonzero(follows):
            yield int(order[at]), int(order[at + 1])

    def _told(self, one: int, other: int) -> str:
        places = [f"row {self._where[n]} of {SPLITS[self._split[n]]}" for n in (one, other)]
        return " and ".join(places)


def _short(digest: bytes) -> int:
    return int.from_bytes(digest[:8], "big")
