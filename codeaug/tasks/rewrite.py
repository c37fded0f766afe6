"""Rewrite a function so that it means the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from codeaug.model import Family
from codeaug.tasks import Example, Outline, Pair, Task
from codeaug.tasks.wording import rewriting, text


def _examples(family: Family, seed: int) -> Iterator[Example]:
    for variant in family.variants:
        pair = Pair(rewriting(family.unit, variant), text(family.unit, variant))
        yield Example(TASK.name, family.unit.id, pair, variant.id)


def _of(outline: Outline) -> Iterable[str]:
    return outline.variants


TASK = Task(
    "rewrite",
    "rewrite a function another way, of the same meaning",
    Pair,
    _examples,
    _of,
)
