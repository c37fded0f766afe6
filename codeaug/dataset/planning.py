"""What goes into a dataset: splits, mix and what is left out, before a row is written."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy

from codeaug.dataset import benchmarks, carriers, mix, plain
from codeaug.dataset.lengths import Ruler
from codeaug.dataset.recipe import Recipe
from codeaug.dataset.similarity import Groups, Signatures
from codeaug.dataset.splits import JOINS, TEST, TRAIN, VALIDATION, assign, join_places
from codeaug.dataset.surveying import MISS, OWN, Reader, Survey, survey
from codeaug.dataset.vocabulary import CARRIES
from codeaug.model import Family
from codeaug.store.material import Known
from codeaug.tasks import Example

SPLITS = (TRAIN, VALIDATION, TEST)

HELD_OUT = "its function is held out for measuring"
NO_UNIT = "its function is left out"
MACHINE = "says what a variant says that was made of an earlier version of it"
BENCHMARK = "is like a text of a benchmark"
REPEATS = "says what another text of the dataset says"


@dataclass
class Plan:
    """`split` and `variants` by unit: those that are exported. `left_out` are lines of unit,
    variant and reason."""

    split: dict[str, str] = field(default_factory=dict)
    variants: dict[str, tuple[str, ...]] = field(default_factory=dict)
    left_out: list[tuple[str, str, str]] = field(default_factory=list)
    figures: dict[str, Any] = field(default_factory=dict)
    leakage: dict[str, Any] = field(default_factory=dict)
    why: dict[str, str] = field(default_factory=dict)
    """Of units that no split takes, the reason, where it is another than that they join two."""
    barred: list[str] = field(default_factory=list)
    """Near misses that are not written."""
    novelty: dict[str, int] = field(default_factory=dict)
    """How many variants say so much, rounded up to tenths, that their function does not say: by
    runs of five tokens."""


def rows_of(recipe: Recipe, ruler: Ruler) -> Callable[[Family], Iterator[Example]]:
    """The rows that a family gives, those left out that are too long for the model."""

    def rows(family: Family) -> Iterator[Example]:
        for task in recipe.tasks:
            for example in task.examples(family, recipe.seed):
                if not recipe.max_length or ruler.row(example.content) <= recipe.max_length:
                    yield example

    return rows


def plan(
    recipe: Recipe,
    ruler: Ruler,
    reader: Reader,
    units: Sequence[Known],
    accepted: Mapping[str, str],
    released: Mapping[str, str],
    folder: Path,
    advance: Callable[[int], None],
) -> Plan:
    """The whole plan; `units` are the oldest first."""
    made = Plan()

    def refused(unit_id: str, variant_id: str, why: str) -> None:
        made.left_out.append((unit_id, variant_id, why))

    rows = rows_of(recipe, ruler)
    measured = list(benchmarks.texts(recipe.benchmarks))
    found, signatures = survey(
        reader,
        units,
        accepted,
        rows,
        ruler.count,
        refused,
        measured,
        recipe.contrasts,
        folder,
        advance,
    )
    split = _split(recipe, found, signatures, released)
    _leave_out_benchmarks(recipe, found, split, signatures, made)
    _leave_out_machines(found, split, made)
    _leave_out_repeats(found, split)
    _leave_out_held(found, split)
    if barred := carriers.leave_out(found, split):
        made.barred = sorted(barred)
        made.left_out += [(found.units[n].id, miss, CARRIES) for miss, n in barred.items()]
        poorer = sorted(set(barred.values()))
        carriers.weigh_again(found, poorer, barred, reader, rows, ruler.count)
    human = sum(found.human[n] for n, one in enumerate(split) if one == TRAIN)
    by_repository: Counter[str] = Counter()
    for number, unit in enumerate(found.units):
        if split[number] == TRAIN:
            by_repository[unit.repository.name] += found.human[number]
    captions = [one for one in found.captions if split[one.unit] == TRAIN]
    mix.keep_caps(_kept(found), human, by_repository, recipe.policy, captions)
    made.figures = _figures(found, split, human, by_repository, captions)
    made.novelty = _novelty(found)
    made.leakage = _leakage(recipe, found, split, signatures, made.barred)
    _write_down(made, found, split)
    return made


def _split(
    recipe: Recipe, found: Survey, signatures: Signatures, released: Mapping[str, str]
) -> list[str]:
    groups = Groups(len(found.units))
    join_places(found.units, groups, recipe.by_module)
    signatures.join(groups, found.owner, recipe.similarity)
    for one, other in _equal(found):
        groups.join(found.owner[one], found.owner[other])
    return assign(found.units, groups, released, recipe.seed, recipe.validation, recipe.test)


def _leave_out_benchmarks(
    recipe: Recipe, found: Survey, split: list[str], signatures: Signatures, made: Plan
) -> None:
    """Texts that say what a benchmark's text says, or nearly."""
    for number in sorted(_measured(recipe, found, signatures)):
        unit, variant = found.owner[number], found.text_of[number]
        if variant >= 0:
            found.variants[variant].why_not = BENCHMARK
        elif split[unit]:
            split[unit] = ""
            made.why[found.units[unit].id] = BENCHMARK


