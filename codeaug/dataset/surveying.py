"""Everything in a store that could enter a dataset, with its numbers: the first of two passes.

A million variants pass by a few hundred at a time, in two processes; what stays in memory are
numbers of each.
"""

from __future__ import annotations

import sys
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from codeaug import withdrawals
from codeaug.dataset import plain
from codeaug.dataset.families import AT_ONCE, Found, Reader
from codeaug.dataset.lengths import Ruler, rows_of, ruler
from codeaug.dataset.mix import Weighed
from codeaug.dataset.processes import in_two
from codeaug.dataset.recipe import Recipe
from codeaug.dataset.similarity import Signatures, shingles, signatures
from codeaug.dataset.sources import Sources
from codeaug.dataset.vocabulary import Vocabulary
from codeaug.model import Family, Variant, content_id
from codeaug.store import Store
from codeaug.store.material import Known
from codeaug.store.rows import chunks
from codeaug.tasks import Example

if TYPE_CHECKING:
    import numpy as np

OWN, MISS = -1, -2
_ID = len(content_id()) // 2
FEW = 4_000
"""Units below which a second process takes longer to start than it saves."""


@dataclass
class Survey:
    """What was found. `owner` says of each text, units' own and variants', whose it is."""

    units: list[Known] = field(default_factory=list)
    variants: list[Weighed] = field(default_factory=list)
    ids: bytearray = field(default_factory=bytearray)
    """Of each variant, half as long as the hexadecimal id."""
    misses: list[bytes] = field(default_factory=list)
    """Of each near miss, in the order of the texts."""
    left_out: list[tuple[str, str, str]] = field(default_factory=list)
    """Lines of unit, variant and reason."""
    human: array[int] = field(default_factory=lambda: array("q"))
    """Tokens of each unit's own text that are trained on."""
    captions: list[Weighed] = field(default_factory=list)
    """Captions of units that are trained on."""
    owner: array[int] = field(default_factory=lambda: array("q"))
    text_of: array[int] = field(default_factory=lambda: array("q"))
    """Of each text, the number of its variant; `OWN` for a unit's own, `MISS` for a near miss."""
    said: array[int] = field(default_factory=lambda: array("Q"))
    """Of each text, a hash of what it says."""
    names: array[int] = field(default_factory=lambda: array("I"))
    """Numbers of the names that the texts call, one text's after the other's."""
    called: array[int] = field(default_factory=lambda: array("I"))
    """Of each text, how many names it calls."""
    novelty: array[int] = field(default_factory=lambda: array("B"))
    """Of each variant, in tenths: how much of what it says its function does not say."""
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    """The names of the texts."""
    measured_by: set[int] = field(default_factory=set)
    """What the texts of benchmarks say."""

    def variant_id(self, number: int) -> str:
        return self.ids[_ID * number : _ID * number + _ID].hex()

    def add(self, units: Sequence[Known], later: Survey) -> None:
        """What was found of these units, of which the other's numbers count from 0."""
        first, variants = len(self.units), len(self.variants)
        numbers = list(range(first, first + len(units)))  # one object for all variants of a unit
        for one in (*later.variants, *later.captions):
            one.unit = numbers[one.unit]
        self.units += units
        self.variants += later.variants
        self.ids += later.ids
        self.misses += later.misses
        self.left_out += later.left_out
        self.human += later.human
        self.captions += later.captions
        self.owner.extend(unit + first for unit in later.owner)
        self.text_of.extend(of + variants if of >= 0 else of for of in later.text_of)
        self.said += later.said
        self.names += later.names
        self.called += later.called
        self.novelty += later.novelty
        self.vocabulary.join(later.vocabulary)


