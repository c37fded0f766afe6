"""Predicates over the arguments of a call, of which a domain is made."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

NUMBERS = (int, float)
Arguments = Mapping[str, Any]
Rule = Callable[[Arguments], bool]
ENDS = [("low", "high"), ("lo", "hi"), ("min", "max"), ("start", "end"), ("from", "to"),
        ("lower", "upper"), ("begin", "end"), ("first", "last"), ("left", "right"),
        ("open", "close"), ("opens", "closes")]  # fmt: skip


def related(one: str, holds: Callable[[Any, Any], bool], other: str) -> Rule:
    """A relation of two terms: arguments, their lengths, numbers. It holds where one is unknown."""

    def rule(arguments: Arguments) -> bool:
        a, b = term(one, arguments), term(other, arguments)
        return a is None or b is None or bool(holds(a, b))

    return rule


def all_of(name: str, holds: Callable[[Any, Any], bool], bound: int) -> Rule:
    """A bound of a number, or of each number among items or a mapping's values."""

    def rule(arguments: Arguments) -> bool:
        value = arguments.get(name)
        group: Any = dict.values(value) if type(value) is dict else value
        many = type(value) in (dict, list, tuple, set, frozenset)
        return all(holds(each, bound) for each in (group if many else [value]) if is_number(each))

    return rule


def term(text: str, arguments: Arguments) -> Any:
    if text.startswith("len("):
        value = arguments.get(text[4:-1])
        return len(value) if isinstance(value, (str, bytes, list, tuple, dict, set)) else None
    if text.lstrip("-").isdigit():
        return int(text)
    value = arguments.get(text)
    return value if is_number(value) else None


def about(name: str, holds: Callable[[Any], bool]) -> Rule:
    return lambda arguments: name not in arguments or holds(arguments[name])


def is_number(value: Any) -> bool:
    return type(value) in NUMBERS


@functools.cache  # asked for each object of each input
def ends_among(names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Those of the names that are called as the lower and the upper end of something."""
    return [
        (one, high + one[len(low) :])
        for one in names
        for low, high in ENDS
        if one.startswith(low) and high + one[len(low) :] in names
    ]
