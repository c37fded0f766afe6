"""What objects of the project are: what their comments say, and what holds in all recorded ones.

Likely invariants as of Ernst et al. 2001, of an object's members among each other.
"""

from __future__ import annotations

import itertools
import operator
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from .rules import CALENDAR, Rule, are_ends, is_distinct, is_sorted, related
from .told import bounds
from .values import Arguments, is_number, leaves, members_of

LIMITS = frozenset(["capacity", "room", "limit", "most", "max", "maximum"])
ROOM = frozenset(["capacity", "room"])
SIZES = frozenset(["size", "count", "length", "len", "capacity", "depth", "limit"])
PLACES = frozenset(["position", "pos", "index", "offset", "head", "tail", "front", "back", "top",
                    "begin", "first", "start"])  # fmt: skip
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def of_members(
    recorded: Sequence[Arguments],
    words: str,
    fields: Mapping[str, str],
    compared: Collection[str],
) -> Iterator[Rule]:
    """What their comments say, and what holds in all that were recorded."""
    known: dict[str, list[Any]] = {}
    for each in recorded:
        for name, value in members_of([*each.values()]):
            known.setdefault(name, []).append(value)
    for name, values in known.items():
        said = f"{words}\n{name} {fields.get(name, '')}"
        is_compared = name in compared and not any(name in each for each in recorded)
        for rule in _of_member(name, values, said, is_compared):
            yield _everywhere(name, rule)
    yield lambda arguments: all(map(_is_day, _groups(arguments)))
    objects = [each for arguments in recorded for each in _objects([*arguments.values()])]
    for cells, one, other in _grids(objects):
        yield _grid(cells, one, other)
    yield from (_refers(name, keyed) for name, keyed in _references(objects))
    yield from _of_sizes(recorded)
    for limit in dict.fromkeys(
        name for each in objects for name in each if _is_called(name, LIMITS)
    ):
        yield from _of_limit(limit)


def _of_limit(limit: str) -> Iterator[Rule]:
    """No list has more items than a limit beside it says, nor do their numbers come to more than
    there is room for."""

    def many(value: Any) -> float:
        return len(value)

    def altogether(value: Any) -> float:
        numbers = [item[-1] if isinstance(item, list) and item else item for item in value]
        return float(sum(number for number in numbers if is_number(number)))

    def below(size: Callable[[Any], float]) -> Rule:
        def rule(arguments: Arguments) -> bool:
            owners = [each for each in _objects_of(arguments) if is_number(each.get(limit))]
            lists = ((each, v) for each in owners for v in each.values() if isinstance(v, list))
            return all(size(value) <= each[limit] for each, value in lists)

        return rule

    yield below(many)
    if _is_called(limit, ROOM):
        yield below(altogether)


def _of_sizes(recorded: Sequence[Arguments]) -> Iterator[Rule]:
    """What no recorded object has above a size of it, or above the upper end of what it begins;
    and what has always been below it stays so where it is called as a place is."""
    objects = [each for arguments in recorded for each in _objects_of(arguments)]
    names = dict.fromkeys(name for each in objects for name in each)
    for one, other in itertools.permutations(names, 2):
        if _is_called(other, SIZES) and _is_called(one, SIZES | PLACES):
            signs = [operator.lt] if _is_called(one, PLACES) else []
            for sign in (*signs, operator.le):
                yield _in_objects(one, sign, other)
        if are_ends(one, other):
            yield _in_objects(one, operator.le, other)


def _in_objects(one: str, holds: Callable[[Any, Any], bool], other: str) -> Rule:
    rule = related(one, holds, other)
    return lambda arguments: all(map(rule, _objects_of(arguments)))


def _objects_of(arguments: Arguments) -> Iterator[Mapping[str, Any]]:
    return (each for value in arguments.values() for each in _objects(value))


def _is_called(name: str, words: frozenset[str]) -> bool:
    return not words.isdisjoint(name.lower().split("_"))


