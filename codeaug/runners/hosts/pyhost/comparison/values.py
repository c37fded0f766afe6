"""Other values of the same type: boundaries, neighbours, constants of the code, less, more."""

from __future__ import annotations

import collections
import datetime
import decimal
import fractions
import io
import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from types import CodeType
from typing import Any, NamedTuple

from .layout import attributes, is_named, layout, setter
from .lending import FUNCTIONS, answering
from .temporal import clocks, days, decimals, moments, ratios, spans
from .typed import members

INTEGERS = (0, 1, -1, 2, 3, 10, 100, 255, 256, -2, 1 << 31, -(1 << 31) - 1, 1 << 63)
FLOATS = (
    0.0, -0.0, 1.0, -1.0, 0.5, 1.5, 2.5, float("nan"), float("inf"), -float("inf"), 5e-324, 1e308,
    1e16,
)  # fmt: skip
STRINGS = (
    "", " ", "a", "A", "0", "-1", "ab c", "\n", "é", "ß", "\U0001f600", "a,b", "_", "A_b", "٣", "İ",
    "ſ", "a\x0bb\u2028c", "\ud800",
)  # fmt: skip
BYTES = (b"", b"\x00", b"a", b"\xff", b"ab c", b"\r", b"a\rb\n", b"a\r\n")
ITEMS = 3  # items of a container that are changed, one at a time
OF_ITEM = 8  # other values of such an item
OF_ATTRIBUTE = 5
ATTRIBUTES = 12
LONGEST = 400  # items of a container that may be doubled
ALIKE = tuple(
    (re.compile(own), odd)
    for own, odd in (("[A-Z]", "É"), ("[a-z]", "é"), ("[a-z]", "ß"), ("[0-9]", "٣"))
)
_NUMBER = re.compile(r"\d+")
_DIGIT = re.compile(r"\d")
LONG_NUMBER = 12  # digits, most of them leading zeros
_SEPARATOR = re.compile(r"[^\w\s]")
CUTS = 2
SMALL = 5  # up to which a constant is tried with either sign, anyway
RUN = 12  # of one letter: its length has two digits


class Pool(NamedTuple):
    """Constants of the code by type, in the order in which they stand there."""

    integers: tuple[int, ...] = ()
    floats: tuple[float, ...] = ()
    strings: tuple[str, ...] = ()
    bytes: tuple[bytes, ...] = ()

    def without(self, other: Pool) -> Pool:
        kept = (tuple(v for v in new if v not in old) for new, old in zip(self, other))
        return Pool(*kept)  # type: ignore[arg-type]  # each of its own field

    def __bool__(self) -> bool:
        return any(len(each) for each in self)


def mined(code: CodeType) -> Pool:
    """The constants of a code object and of those that are made in it."""
    found = list(_constants(code))
    return Pool(
        tuple(dict.fromkeys(v for v in found if type(v) is int)),
        tuple(dict.fromkeys(v for v in found if type(v) is float)),
        tuple(dict.fromkeys(v for v in found if type(v) is str and len(v) < 60)),
        tuple(dict.fromkeys(v for v in found if type(v) is bytes and len(v) < 60)),
    )


def _constants(code: CodeType) -> Iterator[Any]:
    todo = list(code.co_consts)
    if todo and type(todo[0]) is str and len(todo[0]) > 40:
        todo.pop(0)  # a docstring
    while todo:
        value = todo.pop(0)
        if isinstance(value, CodeType):
            yield from _constants(value)
        elif type(value) in (tuple, frozenset):
            todo.extend(value)
        else:
            yield value


