"""What a check may look at: everything, so that checks need no globals."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from codeaug.languages import find_units
from codeaug.model import Diagnostics, Oracle, Span, Strength, TestOutcome, Unit, Variant
from codeaug.runners import Runner


@dataclass(frozen=True)
class Bench:
    """Where a variant is compiled and tested.

    `unchanged` tells the compiler's words about the unchanged file, by the resident program or by
    the cold steps; `outcomes` and `seconds` are the stable tests' on the unchanged project;
    `crosshair` are the seconds that CrossHair may look for a difference, 0 for not at all.
    """

    runner: Runner
    unchanged: Callable[[bool], Diagnostics]
    outcomes: Mapping[str, TestOutcome]
    seconds: Mapping[str, float]
    crosshair: int = 0


@dataclass(frozen=True)
class Trial:
    """One variant in its file. `changed` is None when the text fits in no place (`problem`).

    `unexecuted`: its tests end as on the original, but do not execute every changed line.
    """

    unit: Unit
    variant: Variant
    source: bytes
    changed: bytes | None
    problem: str = ""
    oracle: Oracle | None = None
    strength: Strength | None = None
    bench: Bench | None = None
    unexecuted: bool = False

    @cached_property
    def placed(self) -> Unit | None:
        """The variant as a unit of the changed file; None when it is not to be found there."""
        if self.changed is None:
            return None
        found = find_units(self.unit.language, self.changed, self.unit.path, "")
        same = [u for u in found if isinstance(u, Unit) and u.span.start == self.unit.span.start]
        return next((u for u in same if u.name == self.unit.name), None)

    @cached_property
    def inserted(self) -> Span:
        """All that stands in the original's place: comments behind the function too."""
        assert self.changed is not None
        behind = len(self.source) - self.unit.span.end
        return Span(self.unit.span.start, len(self.changed) - behind)

    @cached_property
    def changed_lines(self) -> frozenset[int]:
        """Lines (from 1) of the changed file that the original does not have.

        Another indentation makes no other line, except in Python, where it may move a statement
        into or out of a block.
        """
        assert self.changed is not None
        before, after = self.source.splitlines(), self.changed.splitlines()
        if self.unit.language != "python":
            before, after = [b.strip() for b in before], [a.strip() for a in after]
        matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
        return frozenset(
            line + 1
            for tag, _, _, start, end in _trimmed(matcher, before, after)
            if tag != "equal"
            for line in range(start, end)
        )


def _trimmed(
    matcher: difflib.SequenceMatcher[bytes], before: Sequence[bytes], after: Sequence[bytes]
) -> list[tuple[str, int, int, int, int]]:
    """Opcodes of the part that differs at all: files are long and edits are local."""
    limit = min(len(before), len(after))
    head = next((i for i in range(limit) if before[i] != after[i]), limit)
    rest = limit - head
    tail = next((i for i in range(rest) if before[-1 - i] != after[-1 - i]), rest)
    matcher.set_seqs(before[head : len(before) - tail], after[head : len(after) - tail])
    return [
        (tag, a0 + head, a1 + head, b0 + head, b1 + head)
        for tag, a0, a1, b0, b1 in matcher.get_opcodes()
    ]
