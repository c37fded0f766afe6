"""Values of annotated types: arms of unions, members of enums, records that no test passes.

Which types, and that a record is varied field by field, is after `from_type` of Hypothesis.
"""

from __future__ import annotations

import collections.abc
import contextlib
import dataclasses
import datetime
import decimal
import enum
import fractions
import functools
import itertools
import operator
import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

DEEPEST = 3
MOST = 12  # values of one type
OF_FIELD = 3  # other values of each field of a record
SAMPLES: dict[Any, tuple[Any, ...]] = {
    int: (3, 0, 12, -1), float: (1.5, 0.0, -2.0), bool: (True, False),
    str: ("abc", "", "Hello World", " a "), bytes: (b"abc", b""), complex: (1j,),
    type(None): (None,), bytearray: (bytearray(b"abc"),),
    decimal.Decimal: tuple(map(decimal.Decimal, ("1.50", "0", "-3", "100"))),
    fractions.Fraction: tuple(map(fractions.Fraction, ("1/2", "0", "-3", "4/3"))),
    datetime.date: (datetime.date(2024, 2, 29), datetime.date(2023, 12, 31)),
    datetime.datetime: (datetime.datetime(2024, 2, 29, 23, 59), datetime.datetime(2023, 1, 1)),
    datetime.time: (datetime.time(12, 30), datetime.time(0)),
    datetime.timedelta: (datetime.timedelta(days=1), datetime.timedelta(0)),
}  # fmt: skip
ODD = ([float("nan")], [0.1, 0.2, 0.3], [0.7, 0.1, -0.7])  # the sums depend on how they are made
UNIONS = (typing.Union, getattr(types, "UnionType", typing.Union))
MAPPINGS = (dict, collections.abc.Mapping, collections.abc.MutableMapping)
GROUPS: dict[Any, Any] = {
    list: list, set: set, frozenset: frozenset, collections.abc.Sequence: list,
    collections.abc.MutableSequence: list, collections.abc.Iterable: list,
    collections.abc.Collection: list, collections.abc.Set: set,
}  # fmt: skip


def values_of(annotation: Any, depth: int = 0) -> list[Any]:
    """Some values of a type, the plainest first; [] for a type that says nothing."""
    try:
        return list(itertools.islice(_values(annotation, depth), MOST))
    except Exception:  # of classes of the project, which may be anything
        return []


def members(cls: Any) -> list[Any]:
    """The members of an enum; of flags also none, all and each two of them."""
    own = list(cls)
    if not issubclass(cls, enum.Flag) or not own:
        return own
    pairs = [one | other for one, other in itertools.combinations(own[:OF_FIELD], 2)]
    return [*own, cls(0), functools.reduce(operator.or_, own), *pairs]


def _values(annotation: Any, depth: int) -> Iterable[Any]:
    if depth > DEEPEST:
        return []
    if annotation in SAMPLES:
        return SAMPLES[annotation]
    origin, inside = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in UNIONS:
        return in_turn([values_of(each, depth + 1) for each in inside])
    if origin is typing.Literal:
        return inside
    if hasattr(annotation, "__supertype__"):
        return values_of(annotation.__supertype__, depth)
    if isinstance(annotation, typing.TypeVar):
        return in_turn([values_of(each, depth + 1) for each in _bounds(annotation)])
    cls = origin or annotation
    return _of_class(cls, inside, depth + 1) if isinstance(cls, type) else []


def _bounds(variable: Any) -> tuple[Any, ...]:
    return variable.__constraints__ or (variable.__bound__ or int,)


def in_turn(groups: Iterable[Iterable[Any]]) -> Iterator[Any]:
    """The first of each group, then the second of each."""
    nothing = object()
    for turn in itertools.zip_longest(*groups, fillvalue=nothing):
        yield from (each for each in turn if each is not nothing)


