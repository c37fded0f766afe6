"""Which variants come first before people, and how many people decide about which."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from codeaug.errors import UsageError

FIELDS = ("language", "transform", "engine", "model", "repository", "path", "rung", "owner")


@dataclass(frozen=True, slots=True)
class Facts:
    """What rules go by; `transform` and `owner` may be several."""

    language: str = ""
    transform: tuple[str, ...] = ()
    engine: str = ""
    model: str = ""
    repository: str = ""
    path: str = ""
    rung: str = ""
    owner: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """`FIELD=PATTERN` of the shell's kind: `language=java`, `path=src/core/*`."""

    field: str
    pattern: str

    def holds(self, facts: Facts) -> bool:
        value: str | tuple[str, ...] = getattr(facts, self.field)
        values = (value,) if isinstance(value, str) else value
        return any(fnmatchcase(one, self.pattern) for one in values)


@dataclass(frozen=True, slots=True)
class Strata:
    """The first rule of `order` that holds decides what comes first, the first of `overlaps` how
    many people decide: 1.25 means a second person for every fourth variant."""

    order: tuple[Rule, ...] = ()
    overlaps: tuple[tuple[Rule, float], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.order or self.overlaps)

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(rule.field for rule in (*self.order, *(rule for rule, _ in self.overlaps)))

    def most(self, overlap: int) -> int:
        """People that decide about a variant, at most."""
        return max(overlap, *(math.ceil(number) for _, number in self.overlaps), 0)

    def people(self, variant_id: str, facts: Facts, overlap: int) -> int:
        """How many people decide about this variant; `overlap` where no rule says."""
        number = next((n for rule, n in self.overlaps if rule.holds(facts)), float(overlap))
        whole = math.floor(number)
        digest = hashlib.sha256(variant_id.encode()).digest()
        drawn = int.from_bytes(digest[:4], "big") / 2**32
        return whole + (drawn < number - whole)

    def rank(self, facts: Facts) -> int:
        """0 for what the first rule of the order holds for, and so on."""
        holds = (at for at, rule in enumerate(self.order) if rule.holds(facts))
        return next(holds, len(self.order))


def strata_of(order: Sequence[str], overlaps: Sequence[str]) -> Strata:
    """From settings: `language=java`, and `language=java 2`. Raises UsageError."""
    return Strata(tuple(map(_rule, order)), tuple(map(_overlap, overlaps)))


def _rule(text: str) -> Rule:
    field, equals, pattern = text.partition("=")
    if not equals or field not in FIELDS or not pattern:
        raise UsageError(f"{text!r} is no FIELD=PATTERN with one of {', '.join(FIELDS)}")
    return Rule(field, pattern)


def _overlap(text: str) -> tuple[Rule, float]:
    rule, _, number = text.rpartition(" ")
    try:
        people = float(number)
    except ValueError:
        people = 0.0
    if not 1 <= people <= 20:
        raise UsageError(f"overlaps: {text!r} does not end with a number of people from 1 to 20")
    return _rule(rule), people
