"""Which variants of a unit are taken: such as read well, and as are unlike each other.

Two variants are alike by what each changes, not by all that both leave alone: by the share of
common shingles among those that the original does not have or that they do not have any more. So a
long function can have as many unlike variants as a short one. The sets are small, and counted
exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property

from codeaug.edits import rewritten
from codeaug.engines.rules.composition import Place
from codeaug.engines.rules.habits import Habits
from codeaug.engines.rules.naturalness import Reading, tokens
from codeaug.formatters import Style, laid_out
from codeaug.languages import comment_words
from codeaug.model import Origin, Unit, Variant
from codeaug.transforms import ROBUSTNESS

NAME = "rules"
ALIKE = 0.7
"""Share of two variants' changes that may be the same."""
_SHINGLE = 5


@dataclass
class Chooser:
    """Takes variants of a unit; `natural` tells of each place that was looked at whether its result
    reads as the repository does."""

    unit: Unit
    source: bytes
    habits: Habits
    seed: int
    style: Style = field(default_factory=Style)
    natural: dict[Place, bool] = field(default_factory=dict)
    _known: dict[str, Sequence[str]] = field(default_factory=dict)

    def variants(self, offered: Iterable[tuple[Place, ...]], wanted: int) -> list[Variant]:
        """The first `wanted` of those offered that will do. Raises SyntaxLimit and ValueError."""
        found: list[Variant] = []
        changes: list[Set[tuple[str, ...]]] = []
        for places in offered:
            if len(found) == wanted:
                break
            chosen = tuple(filter(self._reads_well, places))
            if not chosen:
                continue
            code = self._code(chosen)
            change = self._shingles(code) ^ self._original
            if change and all(_alike(change, other) <= ALIKE for other in changes):
                changes.append(change)
                inner = sorted(chosen, key=lambda place: place.site.span.start)
                recipe = tuple(place.transform.name for place in inner)
                laid = laid_out(self.unit, self.source, code, self.style)
                found.append(Variant(self.unit.id, laid, Origin(NAME, recipe, self.seed)))
        return found

    def _reads_well(self, place: Place) -> bool:
        if place.transform.tier == ROBUSTNESS:  # nobody would write it, by intent
            return True
        if place not in self.natural:
            reading = self._reading
            self.natural[place] = reading is None or reading.holds(
                self._tokens(self._code((place,)))
            )
        return self.natural[place]

    @cached_property
    def _reading(self) -> Reading | None:
        band = self.habits.naturalness
        return band.reading(self.unit, self._tokens(self.unit.code)) if band else None

    @cached_property
    def _original(self) -> Set[tuple[str, ...]]:
        return self._shingles(self.unit.code)

    def _code(self, places: Iterable[Place]) -> str:
        """The unit's text with these places rewritten. ValueError for an edit outside of it."""
        edits = [edit for place in places for edit in place.site.edits]
        changed, span = rewritten(self.unit, self.source, edits)
        return changed[span.start : span.end].decode()

    def _shingles(self, code: str) -> Set[tuple[str, ...]]:
        """Of the tokens and of the words of comments of a text for the unit."""
        said = self._tokens(code)
        text = [*said, *comment_words(replace(self.unit, code=code)).split()]
        least = max(1, len(text) - _SHINGLE + 1)
        return frozenset(tuple(text[n : n + _SHINGLE]) for n in range(least))

    def _tokens(self, code: str) -> Sequence[str]:
        if code not in self._known:
            self._known[code] = tokens(self.unit, code)
        return self._known[code]


def _alike(one: Set[tuple[str, ...]], other: Set[tuple[str, ...]]) -> float:
    """Jaccard's index."""
    return len(one & other) / len(one | other)
