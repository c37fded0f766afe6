"""Go on with a function from a line of it on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from codeaug.model import Family
from codeaug.tasks import Example, Infilling, Outline, Task, choice
from codeaug.tasks.wording import texts

_MOST = 0.75  # of the lines are given, or those up to the body


def _examples(family: Family, seed: int) -> Iterator[Example]:
    unit = family.unit
    for variant, code in texts(family):
        lines = code.splitlines(keepends=True)
        head = unit.body_line - unit.line + 1
        last = max(head, int(_MOST * len(lines)))
        cut = choice(seed, "completion", code).randint(min(head, last), last)
        while cut and not any(sign.isalnum() for sign in "".join(lines[cut:])):
            cut -= 1  # closing brackets alone are nothing to learn
        if cut:
            gap = Infilling(unit.language, "".join(lines[:cut]), "".join(lines[cut:]), "")
            yield Example(TASK.name, unit.id, gap, variant)


def _of(outline: Outline) -> Iterable[str]:
    return outline.texts


TASK = Task(
    "completion",
    "go on with a function that was begun",
    Infilling,
    _examples,
    _of,
    may_lack=True,
)
