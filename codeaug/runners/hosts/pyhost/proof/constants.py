"""Constants of code objects, compared by type and bit pattern.

`1`, `True` and `1.0` differ, as do `0.0` and `-0.0`; one NaN equals another of the same bits.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from types import CodeType
from typing import Any

Key = tuple[Any, ...]


class Const:
    """A value that is known: `key` decides equality, `value` is the constant itself."""

    __slots__ = ("hash", "key", "value")

    def __init__(self, key: Key, value: object = None) -> None:
        self.key, self.value, self.hash = key, value, hash(key)

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Const) and self.key == other.key)

    def __hash__(self) -> int:
        return self.hash

    def __repr__(self) -> str:
        return "nothing" if self.key == ("unbound",) else repr(self.value)


NONE = Const(("NoneType",), None)
TRUE = Const(("bool", True), True)
FALSE = Const(("bool", False), False)
NULL = Const(("unbound",))
LASTI = Const(("place of an exception",))  # only tracebacks show it
ASSERTION_ERROR = Const(("AssertionError",), AssertionError)
SINGLETONS = (NONE, TRUE, FALSE, Const(("ellipsis",), ...))


def key(value: object, of_code: Callable[[CodeType], Key]) -> Key:
    """What tells this constant from every other; `of_code` answers for nested code objects."""
    if isinstance(value, CodeType):
        return of_code(value)
    name = type(value).__name__
    if value is None or value is ...:
        return (name,)
    if isinstance(value, float):
        return (name, struct.pack("<d", value))
    if isinstance(value, complex):
        return (name, struct.pack("<dd", value.real, value.imag))
    if isinstance(value, tuple):
        return (name, *(key(each, of_code) for each in value))
    if isinstance(value, frozenset):
        return (name, *sorted((key(each, of_code) for each in value), key=repr))
    return (name, value)


def constant(value: object) -> Const:
    """The symbolic value of a constant that holds no code object."""
    if value is None:
        return NONE
    if value is True:
        return TRUE
    if value is False:
        return FALSE
    return Const(key(value, _no_code), value)


def _no_code(code: CodeType) -> Key:
    raise ValueError(f"a constant holds the code of {code.co_name}")
