"""Which grown inputs are such that the unit is made for them.

Nothing but its tests and its words say so. A precondition that all recorded calls keep, or that the
docstring names, is kept by what is grown from them (likely invariants: Ernst et al. 2001).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

NUMBERS = (int, float)
ENOUGH = 3  # recorded calls from which a relation of two arguments is believed
_WORD = re.compile(r"\b(sorted|ascending|non-?negative|positive|non-?empty|not empty)\b", re.I)
_AT_LEAST = re.compile(r"[`'\"]?(\w+)[`'\"]?\s*\(?\s*(>=?)\s*(-?\d+)")


class Domain(NamedTuple):
    """What must hold of arguments, each a predicate over all of them."""

    rules: tuple[Callable[[dict[str, Any]], bool], ...]

    def holds(self, arguments: dict[str, Any]) -> bool:
        return all(rule(arguments) for rule in self.rules)


def domain(recorded: Sequence[dict[str, Any]], words: str) -> Domain:
    """`words` is the unit's docstring, "" without one."""
    names = list(dict.fromkeys(name for each in recorded for name in each))
    rules: list[Callable[[dict[str, Any]], bool]] = []
    hints = {match.lower().replace("-", "").replace(" ", "") for match in _WORD.findall(words)}
    for name in names:
        values = [each[name] for each in recorded if name in each]
        rules += _of_one(name, values, hints)
    for name, sign, bound in _AT_LEAST.findall(words):
        least = int(bound) + (sign == ">")
        if name in names:
            rules.append(_at_least(name, least))
    for one, other in itertools.permutations(names, 2):
        if _is_ordered(one, other, recorded):
            rules.append(_ordered(one, other))
    return Domain(tuple(rules))


def _of_one(
    name: str, values: Sequence[Any], hints: set[str]
) -> list[Callable[[dict[str, Any]], bool]]:
    rules: list[Callable[[dict[str, Any]], bool]] = []
    lists = [value for value in values if type(value) in (list, tuple)]
    long = [value for value in lists if len(value) > 1]
    if "sorted" in hints or "ascending" in hints or sum(len(value) > 2 for value in long) > 1:
        if long and all(map(_is_sorted, long)):
            rules.append(lambda arguments: _is_sorted(arguments.get(name, ())))
    if lists and all(map(_is_table, lists)) and any(map(len, lists)):
        rules.append(lambda arguments: _is_table(arguments.get(name, ())))
    numbers = [value for value in values if type(value) in NUMBERS]
    if numbers and ("nonnegative" in hints or "positive" in hints) and min(numbers) >= 0:
        rules.append(_at_least(name, int("positive" in hints)))
    if lists and ("nonempty" in hints or "notempty" in hints) and all(lists):
        rules.append(lambda arguments: bool(arguments.get(name, True)))
    return rules


def _at_least(name: str, least: int) -> Callable[[dict[str, Any]], bool]:
    def holds(arguments: dict[str, Any]) -> bool:
        value = arguments.get(name)
        return type(value) not in NUMBERS or not value < least

    return holds


def _is_sorted(value: Any) -> bool:
    try:
        return type(value) not in (list, tuple) or all(
            not b < a for a, b in zip(value, value[1:])  # noqa: B905 - Python 3.9
        )
    except TypeError:
        return False


def _is_table(value: Any) -> bool:
    """Whether a list holds only rows, all of one length."""
    if type(value) not in (list, tuple) or not all(type(row) in (list, tuple) for row in value):
        return False
    return len({len(row) for row in value}) <= 1 and all(map(len, value))


def _is_ordered(one: str, other: str, recorded: Sequence[dict[str, Any]]) -> bool:
    pairs = {
        (each[one], each[other])
        for each in recorded
        if type(each.get(one)) in NUMBERS and type(each.get(other)) in NUMBERS
    }
    both = len({a for a, _ in pairs}) > 1 or len({b for _, b in pairs}) > 1
    return len(pairs) >= ENOUGH and both and all(a <= b for a, b in pairs)


def _ordered(one: str, other: str) -> Callable[[dict[str, Any]], bool]:
    def holds(arguments: dict[str, Any]) -> bool:
        a, b = arguments.get(one), arguments.get(other)
        return type(a) not in NUMBERS or type(b) not in NUMBERS or not a > b

    return holds
