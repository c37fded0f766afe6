"""Everything in a store that could enter a dataset, with its numbers: the first of two passes.

A million variants pass by a few hundred at a time; what stays in memory are numbers of each.
"""

from __future__ import annotations

import re
import sys
from array import array
from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path

from codeaug.dataset import filters, plain
from codeaug.dataset.mix import Weighed, steps, too_deep
from codeaug.dataset.recipe import Recipe
from codeaug.dataset.similarity import Signatures, shingles, signatures
from codeaug.dataset.sources import Sources
from codeaug.dataset.vocabulary import Vocabulary
from codeaug.model import Description, Family, NearMiss, Unit, Variant, Word, content_id
from codeaug.store import Store
from codeaug.store.material import Known, Told
from codeaug.store.rows import chunks
from codeaug.tasks import Example
from codeaug.withdrawals import Withdrawals

Refused = Callable[[str, str, str], None]
"""Is told unit, variant (or "") and why it is left out."""

OWN, MISS = -1, -2
_WORD, _FEWEST_WORDS = re.compile(r"[^\W\d_]{2,}"), 3
_PATH = re.compile(r"(?:^|[\s\"'(])/(?:home|Users|root|tmp|var|opt|mnt|work)/")
_SEEN = "a difference was seen"
REFUSED = "people refused it"
NOTHING = Description()
_PENDING = 500
AT_ONCE = 200
"""Units that are read at once."""


@dataclass(frozen=True, slots=True)
class Found:
    """A unit with all of it that may be used: a family, and what the store says of its variants.

    `description` says whose the family's description is, `licenses` what it is under where the
    settings say which are allowed.
    """

    known: Known
    family: Family
    told: Mapping[str, Told]
    description: Description = NOTHING
    licenses: tuple[str, ...] = ()

    def without_caption(self) -> Found:
        """The same without what a model says of the unit."""
        if not self.description.caption:
            return self
        return replace(self, family=replace(self.family, description=""), description=NOTHING)

    def without_misses(self, barred: Container[str]) -> Found:
        """The same without these near misses."""
        kept = tuple(one for one in self.family.near_misses if one.variant.id not in barred)
        return replace(self, family=replace(self.family, near_misses=kept))

    def trains_caption(self, example: Example) -> bool:
        """Whether the loss is on what a model said of the unit."""
        return example.task == "description" and bool(self.description.caption)


@dataclass
class Survey:
    """What was found. `owner` says of each text, units' own and variants', whose it is."""

    units: list[Known] = field(default_factory=list)
    variants: list[Weighed] = field(default_factory=list)
    ids: list[bytes] = field(default_factory=list)
    """Of each variant, half as long as the hexadecimal id."""
    misses: list[bytes] = field(default_factory=list)
    """Of each near miss, in the order of the texts."""
    human: array[int] = field(default_factory=lambda: array("q"))
    """Tokens of each unit's own text that are trained on."""
    captions: list[Weighed] = field(default_factory=list)
    """Captions of units that are trained on."""
    languages: list[str] = field(default_factory=list)
    owner: array[int] = field(default_factory=lambda: array("q"))
    text_of: array[int] = field(default_factory=lambda: array("q"))
    """Of each text, the number of its variant; `OWN` for a unit's own, `MISS` for a near miss."""
    said: array[int] = field(default_factory=lambda: array("Q"))
    """Of each text, a hash of what it says."""
    names: array[int] = field(default_factory=lambda: array("I"))
    """Numbers of the names that the texts call, one text's after the other's."""
    ends: array[int] = field(default_factory=lambda: array("Q"))
    """Of each text, where its names end."""
    novelty: array[int] = field(default_factory=lambda: array("B"))
    """Of each variant, in tenths: how much of what it says its function does not say."""
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    """The names of the texts."""
    measured_by: set[int] = field(default_factory=set)
    """What the texts of benchmarks say."""

    def names_of(self, text: int) -> array[int]:
        """Numbers of the names that a text calls."""
        return self.names[self.ends[text - 1] if text else 0 : self.ends[text]]