def _of_member(
    name: str, values: Sequence[Any], words: str, is_compared: bool
) -> Iterator[Callable[[Any], bool]]:
    numbers = [number for value in values for number in leaves(value) if is_number(number)]
    if numbers and min(numbers) >= 0 and not is_compared:
        least = int(min(numbers) >= 1 and all(isinstance(n, int) for n in numbers))
        yield lambda value: all(n >= least for n in leaves(value) if is_number(n))
    least_, most = bounds(name, [], words)
    yield lambda value: not is_number(value) or least_ <= value <= most
    lists = [value for value in values if isinstance(value, list)]
    if any(len(each) > 1 for each in lists):
        yield is_sorted
        yield is_distinct
    calendar = CALENDAR.get(name.strip("_"))
    if calendar:
        yield lambda value: not is_number(value) or calendar[0] <= value <= calendar[1]


def _everywhere(name: str, holds: Callable[[Any], bool]) -> Rule:
    def rule(arguments: Arguments) -> bool:
        found = members_of([*arguments.values()])
        return all(holds(value) for member, value in found if member == name)

    return rule


def _groups(arguments: Arguments) -> Iterator[Mapping[str, Any]]:
    """The arguments together, and the members of each object."""
    yield arguments
    for value in arguments.values():
        yield from (each for each in _objects(value))


def _objects(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, dict):
        yield value
    if isinstance(value, (dict, list)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _objects(each)


def _grids(objects: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str, str]]:
    """Lists that have as many items as two numbers beside them say, in objects that differ."""
    numbers: dict[tuple[str, str, str], list[bool]] = {}
    for each in {repr(each): each for each in objects}.values():
        lists = [name for name, value in each.items() if isinstance(value, list)]
        counts = [name for name, value in each.items() if type(value) is int]
        for cells, (one, other) in itertools.product(lists, itertools.combinations(counts, 2)):
            is_grid = len(each[cells]) == each[one] * each[other]
            numbers.setdefault((cells, one, other), []).append(is_grid)
    return (names for names, are in numbers.items() if len(are) > 1 and all(are))


def _grid(cells: str, one: str, other: str) -> Rule:
    def rule(arguments: Arguments) -> bool:
        found = [each for each in _objects([*arguments.values()]) if {cells, one, other} <= {*each}]
        return all(_has(each[cells], each[one], each[other]) for each in found)

    return rule


def _has(items: Any, one: Any, other: Any) -> bool:
    known = isinstance(items, list) and is_number(one) and is_number(other)
    return not known or len(items) == one * other


def _references(objects: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Members of what an object holds that are always a key of a map beside it, and that map."""
    found: dict[tuple[str, str], list[bool]] = {}
    for each in {repr(each): each for each in objects}.values():
        for name, keyed, holds in _referring(each):
            found.setdefault((name, keyed), []).append(holds)
    return (names for names, hold in found.items() if len(hold) > 1 and all(hold))


def _referring(owner: Mapping[str, Any]) -> Iterator[tuple[str, str, bool]]:
    for keyed, value in owner.items():
        keys = [item[0] for item in value if _is_pair(item)] if isinstance(value, list) else []
        if not keys or len(keys) < len(value):
            continue
        for place, beside in owner.items():
            inner = _objects(beside) if place != keyed and isinstance(beside, list) else ()
            for name, text in (pair for each in inner for pair in each.items()):
                if isinstance(text, bytes):
                    yield name, keyed, text in keys


def _is_pair(item: Any) -> bool:
    return isinstance(item, list) and len(item) == 2 and isinstance(item[0], bytes)


def _refers(name: str, keyed: str) -> Rule:
    def rule(arguments: Arguments) -> bool:
        found = (known for each in _objects_of(arguments) for known in _referring(each))
        return all(holds for *names, holds in found if names == [name, keyed])

    return rule


def _is_day(group: Mapping[str, Any]) -> bool:
    """Whether a year, a month and a day are a day of the calendar, where all three are there."""
    found = {name.strip("_."): value for name, value in group.items()}
    year, month, day = (found.get(name) for name in ("year", "month", "day"))
    if not (isinstance(year, int) and isinstance(month, int) and isinstance(day, int)):
        return True
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 1 <= month <= 12 and 1 <= day <= _DAYS[month - 1] + (month == 2 and leap)
