"""Which grown inputs are such that the unit is made for them.

Nothing but its tests and its words say so. A precondition that the comment names, or that all
recorded calls keep, is kept by what is grown from them (likely invariants: Ernst et al. 2001).
"""

from __future__ import annotations

import itertools
import operator
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from .values import Arguments, is_number, leaves, members_of, texts_of

ENOUGH = 5  # recorded calls from which a relation of two arguments is believed
SIGNS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
# arguments of which one is hardly ever above the other
ENDS = [("low", "high"), ("lo", "hi"), ("min", "max"), ("start", "end"), ("from", "to"),
        ("lower", "upper"), ("begin", "end"), ("first", "last"), ("left", "right")]  # fmt: skip
_NUMBER = r"(-?\d+(?:\.\d+)?)"
_BROKEN = re.compile(r"(?<![.;:\n])\n\s*(?=[a-z\d])")  # a line within a sentence
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_POWER = re.compile(r"\b10\^(\d{1,2})\b")
_VAST = re.compile(r"\b(?:at most|up to|not more than|no more than|below) (\d{10,})\b")
_IN_ORDER = r"\b(?:(?:in|by) (?:the )?(?:ascending |rising )?order of|sorted by|ascending by)"
_LEAST = rf"(?:at least|>=|not below|not less than|no less than) ?{_NUMBER}"
_MOST = rf"(?:at most|<=|not above|not more than|no more than|up to) ?{_NUMBER}"
_BETWEEN = rf"\[?{_NUMBER}(?: to | and | through |\.\.\.?|, ?| ?[-\u2013] ?){_NUMBER}"
_LINK = (
    r"[\s(,:\"'`]*(?:of (?:an?|the|each|every|one) \w+ )?"
    r"(?:(?:is|are|must be|has to be|being|from|between|in|for|of) )*"
)
_SAID = re.compile(rf"{_LINK}(?:{_BETWEEN}|{_LEAST}|(?:>|above|greater than) ?{_NUMBER})?"
                   rf"(?:,? ?(?:and )?{_MOST})?")  # fmt: skip
_RELATION = re.compile(r"(\w+)[`'\"]*\s*\(?\s*([<>]=?)\s*[`'\"]*(\w+)")
_LISTS = "(?:lists?|vectors?|arrays?|ranges?|sequences?|values|numbers|input|items|runs?)"
_SORTED = re.compile(
    rf"\b(?:sorted|ascending) {_LISTS}\b|\b(?:is|are|be|being|already) (?:sorted|ascending)\b", re.I
)
_FILLED = re.compile(r"\b(non-?empty|not (?:be )?empty|at least one)\b", re.I)
_ASCII = re.compile(r"\bascii (text|string|only)|\b(only|plain|pure) ascii\b", re.I)
_UTF_8 = re.compile(r"\b(valid|well-?formed) utf-?8\b", re.I)
LIMITS = frozenset(["capacity", "room", "limit", "most", "max", "maximum"])
ROOM = frozenset(["capacity", "room"])
SIZES = frozenset(["size", "count", "length", "len", "capacity", "depth", "limit"])
PLACES = frozenset(["position", "pos", "index", "offset", "head", "tail", "front", "back", "top",
                    "begin", "first", "start"])  # fmt: skip
_CALENDAR = {
    "month": (1, 12),
    "day": (1, 31),
    "hour": (0, 23),
    "minute": (0, 59),
    "second": (0, 60),
}
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
VAST = 1 << 30
Rule = Callable[[Arguments], bool]


def domain(
    recorded: Sequence[Arguments],
    words: str,
    fields: Mapping[str, str],
    compared: Collection[str] = (),
) -> list[Rule]:
    """What must hold of arguments.

    `words` are the unit's comments, `fields` those of members, by name, `compared`
    names of which the unit only asks which is more. What a recorded call breaks is no rule.
    """
    words = _POWER.sub(lambda power: str(10 ** int(power[1])), words)
    names = list(dict.fromkeys(name for each in recorded for name in each))
    rules = [
        *_told(names, words),
        *_of_members(recorded, words, fields, compared),
        *_learned(names, recorded),
    ]
    return [rule for rule in rules if all(map(rule, recorded))]


# --- what the comments say ------------------------------------------------------------------------


def _told(names: Sequence[str], words: str) -> Iterator[Rule]:
    is_question = re.search(r"\bwhether\b", words, re.I)
    for name in names:
        if "sorted" in name.lower() or (_SORTED.search(words) and not is_question):
            yield _about(name, _is_sorted)
        if _FILLED.search(words) and not is_question:
            yield _about(name, lambda value: not isinstance(value, (list, bytes)) or bool(value))
        least, most = _bounds(name, names, words)
        yield _within(name, least, most)
        if _ASCII.search(words):
            yield _about(
                name, lambda value: all(max(text, default=0) < 128 for text in texts_of(value))
            )
        if _UTF_8.search(words):
            yield _about(name, lambda value: all(map(_is_utf_8, texts_of(value))))
    yield from _told_of_all(names, words)
    for one, sign, other in _RELATION.findall(words):
        if {one, other} & {*names}:
            yield _related(one, SIGNS[sign], other)


def _told_of_all(names: Sequence[str], words: str) -> Iterator[Rule]:
    """What is said without naming an argument: a bound so great that only the ends of a type are
    above it, and the member by which lists of records are in order."""
    for most in map(int, _VAST.findall(words)):
        yield from (_within(name, -most, most) for name in names)
    in_order = _IN_ORDER + r" (?:the |its |their )?"

    def is_in_order(value: Any) -> bool:
        rows = value if isinstance(value, list) else []
        members = rows[0] if rows and all(isinstance(row, dict) for row in rows) else {}
        said = [m for m in members if re.search(rf"{in_order}{re.escape(m)}s?\b", words, re.I)]
        return all(_is_sorted([row.get(member) for row in rows]) for member in said)

    yield from (_about(name, is_in_order) for name in names)


