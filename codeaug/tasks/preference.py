"""Prefer an approved variant to a near miss, or to one that people refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from codeaug.model import Family
from codeaug.tasks import Example, Outline, Preference, Task
from codeaug.tasks.wording import rewriting, text


def _examples(family: Family, seed: int) -> Iterator[Example]:
    unit = family.unit
    for number, variant in enumerate(family.variants):
        if not family.near_misses:
            return
        worse = family.near_misses[number % len(family.near_misses)].variant
        content = Preference(rewriting(unit, variant), text(unit, variant), text(unit, worse))
        yield Example(TASK.name, unit.id, content, variant.id, worse.id)


def _of(outline: Outline) -> Iterable[str]:
    return outline.variants if outline.misses else ()


TASK = Task(
    "preference",
    "prefer a variant to a wrong or refused one",
    Preference,
    _examples,
    _of,
)
