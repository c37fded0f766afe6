"""What both functions are called with: recorded calls, then others grown from them."""

from __future__ import annotations

import contextlib
import itertools
import random
import types
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from . import declared
from .describing import Opaque
from .domain import Domain, domain
from .driving import ENDINGS
from .failing import failing
from .havoc import Havoc
from .layout import attributes, is_named, layout
from .lending import FUNCTIONS, Failing
from .recording import Fault, Input, described
from .relating import related, renamed
from .signature import Signature
from .typed import fits, in_turn, values_of
from .values import Growing, Pool, with_attribute

MOST = 2000
TRIES = 8000  # for the wildest
OUTSIDE = 250  # of them break a precondition: does the unit refuse them?
TWINS = 0.3  # of the wildest, two arguments are nearly the same
SINGLE = 320  # of them differ from recorded ones in one argument
BASES = 16  # recorded calls that others are grown from
PAIRS = 80
OF_SMALL = 12  # inputs of small numbers alone, of each of some recorded calls
FALSE = 0.25  # of the values instead of None: 0, "" and the like
PLAIN = (int, float, str, bytes, list, dict, tuple, set)
RELATED = 24  # of a recorded call, whose arguments belong together
OF_FEW = 4  # recorded calls, from which these are
RARELY = 0.05  # of the wildest
TYPED = 60  # of them pass a value of an annotated type
LARGEST = 20_000


def grown(recorded: Sequence[Input], known: Signature, pool: Pool, seed: int) -> list[Input]:
    """New inputs that differ from recorded ones in one argument, then in two, then in much."""
    chance = random.Random(seed)
    bases = list(recorded) or list(_annotated(known))
    found = _beside(recorded, known)
    if not recorded:
        for each in bases:
            found.keep(each.arguments, each.free)
    for ending in ENDINGS if known.is_manager else ():
        for each in bases:
            found.keep(each.arguments, each.free, ending)
    for each, fault in failing(recorded, known):
        found.keep(each.arguments, each.free, fault=fault)
    for arguments in _ended_blocks(bases, known):
        found.keep(arguments, {})
    for arguments, free in itertools.islice(_typed(bases, known), TYPED):
        found.keep(arguments, free)
    for base in bases[:OF_FEW]:
        for arguments in _related(base.arguments, known.words):
            found.keep(arguments, base.free)
    most = SINGLE - len(recorded) + len(found.inputs)
    turns = [
        _changes(base, name, known, pool, bases)
        for base in bases[:BASES]
        for name in _last_self(base)
    ]
    chances = list(turns)
    while chances and len(found.inputs) < most:
        for turn in list(chances):
            change = next(turn, None)
            if change is None:
                chances.remove(turn)
            else:
                found.keep(*change)
    singles = list(found.inputs)
    for _ in range(2 * PAIRS if len(singles) > 1 else 0):
        found.keep(*_pair(chance, singles, bases))
    most = MOST - len(recorded)
    _wild(chance, bases, singles, pool, found, most)
    return found.inputs[:most]


def given(
    recorded: Sequence[Input], known: Signature, arguments: Iterable[dict[str, Any]]
) -> list[Input]:
    """New inputs of these arguments, and of a recorded call with a part of them in its place."""
    found = _beside(recorded, known)
    for each in arguments:
        found.keep(each, {})
        for base in recorded[:1]:
            for mixed in _mixed(base.arguments, each):
                found.keep(mixed, base.free)
    return found.inputs


