"""Rows and lineage onto disk, so that a killed export goes on where it was.

Every `_EVERY` rows all files are made safe and the journal says how far they are. Whole shards of
tables and archives may be further than that: what they hold already is passed over.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from codeaug.dataset import lineage
from codeaug.dataset.families import Found, ancestors_of, for_robustness
from codeaug.dataset.lengths import Ruler, bin_of
from codeaug.dataset.planning import SPLITS
from codeaug.dataset.recipe import Recipe
from codeaug.formats import Container
from codeaug.formats.containers import Writer, line, open_writer
from codeaug.model import Family, NearMiss, Origin, Variant
from codeaug.tasks import Example, Outline

_EVERY = 20_000
JOURNAL = "journal.json"
TOO_LONG, NOTHING_TO_ASK = "is longer than max_length", "has nothing to ask about"
"""Why a row is not written."""
CAPTION = "caption"
"""The generator of captions, beside the engines that make variants."""
LENGTHS = "lengths of "
"""Before a task's name: its rows by the upper bounds of their bins of length."""


@dataclass
class Totals:
    """What was written so far; JSON, so that the journal can hold it."""

    rows: Counter[str] = field(default_factory=Counter)
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    tokens: Counter[str] = field(default_factory=Counter)
    longest: int = 0
    newest: str = ""

    def count(self, kind: str, name: str, number: int = 1) -> None:
        self.counts.setdefault(kind, Counter())[name] += number

    def document(self) -> dict[str, Any]:
        return {
            "rows": self.rows,
            "counts": self.counts,
            "tokens": self.tokens,
            "longest": self.longest,
            "newest": self.newest,
        }

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Totals:
        counts = {kind: Counter(own) for kind, own in document["counts"].items()}
        rows, tokens = Counter(document["rows"]), Counter(document["tokens"])
        return cls(rows, counts, tokens, document["longest"], document["newest"])