@dataclass(frozen=True)
class Surveyor:
    """Looks at a few hundred units; their signatures are those of their texts."""

    reader: Reader
    recipe: Recipe
    ruler: Ruler
    accepted: Mapping[str, str]
    begin: Callable[[], AbstractContextManager[Surveyor]]
    """Opens another that sees the same, in any process."""

    def __call__(self, units: Sequence[Known]) -> tuple[Survey, np.ndarray[Any, Any]]:
        found = Survey()
        texts: list[list[str]] = []
        rows = rows_of(self.recipe, self.ruler)

        def refused(unit_id: str, variant_id: str, why: str) -> None:
            found.left_out.append((unit_id, variant_id, why))

        for one in self.reader.families(units, self.accepted, refused):
            number = len(found.units)
            found.units.append(one.known)
            tokens = self._count(one, found, rows)
            own = _add_text(found, texts, one, one.family.unit.code, OWN)
            for miss in one.family.near_misses if self.recipe.contrasts else ():
                _add_text(found, texts, one, miss.variant.code, MISS)
                found.misses.append(bytes.fromhex(miss.variant.id))
            for variant in one.family.variants:
                runs = _add_text(found, texts, one, variant.code, len(found.variants))
                found.novelty.append(-(-10 * len(runs - own) // len(runs)))
                found.variants.append(_weighed(variant, one, number, tokens[variant.id]))
                found.ids += bytes.fromhex(variant.id)
        return found, signatures(texts)

    def _count(
        self, one: Found, found: Survey, rows: Callable[[Family], Iterator[Example]]
    ) -> Counter[str]:
        """The tokens of each variant that are trained on."""
        tokens: Counter[str] = Counter()
        captioned = 0
        for example in rows(one.family):
            if one.trains_caption(example):
                captioned += self.ruler.count(example.trained)
            elif not example.against or example.variant:
                tokens[example.variant] += self.ruler.count(example.trained)
        found.human.append(tokens[""])
        if captioned:
            repository, model = one.known.repository.name, one.description.model
            unit = len(found.units) - 1
            found.captions.append(Weighed(unit, captioned, (), model, repository, 0))
        return tokens


def surveyor(
    store: Store, recipe: Recipe, sources: Sources, accepted: Mapping[str, str]
) -> Surveyor:
    """Raises UsageError, MissingTool."""
    measure = ruler(recipe.tokenizer)
    reader = Reader(store, recipe, sources, withdrawals.withdrawn(store), measure.special)
    begin = partial(_surveyor, store.url, recipe, sources.described, accepted)
    return Surveyor(reader, recipe, measure, accepted, begin)


@contextmanager
def _surveyor(
    url: str, recipe: Recipe, described: bool, accepted: Mapping[str, str]
) -> Iterator[Surveyor]:
    with Store.open(url, create=False) as store, Sources(described=described) as sources:
        yield surveyor(store, recipe, sources, accepted)


def survey(
    look: Surveyor,
    units: Sequence[Known],
    benchmarks: Sequence[tuple[str, str]],
    folder: Path,
    advance: Callable[[int], None],
) -> tuple[Survey, Signatures]:
    """The numbers of all that may be used; `units` are the oldest first. In the signatures the
    texts of benchmarks come last."""
    found = Survey()
    rows = Signatures(folder / "signatures")
    shares = list(chunks(units, AT_ONCE))
    looked = map(look, shares) if len(units) < FEW else in_two(look, look.begin, shares)
    for share, (part, signed) in zip(shares, looked, strict=True):
        known = {one.id: one for one in share}  # what another process sends is another object
        found.add([known[one.id] for one in part.units], part)
        rows.add(signed)
        advance(len(part.units))
    said = [plain.tokens(language, code) for language, code in benchmarks]
    found.measured_by.update(map(hashed, said))
    if said:
        rows.add(signatures(list(map(shingles, said))))
    return found, rows


def _add_text(found: Survey, texts: list[list[str]], one: Found, code: str, of: int) -> set[str]:
    """Takes a text's numbers down; its runs of tokens."""
    said, unit = plain.tokens(one.family.unit.language, code), len(found.units) - 1
    names = plain.called(code)
    found.owner.append(unit)
    found.text_of.append(of)
    found.said.append(hashed(said))
    found.names.extend(names)
    found.called.append(len(names))
    found.vocabulary.add(one.family.unit.language, said, unit, own=of == OWN)
    texts.append(shingles(said))
    return set(texts[-1])


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
