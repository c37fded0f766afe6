"""Leaves out what would carry names of held-out functions into training; see `vocabulary`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Container, Iterator, Sequence

import numpy

from codeaug.dataset.families import Reader
from codeaug.dataset.splits import TRAIN
from codeaug.dataset.surveying import MISS, OWN, Survey
from codeaug.dataset.vocabulary import CARRIES, Side
from codeaug.model import Family
from codeaug.tasks import Example


def leave_out(found: Survey, split: Sequence[str]) -> dict[str, int]:
    """Gives variants their reason; the near misses that must go, with their units' numbers."""
    barred = {}
    places = numpy.flatnonzero(numpy.asarray(found.text_of) == MISS)
    for number in carrying(found, split, ()):
        if (variant := found.text_of[number]) >= 0:
            found.variants[variant].why_not = CARRIES
        else:
            of = found.misses[int(numpy.searchsorted(places, number))]
            barred[of.hex()] = found.owner[number]
    return barred


def carrying(found: Survey, split: Sequence[str], barred: Container[str]) -> list[int]:
    """The texts in training that hold a name that only held-out functions have; `barred` are near
    misses that are not written."""
    return found.vocabulary.carrying(list(_sides(found, split, barred)))


def _sides(found: Survey, split: Sequence[str], barred: Container[str]) -> Iterator[Side]:
    misses = iter(found.misses)
    for owner, of in zip(found.owner, found.text_of, strict=True):
        gone = next(misses).hex() in barred if of == MISS else False
        if of >= 0:
            gone = bool(found.variants[of].why_not)
        if split[owner] == TRAIN and not gone:
            yield Side.TRAINED if of == OWN else Side.MADE
        else:
            yield Side.HELD_OUT if split[owner] and of == OWN else Side.NOWHERE


def weigh_again(
    found: Survey,
    units: Collection[int],
    barred: Container[str],
    reader: Reader,
    rows: Callable[[Family], Iterator[Example]],
    counted: Callable[[str], int],
) -> None:
    """The tokens of variants whose functions lost near misses: some rows are made of both."""
    numbers = {found.variant_id(n): n for n, one in enumerate(found.variants) if one.unit in units}
    known = [found.units[unit] for unit in units]
    variants = {one.id: numbers.keys() for one in known}
    for one in reader.chosen(known, variants, misses=True):
        tokens: Counter[str] = Counter()
        for example in rows(one.without_misses(barred).family):
            tokens[example.variant] += counted(example.trained)
        for variant in one.family.variants:
            found.variants[numbers[variant.id]].tokens = tokens[variant.id]
