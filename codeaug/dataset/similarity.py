"""Which texts are near-duplicates: MinHash over shingles of tokens, banded.

Broder 1997, "On the resemblance and containment of documents"; bands as in Leskovec, Rajaraman and
Ullman, "Mining of Massive Datasets", 3.4. Pairs that share a band are compared by all of their
hashes, so that no pair below the threshold is joined by chance alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from pathlib import Path
from typing import TYPE_CHECKING, Any

from codeaug.errors import MissingTool

if TYPE_CHECKING:
    import numpy as np

HASHES, ROWS = 128, 4
"""Hashes of a text, and of them in a band: at a likeness of 0.7 no band is shared in 1 of 6,000."""
_MARGIN = 0.1
"""The likeness is an estimate (its standard error is 0.04 at 0.7): to keep texts apart that are
alike would leak, to join others costs little, so what is joined may be so much less alike."""
_SHINGLE = 5
_SEED = 1
_LARGEST = 4000
_SPREAD = 0x9E3779B97F4A7C15
"""Odd, with its bits spread: Knuth, "The Art of Computer Programming", volume 3, 6.4."""


def shingles(said: Sequence[str]) -> list[str]:
    """Runs of five tokens; a shorter text is one."""
    if len(said) <= _SHINGLE:
        return ["\0".join(said)]
    return list(map("\0".join, zip(*(said[at:] for at in range(_SHINGLE)), strict=False)))


def signatures(texts: Sequence[list[str]]) -> np.ndarray[Any, Any]:
    """One row of `HASHES` numbers a text, of its shingles. Raises MissingTool."""
    numpy, rensa = _libraries()
    matrix = rensa.RMinHash.digest_matrix_from_token_sets(list(texts), HASHES, _SEED)
    found: np.ndarray[Any, Any] = numpy.array(matrix.to_rows(), dtype=numpy.uint32)
    return found.reshape(len(texts), HASHES)


class Signatures:
    """Signatures in files, one a band: a million of them are larger than our memory."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self._paths = [folder / f"{band:02}" for band in range(HASHES // ROWS)]
        for path in self._paths:
            path.write_bytes(b"")
        self._filled = 0

    def add(self, rows: np.ndarray[Any, Any]) -> None:
        """The next rows."""
        bands = rows.reshape(len(rows), HASHES // ROWS, ROWS).transpose(1, 0, 2)
        for path, band in zip(self._paths, bands, strict=True):
            with path.open("ab") as file:
                file.write(band.tobytes())
        self._filled += len(rows)

    def _band(self, number: int) -> np.ndarray[Any, Any]:
        numpy, _ = _libraries()
        found: np.ndarray[Any, Any] = numpy.fromfile(self._paths[number], dtype=numpy.uint32)
        return found.reshape(-1, ROWS)

    def _of(self, members: Any) -> np.ndarray[Any, Any]:
        """The whole signatures of a few texts."""
        numpy, _ = _libraries()
        shape = (self._filled, ROWS)
        files = (numpy.memmap(path, numpy.uint32, "r", shape=shape) for path in self._paths)
        found: np.ndarray[Any, Any] = numpy.concatenate([file[members] for file in files], axis=1)
        return found

    def join(self, groups: Groups, owner: Sequence[int], threshold: float) -> int:
        """Joins the owners of texts that are alike; how many pairs did."""
        joined = 0
        for members in self._buckets(groups, owner):
            if len(members) > _LARGEST:  # all of them are called alike
                joined += sum(groups.join(owner[members[0]], owner[one]) for one in members[1:])
            else:
                pairs = self._pairs(members, groups, owner, threshold - _MARGIN)
                joined += sum(groups.join(owner[one], owner[other]) for one, other in pairs)
        return joined

    def across(
        self, groups: Groups, owner: Sequence[int], threshold: float, outside: Set[int]
    ) -> int:
        """Pairs of texts of different groups that are alike; those of owners outside aside."""
        pairs = self.pairs(groups, owner, threshold)
        return sum(outside.isdisjoint((owner[one], owner[other])) for one, other in pairs)

    @property
    def filled(self) -> int:
        """How many texts there are."""
        return self._filled

    def pairs(self, groups: Groups, owner: Sequence[int], threshold: float) -> set[tuple[int, int]]:
        """The texts of different groups that are alike."""
        return {
            (int(one), int(other))
            for members in self._buckets(groups, owner)
            for one, other in self._pairs(members, groups, owner, threshold)
        }

    def _buckets(self, groups: Groups, owner: Sequence[int]) -> Iterator[np.ndarray[Any, Any]]:
        """Texts that share a band, where they are of different groups."""
        numpy, _ = _libraries()
        owners = numpy.asarray(owner, dtype=numpy.int64)
        for band in range(HASHES // ROWS if self._filled else 0):
            halves = self._band(band).view(numpy.uint64)
            # Two bands may share a key: then their texts are compared in vain.
            keys = halves[:, 0] * numpy.uint64(_SPREAD) ^ halves[:, 1]
            order = numpy.argsort(keys, kind="stable")
            order = order[order < len(owner)]
            starts = numpy.flatnonzero(numpy.r_[True, numpy.diff(keys[order]) != 0])
            ends = numpy.r_[starts[1:], len(order)]
            group = groups.roots()[owners[order]]
            least = numpy.minimum.reduceat(group, starts)
            mixed = least != numpy.maximum.reduceat(group, starts)
            for start, end in zip(starts[mixed], ends[mixed], strict=True):
                yield order[start:end]

    def _pairs(
        self, members: Any, groups: Groups, owner: Sequence[int], threshold: float
    ) -> Iterator[tuple[int, int]]:
        """Pairs of different groups that are alike, as the groups are when they are asked for."""
        numpy, _ = _libraries()
        rows = self._of(members)
        for at in range(len(members) - 1):
            share = (rows[at + 1 :] == rows[at]).mean(axis=1)
            for other in numpy.flatnonzero(share >= threshold):
                one, two = members[at], members[at + 1 + other]
                if groups.root(owner[one]) != groups.root(owner[two]):
                    yield one, two


class Groups:
    """Disjoint sets of the numbers below `size`; the least of a set is its root."""

    def __init__(self, size: int) -> None:
        numpy, _ = _libraries()
        self._parent = numpy.arange(size)

    def root(self, one: int) -> int:
        parent = self._parent
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = int(parent[one])
        return one

    def roots(self) -> np.ndarray[Any, Any]:
        """The root of every number."""
        while (above := self._parent[self._parent] != self._parent).any():
            self._parent[above] = self._parent[self._parent[above]]
        found: np.ndarray[Any, Any] = self._parent
        return found

    def join(self, one: int, other: int) -> bool:
        """Whether they were apart."""
        first, second = self.root(one), self.root(other)
        if first == second:
            return False
        self._parent[max(first, second)] = min(first, second)
        return True


def _libraries() -> tuple[Any, Any]:
    try:
        import numpy
        import rensa
    except ImportError as error:
        raise MissingTool(
            f"{error.name} is not installed, so no dataset can be split without leaks: "
            "pip install 'codeaug[dataset]'."
        ) from error
    return numpy, rensa