def _of_class(cls: Any, inside: tuple[Any, ...], depth: int) -> Iterable[Any]:
    if cls in GROUPS:
        return _groups(GROUPS[cls], values_of(inside[0], depth) if inside else [])
    if cls in MAPPINGS:
        keys, values = (values_of(each, depth) for each in inside) if inside else ([], [])
        return [dict(zip(keys, values)), {}]
    if cls is tuple:
        return _tuples(inside, depth)
    if issubclass(cls, enum.Enum):
        return members(cls)
    if issubclass(cls, tuple) and hasattr(cls, "_fields"):
        return _records(cls, _hints(cls, cls._fields, depth))
    if issubclass(cls, dict) and hasattr(cls, "__total__"):
        return _typed_dictionaries(cls, depth)
    if dataclasses.is_dataclass(cls):
        return _of_dataclass(cls, depth)
    return []


def _groups(make: Any, items: list[Any]) -> Iterator[Any]:
    yield from (make(items), make(), make(items[:1]), make(items[::-1]))
    if make is not set and make is not frozenset and any(type(each) is float for each in items):
        yield from map(make, ODD)


def _tuples(inside: tuple[Any, ...], depth: int) -> Iterable[Any]:
    if len(inside) == 2 and inside[1] is Ellipsis:
        return _groups(tuple, values_of(inside[0], depth))
    parts = {str(number): values_of(each, depth) for number, each in enumerate(inside)}
    return (tuple(each.values()) for each in _varied(parts))


def _typed_dictionaries(cls: Any, depth: int) -> Iterator[dict[str, Any]]:
    whole = list(_varied(_hints(cls, cls.__annotations__, depth)))
    for optional in cls.__optional_keys__:
        for each in whole[:1]:
            yield {name: value for name, value in each.items() if name != optional}
    yield from whole


def _of_dataclass(cls: Any, depth: int) -> Iterator[Any]:
    fields = [each for each in dataclasses.fields(cls) if each.init]
    parts = _hints(cls, [each.name for each in fields], depth)
    missing = dataclasses.MISSING
    for each in fields:
        if not parts[each.name] and not each.default is each.default_factory is missing:
            del parts[each.name]
    return _records(cls, parts)


def _records(cls: Any, parts: Mapping[str, list[Any]]) -> Iterator[Any]:
    for each in _varied(parts):
        with contextlib.suppress(Exception):  # a class refuses what it is made of
            yield cls(**each)


def _hints(cls: Any, names: Iterable[str], depth: int) -> dict[str, list[Any]]:
    hints = typing.get_type_hints(cls)
    return {name: values_of(hints.get(name), depth) for name in names}


def _varied(parts: Mapping[str, list[Any]]) -> Iterator[dict[str, Any]]:
    """The first value of each part, then others, one part at a time; none where one has none."""
    if not all(parts.values()):
        return
    first = {name: values[0] for name, values in parts.items()}
    yield first
    for turn in range(1, 1 + OF_FIELD):
        for name, values in parts.items():
            if turn < len(values):
                yield {**first, name: values[turn]}


# --- whether a value is of a type -----------------------------------------------------------------


def fits(value: Any, annotation: Any, depth: int = 0) -> bool:
    """Whether a value may be of an annotated type; where nothing is known of that, it may."""
    origin, inside = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in UNIONS:
        return any(fits(value, each, depth) for each in inside)
    cls = type(None) if annotation is None else origin or annotation
    if depth > DEEPEST or not isinstance(cls, type) or cls is object:
        return True
    if cls in SAMPLES:
        return isinstance(value, (int, float) if cls is float else cls)
    if cls is not tuple and cls not in GROUPS and cls not in MAPPINGS:
        return value is not None
    if type(value) is str:
        return inside == (str,) and cls is not tuple
    return type(value) not in SAMPLES and _parts_fit(value, cls, inside, depth + 1)


def _parts_fit(value: Any, cls: Any, inside: tuple[Any, ...], depth: int) -> bool:
    if type(value) is dict and cls in MAPPINGS and len(inside) == 2:
        pairs = zip(inside * len(value), itertools.chain(*value.items()))
    elif type(value) not in (list, tuple, set, frozenset) or not inside:
        return True
    elif cls is tuple and inside[-1] is not Ellipsis:
        if len(value) != len(inside):
            return False
        pairs = zip(inside, value)
    else:
        pairs = zip(itertools.repeat(inside[0]), value)
    return all(fits(each, kind, depth) for kind, each in pairs)
