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
from codeaug.dataset.lengths import rows_of
from codeaug.dataset.recipe import Recipe
from codeaug.dataset.similarity import Groups, Signatures
from codeaug.dataset.splits import JOINS, TEST, TRAIN, VALIDATION, assign, join_places
from codeaug.dataset.surveying import MISS, OWN, Survey, Surveyor, survey
from codeaug.dataset.vocabulary import CARRIES
from codeaug.store.material import Known

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


def plan(
    look: Surveyor,
    units: Sequence[Known],
    released: Mapping[str, str],
    folder: Path,
    advance: Callable[[int], None],
) -> Plan:
    """The whole plan; `units` are the oldest first."""
    recipe = look.recipe
    measured = list(benchmarks.texts(recipe.benchmarks))
    found, signatures = survey(look, units, measured, folder, advance)
    made = Plan(left_out=found.left_out)
    split = _split(recipe, found, signatures, released)
    _leave_out_benchmarks(recipe, found, split, signatures, made)
    _leave_out_machines(found, split, made)
    _leave_out_repeats(found, split)
    _leave_out_held(found, split)
    if barred := carriers.leave_out(found, split):
        made.barred = sorted(barred)
        made.left_out += [(found.units[n].id, miss, CARRIES) for miss, n in barred.items()]
        poorer = sorted(set(barred.values()))
        rows = rows_of(recipe, look.ruler)
        carriers.weigh_again(found, poorer, barred, look.reader, rows, look.ruler.count)
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
    of = _numbers(found.text_of)
    own = (of == OWN) & numpy.array([bool(one) for one in split], dtype=bool)[_numbers(found.owner)]
    texts = numpy.flatnonzero(own | (of >= 0))
    orders = numpy.array([*(one.order for one in found.variants), 0, 0], dtype=numpy.int64)
    places = numpy.where(own, -1, orders[of])[texts]  # with 0 for what is no variant's
    said = numpy.frombuffer(found.said, dtype=numpy.uint64)[texts]
    order = numpy.lexsort((places, said))
    again = texts[order][1:][said[order][1:] == said[order][:-1]]
    for variant in of[again]:
        if variant >= 0:
            found.variants[variant].why_not = REPEATS


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
    of, trained = _numbers(found.text_of), numpy.array([one == TRAIN for one in split], dtype=bool)
    texts = _kept_texts(found, split) & trained[_numbers(found.owner)] & (of != MISS)
    said = numpy.frombuffer(found.said, dtype=numpy.uint64)[texts]
    names = numpy.frombuffer(found.names, dtype=numpy.uint32)
    called = numpy.frombuffer(found.called, dtype=numpy.uint32)
    real, mixed = (
        numpy.bincount(names[numpy.repeat(some, called)], minlength=plain.NAMES).tolist()
        for some in (texts & (of == OWN), texts)
    )
    real_units = sum(one == TRAIN for one in split)
    figures = mix.figures(found.variants, human, by_repository, real_units, captions)
    different = len(numpy.unique(said))
    figures["diversity"] = round(different / len(said), 6) if len(said) else 0.0
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
    owner, of = _numbers(found.owner), _numbers(found.text_of)
    inside = _kept_texts(found, split)
    sides = numpy.array([SPLITS.index(one) if one else -1 for one in split], dtype=numpy.int64)
    kept = numpy.flatnonzero(inside & ((sides[owner] == SPLITS.index(TRAIN)) | (of != MISS)))
    said = numpy.frombuffer(found.said, dtype=numpy.uint64)[kept]
    side = sides[owner][kept]
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
        "benchmarks": sum(bool(inside[n]) for n in _measured(recipe, found, signatures)),
        "similar": signatures.across(groups, found.owner, recipe.similarity, set(outside)),
        "names": len(carriers.carrying(found, split, frozenset(barred))),
        "threshold": recipe.similarity,
        "texts": len(found.owner),
    }


def _kept_texts(found: Survey, split: Sequence[str]) -> numpy.ndarray[Any, Any]:
    """Of each text, whether it is in the dataset; near misses are, although only those of functions
    that are trained on are written."""
    inside = numpy.array([bool(one) for one in split], dtype=bool)
    # What is no variant's has a negative number: that of one of the last two.
    kept = numpy.array([*(not one.why_not for one in found.variants), True, True], dtype=bool)
    texts: numpy.ndarray[Any, Any] = inside[_numbers(found.owner)] & kept[_numbers(found.text_of)]
    return texts


def _numbers(known: array[int]) -> numpy.ndarray[Any, Any]:
    found: numpy.ndarray[Any, Any] = numpy.frombuffer(known, dtype=numpy.int64)
    return found


def _write_down(made: Plan, found: Survey, split: Sequence[str]) -> None:
    variants: dict[int, list[str]] = {}
    for number, one in enumerate(found.variants):
        variant_id = found.variant_id(number)
        if one.why_not:
            made.left_out.append((found.units[one.unit].id, variant_id, one.why_not))
        else:
            variants.setdefault(one.unit, []).append(variant_id)
    for number, unit in enumerate(found.units):
        if split[number]:
            made.split[unit.id] = split[number]
            made.variants[unit.id] = tuple(variants.pop(number, ()))
        else:
            made.left_out.append((unit.id, "", made.why.get(unit.id, JOINS)))
