"""What can be said of arguments: a rule is a question that each input has to answer with yes."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

from .values import Arguments, is_number

CALENDAR = {
    "month": (1, 12),
    "day": (1, 31),
    "hour": (0, 23),
    "minute": (0, 59),
    "second": (0, 60),
}
ENDS = [("low", "high"), ("lo", "hi"), ("min", "max"), ("start", "end"), ("from", "to"),
        ("lower", "upper"), ("begin", "end"), ("first", "last"), ("left", "right"),
        ("open", "close"), ("opens", "closes")]  # fmt: skip
Rule = Callable[[Arguments], bool]


def within(name: str, least: float, most: float) -> Rule:
    return about(name, lambda value: not is_number(value) or least <= value <= most)


def about(name: str, holds: Callable[[Any], bool]) -> Rule:
    return lambda arguments: name not in arguments or holds(arguments[name])


def related(one: str, holds: Callable[[Any, Any], bool], other: str) -> Rule:
    """A relation of two terms: arguments or numbers. It holds where one is unknown."""

    def rule(arguments: Arguments) -> bool:
        a, b = (int(t) if t.isdigit() else arguments.get(t) for t in (one, other))
        return not is_number(a) or not is_number(b) or bool(holds(a, b))

    return rule


def are_ends(one: str, other: str) -> bool:
    """Whether the one is called as the lower end of something, the other as its upper one."""
    return any(one.startswith(low) and other == high + one[len(low) :] for low, high in ENDS)


def is_sorted(value: Any) -> bool:
    if not isinstance(value, list):
        return True
    try:
        return all(a <= b for a, b in itertools.pairwise(value))
    except TypeError:
        return False


def is_distinct(value: Any) -> bool:
    """Whether no two items, or keys of pairs, are the same."""
    keys = [repr(item[0] if isinstance(item, list) and item else item) for item in value]
    return len({*keys}) == len(keys)


def is_table(value: Any) -> bool:
    """Whether a list holds only rows, all of one length."""
    if not isinstance(value, list) or not all(isinstance(row, list) for row in value):
        return False
    return len({len(row) for row in value}) <= 1 and all(map(len, value))