class Growing:
    """Other values for a value, most telling first. What is shared between them is not changed."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool

    def of(self, value: Any, depth: int = 0) -> list[Any]:
        cls = type(value)
        maker = _OTHERS.get(cls)
        if maker is not None:
            return list(maker(self, value, depth))
        if cls in FUNCTIONS:
            return answering(value)
        if layout(cls).is_enum:
            return [each for each in members(cls) if each is not value]
        if layout(cls).base is tuple:
            return list(self.records(value, depth))
        if depth < 3 and not is_named(value) and layout(cls).base in (object, *_BASES):
            return list(self._of_object(value, cls, depth))
        return []

    def _of_object(self, value: Any, cls: type, depth: int) -> Iterator[Any]:
        """The same object with one plain attribute, or its built-in content, changed."""
        for name, old in attributes(value)[:ATTRIBUTES]:
            if type(old) not in (*_SCALARS, *_BASES) and not layout(type(old)).is_enum:
                continue
            for new in self.of(old, depth + 2)[:OF_ATTRIBUTE]:
                yield with_attribute(value, cls, name, new)

    def integers(self, value: int, depth: int) -> Iterator[int]:
        yield from (value + 1, value - 1)
        for constant in self.pool.integers:
            yield from (constant, constant + 1, constant - 1)
        yield from (-value, *INTEGERS, value * 2)
        yield from (-constant for constant in self.pool.integers if constant > SMALL)

    def floats(self, value: float, depth: int) -> Iterator[float]:
        yield from (value + 1, value - 1, -value, value / 2)
        for constant in (*self.pool.floats, *map(_as_float, self.pool.integers)):
            yield from (constant, constant + 0.5, constant - 0.5)
        yield from FLOATS

    def booleans(self, value: bool, depth: int) -> Iterator[bool]:
        yield not value

    def strings(self, value: str, depth: int) -> Iterator[str]:
        yield from ("", value[1:], value[:-1], value + "a", value * 2 if len(value) < 999 else "")
        yield from (value.upper(), value.lower(), value[::-1], f" {value} ", value[:1] * RUN)
        for constant in self.pool.strings:
            yield from (constant, value + constant, constant + value)
        yield from _nearly(value)
        yield from _cut(value)
        yield from STRINGS
        middle = len(value) // 2
        yield from (value[:middle], f"{value[:middle]} {value[middle:]}", value.swapcase())

    def bytes(self, value: bytes, depth: int) -> Iterator[bytes]:
        yield from (b"", value[1:], value[:-1], value + b"a", value[::-1], value.upper())
        for constant in self.pool.bytes:
            yield from (constant, value + constant)
        yield from BYTES

    def sequences(self, value: Any, depth: int) -> Iterator[Any]:
        items, make = list(value), type(value)
        for less in ([], items[1:], items[:-1], items[::-1]):
            yield make(less)
        if items and len(items) < LONGEST:
            yield from (make([*items, items[-1]]), make([items[0], *items]), make(items + items))
            yield make([*items, items[0]])
        for number in dict.fromkeys((0, len(items) - 1, len(items) // 2)):
            if items and depth < 3:
                for new in self.of(items[number], depth + 1)[:OF_ITEM]:
                    yield make([*items[:number], new, *items[number + 1 :]])

    def records(self, value: Any, depth: int) -> Iterator[Any]:
        """Of a named tuple: with another item in one place."""
        items = list(tuple.__iter__(value))
        for number, old in enumerate(items if depth < 3 else ()):
            for new in self.of(old, depth + 1)[:OF_ITEM]:
                yield tuple.__new__(type(value), [*items[:number], new, *items[number + 1 :]])

    def mappings(self, value: Any, depth: int) -> Iterator[Any]:
        items = list(value.items())
        yield mapping(value, [])
        for key, old in items[:1] if depth < 3 else ():
            for new in with_nothing(old):
                yield mapping(value, [(key, new), *items[1:]])
        for less in (items[1:], items[:-1], items[::-1]) if len(items) > 1 else ():
            yield mapping(value, less)
        for number, (key, old) in enumerate(items[:ITEMS]):
            yield mapping(value, [*items[:number], (key, None), *items[number + 1 :]])
            for new in self.of(old, depth + 1)[:OF_ITEM] if depth < 3 else ():
                yield mapping(value, [*items[:number], (key, new), *items[number + 1 :]])
            for new in self.of(key, depth + 2)[:3] if type(key) in _SCALARS else ():
                yield mapping(value, [*items[:number], (new, old), *items[number + 1 :]])
                yield mapping(value, [*items, (new, old)])

    def sets(self, value: Any, depth: int) -> Iterator[Any]:
        items, make = list(value), type(value)
        yield from (make(), make(items[1:]), make(items[:-1]))
        for old in items[:ITEMS]:
            for new in self.of(old, depth + 2)[:4] if type(old) in _SCALARS else ():
                yield make([*items, new])

    def streams(self, value: Any, depth: int) -> Iterator[Any]:
        """Other content; what stood at the end still does."""
        if value.closed:
            return
        content = value.getvalue()
        lines = content.splitlines(keepends=True)
        yield from (with_content(value, content[:0].join(part)) for part in _fewer(lines))
        for other in self.of(content, depth):
            yield with_content(value, other)

    def ranges(self, value: range, depth: int) -> Iterator[range]:
        yield from (range(0), range(1), range(value.start, value.stop + value.step, value.step))
        yield value[::-1]


def _nearly(value: str) -> Iterator[str]:
    """Its first number zero, negative, or both, or with a sign for a digit; a letter or a digit
    that is not ASCII's."""
    if _NUMBER.search(value):
        zero = _NUMBER.sub("0", value, count=1)
        zeros = _NUMBER.sub(lambda found: found[0].zfill(LONG_NUMBER), value, count=1)
        yield from (f"-{zero}", zero, f"-{value}", zeros, _DIGIT.sub("+", value, count=1))
    for plain, other in ALIKE:
        yield plain.sub(other, value, count=1)


