"""Which grown inputs are such that the unit is made for them.

Nothing but its tests and its words say so. A precondition that the docstring names, or that all
recorded calls keep, is kept by what is grown from them (likely invariants: Ernst et al. 2001).
"""

from __future__ import annotations

import collections
import datetime
import fractions
import itertools
import operator
import typing
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from . import declared
from .layout import attributes, is_named, layout
from .refusing import may_hold_none, refused_twice
from .terms import Arguments, Rule, about, ends_among, is_number, related, term
from .told import may_be_ragged, told, told_sorted

GROUPS: tuple[Any, ...] = (list, tuple, set, frozenset)
LINED = (list, tuple, collections.deque)
DEEPEST = 5  # values in values
COMPARABLE = (int, float, str, datetime.date, datetime.time, datetime.datetime)
ENOUGH = 3  # recorded calls from which a relation of two arguments is believed
Place = tuple[str, ...]


class Domain(NamedTuple):
    """What must hold of arguments, each a predicate over all of them."""

    rules: tuple[Rule, ...]
    defaults: Arguments
    types: Mapping[Place, Collection[type]]
    sorted: tuple[str, ...] = ()

    def is_unordered(self, arguments: Arguments) -> bool:
        """Whether NaN stands where items are sorted. The unit does not refuse it on purpose: it
        finds nothing, or the wrong."""
        values = (arguments.get(name) for name in self.sorted)
        return any(type(each) in (list, tuple) and _holds_nan(each) for each in values)

    def is_alien(self, arguments: Arguments) -> bool:
        """Whether a value stands where each recorded call passes values of other types."""
        return any(kind not in self.types.get(at, (kind,)) for at, kind in _types(arguments))

    def holds(self, arguments: Arguments) -> bool:
        whole = {**self.defaults, **arguments}
        return all(rule(whole) for rule in self.rules)


def domain(
    recorded: Sequence[Arguments], words: str, defaults: Arguments, typed: Sequence[Arguments]
) -> Domain:
    """`words` is the unit's docstring, "" without one; `typed`, arguments of annotated types.

    What a recorded call breaks is no rule.
    """
    recorded = [{**defaults, **each} for each in recorded]
    names = list(dict.fromkeys(name for each in recorded for name in each))
    may_differ = may_be_ragged(words)
    orders = [each for each in _orders(names, words, recorded) if all(map(each[1], recorded))]
    rules = [*told(names, words), *_learned(names, recorded, may_differ)]
    types: dict[Place, set[type]] = {}
    for at, kind in itertools.chain(_types(defaults), *map(_types, [*typed, *recorded])):
        types.setdefault(at, set()).add(kind)
    rules = [rule for rule in rules if all(map(rule, recorded))] + [rule for _, rule in orders]
    return Domain(tuple(rules), defaults, types, tuple(name for name, _ in orders))


def _types(arguments: Arguments) -> Iterator[tuple[Place, type]]:
    """The types of the values and of what they hold, with where they stand."""
    seen: set[int] = set()
    for name, value in arguments.items():
        yield from _types_in(value, (name,), seen)


def _types_in(value: Any, at: Place, seen: set[int]) -> Iterator[tuple[Place, type]]:
    """Each object once: many ways lead to what is linked.

    Classes of the project are not asked for what they hold: in a state that we made, they raise
    what they like.
    """
    yield at, type(value)
    inner: Iterable[tuple[str, Any]] = ()
    group = next((each for each in GROUPS if isinstance(value, each)), None)
    if isinstance(value, dict):
        keys, values = dict.keys(value), dict.values(value)
        inner = [("key", each) for each in keys] + [("value", each) for each in values]
    elif group is not None:
        inner = (("item", each) for each in group.__iter__(value))
    elif _is_object(value) and id(value) not in seen:
        seen.add(id(value))
        inner = attributes(value)
    for name, each in inner if len(at) < DEEPEST else ():
        yield from _types_in(each, (*at, name), seen)


# --- what the docstring says ----------------------------------------------------------------------


def _orders(
    names: Sequence[str], words: str, recorded: Sequence[Arguments]
) -> Iterator[tuple[str, Rule]]:
    """Arguments that are sorted, as the words say or as the recorded calls show."""
    said = told_sorted(names, words)
    for name in names:
        if name in said:
            yield name, _sorted_by_key(name)
        values = [each[name] for each in recorded if type(each.get(name)) in (list, tuple)]
        if sum(len(value) > 2 for value in values) > 1:
            yield name, about(name, _is_sorted)


def _sorted_by_key(name: str) -> Rule:
    """Sorted in the order that an argument `key` tells, where there is one."""

    def rule(arguments: Arguments) -> bool:
        value, key = arguments.get(name), arguments.get("key")
        if not isinstance(value, (list, tuple)) or not callable(key):
            return _is_sorted(value)
        try:
            return _is_sorted([key(each) for each in value])
        except (Exception, KeyboardInterrupt):  # of the project's own function, or of ours
            return False

    return rule


# --- what all recorded calls keep -----------------------------------------------------------------


