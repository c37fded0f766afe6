"""Every row beside its line in the lineage: is it there, is it that, does it say what it should."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

from codeaug.dataset import filters, lineage
from codeaug.dataset.lengths import Ruler, bin_of
from codeaug.dataset.planning import SPLITS
from codeaug.dataset.splits import TRAIN
from codeaug.dataset.verification import findings as names
from codeaug.dataset.verification import reading, shapes
from codeaug.dataset.verification.anatomy import (
    Said,
    Texts,
    apart,
    code_of,
    head_of,
    remade,
    unit_of,
)
from codeaug.dataset.verification.corpus import Corpus
from codeaug.dataset.verification.findings import Findings
from codeaug.dataset.verification.graph import Graph
from codeaug.dataset.verification.order import Order
from codeaug.dataset.verification.reading import Read
from codeaug.dataset.verification.schemas import Schema
from codeaug.dataset.verification.settings import KeptOut
from codeaug.dataset.verification.unwritten import LeftOut, Unwritten
from codeaug.dataset.vocabulary import Side
from codeaug.formats import Format, Row
from codeaug.formats.fim import FAMILIES, Sentinels
from codeaug.model import content_id, unit_id
from codeaug.tasks import Content, Example, named

Record = dict[str, Any]

_CANNOT_READ = (KeyError, ValueError, TypeError, IndexError, AttributeError, AssertionError)
_RECENT = 256


class Walk:
    """Goes through the rows of an export, once; counts what the manifest should say of them."""

    def __init__(
        self,
        folder: Path,
        manifest: Mapping[str, Any],
        form: Format,
        graph: Graph,
        ruler: Ruler | None,
        corpus: Corpus,
        found: Findings,
        left_out: LeftOut,
    ) -> None:
        settings = manifest["settings"]
        self._folder, self._graph, self._found, self._form = folder, graph, found, form
        self._settings, self._ruler, self._corpus = settings, ruler, corpus
        self._schema = Schema(form.schema)
        self._own: Sentinels = FAMILIES.get(settings["fim_family"], Sentinels("", "", "", ""))
        self._control = filters.control_tokens(ruler.special if ruler else None)
        self._kept_out = KeptOut(settings)
        self._unwritten = Unwritten(settings, ruler, left_out)
        self._seen_units = bytearray(len(graph.units))
        self._seen_variants = bytearray(len(graph.variants))
        self._recent: dict[int, str] = {}
        self.rows: Counter[str] = Counter()
        self.by_file: Counter[str] = Counter()
        self.remade = self.tokens_counted = 0
        self.longest = 0
        self.lengths: dict[str, Counter[int]] = {}

    def look(self, files: Mapping[str, Sequence[str]], there: set[str], advance: Any) -> None:
        order = Order(self._found)
        for number, split in enumerate(SPLITS):
            readable = [name for name in files[split] if name in there]
            read = reading.rows(self._form, self._folder, readable)
            path = self._folder / lineage.FOLDER / lineage.ROWS
            lines = _lines(path, split) if path.is_file() else iter(())
            for at, (row, line) in enumerate(zip_longest(read, lines), start=1):
                order.put(number, self._digest(row), line)
                if row is not None:
                    self._row(row, line, number, at)
                    advance(1)
        order.tell()
        if self._kept_out.missing:
            self._found.unknown(names.FILTERS, f"secrets: {self._kept_out.missing}")

    def _digest(self, row: Read | None) -> bytes:
        if row is None:
            return b""
        return hashlib.sha256(row.raw).digest()

    def _row(self, row: Read, line: Record | None, split: int, at: int) -> None:
        self.by_file[row.file] += 1
        self.rows[SPLITS[split]] += 1
        where = f"row {at} of {SPLITS[split]}"
        if row.surrogate:
            self._found.wrong(names.UNICODE, f"{where} holds half of a surrogate pair")
        if row.value is None:
            self._found.wrong(names.ROWS, f"{where} cannot be read: {row.problem}")
            return
        if problem := self._schema.problem(row.value):
            self._found.wrong(names.SCHEMA, f"{where}: {problem}")
        try:
            content = self._form.read(row.value)
        except _CANNOT_READ as error:
            what = f"{type(error).__name__}: {error}"
            self._found.wrong(names.SCHEMA, f"{where} is none of {self._form.name} ({what})")
            return
        said = self._said(line) if line else None
        if line is None or said is None:
            self._alien(row.value, split, at)
            return
        self._compare(row.value, content, line, said, (split, at))

    def _said(self, line: Record) -> Said | None:
        """What the lineage says of the row; None where it refers to nothing."""
        graph = self._graph
        unit = graph.units.get(bytes.fromhex(line["unit"]))
        variant = graph.variants.get(bytes.fromhex(line["variant"]), -1)
        if unit is None or (line["variant"] and variant < 0) or line["task"] not in named():
            return None
        use, _, _, recipe = graph.kind(variant) if variant >= 0 else ("train", "", "", ())
        return Said(
            *(line["task"], line["unit"], line["variant"], line["against"]),
            language=graph.languages.all[graph.unit_language[unit]],
            name=graph.unit_name[unit],
            recipe=recipe,
            head=graph.unit_head[unit],
            number=line["number"],
            made_of=graph.variant_made_of.get(variant, ""),
            use=use,
        )

    # --- the texts in a row -----------------------------------------------------------------------

    def _compare(
        self, row: Row, content: Content, line: Record, said: Said, place: tuple[int, int]
    ) -> None:
        where = f"row {place[1]} of {SPLITS[place[0]]}"
        problem, best = f"shows nothing that the task {said.task} shows", None
        try:
            for texts in apart(said, content, row, self._form, self._own):
                trouble, example = self._trouble(row, texts, said)
                if best is None or not trouble:
                    problem, best = trouble, (texts, example)
                if not trouble:
                    break
        except _CANNOT_READ:  # what the format cannot hold
            problem = f"is no row of the task {said.task}"
        if problem:
            self._found.wrong(names.TEXTS, f"{where} {problem}")
        else:
            self.remade += 1
        if best is None:
            self._alien(row, *place)
            return
        texts, example = best
        self._collect(texts, said, place, right=not problem)
        if problem:
            self._no_control(row, where)
        elif example is not None:
            self._measured(example, line, where)

    def _trouble(self, row: Row, texts: Texts, said: Said) -> tuple[str, Example | None]:
        """What is wrong with a row if it is made of these texts."""
        graph = self._graph
        unit = graph.units[bytes.fromhex(said.unit)]
        unit_code = code_of(texts.unit) if texts.unit is not None else self._recent.get(unit, "")
        if texts.unit is not None and said.task != "description":
            for code in (unit_code, unit_code + "\n"):  # prompts show it without its last end
                if graph.unit_has(unit, _sha256(code)):
                    unit_code = code
                    break
            else:
                return f"shows another text than that of unit {said.unit}", None
            self._remember(unit, unit_code)
        for name, text, of in (
            (said.variant, texts.variant, said.made_of or said.unit),
            (said.against, texts.against, said.unit),
        ):
            if name and text is not None and (trouble := self._not_of(name, text, of)):
                return trouble, None
        if texts.variant is not None and texts.unit is None and unit_code:
            margin = unit_of(said, unit_code).margin
            if texts.variant != margin + code_of(texts.variant):
                return "has another margin than its unit", None
        seed = self._settings["seed"]
        example = remade(said, texts, unit_code, seed)
        if example is not None and self._form.row(example.content, self._own) == row:
            return "", example
        if said.number and remade(replace(said, number=0), texts, unit_code, seed) is not None:
            return f"is number {said.number} of its text: {said.task} makes no such row", None
        if texts.gap is not None and self._form.row(texts.gap, self._own) == row:
            return f"has its gap elsewhere than {said.task} puts it by the seed", example
        return f"is worded otherwise than codeaug words the task {said.task}", example

    def _not_of(self, name: str, text: str, unit: str) -> str:
        number, code = self._graph.variants.get(bytes.fromhex(name), -1), code_of(text)
        if number < 0:
            return f"is compared with variant {name}, which is not in the lineage"
        if not self._graph.variant_has(number, _sha256(code)):
            return f"has another text than that of variant {name}"
        unit = self._graph.variant_made_of.get(number, unit)
        if content_id(unit, code) != name:
            return f"has a text that is not of variant {name}: that would have another id"
        return ""

    def _remember(self, unit: int, code: str) -> None:
        self._recent[unit] = code
        if len(self._recent) > _RECENT:
            del self._recent[next(iter(self._recent))]

    def _collect(self, texts: Texts, said: Said, place: tuple[int, int], *, right: bool) -> None:
        """Puts texts that were not met before among those that are compared across splits."""
        for name, text in ((None, texts.unit), (said.variant, texts.variant),
                           (said.against, texts.against)):  # fmt: skip
            if text is not None:
                self._text(name, code_of(text), said, place, right=right)
        if texts.description:
            self._kept(texts.description, f"row {place[1]} of {SPLITS[place[0]]}")

    def _kept(self, text: str, where: str) -> None:
        """Tells of what should have been kept out."""
        if why := self._control(text):
            self._found.wrong(names.CONTROL, f"{where} {why}")
        if why := self._kept_out.text(text):
            self._found.wrong(names.FILTERS, f"{where} {why}")

    def _text(
        self, name: str | None, code: str, said: Said, place: tuple[int, int], *, right: bool
    ) -> None:
        graph, split = self._graph, SPLITS[place[0]]
        known = graph.units if name is None else graph.variants
        seen = self._seen_units if name is None else self._seen_variants
        number = known.get(bytes.fromhex(said.unit if name is None else name), -1)
        whole = right and number >= 0 and said.task != "description"
        if whole and seen[number]:
            return
        runs = self._corpus.add(said.language, code, *place)
        self._kept(code, f"row {place[1]} of {split}")
        if whole and name is None and not self._named_so(number, code, said):
            told = f"unit {said.unit}, by its text, has another language, path or name"
            self._found.wrong(names.TEXTS, f"row {place[1]} of {split}: {told}")
        if whole and name is None and head_of(said, code) not in (None, said.head):
            told = f"the body of unit {said.unit} begins at another line than the lineage says"
            self._found.wrong(names.TEXTS, f"row {place[1]} of {split}: {told}")
        if whole:
            seen[number] = 1
            if name in (None, said.variant):
                unit_code = self._recent.get(graph.units[bytes.fromhex(said.unit)], "")
                for problem in self._unwritten.wrong(name or "", code, unit_code, said):
                    self._found.wrong(names.TEXTS, problem)
            unit = number if name is None else graph.variant_unit[number]
            human = Side.TRAINED if split == TRAIN else Side.HELD_OUT
            if name is None:
                self._corpus.named(said.language, unit, human)
            elif split == TRAIN:
                self._corpus.named(said.language, unit, Side.MADE, number)
            if split == TRAIN and (name is None or graph.kind(number)[0] == "train"):
                self._corpus.trained(code, unit, runs, own=name is None)

    def _named_so(self, unit: int, code: str, said: Said) -> bool:
        """Whether a unit's id is that of its text in this place. Where its parameters begin in its
        name is tried out: operators of C++ are called by brackets."""
        path, name = self._graph.unit_path[unit], said.name
        cuts = [at for at, sign in enumerate(name) if sign == "("]
        return any(
            unit_id(said.language, path, name[:cut], name[cut:], text) == said.unit
            for text in (code, code + "\n")
            for cut in (*cuts, len(name))
        )

    def _alien(self, row: Row, split: int, at: int) -> None:
        """A row of which nothing is known: its texts as they are."""
        for text in _strings(row):
            self._corpus.add("", text, split, at)
        self._no_control(row, f"row {at} of {SPLITS[split]}")

    def _no_control(self, row: Row, where: str) -> None:
        """For rows of unknown texts; the family's own sentinels may stand in those."""
        for text in _strings(row):
            for token in self._own.tokens:
                text = text.replace(token, "")
            if why := self._control(text):
                self._found.wrong(names.CONTROL, f"{where} {why}")

    def _measured(self, example: Example, line: Record, where: str) -> None:
        if self._ruler is None:
            return
        length = self._ruler.row(example.content)
        self.longest = max(self.longest, length)
        self.lengths.setdefault(example.task, Counter())[bin_of(length)] += 1
        if (most := self._settings["max_length"]) and length > most:
            self._found.wrong(names.LENGTH, f"{where} has {length:,} tokens at most, not {most:,}")
        if self._form.name in RUN_TOGETHER:
            return
        self.tokens_counted += 1
        if (tokens := self._ruler.count(example.trained)) != line["tokens"]:
            told = f"{where} trains {tokens:,} tokens, the lineage says {line['tokens']:,}"
            self._found.wrong(names.TOKENS, told)


RUN_TOGETHER = frozenset({"megatron", "nemo"})
"""Formats that do not keep where an answer begins."""


def _lines(path: Path, split: str) -> Iterator[Record]:
    """The lines of a split that have the right shape."""
    for _, record in reading.lineage(path):
        if record and record.get("file") == split and not shapes.misfit(record, shapes.ROW):
            yield record


def _sha256(code: str) -> bytes:
    return hashlib.sha256(code.encode("utf-8", "surrogatepass")).digest()


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
