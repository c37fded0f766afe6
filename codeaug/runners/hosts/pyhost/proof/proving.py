"""The front: two texts of a file, one function of it, and whether it still does the same."""

from __future__ import annotations

import warnings
from functools import lru_cache
from types import CodeType
from typing import NamedTuple

from .constants import Key
from .identity import shape, whole
from .lockstep import same_behaviour
from .places import Place, counterpart, find, plain, wrapped
from .program import Program, header
from .tables import SUPPORTED, VERSION
from .values import Unknown
from .watching import watcher


class Proof(NamedTuple):
    """`method`: `identity` or `lockstep`; "" where it is unknown, and `detail` says why."""

    proved: bool
    method: str
    detail: str


class Compiled(NamedTuple):
    """A function of a file, and the code of what is around it."""

    place: Place
    around: CodeType


def prove(original: str, changed: str, name: str, line: int) -> Proof:
    """Whether function `name` (qualified), on `line` of `original`, does the same in `changed`.

    Both are whole files. Nothing of them is run. What is not proved is unknown, never refuted.
    """
    if VERSION not in SUPPORTED:
        return Proof(False, "", f"no table of Python {VERSION[0]}.{VERSION[1]}'s instructions")
    try:
        return _prove(original, changed, name, line)
    except Unknown as why:
        return Proof(False, "", str(why))
    except (IndexError, KeyError) as error:
        return Proof(False, "", f"the model of the interpreter does not fit: {error!r}")
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError) as error:
        return Proof(False, "", f"{type(error).__name__}: {error}")


def _prove(original: str, changed: str, name: str, line: int) -> Proof:
    place = find(original, name, line)
    if place is None:
        raise Unknown(f"{name} is not on line {line}")
    there = counterpart(place, changed)
    if there is None:
        whole_file = _whole(original, place)
        one, two = whole_file, _compiled(whole_file.place._replace(text=plain(changed)))
    else:
        one, two = _original(place), _compiled(there)
    found: list[tuple[CodeType, CodeType]] = []
    _outside(one.around, two.around, one, found)
    if len(found) != 1:
        raise Unknown(f"{name} was found {len(found)} times in the compiled file")
    return _bodies(*found[0])


def _whole(original: str, place: Place) -> Compiled:
    return _compiled(place._replace(before="", text=plain(original), after="", start=1, classes=()))


@lru_cache(maxsize=64)
def _original(place: Place) -> Compiled:
    return _compiled(place)


def _compiled(place: Place) -> Compiled:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        around = compile(wrapped(place), "unit.py", "exec", flags=place.flags, dont_inherit=True)
    return Compiled(place, around)


def _outside(
    one: CodeType, two: CodeType, unit: Compiled, found: list[tuple[CodeType, CodeType]]
) -> None:
    """Compare all but the function itself, which is put into `found`. Raises Unknown."""
    if one.co_name == unit.place.name and one.co_firstlineno == unit.place.line:
        found.append((one, two))
        return
    if shape(one, _any_code) != shape(two, _any_code):
        raise Unknown(f"what lies around the function compiles to something else ({one.co_name})")
    for inner, other in zip(_nested(one), _nested(two), strict=True):
        _outside(inner, other, unit, found)


def _any_code(code: CodeType) -> tuple[object, ...]:
    return ("code",)


def _nested(code: CodeType) -> list[CodeType]:
    return [each for each in code.co_consts if isinstance(each, CodeType)]


def _bodies(one: CodeType, two: CodeType) -> Proof:
    if header(one) != header(two) or one.co_freevars != two.co_freevars:
        raise Unknown("the name, parameters, docstring, kind or free variables differ")
    if _shape(one) == whole(two):
        return Proof(True, "identity", "both compile to the same code")
    seen = watcher(one) or watcher(two)
    if seen:
        raise Unknown(f"the function uses {seen}, which may see its variables")
    same_behaviour(_program(one), Program(two), nested_alike)
    return Proof(True, "lockstep", "equal effects in equal order on equal operands")


@lru_cache(maxsize=64)
def _shape(code: CodeType) -> Key:
    return whole(code)


@lru_cache(maxsize=64)
def _program(code: CodeType) -> Program:
    return Program(code)


@lru_cache(maxsize=256)
def nested_alike(one: CodeType, two: CodeType) -> bool:
    """Whether two nested functions behave alike, given the same cells in the same order."""
    if header(one) != header(two) or len(one.co_freevars) != len(two.co_freevars):
        return False
    if whole(one) != whole(two):
        same_behaviour(Program(one), Program(two), nested_alike)
    return True
