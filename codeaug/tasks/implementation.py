"""Write a function from what its documentation says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from codeaug.model import Family
from codeaug.tasks import Example, Outline, Pair, Task
from codeaug.tasks.wording import language, texts


def _examples(family: Family, seed: int) -> Iterator[Example]:
    unit = family.unit
    if not family.description:
        return
    prompt = (
        f"Write the {language(unit.language)} function `{unit.qualified_name}`. Answer with the "
        f"whole function only. What it does:\n\n{family.description}"
    )
    for variant, code in texts(family):
        yield Example(TASK.name, unit.id, Pair(prompt, code), variant)


def _of(outline: Outline) -> Iterable[str]:
    return outline.texts if outline.described else ()


TASK = Task(
    "implementation",
    "write a function from its description",
    Pair,
    _examples,
    _of,
)