def _cut(value: str) -> Iterator[str]:
    """What ends right behind its first separator, or behind the second: the last part is empty. And
    a line's end where a part ends, which `$` lets through."""
    found = list(itertools.islice(_SEPARATOR.finditer(value), CUTS))
    ends = [match.end() for match in found]
    # the key of "key: value, key: value" once more, before it and without a value
    yield from (value[: ends[0]] + each[0] + value for each in found if each[0] != found[0][0])
    yield from (value[:end] for end in ends if end < len(value))
    places = [*(end - 1 for end in ends), len(value)]
    yield from (f"{value[:place]}\n{value[place:]}" for place in places)


def with_nothing(value: Any) -> Iterator[Any]:
    """A short tuple with None in one place: what is kept beside a time or a count may be None."""
    if type(value) is tuple and len(value) <= ITEMS:
        for number in range(len(value)):
            yield (*value[:number], None, *value[number + 1 :])


def _fewer(lines: list[Any]) -> Iterator[list[Any]]:
    """Lines in another order, or one of them left out, or there twice."""
    for number in range(min(len(lines), ITEMS)):
        yield lines[:number] + lines[number + 1 :]
        yield lines[: number + 1] + lines[number:]
    yield lines[::-1]


def with_content(value: Any, content: Any) -> Any:
    """A stream in memory like another."""
    old, *rest = value.__getstate__()
    place = rest[-2]
    rest[-2] = len(content) if old and place >= len(old) else min(place, len(content))
    made = type(value)()
    made.__setstate__((content, *rest))
    return made


def _as_float(value: int) -> float:
    return float(value) if abs(value) < 1 << 60 else 0.0


def mapping(value: Any, items: Iterable[tuple[Any, Any]]) -> Any:
    if type(value) is collections.defaultdict:
        return collections.defaultdict(value.default_factory, items)
    return type(value)(items)


def with_attribute(value: Any, cls: type, name: str, new: Any) -> Any:
    base: Any = layout(cls).base
    made = base.__new__(cls)
    if base is dict:
        dict.update(made, value)
    elif base is list:
        list.extend(made, value)
    put = setter(made)
    for key, old in attributes(value):
        put(key, new if key == name else old)
    return made


_SCALARS = frozenset({int, float, bool, str, bytes})
_BASES = (list, dict)
_OTHERS: dict[type, Callable[[Growing, Any, int], Iterator[Any]]] = {
    bool: Growing.booleans,
    int: Growing.integers,
    float: Growing.floats,
    str: Growing.strings,
    bytes: Growing.bytes,
    list: Growing.sequences,
    tuple: Growing.sequences,
    collections.deque: Growing.sequences,
    dict: Growing.mappings,
    collections.OrderedDict: Growing.mappings,
    collections.defaultdict: Growing.mappings,
    set: Growing.sets,
    frozenset: Growing.sets,
    range: Growing.ranges,
    io.StringIO: Growing.streams,
    io.BytesIO: Growing.streams,
    datetime.date: lambda growing, value, depth: days(value),
    datetime.datetime: lambda growing, value, depth: moments(value),
    datetime.time: lambda growing, value, depth: clocks(value),
    datetime.timedelta: lambda growing, value, depth: spans(value),
    fractions.Fraction: lambda growing, value, depth: ratios(value),
    decimal.Decimal: lambda growing, value, depth: decimals(value),
}
