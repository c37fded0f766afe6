"""Go on with a function from a line of it on."""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.model import Family
from codeaug.tasks import Example, Infilling, Task, choice
from codeaug.tasks.wording import texts


def _examples(family: Family, seed: int) -> Iterator[Example]:
    unit = family.unit
    for variant, code in texts(family):
        lines = code.splitlines(keepends=True) if "\n" in code else [code]
        if len(lines) < 2:
            continue
        head = min(unit.body_line - unit.line + 1, len(lines) - 1)
        cut = choice(seed, "completion", code).randint(1, max(1, min(head, len(lines) - 1)))
        if head < len(lines) - 1:
            cut = choice(seed, "completion", code).randint(head, len(lines) - 1)
        gap = Infilling(unit.language, "".join(lines[:cut]), "".join(lines[cut:]), "")
        yield Example(TASK.name, unit.id, gap, variant)


TASK = Task("completion", "go on with a function that was begun", Infilling, _examples)
