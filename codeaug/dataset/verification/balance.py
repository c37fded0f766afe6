"""Whether every text has the rows that its tasks make of it: what is not there was left out."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy

from codeaug.dataset.verification import findings as names
from codeaug.dataset.verification.findings import Findings
from codeaug.dataset.verification.graph import Graph
from codeaug.dataset.writing import NOTHING_TO_ASK, TOO_LONG
from codeaug.tasks import Outline, Task, named

Record = dict[str, Any]
Key = tuple[str, str, str]
"""Task, unit and variant of a row."""


class Balance:
    """Collects rows and what is told of those that were not written."""

    def __init__(self, graph: Graph, settings: Mapping[str, Any], found: Findings) -> None:
        self._graph, self._found, self._longest = graph, found, settings["max_length"]
        self._tasks = {name: named()[name] for name in settings["tasks"]}
        self._keys = array("q")
        self.reasons: Counter[str] = Counter()
        self.left_out: dict[tuple[str, str], list[tuple[str, str]]] = {}
        """Of a unit and a variant, or "" for its own text: tasks with the reason."""

    def row(self, line: Record) -> None:
        self._keys.append(hash((line["task"], line["unit"], line["variant"])))

    def unwritten(self, line: Record) -> None:
        """A row that was left out."""
        task, why = line["task"], line["why"]
        self.row(line)
        self.reasons[f"{task}: {why}"] += 1
        place = (line["unit"], line["variant"])
        self.left_out.setdefault(place, []).append((task, why))
        known = self._tasks.get(task)
        if known is None or not self._may(known, why):
            told = f"no row of {task} of {place[1] or place[0]} can be left out as it {why}"
            self._found.wrong(names.LINEAGE, told)

    def _may(self, task: Task, why: str) -> bool:
        return self._longest > 0 if why == TOO_LONG else task.may_lack and why == NOTHING_TO_ASK

    def tell(self) -> None:
        """The rows that are missing, and those that no task makes."""
        is_ = numpy.sort(numpy.frombuffer(self._keys, dtype=numpy.int64))
        should = array("q", map(hash, self._wanted()))
        wanted = numpy.frombuffer(should, dtype=numpy.int64)
        missing = set(numpy.setdiff1d(wanted, is_).tolist())
        if missing:
            for key in self._wanted():
                if hash(key) in missing:
                    what = f"variant {key[2]}" if key[2] else f"unit {key[1]}"
                    told = f"there is no row of {key[0]} of {what}, and nothing says why"
                    self._found.wrong(names.LINEAGE, told)
        spare = numpy.setdiff1d(is_, wanted)
        if len(spare):
            told = f"{len(spare):,} rows are of texts of which their task makes none"
            self._found.wrong(names.LINEAGE, told)

    def _wanted(self) -> Iterator[Key]:
        for unit, outline in self._outlines():
            for name, task in self._tasks.items():
                for variant in task.of(outline):
                    yield name, unit, variant

    def _outlines(self) -> Iterator[tuple[str, Outline]]:
        graph, variants = self._graph, list(self._graph.variants)
        of = numpy.frombuffer(graph.variant_unit, dtype=numpy.int32)
        order = numpy.argsort(of, kind="stable")
        starts = numpy.searchsorted(of[order], numpy.arange(len(graph.units) + 1))
        for unit, name in enumerate(graph.units):
            own = order[starts[unit] : starts[unit + 1]].tolist()
            yield name.hex(), self._outline(unit, own, variants)

    def _outline(self, unit: int, own: Sequence[int], variants: Sequence[bytes]) -> Outline:
        graph = self._graph
        use = {number: graph.kind(number)[0] for number in own}
        misses = [number for number in own if use[number] == "contrast"]
        return Outline(
            bool(graph.unit_described[unit]),
            [variants[number].hex() for number in own if use[number] == "train"],
            [variants[number].hex() for number in misses],
            [variants[number].hex() for number in misses if number not in graph.refused],
        )
