"""Units with all that was made of them and may be used, in order, a few hundred at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from codeaug.dataset import filters
from codeaug.dataset.mix import steps, too_deep
from codeaug.dataset.recipe import Recipe
from codeaug.dataset.sources import Sources
from codeaug.model import Description, Family, NearMiss, Unit, Variant, Word
from codeaug.store import Store
from codeaug.store.material import Known, Told
from codeaug.store.rows import chunks
from codeaug.tasks import Example
from codeaug.transforms import ROBUSTNESS, tier_of
from codeaug.withdrawals import Withdrawals

Refused = Callable[[str, str, str], None]
"""Is told unit, variant (or "") and why it is left out."""

_WORD, _FEWEST_WORDS = re.compile(r"[^\W\d_]{2,}"), 3
_PATH = re.compile(r"(?:^|[\s\"'(])/(?:home|Users|root|tmp|var|opt|mnt|work)/")
_SEEN = "a difference was seen"
REFUSED = "people refused it"
ROBUST = "is made for robustness (tier R)"
NOTHING = Description()
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
        marked = self._store.material.marked()
        return {(one.repository.address, one.path, one.name) for one in marked}

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
        chosen = {one.id for one in told if one.id in accepted}
        variants = []
        for one in told:
            if one.id not in chosen:
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
            if not self._recipe.robustness and for_robustness(one.variant, known):
                miss = None
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
        if not self._recipe.robustness and for_robustness(one.variant, siblings):
            return ROBUST
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


def for_robustness(variant: Variant, siblings: Mapping[str, Told]) -> bool:
    """Whether a transform of tier R made it, or one that it was made of."""
    made = (variant, *ancestors_of(variant, siblings))
    return any(tier_of(one.origin.recipe) == ROBUSTNESS for one in made)


def ancestors_of(variant: Variant, siblings: Mapping[str, Told]) -> Iterator[Variant]:
    """The variants that one was made of, the nearest first, as far as they are known."""
    seen = {variant.id}
    while (at := variant.origin.parent) in siblings and at not in seen:
        seen.add(at)
        variant = siblings[at].variant
        yield variant
