"""Say what a function does, as its documentation says it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from codeaug.documentation import without
from codeaug.model import Family
from codeaug.tasks import Example, Outline, Pair, Task
from codeaug.tasks.wording import fenced, language


def _examples(family: Family, seed: int) -> Iterator[Example]:
    unit = family.unit
    if not family.description:
        return
    code = unit.margin + without(unit)
    prompt = f"Say what this {language(unit.language)} function does.\n\n"
    pair = Pair(prompt + fenced(code.rstrip("\n"), unit.language), family.description)
    yield Example(TASK.name, unit.id, pair)


def _of(outline: Outline) -> Iterable[str]:
    return ("",) if outline.described else ()


TASK = Task(
    "description",
    "say what a function does",
    Pair,
    _examples,
    _of,
)
