"""Whether the reasons hold for which rows were not written, as far as other rows show the texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from codeaug.dataset.lengths import Ruler
from codeaug.dataset.verification.anatomy import GAPS, Said, Texts, remade, unit_of
from codeaug.dataset.writing import NOTHING_TO_ASK, TOO_LONG

LeftOut = Mapping[tuple[str, str], Sequence[tuple[str, str]]]
"""By unit and variant, "" for the unit's own text: tasks with the reason."""

_OF_CODE = GAPS | {"rewrite", "equivalence", "judgement"}
"""Tasks whose rows are made of a function, a variant and nothing else."""


class Unwritten:
    """Makes the rows that an export says it left out."""

    def __init__(self, settings: Mapping[str, Any], ruler: Ruler | None, left_out: LeftOut) -> None:
        self._seed, self._longest = settings["seed"], settings["max_length"]
        self._ruler, self._left_out = ruler, left_out

    def wrong(self, variant: str, code: str, unit_code: str, said: Said) -> Iterator[str]:
        """Of a text that stands in a row: its reasons that do not hold."""
        for task, why in self._left_out.get((said.unit, variant), ()):
            if task in _OF_CODE and (unit_code or not variant):
                own = replace(said, task=task, variant=variant, against="", number=0)
                if not self._holds(why, self._length(own, code, unit_code)):
                    told = f"no row of {task} of {variant or said.unit} was left out as it {why}"
                    yield f"{told}, which is not so"

    def _length(self, said: Said, code: str, unit_code: str) -> int:
        """Of the row; -1 where there is none, 0 where nobody can measure it."""
        margin = unit_of(said, unit_code if said.variant else code).margin
        texts = Texts(None, margin + code) if said.variant else Texts(margin + code)
        row = remade(said, texts, unit_code if said.variant else code, self._seed)
        if row is None:
            return -1
        return self._ruler.row(row.content) if self._ruler else 0

    def _holds(self, why: str, length: int) -> bool:
        if length <= 0:
            return why == (NOTHING_TO_ASK if length else TOO_LONG)
        return why == TOO_LONG and length > self._longest