def _mixed(base: dict[str, Any], other: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The base with one argument, or one attribute of an argument, of the other."""
    for name in [name for name in base if name in other]:
        old, new = base[name], other[name]
        yield {**base, name: new}
        if type(old) is type(new) and layout(type(old)).base is object and not is_named(old):
            for part, each in attributes(new):
                yield {**base, name: with_attribute(old, type(old), part, each)}


def _beside(recorded: Sequence[Input], known: Signature) -> _Found:
    typed = [{name: each} for name, kind in known.annotations.items() for each in values_of(kind)]
    within = domain([each.arguments for each in recorded], known.words, known.defaults, typed)
    kept = {
        name: kind
        for name, kind in known.annotations.items()
        if all(_fit(each.arguments, {name: kind}) for each in recorded)
    }
    values = [value for each in recorded for value in each.arguments.values()]
    return _Found(within, {each.text for each in recorded}, kept, declared.kept(values))


def _fit(arguments: dict[str, Any], annotations: dict[str, Any]) -> bool:
    """Whether the values are of the annotated types."""
    return all(fits(value, annotations.get(name, object)) for name, value in arguments.items())


@dataclass
class _Found:
    """New inputs, each kept once; `seen` are the texts of all, recorded ones too; `annotations`
    and `attributes` are those that recorded calls keep."""

    within: Domain
    seen: set[str]
    annotations: dict[str, Any]
    attributes: declared.Declared
    inputs: list[Input] = field(default_factory=list)
    outside: int = 0

    def keep(
        self, arguments: dict[str, Any], free: dict[str, Any], ending: str = "",
        fault: Fault | None = None,
    ) -> None:  # fmt: skip
        if self.within.is_unordered(arguments):
            return
        if not declared.fit(arguments.values(), self.attributes):
            return  # no method makes it
        is_within = self.within.holds(arguments) and _fit(arguments, self.annotations)
        is_alien = self.within.is_alien(arguments)
        if not is_within and self.outside >= OUTSIDE:
            return
        try:
            text = described(arguments, free)
        except Opaque:
            return
        if ending:
            text += f", and its block ends with {ending}"
        if fault is not None:
            text += f", and {fault.words}"
        if text not in self.seen and len(text) <= LARGEST:
            self.seen.add(text)
            self.outside += not is_within
            new = Input(arguments, free, text, False, is_within, is_alien, ending, fault)
            self.inputs.append(new)


def _wild(
    chance: random.Random, bases: Sequence[Input], singles: Sequence[Input], pool: Pool,
    found: _Found, most: int,
) -> None:  # fmt: skip
    """Several arguments changed several times, until `most` are found or nothing new comes."""
    donors = [value for base in bases for value in base.arguments.values()]
    havoc = Havoc(Growing(pool), donors, chance)
    values: dict[str, list[Any]] = {}
    for each in (*bases, *singles):
        for name, value in each.arguments.items():
            values.setdefault(name, []).append(value)
    for base in bases[:BASES]:
        for _ in range(OF_SMALL):
            new = {name: havoc.small(value) for name, value in base.arguments.items()}
            if found.within.holds(new):
                found.keep(new, base.free)
    functions = {
        name for base in bases for name, value in base.arguments.items() if type(value) in FUNCTIONS
    }
    for _ in range(TRIES if donors else 0):
        if len(found.inputs) >= most:
            return
        base = chance.choice(bases if chance.random() < 0.7 or not singles else singles)
        if not base.arguments:
            return
        with contextlib.suppress(Exception):  # a class refuses what it is made of
            new = _changed(havoc, chance, base.arguments, values, functions)
            if chance.random() < RARELY:
                new = renamed(new, chance)
            found.keep(new if found.within.holds(new) else _in_order(new), base.free)


def _related(arguments: dict[str, Any], words: str) -> Iterator[dict[str, Any]]:
    with contextlib.suppress(Exception):  # values that cannot be made twice
        yield from itertools.islice(related(arguments, words), RELATED)


def _changed(
    havoc: Havoc, chance: random.Random, old: dict[str, Any], values: dict[str, list[Any]],
    functions: Collection[str],
) -> dict[str, Any]:  # fmt: skip
    """The arguments with one or two changed, or with two that are nearly the same."""
    own = list(old)
    chosen = chance.sample(own, chance.randint(1, min(2, len(own))))
    arguments = dict(old)
    for name in chosen:
        if old[name] is None:  # becomes what it is in other calls, often what is as false
            false = [value for value in values[name] if type(value) in PLAIN and not value]
            often = false and chance.random() < FALSE
            arguments[name] = chance.choice(false if often else values[name])
        else:
            arguments[name] = havoc.of(old[name])
    own = [name for name in own if name not in functions]
    if len(own) > 1 and chance.random() < TWINS:
        two = chance.sample(own, 2)
        one, other = sorted(two, key=lambda name: type(arguments[name]) is not list)
        arguments[other] = havoc.twin(arguments[one], arguments[other])
    return arguments


def _in_order(arguments: dict[str, Any]) -> dict[str, Any]:
    """With sorted lists: units that are made for such are many."""
    return {n: sorted(v) if type(v) is list else v for n, v in arguments.items()}


def _ended_blocks(bases: Sequence[Input], known: Signature) -> Iterator[dict[str, Any]]:
    """What an `__exit__` is called with where its block fails, and where it does not."""
    names = [name for name in known.parameters.plain if name != "self"]
    if not known.errors or len(names) != 3:
        return
    for base in bases[:OF_FEW]:
        yield {**base.arguments, **dict.fromkeys(names)}
        for cls in known.errors:
            with contextlib.suppress(Exception):  # one that takes other arguments
                yield {**base.arguments, **dict(zip(names, (cls, cls("it fails"), None)))}


def _typed(
    bases: Sequence[Input], known: Signature
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """The first base with values of each parameter's type in turn."""
    for base in bases[:1]:
        values = [[(name, each) for each in values_of(known.annotations.get(name))]
                  for name in base.arguments]  # fmt: skip
        for name, each in in_turn(values):
            yield {**base.arguments, name: each}, base.free


def _last_self(base: Input) -> list[str]:
    """The object whose method it is comes last: its attributes belong together."""
    names = list(base.arguments)
    return sorted(names, key=lambda name: name in ("self", "cls"))


def _changes(
    base: Input, name: str, known: Signature, pool: Pool, bases: Sequence[Input]
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """The base with each other value of one argument, and without the argument."""
    old = base.arguments[name]
    values = list(Growing(pool).of(old))
    if name == "cls" and isinstance(old, type):
        values = _of_subclass(old)
    if _may_be_none(name, known, bases) and old is not None:
        values.insert(min(2, len(values)), None)
    elif old is None:
        others = [b.arguments[name] for b in bases if b.arguments.get(name) is not None]
        others += values_of(known.annotations.get(name))
        values += [new for other in others[:2] for new in (other, *Growing(pool).of(other)[:6])]
    if type(old) in (list, tuple) and known.is_iterable(name):
        values[:0] = [iter(list(old))]  # can be read once
        values[:0] = [Failing(old), Failing(old[:1])] if known.is_lazy else []
    if name == known.parameters.more:
        values = [value for value in values if all(type(key) is str for key in value)]
    for value in values:
        yield {**base.arguments, name: value}, base.free
    if name in known.defaults:
        yield {key: each for key, each in base.arguments.items() if key != name}, base.free


def _of_subclass(cls: type) -> list[type]:
    """What a class method may be called on as well."""
    try:
        own = {"__module__": cls.__module__}
        return [types.new_class(f"Sub{cls.__name__}", (cls,), {}, lambda body: body.update(own))]
    except Exception:  # a class that has none
        return []


def _may_be_none(name: str, known: Signature, bases: Sequence[Input]) -> bool:
    if name in known.defaults and known.defaults[name] is None:
        return True
    if known.is_optional(name):
        return True
    return any(name in base.arguments and base.arguments[name] is None for base in bases)


def _pair(
    chance: random.Random, singles: Sequence[Input], bases: Sequence[Input]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """One input with an argument of another."""
    one, other = chance.choice(singles), chance.choice([*singles, *bases])
    names = [name for name in one.arguments if name in other.arguments and name != "self"]
    if not names:
        return one.arguments, one.free
    name = chance.choice(names)
    return {**one.arguments, name: other.arguments[name]}, one.free


# --- without a recorded call ----------------------------------------------------------------------


def _annotated(known: Signature) -> Iterator[Input]:
    """Calls with values of the annotated types; none where a parameter says nothing."""
    values: dict[str, list[Any]] = {}
    for name in known.parameters.all:
        if name == known.parameters.rest:
            values[name] = [()]
        elif name == known.parameters.more:
            values[name] = [{}]
        else:
            values[name] = values_of(known.annotations.get(name))
            if not values[name] and name in known.defaults:
                values[name] = [known.defaults[name]]
    if values and all(values.values()):
        for turn in range(max(map(len, values.values()))):
            arguments = {name: each[turn % len(each)] for name, each in values.items()}
            yield Input(arguments, {}, "", False)