def _bounds(name: str, names: Sequence[str], words: str) -> tuple[float, float]:
    """What numbers an argument may be: what follows where it is named, up to another name."""
    least, most = float("-inf"), float("inf")
    words = _BROKEN.sub(" ", _THOUSANDS.sub("", words))
    others = "|".join(re.escape(other) for other in names if other and other != name)
    for part in re.split(rf"\b{re.escape(name)}s?\b", words)[1:]:
        said = re.split(r"[;)]|\.\s|\.$|\bor\b", part, maxsplit=1)[0]
        if others:
            said = re.split(rf"\b(?:{others})\b", said, maxsplit=1)[0]
        found = _SAID.match(said)
        if found:
            low, high, at_least, above, at_most = (float(g) if g else None for g in found.groups())
            for bound in (low, at_least, above):
                least = least if bound is None else max(least, bound)
            for bound in (high, at_most):
                most = most if bound is None else min(most, bound)
            if "either sign" in said and at_most is not None:
                least = -at_most
        if re.match(rf"{_LINK}positive\b", said):
            least = max(least, 1)
        if re.match(rf"{_LINK}(?:non-?negative|not negative)\b", said):
            least = max(least, 0)
    return least, most


def span(name: str, words: str) -> tuple[int, int]:
    """The numbers that a member may be, by its name and what is said of it; (0, 0) for any."""
    low, high = _bounds(name, [], f"{name} {words}")
    known = _CALENDAR.get(name.strip("_"), (0, 0))
    return (int(low), int(high)) if abs(low) < VAST and abs(high) < VAST else known


def _is_utf_8(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


def _related(one: str, holds: Callable[[Any, Any], bool], other: str) -> Rule:
    """A relation of two terms: arguments or numbers. It holds where one is unknown."""

    def rule(arguments: Arguments) -> bool:
        a, b = (int(t) if t.isdigit() else arguments.get(t) for t in (one, other))
        return not is_number(a) or not is_number(b) or bool(holds(a, b))

    return rule


# --- what objects of the project are --------------------------------------------------------------


def _of_members(
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
        for rule in _of_member(name, values, said, name in compared):
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
    """What no recorded object has above a size of it; and what has always been below it stays
    so where it is called as a place is."""
    objects = [each for arguments in recorded for each in _objects_of(arguments)]
    names = dict.fromkeys(name for each in objects for name in each)
    for one, other in itertools.permutations(names, 2):
        if _is_called(other, SIZES) and _is_called(one, SIZES | PLACES):
            signs = [operator.lt] if _is_called(one, PLACES) else []
            for sign in (*signs, operator.le):
                yield _in_objects(one, sign, other)


def _in_objects(one: str, holds: Callable[[Any, Any], bool], other: str) -> Rule:
    rule = _related(one, holds, other)
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
    least_, most = _bounds(name, [], words)
    yield lambda value: not is_number(value) or least_ <= value <= most
    lists = [value for value in values if isinstance(value, list)]
    if any(len(each) > 1 for each in lists):
        yield _is_sorted
        yield _is_distinct
    calendar = _CALENDAR.get(name.strip("_"))
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


# --- what all recorded calls keep -----------------------------------------------------------------


def _learned(names: Sequence[str], recorded: Sequence[Arguments]) -> Iterator[Rule]:
    for name in names:
        values = [each[name] for each in recorded if isinstance(each.get(name), list)]
        if sum(len(value) > 2 for value in values) > 1:
            yield _about(name, _is_sorted)
        if any(values) and all(map(_is_table, values)):
            yield _about(name, _is_table)
        calendar = _CALENDAR.get(name)
        if calendar:
            yield _within(name, *calendar)
    for one in names:
        for other in names:
            if one != other and _is_ordered(one, other, recorded):
                yield _related(one, operator.le, other)


def _is_ordered(one: str, other: str, recorded: Sequence[Arguments]) -> bool:
    """Whether one argument is not above another in all calls, and that is no chance."""
    both = [(each[one], each[other]) for each in recorded if one in each and other in each]
    pairs = {(a, b) for a, b in both if is_number(a) and is_number(b)}
    named = any(one.startswith(low) and other == high + one[len(low) :] for low, high in ENDS)
    differ = any(a != b for a, b in pairs)
    return differ and (named or len(pairs) >= ENOUGH) and all(a <= b for a, b in pairs)


def _within(name: str, least: float, most: float) -> Rule:
    return _about(name, lambda value: not is_number(value) or least <= value <= most)


def _about(name: str, holds: Callable[[Any], bool]) -> Rule:
    return lambda arguments: name not in arguments or holds(arguments[name])


def _is_sorted(value: Any) -> bool:
    if not isinstance(value, list):
        return True
    try:
        return all(a <= b for a, b in itertools.pairwise(value))
    except TypeError:
        return False


def _is_distinct(value: Any) -> bool:
    """Whether no two items, or keys of pairs, are the same."""
    keys = [repr(item[0] if isinstance(item, list) and item else item) for item in value]
    return len({*keys}) == len(keys)


def _is_table(value: Any) -> bool:
    """Whether a list holds only rows, all of one length."""
    if not isinstance(value, list) or not all(isinstance(row, list) for row in value):
        return False
    return len({len(row) for row in value}) <= 1 and all(map(len, value))
