"""The lineage in memory: numbers of a million variants, their names as short as they can be.

A record that breaks its shape is told and left out; what refers to it then refers to nothing.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path, PurePosixPath
from sys import intern
from typing import Any

from codeaug.dataset import lineage
from codeaug.dataset.families import REFUSED
from codeaug.dataset.planning import SPLITS
from codeaug.dataset.splits import TRAIN
from codeaug.dataset.verification import findings as names
from codeaug.dataset.verification import reading, shapes, variants
from codeaug.dataset.verification.findings import Findings
from codeaug.dataset.verification.settings import KeptOut
from codeaug.model import Rung

Record = dict[str, Any]

_RUNGS = {rung.label: rung for rung in Rung}
_SHORT = 16
"""Bytes of a digest that are kept."""


class Names:
    """Each of a few texts or records once, by number."""

    def __init__(self) -> None:
        self.all: list[Any] = []
        self._numbers: dict[Any, int] = {}

    def number(self, name: Any) -> int:
        known = self._numbers.get(name)
        if known is None:
            known = self._numbers[name] = len(self.all)
            self.all.append(name)
        return known


class Graph:
    """Units and variants by number; see `units_of`, `variants_of` for what is known of each."""

    def __init__(self) -> None:
        self.units: dict[bytes, int] = {}
        self.unit_sha, self.unit_split = bytearray(), bytearray()
        self.unit_tokens, self.unit_place = array("q"), array("I")
        self.unit_name: list[str] = []
        self.unit_path: list[str] = []
        self.unit_language, self.unit_head = array("B"), array("I")
        """Its language, and how many lines stand before its body."""
        self.unit_caption: dict[int, str] = {}
        """Models that wrote captions, by unit."""
        self.unit_described = bytearray()
        self.languages, self.repositories = Names(), Names()
        self.variants: dict[bytes, int] = {}
        self.variant_sha = bytearray()
        self.variant_unit, self.variant_kind = array("i"), array("I")
        self.variant_made_of: dict[int, str] = {}
        self.kinds = Names()
        """Of variants: use, engine, model, recipe."""
        self.parents: dict[int, bytes] = {}
        self.refused: set[int] = set()
        """Near misses that people refused: nobody saw a difference."""
        self.depths = array("H")
        self.tagged: set[int] = set()
        """Variants that are told to be for robustness."""
        self.counts: dict[str, Counter[Any]] = {}
        self.newest = ""

    def count(self, kind: str, name: Any, number: int = 1) -> None:
        self.counts.setdefault(kind, Counter())[name] += number

    def split(self, unit: int) -> str:
        return SPLITS[self.unit_split[unit]]

    def kind(self, variant: int) -> tuple[str, str, str, tuple[str, ...]]:
        found: tuple[str, str, str, tuple[str, ...]] = self.kinds.all[self.variant_kind[variant]]
        return found

    def id_of(self, variant: int) -> str:
        """For what is told of a few."""
        return next(one for one, number in self.variants.items() if number == variant).hex()

    def unit_has(self, unit: int, sha256: bytes) -> bool:
        return self.unit_sha[unit * _SHORT : (unit + 1) * _SHORT] == sha256[:_SHORT]

    def variant_has(self, variant: int, sha256: bytes) -> bool:
        return self.variant_sha[variant * _SHORT : (variant + 1) * _SHORT] == sha256[:_SHORT]

    # --- what is put in ---------------------------------------------------------------------------

    def put_unit(self, unit: Record) -> None:
        described = unit["description"]
        if isinstance(described, dict):
            self.unit_caption[len(self.units)] = described["model"]
            self.count("captions", described["model"])
        self.unit_described.append(bool(described))
        self.units[bytes.fromhex(unit["id"])] = len(self.units)
        self.unit_sha += bytes.fromhex(unit["sha256"])[:_SHORT]
        self.unit_split.append(SPLITS.index(unit["split"]))
        self.unit_tokens.append(unit["tokens"])
        self.unit_name.append(unit["name"])
        self.unit_path.append(intern(unit["path"]))
        self.unit_head.append(min(max(unit["body_line"] - unit["line"], 0), 1 << 30))
        self.unit_language.append(self.languages.number(unit["language"]))
        place = (unit["repository"], unit["commit"], unit["license"])
        self.unit_place.append(self.repositories.number(place))
        self.count("units", unit["split"])
        self.count("languages", unit["language"])
        self.count("repository units", place)

    def put_variant(self, variant: Record) -> None:
        number, origin = len(self.variants), variant["origin"]
        self.variants[bytes.fromhex(variant["id"])] = number
        self.variant_sha += bytes.fromhex(variant["sha256"])[:_SHORT]
        self.variant_unit.append(self.units.get(bytes.fromhex(variant["unit"]), -1))
        if variant.get("made_of"):
            self.variant_made_of[number] = variant["made_of"]
        recipe = tuple(origin["recipe"])
        kind = (variant["use"], origin["engine"], origin["model"], recipe)
        self.variant_kind.append(self.kinds.number(kind))
        if variant["use"] == "contrast" and variant["why"].startswith(REFUSED):
            self.refused.add(number)
        if variant.get("robustness"):
            self.tagged.add(number)
        depth = variant["depth"]
        self.depths.extend((min(depth["llm"], 65535), min(depth["rule"], 65535)))
        if origin["parent"]:
            self.parents[number] = bytes.fromhex(origin["parent"])
        self._tally(variant, number)

    def _tally(self, variant: Record, number: int) -> None:
        yes = 0
        for decision in variant["decisions"]:
            yes += decision["approved"]
            self.newest = max(self.newest, decision["made_at"])
            self.count("reviewers", decision["reviewer"])
        self.count("votes", (yes, len(variant["decisions"]) - yes))
        origin, unit = variant["origin"], self.variant_unit[number]
        if variant["use"] != "train":
            self.count(variant["use"], origin["engine"])
            return
        if variant.get("robustness"):
            self.count("robustness", "variants")
        self.count("rungs", variant["rung"])
        self.count("accepted_by", variant["accepted_by"])
        self.count("engines", origin["engine"])
        self.count("generators", (origin["engine"], origin["model"]))
        for step in origin["recipe"]:
            self.count("transforms", step)
        if unit >= 0:
            self.count("repository variants", self.repositories.all[self.unit_place[unit]])


def read(folder: Path, there: set[str], settings: Mapping[str, Any], found: Findings) -> Graph:
    """The units and variants; what is no record, twice there or refers to nothing is told."""
    graph, bar, kept_out = Graph(), _RUNGS.get(settings["accept_rung"] or ""), KeptOut(settings)
    found.saw(names.FILTERS)
    places: dict[tuple[str, str, str], str] = {}
    for unit in _records(folder, there, lineage.UNITS, shapes.UNIT, found):
        if bytes.fromhex(unit["id"]) in graph.units:
            found.wrong(names.LINEAGE, f"unit {unit['id']} stands there twice")
            continue
        graph.put_unit(unit)
        if unit["split"] != TRAIN and isinstance(unit["description"], dict):
            told = f"unit {unit['id']} of {unit['split']} has a caption: only what people wrote may"
            found.wrong(names.SPLITS, told)
        for problem in kept_out.unit(unit):
            found.wrong(names.FILTERS, f"unit {unit['id']} {problem}")
        lies = str(PurePosixPath(unit["path"]).parent) if settings["by_module"] else unit["path"]
        place = (unit["repository"], unit["commit"], lies)
        if (other := places.setdefault(place, unit["split"])) != unit["split"]:
            found.wrong(
                names.SPLITS,
                f"unit {unit['id']} is in {unit['split']}, others of {lies} in {other}",
            )
    del places
    for variant in _records(folder, there, lineage.VARIANTS, shapes.VARIANT, found):
        if bytes.fromhex(variant["id"]) in graph.variants:
            found.wrong(names.LINEAGE, f"variant {variant['id']} stands there twice")
            continue
        graph.put_variant(variant)
        for check, problem in variants.problems(variant, graph, bar):
            found.wrong(check, f"variant {variant['id']} {problem}")
        for problem in kept_out.variant(variant):
            found.wrong(names.FILTERS, f"variant {variant['id']} {problem}")
    problems = (variants.ancestry(graph), variants.tags(graph, settings["robustness"]))
    for check, number, problem in chain.from_iterable(problems):
        found.wrong(check, f"variant {graph.id_of(number)} {problem}")
    found.saw(names.LINEAGE, f"{len(graph.units):,} units, {len(graph.variants):,} variants")
    return graph


def records(
    folder: Path, there: set[str], name: str, shape: Any, found: Findings
) -> Iterator[Record]:
    """The records of a file that have the right shape."""
    yield from _records(folder, there, name, shape, found)


def _records(
    folder: Path, there: set[str], name: str, shape: Any, found: Findings
) -> Iterator[Record]:
    path = f"{lineage.FOLDER}/{name}"
    if path not in there:
        found.wrong(names.LINEAGE, f"{path} is missing")
        return
    for number, record in reading.lineage(folder / path):
        problem = shapes.misfit(record, shape) if record is not None else "is no record"
        if problem:
            found.wrong(names.LINEAGE, f"{path}, line {number}: {problem}")
        elif record is not None:
            yield record
