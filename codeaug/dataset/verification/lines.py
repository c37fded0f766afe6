"""The rows' lines of the lineage: what they refer to, and what they add up to."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy

from codeaug.dataset.splits import TRAIN
from codeaug.dataset.verification import findings as names
from codeaug.dataset.verification.balance import Balance
from codeaug.dataset.verification.findings import Findings
from codeaug.dataset.verification.graph import Graph

Record = dict[str, Any]

_DESCRIBED = frozenset({"implementation", "description"})
"""The tasks whose rows hold a description."""


class Lines:
    """Goes through the rows' lines in the lineage, once, and adds them up."""

    def __init__(self, graph: Graph, settings: Mapping[str, Any], found: Findings) -> None:
        self._graph, self._tasks, self._found = graph, frozenset(settings["tasks"]), found
        self.balance = Balance(graph, settings, found)
        self.rows: Counter[str] = Counter()
        self.tasks: Counter[str] = Counter()
        self.unit_tokens = array("q", bytes(8 * len(graph.units)))
        self.human = 0
        self._keys = array("q")
        self.by_mix: Counter[tuple[int, int]] = Counter()
        """Tokens by kind of variant and its place: what the mix is about. None is 0, too."""
        self.by_caption: Counter[tuple[str, int]] = Counter()
        """Tokens of captions by model and place."""
        for unit, kind in zip(graph.variant_unit, graph.variant_kind, strict=True):
            if unit >= 0 and graph.kinds.all[kind][0] == "train":
                self.by_mix[kind, graph.unit_place[unit]] = 0

    def look(self, lines: Iterator[Record]) -> None:
        for line in lines:
            split = line["file"]
            self.rows[split] += 1
            where = f"row {self.rows[split]} of {split}"
            if line["row"] != self.rows[split]:
                told = f"{where} has the number {line['row']} in the lineage"
                self._found.wrong(names.LINEAGE, told)
            self.tasks[line["task"]] += 1
            if line["task"] not in self._tasks:
                told = f"{where} is of the task {line['task']}, which was not asked for"
                self._found.wrong(names.LINEAGE, told)
            self._refer(line, where)
            self._key(line, where)
            self.balance.row(line)

    def _refer(self, line: Record, where: str) -> None:
        graph, wrong = self._graph, self._found.wrong
        unit = graph.units.get(bytes.fromhex(line["unit"]), -1)
        if unit < 0:
            wrong(names.LINEAGE, f"{where}: unit {line['unit']} is not in the lineage")
        elif graph.split(unit) != line["file"]:
            wrong(names.SPLITS, f"{where} is of unit {line['unit']}, of {graph.split(unit)}")
        if line["task"] in _DESCRIBED and unit >= 0 and not graph.unit_described[unit]:
            told = f"{where} is made of a description, and the lineage of its unit knows none"
            wrong(names.LINEAGE, told)
        shown = [name for name in (line["variant"], line["against"]) if name]
        self._tag(line, shown, where)
        for name in shown:
            variant = graph.variants.get(bytes.fromhex(name), -1)
            if variant < 0:
                wrong(names.LINEAGE, f"{where}: variant {name} is not in the lineage")
            elif graph.variant_unit[variant] != unit:
                wrong(names.LINEAGE, f"{where}: variant {name} is of another unit")
            elif graph.kind(variant)[0] == "ancestor":
                wrong(names.LINEAGE, f"{where} holds variant {name}, which is only an ancestor")
            if line["file"] != TRAIN:
                wrong(names.SPLITS, f"{where} holds variant {name}: only what people wrote may")
        self._add(line, unit)

    def _tag(self, line: Record, shown: Sequence[str], where: str) -> None:
        graph = self._graph
        tagged = any(graph.variants.get(bytes.fromhex(name)) in graph.tagged for name in shown)
        if tagged != bool(line.get("robustness")):
            told = "shows" if tagged else "is tagged, and shows no"
            self._found.wrong(names.ROBUSTNESS, f"{where} {told} variant made for robustness")

    def _add(self, line: Record, unit: int) -> None:
        graph, tokens, train = self._graph, line["tokens"], line["file"] == TRAIN
        if line["task"] == "description" and unit in graph.unit_caption:
            if train:
                self.by_caption[graph.unit_caption[unit], graph.unit_place[unit]] += tokens
            return
        if not line["variant"]:
            if unit >= 0:
                self.unit_tokens[unit] += tokens
            self.human += tokens if train else 0
            return
        variant = graph.variants.get(bytes.fromhex(line["variant"]), -1)
        if min(unit, variant) >= 0 and train and graph.kind(variant)[0] == "train":
            self.by_mix[graph.variant_kind[variant], graph.unit_place[unit]] += tokens

    def _key(self, line: Record, where: str) -> None:
        """Rows of a unit lie together: a row that is there twice has its like nearby."""
        key = (line["task"], line["unit"], line["variant"], line["against"], line["number"])
        self._keys.append(hash(key))

    def tell_twice(self) -> None:
        keys = numpy.frombuffer(self._keys, dtype=numpy.int64)
        order = numpy.argsort(keys, kind="stable")
        for at in order[1:][keys[order][1:] == keys[order][:-1]]:
            self._found.wrong(names.ROWS, f"line {at + 1} of the rows' lineage is there twice")
