"""Rows beside their digests in the lineage: which are missing, changed, twice there, elsewhere."""

from __future__ import annotations

from array import array
from typing import Any

import numpy

from codeaug.dataset.planning import SPLITS
from codeaug.dataset.verification import findings as names
from codeaug.dataset.verification.findings import Findings

_MOST = 50


class Order:
    """Eight bytes of each digest, of the rows and of what the lineage says of them."""

    def __init__(self, found: Findings) -> None:
        self._found = found
        self._is = [array("Q") for _ in SPLITS]
        self._should = [array("Q") for _ in SPLITS]
        self._wrong: list[list[int]] = [[] for _ in SPLITS]

    def put(self, split: int, digest: bytes, line: dict[str, Any] | None) -> None:
        """The next place of a split; no digest for no row, no line where the lineage has ended."""
        wanted = line["sha256"] if line else ""
        if digest:
            self._is[split].append(int.from_bytes(digest[:8], "big"))
        if wanted:
            self._should[split].append(int(wanted[:16], 16))
        if digest.hex() != wanted:
            self._wrong[split].append(max(len(self._is[split]), len(self._should[split])) - 1)

    def tell(self) -> None:
        """A sentence for each row that is not in its place, by what became of it."""
        rows = sum(map(len, self._is))
        self._found.saw(names.ROWS, f"{rows:,} rows")
        for split, wrong in enumerate(self._wrong):
            if wrong:
                self._split(split, wrong)

    def _split(self, split: int, wrong: list[int]) -> None:
        is_, should, name = self._is[split], self._should[split], SPLITS[split]
        if len(is_) != len(should):
            told = f"{name} has {len(is_):,} rows, the lineage says {len(should):,}"
            self._found.wrong(names.ROWS, told)
        spare, lacking = self._apart(split)
        for at in sorted(spare)[:_MOST]:
            self._spare(split, at, changed=at in lacking)
        for at in sorted(lacking - spare)[:_MOST]:
            self._found.wrong(names.ROWS, f"row {at + 1} of {name} is not in its file")
        if not spare and not lacking:
            places = [(at, self._place(should, is_[at])) for at in wrong[:_MOST]]
            for at, wanted in places:
                told = f"row {wanted} of {name} stands at place {at + 1}"
                self._found.wrong(names.ROWS, f"{told}: not in the order of the lineage")

    def _apart(self, split: int) -> tuple[set[int], set[int]]:
        """Places of rows that the lineage does not have (so often), and the other way round."""
        is_ = numpy.frombuffer(self._is[split], dtype=numpy.uint64)
        should = numpy.frombuffer(self._should[split], dtype=numpy.uint64)
        return _more(is_, should), _more(should, is_)

    def _spare(self, split: int, at: int, *, changed: bool) -> None:
        name, digest = SPLITS[split], self._is[split][at]
        if first := self._place(self._is[split], digest, before=at):
            self._found.wrong(names.ROWS, f"row {at + 1} of {name} is row {first} once more")
            return
        for other, elsewhere in enumerate(self._should):
            if other != split and (place := self._place(elsewhere, digest)):
                told = f"row {at + 1} of {name} is row {place} of {SPLITS[other]}"
                self._found.wrong(names.SPLITS, told)
                return
        what = "was changed" if changed else "is none that the lineage knows"
        self._found.wrong(names.ROWS, f"row {at + 1} of {name} {what}")

    def _place(self, digests: array[int], digest: int, before: int = -1) -> int:
        """Where a digest stands first, from 1; 0 where it does not."""
        found = numpy.frombuffer(digests, dtype=numpy.uint64)
        found = found if before < 0 else found[:before]
        (places,) = numpy.nonzero(found == digest)
        return int(places[0]) + 1 if len(places) else 0


def _more(these: Any, those: Any) -> set[int]:
    """Places of what stands among these more often than among those; the later ones."""
    values, number = numpy.unique(these, return_counts=True)
    ordered = numpy.sort(those)
    first, last = (numpy.searchsorted(ordered, values, side) for side in ("left", "right"))
    extra = number - (last - first)
    left = dict(zip(values[extra > 0].tolist(), extra[extra > 0].tolist(), strict=True))
    found = set()
    for place in numpy.flatnonzero(numpy.isin(these, values[extra > 0]))[::-1].tolist():
        value = int(these[place])
        if left[value] > 0:
            left[value] -= 1
            found.add(place)
    return found