def _measured(recipe: Recipe, found: Survey, signatures: Signatures) -> set[int]:
    """The texts that are like one of a benchmark."""
    if not found.measured_by:
        return set()
    ours = len(found.owner)
    same = {n for n, said in enumerate(found.said) if said in found.measured_by}
    sides = [0] * ours + [1] * (signatures.filled - ours)
    return same | {min(pair) for pair in signatures.pairs(Groups(2), sides, recipe.similarity)}


def _leave_out_machines(found: Survey, split: list[str], made: Plan) -> None:
    """A variant that was committed is not what people wrote: the function came after that of which
    the variant was made, has its name, and says what the variant says."""
    own: dict[int, list[int]] = {}
    for said, of, unit in zip(found.said, found.text_of, found.owner, strict=True):
        if of == OWN:
            own.setdefault(said, []).append(unit)
    for said, of, unit in zip(found.said, found.text_of, found.owner, strict=True):
        for other in own.get(said, ()) if of >= 0 else ():
            one, later = found.units[unit], found.units[other]
            if later.name == one.name and later.first > one.first and split[other]:
                split[other] = ""
                made.why[later.id] = MACHINE


def _kept(found: Survey) -> list[mix.Weighed]:
    return [one for one in found.variants if not one.why_not]


def _leave_out_repeats(found: Survey, split: Sequence[str]) -> None:
    """A variant that says what a human text or another variant says teaches nothing new: of those
    that say the same, the first in the order of the mix stays."""
    own = [
        of == OWN and bool(split[unit]) for of, unit in zip(found.text_of, found.owner, strict=True)
    ]
    texts = [n for n, of in enumerate(found.text_of) if own[n] or of >= 0]
    places = [-1 if own[n] else found.variants[found.text_of[n]].order for n in texts]
    said = numpy.frombuffer(found.said, dtype=numpy.uint64)[texts]
    order = numpy.lexsort((numpy.array(places, dtype=numpy.int64), said))
    for at in 1 + numpy.flatnonzero(said[order][1:] == said[order][:-1]):
        of = found.text_of[texts[order[at]]]
        if of >= 0:
            found.variants[of].why_not = REPEATS


def _equal(found: Survey) -> Iterator[tuple[int, int]]:
    """Texts that say the same, each with the next that does."""
    if not found.said:
        return
    said = numpy.frombuffer(found.said, dtype=numpy.uint64)
    order = numpy.argsort(said, kind="stable")
    for at in numpy.flatnonzero(said[order][1:] == said[order][:-1]):
        yield int(order[at]), int(order[at + 1])


def _leave_out_held(found: Survey, split: Sequence[str]) -> None:
    for one in _kept(found):
        if split[one.unit] != TRAIN:
            one.why_not = HELD_OUT if split[one.unit] else NO_UNIT