class Reader:
    """Families of a store in order, with what may not be used taken out of them."""

    def __init__(
        self,
        store: Store,
        recipe: Recipe,
        sources: Sources,
        withdrawn: Withdrawals,
        special: Sequence[str] | None,
    ) -> None:
        self._store = store
        self._recipe = recipe
        self._sources = sources
        self._withdrawn = withdrawn
        self._control = filters.control_tokens(special)
        self._skipped = filters.skipped(recipe.skip)
        self._marked = cache(store.no_train)
        self._captions: Mapping[str, Description] = {}

    def families(
        self, units: Sequence[Known], accepted: Container[str], refused: Refused
    ) -> Iterator[Found]:
        """Of each unit that may be used, in order."""
        for known, unit, told in self._read(units, accepted):
            if why := self._why_not(known, unit):
                refused(known.id, "", why)
            else:
                yield self._found(known, unit, told, accepted, refused)

    def chosen(
        self, units: Sequence[Known], variants: Mapping[str, Container[str]], misses: bool
    ) -> Iterator[Found]:
        """Of each unit, what was chosen of it when all were looked at."""
        for known, unit, told in self._read(units, ()):
            by_id = {one.id: one for one in told}
            kept = variants[known.id]
            described = self._description(known, unit)
            family = Family(
                unit,
                tuple(one.variant for one in told if one.id in kept),
                tuple(self._misses(told, kept)) if misses else (),
                described.text,
            )
            yield Found(known, family, by_id, described, self._licenses(known, unit))

    def _read(
        self, units: Sequence[Known], brief: Container[str]
    ) -> Iterator[tuple[Known, Unit, list[Told]]]:
        material = self._store.material
        moved: dict[str, list[str]] = {}
        for variant_id, unit_id in material.moved().items():
            moved.setdefault(unit_id, []).append(variant_id)
        for some in chunks(units, AT_ONCE):
            ids = [known.id for known in some]
            records, told = material.read(ids, moved, brief)
            if self._sources.described:
                self._captions = self._store.captions.descriptions(ids)
            for known in some:
                if known.id in records:
                    yield known, records[known.id], told.get(known.id, [])

    def _why_not(self, known: Known, unit: Unit) -> str:
        if known.id in self._marked(known.repository.commit) or self._is_marked_now(known):
            return "is marked `codeaug: no-train`"
        if self._withdrawn.reason(unit, known.repository.address):
            return "its owner withdrew it"
        return (
            self._skipped(unit.path)
            or filters.licensed(self._licenses(known, unit), self._recipe.licenses)
            or self._of_text(unit.code)
        )

    def _is_marked_now(self, known: Known) -> bool:
        """Whether a function that is here as it was once is marked as it is now."""
        return (known.repository.address, known.path, known.name) in self._marked_now

    @cached_property
    def _marked_now(self) -> set[tuple[str, str, str]]:
        return {
            (one.repository.address, one.path, one.name)
            for one in self._store.material.current()
            if one.id in self._marked(one.repository.commit)
        }

    def _licenses(self, known: Known, unit: Unit) -> tuple[str, ...]:
        """What a function is under, where the settings ask for it."""
        if not self._recipe.licenses:
            return ()
        return filters.licenses_of(known, self._sources.head(known, unit))

    def _description(self, known: Known, unit: Unit) -> Description:
        """It may lie outside of the unit's own text; what must not leave is no description, nor
        what says next to nothing, or what the model said that is to be tuned."""
        found = self._sources.description(known, unit, self._captions.get(known.id))
        own = filters.same_family(self._recipe.target_model, found.model)
        too_little = len(_WORD.findall(found.text)) < _FEWEST_WORDS
        return NOTHING if own or too_little or self._of_text(found.text) else found

    def _of_text(self, code: str) -> str:
        return (
            filters.not_text(code)
            or ("" if self._recipe.personal_data else filters.personal_data_in(code))
            or self._control(code)
            or filters.secret_in(code)
        )

    def _found(
        self,
        known: Known,
        unit: Unit,
        told: Sequence[Told],
        accepted: Container[str],
        refused: Refused,
    ) -> Found:
        by_id = {one.id: one for one in told}
        variants = []
        for one in told:
            if one.id not in accepted:
                continue
            if why := self._why_no_variant(one, by_id):
                refused(unit.id, one.id, why)
            else:
                variants.append(one.variant)
        misses = self._misses(told, {one.id for one in variants})
        described = self._description(known, unit)
        family = Family(unit, tuple(variants), tuple(misses), described.text)
        return Found(known, family, by_id, described)

    def _misses(self, told: Sequence[Told], kept: Container[str]) -> Iterator[NearMiss]:
        found, known = 0, {one.id: one for one in told}
        for one in told:
            if found == self._recipe.policy.max_per_unit:
                return
            miss = None if one.id in kept else self._near_miss(one)
            if miss and depth(one.variant, known) and not self._of_text(one.variant.code):
                found += 1
                yield miss

    def _why_no_variant(self, one: Told, siblings: Mapping[str, Told]) -> str:
        if one.verdict == "failed":
            return "a check failed"
        if not one.rung:
            return "no rung reached"
        origin = one.variant.origin
        if filters.same_family(self._recipe.target_model, origin.model):
            return "made by the model that is to be tuned"
        return too_deep(depth(one.variant, siblings), self._recipe.policy) or self._of_text(
            one.variant.code
        )

    def _near_miss(self, one: Told) -> NearMiss | None:
        """A check saw a difference, or people refused it."""
        if filters.same_family(self._recipe.target_model, one.variant.origin.model):
            return None
        for check, verdict, detail in one.checks:
            if verdict == "failed" and check in ("tested", "compared", "crosshair"):
                told = _SEEN if _PATH.search(detail) or self._of_text(detail) else detail
                return NearMiss(one.variant, f"{check}: {told}", one.witness_id or _SEEN)
        said = [d for d in one.decisions if d.word is Word.REJECTED]
        if said and not any(d.approved for d in one.decisions):
            return NearMiss(one.variant, f"{REFUSED}: {said[-1].reason}")
        return None


