"""Single answers with a verdict, for Kahneman-Tversky optimisation (arXiv:2402.01306)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from codeaug.model import Family, Unit, Variant
from codeaug.tasks import Example, Judged, Outline, Task
from codeaug.tasks.wording import rewriting, text


def _examples(family: Family, seed: int) -> Iterator[Example]:
    for variant in family.variants:
        yield _example(family.unit, variant, good=True)
    for miss in family.near_misses:
        yield _example(family.unit, miss.variant, good=False)


def _example(unit: Unit, variant: Variant, *, good: bool) -> Example:
    content = Judged(rewriting(unit, variant), text(unit, variant), good)
    return Example(TASK.name, unit.id, content, variant.id)


def _of(outline: Outline) -> Iterable[str]:
    return (*outline.variants, *outline.misses)


TASK = Task(
    "judgement",
    "single rewrites with a verdict",
    Judged,
    _examples,
    _of,
)
