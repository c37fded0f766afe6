"""Say whether two functions behave the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from codeaug.model import Family, Unit, Variant
from codeaug.tasks import Example, Outline, Pair, Task, choice
from codeaug.tasks.wording import fenced, language, text


def _examples(family: Family, seed: int) -> Iterator[Example]:
    unit = family.unit
    for variant in family.variants:
        yield Example(TASK.name, unit.id, _pair(unit, variant, "yes", seed), variant.id)
    for miss in family.near_misses:
        if miss.witness:
            pair = _pair(unit, miss.variant, "no", seed)
            yield Example(TASK.name, unit.id, pair, miss.variant.id)


def _pair(unit: Unit, variant: Variant, answer: str, seed: int) -> Pair:
    codes = [text(unit).rstrip("\n"), text(unit, variant).rstrip("\n")]
    choice(seed, "order", variant.id).shuffle(codes)
    shown = "\n\n".join(fenced(code, unit.language) for code in codes)
    return Pair(
        f"Do these two {language(unit.language)} functions behave the same on every input? "
        f"Answer yes or no.\n\n{shown}",
        answer,
    )


def _of(outline: Outline) -> Iterable[str]:
    return (*outline.variants, *outline.differing)


TASK = Task(
    "equivalence",
    "say whether two functions behave the same",
    Pair,
    _examples,
    _of,
)