def depth(variant: Variant, siblings: Mapping[str, Told]) -> tuple[int, int] | None:
    """Steps by models and by rules from the human text; None where nobody knows the way."""
    ancestors = list(ancestors_of(variant, siblings))
    if (ancestors[-1] if ancestors else variant).origin.parent:
        return None
    engines = [one.origin.engine for one in ancestors]
    return steps(variant.origin.engine, variant.origin.recipe, engines)


def ancestors_of(variant: Variant, siblings: Mapping[str, Told]) -> Iterator[Variant]:
    """The variants that one was made of, the nearest first, as far as they are known."""
    seen = {variant.id}
    while (at := variant.origin.parent) in siblings and at not in seen:
        seen.add(at)
        variant = siblings[at].variant
        yield variant


def survey(
    reader: Reader,
    units: Sequence[Known],
    accepted: Mapping[str, str],
    examples: Callable[[Family], Iterator[Example]],
    counted: Callable[[str], int],
    refused: Refused,
    benchmarks: Sequence[tuple[str, str]],
    misses: bool,
    folder: Path,
    advance: Callable[[int], None],
) -> tuple[Survey, Signatures]:
    """The numbers of all that may be used; `units` are the oldest first. In the signatures the
    texts of benchmarks come last."""
    found = Survey()
    pending: list[list[str]] = []
    rows = Signatures(folder / "signatures")

    def flush() -> None:
        if pending:
            rows.add(signatures(pending))
            pending.clear()

    def add_text(language: str, code: str, unit: int, variant: int) -> set[str]:
        said = plain.tokens(language, code)
        found.owner.append(unit)
        found.text_of.append(variant)
        found.said.append(hashed(said))
        found.names.extend(plain.called(code))
        found.ends.append(len(found.names))
        found.vocabulary.add(language, said, unit, own=variant == OWN)
        runs = shingles(said)
        pending.append(runs)
        if len(pending) >= _PENDING:
            flush()
        return set(runs)

    for one in reader.families(units, accepted, refused):
        unit, number = one.family.unit, len(found.units)
        found.units.append(one.known)
        found.languages.append(unit.language)
        tokens: Counter[str] = Counter()
        captioned = 0
        for example in examples(one.family):
            if one.trains_caption(example):
                captioned += counted(example.trained)
            elif not example.against or example.variant:
                tokens[example.variant] += counted(example.trained)
        found.human.append(tokens[""])
        if captioned:
            repository = one.known.repository.name
            model = one.description.model
            found.captions.append(Weighed(number, captioned, (), model, repository, 0))
        own = add_text(unit.language, unit.code, number, OWN)
        for miss in one.family.near_misses if misses else ():
            add_text(unit.language, miss.variant.code, number, MISS)
            found.misses.append(bytes.fromhex(miss.variant.id))
        for variant in one.family.variants:
            runs = add_text(unit.language, variant.code, number, len(found.variants))
            found.novelty.append(-(-10 * len(runs - own) // len(runs)))
            found.variants.append(_weighed(variant, one, number, tokens[variant.id]))
            found.ids.append(bytes.fromhex(variant.id))
        advance(1)
    for language, code in benchmarks:
        said = plain.tokens(language, code)
        found.measured_by.add(hashed(said))
        pending.append(shingles(said))
    flush()
    return found, rows


def hashed(said: list[str]) -> int:
    """A number that is the same for texts that say the same."""
    return int.from_bytes(plain.digest(said)[:8], "big")


def _weighed(variant: Variant, one: Found, number: int, tokens: int) -> Weighed:
    origin = variant.origin
    return Weighed(
        unit=number,
        tokens=tokens,
        recipe=origin.recipe,
        generator=origin.model or origin.engine,
        repository=sys.intern(one.known.repository.name),
        order=int(content_id("mix", variant.id)[:15], 16),
    )