def _figures(
    found: Survey,
    split: Sequence[str],
    human: int,
    by_repository: Counter[str],
    captions: Sequence[mix.Weighed],
) -> dict[str, Any]:
    real, mixed = (array("I", bytes(4 * plain.NAMES)) for _ in range(2))
    said = array("Q")
    for number, (owner, of) in enumerate(zip(found.owner, found.text_of, strict=True)):
        if of == MISS or split[owner] != TRAIN or (of >= 0 and found.variants[of].why_not):
            continue
        said.append(found.said[number])
        for name in found.names_of(number):
            mixed[name] += 1
            real[name] += of == OWN
    real_units = sum(one == TRAIN for one in split)
    figures = mix.figures(found.variants, human, by_repository, real_units, captions)
    different = len(numpy.unique(numpy.frombuffer(said, dtype=numpy.uint64))) if said else 0
    figures["diversity"] = round(different / len(said), 6) if said else 0.0
    figures["tail"] = mix.tail(zip(real, mixed, strict=True))
    return figures


def _novelty(found: Survey) -> dict[str, int]:
    tenths = Counter(
        tenth for tenth, one in zip(found.novelty, found.variants, strict=True) if not one.why_not
    )
    return {f"{tenth / 10:g}": number for tenth, number in sorted(tenths.items())}


def _leakage(
    recipe: Recipe,
    found: Survey,
    split: Sequence[str],
    signatures: Signatures,
    barred: Sequence[str],
) -> dict[str, Any]:
    """What the training split shares with the others, counted anew from the outcome."""
    kept = [n for n in range(len(found.owner)) if _is_written(found, split, n)]
    said = numpy.frombuffer(found.said, dtype=numpy.uint64)[kept] if kept else numpy.empty(0)
    side = numpy.array([SPLITS.index(split[found.owner[n]]) for n in kept], dtype=numpy.int64)
    order = numpy.lexsort((side, said))
    same = said[order][1:] == said[order][:-1]
    shared = said[order][1:][same & (side[order][1:] != side[order][:-1])]
    normalised = len(numpy.unique(shared))
    groups = Groups(len(split))
    for split_name in SPLITS:
        own = [n for n, one in enumerate(split) if one == split_name]
        for one in own[1:]:
            groups.join(own[0], one)
    outside = [n for n, one in enumerate(split) if not one]
    return {
        "normalised": normalised,
        "benchmarks": sum(_is_kept(found, split, n) for n in _measured(recipe, found, signatures)),
        "similar": signatures.across(groups, found.owner, recipe.similarity, set(outside)),
        "names": len(carriers.carrying(found, split, frozenset(barred))),
        "threshold": recipe.similarity,
        "texts": len(found.owner),
    }


def _is_written(found: Survey, split: Sequence[str], number: int) -> bool:
    """Whether a text is in the dataset; what is held out has no near misses."""
    train = split[found.owner[number]] == TRAIN
    return _is_kept(found, split, number) and (train or found.text_of[number] != MISS)


def _is_kept(found: Survey, split: Sequence[str], number: int) -> bool:
    """Whether a text is in the dataset."""
    of = found.text_of[number]
    return bool(split[found.owner[number]]) and (of < 0 or not found.variants[of].why_not)


def _write_down(made: Plan, found: Survey, split: Sequence[str]) -> None:
    variants: dict[int, list[str]] = {}
    for raw, one in zip(found.ids, found.variants, strict=True):
        variant_id = raw.hex()
        if one.why_not:
            made.left_out.append((found.units[one.unit].id, variant_id, one.why_not))
        else:
            variants.setdefault(one.unit, []).append(variant_id)
    for number, unit in enumerate(found.units):
        if split[number]:
            made.split[unit.id] = split[number]
            made.variants[unit.id] = tuple(variants.get(number, ()))
        else:
            made.left_out.append((unit.id, "", made.why.get(unit.id, JOINS)))
