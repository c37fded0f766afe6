"""Names that only held-out functions have, and the variants that carry them into training.

Rules take better names for locals from the whole repository, and models see its files: a variant
may hold a name that nothing else in training holds. Whoever learns it there knows what it must not.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache

from codeaug.languages import keywords

CARRIES = "has a name that only held-out functions have"
"""Why a variant is left out."""


class Side(IntEnum):
    """Whose a text is: what people wrote to train on, what they wrote and is held out, what was
    made to train on; the rest is nowhere."""

    NOWHERE, TRAINED, HELD_OUT, MADE = range(4)


def names(language: str, said: Iterable[str]) -> set[str]:
    """The names among the tokens of a text, as `plain.tokens` gives them."""
    return {token for token in set(said) if token.isidentifier()} - keywords(language)


class Vocabulary:
    """The names of many texts, eight bytes each: of a function's own text all, of what was made of
    it those that it has not, where it came before."""

    def __init__(self) -> None:
        self._unit, self._own = -1, frozenset[str]()
        self._names, self._ends = array("Q"), array("Q")

    def add(self, language: str, said: Iterable[str], unit: int, *, own: bool) -> None:
        """The next text, by its tokens; `unit` is the number of its function."""
        found = names(language, said)
        if own:
            self._unit, self._own = unit, frozenset(found)
        elif unit == self._unit:
            found -= self._own
        self._names.extend(map(_number, found))
        self._ends.append(len(self._names))

    def join(self, later: Vocabulary) -> None:
        """The texts of another behind ours."""
        before = len(self._names)
        self._names += later._names
        self._ends.extend(end + before for end in later._ends)

    def carrying(self, sides: Iterable[int]) -> list[int]:
        """The texts that were made to train on and hold a name that texts which are held out have,
        and none that people wrote to train on. `sides` says of each text whose it is."""
        import numpy

        held = numpy.frombuffer(self._names, dtype=numpy.uint64)
        ends = numpy.frombuffer(self._ends, dtype=numpy.uint64)
        lengths = numpy.diff(ends, prepend=numpy.uint64(0)).astype(numpy.int64)
        side = numpy.repeat(numpy.frombuffer(bytes(sides), dtype=numpy.uint8), lengths)
        hidden = numpy.setdiff1d(held[side == Side.HELD_OUT], held[side == Side.TRAINED])
        made = numpy.flatnonzero(side == Side.MADE)
        found = made[numpy.isin(held[made], hidden)]
        texts: list[int] = numpy.unique(numpy.searchsorted(ends, found, side="right")).tolist()
        return texts


@lru_cache(maxsize=1 << 16)
def _number(name: str) -> int:
    data = name.encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big")