def _learned(
    names: Sequence[str], recorded: Sequence[Arguments], may_differ: bool
) -> Iterator[Rule]:
    """`may_differ`: rows may be of different length, though those that the tests pass are not."""
    for name in names:
        values = [each[name] for each in recorded if type(each.get(name)) in (list, tuple)]
        if not may_differ and any(map(len, values)) and all(map(_is_matrix, values)):
            yield about(name, _is_table)
        if values and all(map(_is_interval, values)):
            yield about(name, _is_interval)
        objects = [each[name] for each in recorded if _is_object(each.get(name))]
        if objects:
            known = [dict(attributes(each)) for each in objects]
            yield from _of_objects(name, known, partial(_may_item_be_none, type(objects[0])))
            for field in refused_twice(type(objects[0])):
                yield _in_object(name, about(field, _is_one_to_one))
    yield _ends_are_in_order
    for one, other in itertools.permutations(names, 2):
        pairs = {(a, b) for each in recorded if (a := term(one, each)) is not None
                 and (b := term(other, each)) is not None}  # fmt: skip
        vary = len({a for a, _ in pairs}) > 1 or len({b for _, b in pairs}) > 1
        if len(pairs) >= ENOUGH and vary:
            yield related(one, operator.le, other)


def _of_objects(
    name: str, known: Sequence[Arguments], may_be_none: Callable[[str], bool]
) -> Iterator[Rule]:
    """What holds in all recorded states of an object: its methods may rely on it. `may_be_none`
    tells whether the items of an attribute may be it."""
    fields = list(dict.fromkeys(field for each in known for field in each))
    for field in fields:
        numbers = [each[field] for each in known if is_number(each.get(field))]
        if numbers and min(numbers) >= 0:
            yield _in_object(name, related(field, operator.ge, str(int(min(numbers) >= 1))))
        filled = (each[field] for each in known if type(each.get(field)) in (*LINED, dict))
        if any(filled) and not may_be_none(field):
            yield _in_object(name, about(field, _is_filled))
    for one, other in itertools.permutations(fields, 2):
        pairs = [(_keys(each.get(one)), _keys(each.get(other))) for each in known]
        if any(a for a, _ in pairs) and all(a <= b for a, b in pairs):
            yield _in_object(name, _contained(one, other))
        if any(a for a, _ in pairs):
            yield _in_object(name, related(f"len({one})", operator.le, other))


def _ends_are_in_order(arguments: Arguments) -> bool:
    """Whether no object has its lower end, as it is called, above its upper one."""
    return not any(
        own[other] < own[one]
        for own in _objects_in(arguments.values(), set())
        for one, other in ends_among(tuple(own))
        if type(own[one]) is type(own[other]) in COMPARABLE
    )


def _objects_in(values: Iterable[Any], seen: set[int]) -> Iterator[dict[str, Any]]:
    """The attributes of objects, of those that they hold, and of items of lists; each once."""
    for value in values:
        own = dict(attributes(value)) if _is_object(value) else {}
        inner = value if type(value) in (list, tuple) else own.values()
        if inner and id(value) not in seen:
            seen.add(id(value))
            yield own
            yield from _objects_in(inner, seen)


def _may_item_be_none(cls: type, field: str) -> bool:
    """Whether None may be an item of the attribute, by the words of the class or by its type."""
    inside = typing.get_args(declared.types_of(cls).get(field))
    kinds = [kind for each in inside for kind in (each, *typing.get_args(each))]
    return may_hold_none(cls) or any(kind in (object, Any, type(None)) for kind in kinds)


def _contained(one: str, other: str) -> Rule:
    return lambda own: _keys(own.get(one)) <= _keys(own.get(other))


def _in_object(name: str, holds: Rule) -> Rule:
    return about(name, lambda value: not _is_object(value) or holds(dict(attributes(value))))


def _is_object(value: Any) -> bool:
    cls = type(value)
    return layout(cls).base is object and cls is not fractions.Fraction and not is_named(value)


def _is_filled(value: Any) -> bool:
    """Whether nothing is missing among the items, or the values of a mapping. What a test never
    puts there stands for no thing that a method could give."""
    items = value.values() if type(value) is dict else value if type(value) in LINED else ()
    return all(each is not None for each in items)


def _is_one_to_one(value: Any) -> bool:
    """Whether no two keys of a mapping have the same value; also where values are no plain ones."""
    values = list(dict.values(value)) if isinstance(value, dict) else []
    plain = all(type(each) in (int, str, bytes) for each in values)
    return not plain or len(set(values)) == len(values)


def _keys(value: Any) -> frozenset[Any]:
    kind: Any = next((each for each in (dict, set) if isinstance(value, each)), frozenset)
    return frozenset(kind.__iter__(value) if isinstance(value, kind) else ())


def _is_sorted(value: Any) -> bool:
    if type(value) not in (list, tuple):
        return True
    try:
        return all(a <= b for a, b in zip(value, value[1:])) and not _holds_nan(value)
    except Exception:  # of the items' own comparison
        return False


def _holds_nan(value: Any, depth: int = 0) -> bool:
    """Tuples that hold the same NaN are equal, but where it stands in an order nobody knows."""
    if type(value) in (list, tuple) and depth < DEEPEST:
        return any(_holds_nan(each, depth + 1) for each in value)
    return bool(type(value) is float and value != value)


def _is_table(value: Any) -> bool:
    """Whether a list holds only rows, all of one length."""
    if type(value) not in (list, tuple) or not all(type(row) in (list, tuple) for row in value):
        return False
    return len({len(row) for row in value}) <= 1 and all(map(len, value))


def _is_matrix(value: Any) -> bool:
    """Whether it is a table of cells of one type; rows of a report may be of any length."""
    return _is_table(value) and len({type(cell) for row in value for cell in row}) <= 1


def _is_interval(value: Any) -> bool:
    """Whether it is a pair of numbers, the second not the smaller one."""
    if type(value) is not tuple or len(value) != 2 or not all(map(is_number, value)):
        return False
    return bool(value[0] <= value[1])