class Export:
    """The files of an export that is under way, in a folder of its own."""

    def __init__(self, folder: Path, recipe: Recipe, ruler: Ruler, pseudonyms: bytes) -> None:
        self._folder, self._recipe, self._ruler, self._key = folder, recipe, ruler, pseudonyms
        form = recipe.format
        self._writers: dict[str, Writer] = {
            split: open_writer(form.container, folder, form.stems[split], form.columns)
            for split in SPLITS
        }
        self._lines: dict[str, Writer] = {
            name: open_writer(Container.JSONL, folder / lineage.FOLDER, name.removesuffix(".jsonl"))
            for name in (lineage.UNITS, lineage.VARIANTS, lineage.ROWS, lineage.LEFT_OUT)
        }
        self._passed: Counter[str] = Counter()
        """Rows of each split that its files hold already."""
        self._since = 0
        self.totals = Totals()
        self.done = 0
        """Units that are written."""

    def resume(self) -> None:
        """Goes on where the newest point is that all files have reached."""
        journal = self._folder / JOURNAL
        points = json.loads(journal.read_bytes())["points"] if journal.exists() else []
        states = {split: points[-1]["writers"][split] for split in SPLITS} if points else {}
        safe = {split: state["rows"] for split, state in states.items()}
        fitting = [p for p in points if all(p["rows"].get(s, 0) <= safe[s] for s in SPLITS)]
        if not fitting:
            for writer in (*self._writers.values(), *self._lines.values()):
                writer.resume({"rows": 0, "bytes": 0, "shards": []})
            return
        point = fitting[-1]
        for split, writer in self._writers.items():
            writer.resume(states[split])
            self._passed[split] = safe[split] - point["rows"].get(split, 0)
        for name, own in self._lines.items():
            own.resume(point["lines"][name])
        self.done, self.totals = point["units"], Totals.of(point["totals"])

    def write(
        self, found: Found, split: str, examples: Sequence[Example], accepted: Mapping[str, str]
    ) -> None:
        """A unit with its rows and all that they came from."""
        family = found.family
        used = {name for example in examples for name in (example.variant, example.against)}
        human = 0
        makers = {variant.id: _maker(variant.origin) for variant in family.variants}
        odd = {
            name for name in used if name and for_robustness(found.told[name].variant, found.told)
        }
        for example in examples:
            maker = makers.get(example.variant, "")
            if found.trains_caption(example):
                maker = f"{CAPTION}\0{found.description.model}"
            tagged = not odd.isdisjoint((example.variant, example.against))
            human += self._row(example, split, maker, tagged)
        self._unit(found, split, human)
        for variant in family.variants:
            self._variant(found, lineage.variant_line(
                variant, family.unit.id, found, accepted[variant.id], None, self._key
            ))  # fmt: skip
        for miss in family.near_misses:
            if miss.variant.id in used:
                self._variant(found, lineage.variant_line(
                    miss.variant, family.unit.id, found, "", miss, self._key
                ))  # fmt: skip
        told = [*family.variants, *(m.variant for m in family.near_misses if m.variant.id in used)]
        for ancestor in _ancestors(told, found):
            self._variant(found, lineage.variant_line(
                ancestor, family.unit.id, found, "", None, self._key
            ))  # fmt: skip
        misses = [miss for miss in family.near_misses if miss.variant.id in used]
        self._unwritten(family, misses, {(one.task, one.variant) for one in examples})
        self.done += 1
        if self._since >= _EVERY:
            self.checkpoint()

    def _unwritten(
        self, family: Family, misses: Sequence[NearMiss], made: Set[tuple[str, str]]
    ) -> None:
        """The rows that there are not, with the reason."""
        outline = Outline(
            bool(family.description),
            [one.id for one in family.variants],
            [one.variant.id for one in misses],
            [one.variant.id for one in misses if one.witness],
        )
        for task in self._recipe.tasks:
            lacking = [one for one in task.of(outline) if (task.name, one) not in made]
            own = task.examples(family, self._recipe.seed) if lacking else ()
            long = {example.variant for example in own}
            for variant in lacking:
                why = TOO_LONG if variant in long else NOTHING_TO_ASK
                told = lineage.left_out_line(family.unit.id, variant, why, task.name)
                self._lines[lineage.LEFT_OUT].write(told)
                self.totals.count("unwritten", f"{task.name}: {why}")

    def _row(self, example: Example, split: str, maker: str, robustness: bool) -> int:
        """The tokens of human text that it trains."""
        form = self._recipe.format
        row = form.row(example.content, self._recipe.sentinels)
        if self._passed[split]:
            self._passed[split] -= 1
            text = line(row)
        else:
            text = self._writers[split].write(row)
        self.totals.rows[split] += 1
        self._since += 1
        number, tokens = self.totals.rows[split], self._ruler.count(example.trained)
        digest = hashlib.sha256(text).hexdigest()
        self._lines[lineage.ROWS].write(
            lineage.row_line(example, split, number, digest, tokens, robustness)
        )
        self.totals.count("tasks", example.task)
        length = self._ruler.row(example.content)
        self.totals.longest = max(self.totals.longest, length)
        self.totals.count(f"{LENGTHS}{example.task}", str(bin_of(length)))
        if split == "train" and maker:
            self.totals.tokens["synthetic"] += tokens
            self.totals.count("made tokens", maker, tokens)
        elif split == "train" and not example.variant:
            self.totals.tokens["human"] += tokens
        return 0 if example.variant or maker else tokens

    def _unit(self, found: Found, split: str, tokens: int) -> None:
        self._lines[lineage.UNITS].write(lineage.unit_line(found, split, tokens, self._key))
        if found.description.caption:
            self.totals.count("captions", found.description.model)
        self.totals.count("units", split)
        self.totals.count("languages", found.family.unit.language)
        self.totals.count(
            f"repository units {found.known.repository.commit}", found.known.repository.name
        )

    def _variant(self, found: Found, told: lineage.Line) -> None:
        self._lines[lineage.VARIANTS].write(told)
        votes: Counter[bool] = Counter()
        for decision in told["decisions"]:
            votes[decision["approved"]] += 1
            self.totals.newest = max(self.totals.newest, decision["made_at"])
            self.totals.count("reviewers", decision["reviewer"])
        self.totals.count("votes", f"{votes[True]} {votes[False]}")
        if told["use"] != "train":
            self.totals.count(told["use"], told["origin"]["engine"])
            return
        if told.get("robustness"):
            self.totals.count("robustness", "variants")
        self.totals.count("rungs", told["rung"])
        self.totals.count("accepted_by", told["accepted_by"])
        self.totals.count("engines", told["origin"]["engine"])
        self.totals.count("generators", f"{told['origin']['engine']}\0{told['origin']['model']}")
        for step in told["origin"]["recipe"]:
            self.totals.count("transforms", step)
        name = found.known.repository.name
        self.totals.count(f"repository variants {found.known.repository.commit}", name)

    def left_out(self, lines: Iterable[lineage.Line]) -> None:
        for one in lines:
            self._lines[lineage.LEFT_OUT].write(one)

    def checkpoint(self) -> None:
        """Makes all that was written safe."""
        self._since = 0
        journal = self._folder / JOURNAL
        points = json.loads(journal.read_bytes())["points"] if journal.exists() else []
        points.append(
            {
                "units": self.done,
                "rows": self.totals.rows,
                "totals": self.totals.document(),
                "writers": {split: writer.flush() for split, writer in self._writers.items()},
                "lines": {name: writer.flush() for name, writer in self._lines.items()},
            }
        )
        put(journal, json.dumps({"points": points[-100:]}).encode())

    def __enter__(self) -> Export:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            for writer in (*self._writers.values(), *self._lines.values()):
                writer.abandon()

    def close(self) -> dict[str, list[tuple[str, int]]]:
        """The data files of each split with their rows."""
        for name, own in self._lines.items():
            if not own.close():
                (self._folder / lineage.FOLDER / name).touch()
        return {split: writer.close() for split, writer in self._writers.items()}


def _ancestors(told: Sequence[Variant], found: Found) -> list[Variant]:
    """What the variants were made of and is not among them."""
    known = {variant.id: variant for one in told for variant in ancestors_of(one, found.told)}
    for one in told:
        known.pop(one.id, None)
    return [known[name] for name in sorted(known)]


def _maker(origin: Origin) -> str:
    return f"{origin.engine}\0{origin.model}"


def put(path: Path, data: bytes) -> None:
    """The whole file or, when the machine stops, the one before."""
    fresh = path.with_name(path.name + ".new")
    with fresh.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
