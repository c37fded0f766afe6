"""One to three transforms a variant: which sites of a unit can be applied together.

Each site was found sound in the unit's own text. Sites are joined only where neither can see what
the other does: no line of one is a line of the other's, and no word that one brings in is brought
in by the other. So the order does not matter, and no transform undoes another.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, islice

from codeaug.model import Edit, Span
from codeaug.transforms import Site, Transform

MOST = 3
"""Transforms of a variant."""
_LENGTHS = (1, 1, 2, 2, 3)
_MOST_PAIRS = 10
_MENTION = re.compile(r"((?:\.|->|::)?)\s*([^\W\d]\w*)\s*(\(?)")
"""A word, and whether it is a member of something named and whether it is called."""
# `x = ...`, `for x in ...` and `for (T x : ...)`; others like them do no harm.
_BOUND = re.compile(r"(?<![\w.])([^\W\d]\w*)\s*(?:=(?!=)|:(?!:)|\bin\b)")


@dataclass(frozen=True, eq=False)
class Place:
    """A site at which a transform applies, in the file `source`."""

    transform: Transform
    site: Site
    source: bytes

    @cached_property
    def lines(self) -> tuple[Span, ...]:
        """The whole lines that it looks at or changes: a rename's own, else all from the first to
        the last."""
        edits = self.site.edits
        if len(edits) > 1 and len({self._change(edit) for edit in edits}) == 1:
            return tuple(self._lines(edit.start, edit.end) for edit in edits)
        spans = [self.site.span, *(Span(edit.start, edit.end) for edit in edits)]
        return (self._lines(min(s.start for s in spans), max(s.end for s in spans)),)

    @cached_property
    def brings(self) -> frozenset[str]:
        """Words that stand in its new text and not in what this replaces, or not in that role
        (`size` where `size()` was called), and names that it binds."""
        old = b" ".join(self.source[e.start : e.end] for e in self.site.edits)
        before, after = old.decode("utf-8", "replace"), " ".join(e.text for e in self.site.edits)
        said = frozenset(_MENTION.findall(after)) - frozenset(_MENTION.findall(before))
        bound = Counter(_BOUND.findall(after)) - Counter(_BOUND.findall(before))
        return frozenset(word for _, word, _ in said) | bound.keys()

    def fits(self, other: Place) -> bool:
        """Whether both can be applied."""
        apart = all(
            one.end < another.start or another.end < one.start
            for one in self.lines
            for another in other.lines
        )
        return apart and not self.brings & other.brings

    def _change(self, edit: Edit) -> tuple[bytes, str]:
        return self.source[edit.start : edit.end], edit.text

    def _lines(self, start: int, end: int) -> Span:
        found = self.source.find(b"\n", end)
        return Span(
            self.source.rfind(b"\n", 0, start) + 1, len(self.source) if found < 0 else found
        )


def ordered(
    places: Sequence[Place], rarity: Mapping[str, float], rng: random.Random
) -> list[Place]:
    """One place of each transform, then the next of each. A transform comes first as often as it
    is rare in the repository, so that no common one makes up most of what is made.

    Efraimidis and Spirakis 2006, "Weighted random sampling with a reservoir".
    """
    queues: dict[str, list[Place]] = {}
    for place in places:
        queues.setdefault(place.transform.name, []).append(place)
    keys = {name: rng.random() ** (1 / rarity.get(name, 1.0)) for name in sorted(queues)}
    turns = sorted(queues, key=lambda name: -keys[name])
    for name in turns:
        rng.shuffle(queues[name])
    longest = max(map(len, queues.values()), default=0)
    return [
        queues[name][turn] for turn in range(longest) for name in turns if turn < len(queues[name])
    ]


def compositions(places: Sequence[Place], rng: random.Random) -> Iterator[tuple[Place, ...]]:
    """Places to apply together: each in turn with such as fit it, those first whose transforms were
    used least so far, then each by itself, then, where there are few, two at a time."""
    used: Counter[str] = Counter()
    for number, first in enumerate(places):
        chosen, length = [first], rng.choice(_LENGTHS)
        rest = [*places[number + 1 :], *places[:number]]
        for other in sorted(rest, key=lambda place: used[place.transform.name]):
            if len(chosen) == length:
                break
            names = {place.transform.name for place in chosen}
            if other.transform.name not in names and all(map(other.fits, chosen)):
                chosen.append(other)
        used.update(place.transform.name for place in chosen)
        yield tuple(chosen)
    for place in places:
        yield (place,)
    for first, second in islice(combinations(places, 2), _MOST_PAIRS):
        if first.transform.name != second.transform.name and first.fits(second):
            yield first, second
