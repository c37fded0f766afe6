"""Rewrite a function so that it means the same."""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.model import Family
from codeaug.tasks import Example, Pair, Task
from codeaug.tasks.wording import rewriting, text


def _examples(family: Family, seed: int) -> Iterator[Example]:
    for variant in family.variants:
        pair = Pair(rewriting(family.unit, variant), text(family.unit, variant))
        yield Example(TASK.name, family.unit.id, pair, variant.id)


TASK = Task(
    "rewrite",
    "rewrite a function another way, of the same meaning",
    Pair,
    _examples,
    lambda family: family.variants,
)
