"""Symbolic values: a known constant, a symbol (a number), or an object made and not yet seen."""

from __future__ import annotations

from collections.abc import Callable
from types import CodeType
from typing import Any

from .constants import FALSE, NULL, TRUE, Const


class Unknown(Exception):
    """The proof does not get further; the text says why."""


class Fresh:
    """An object that one of the two bodies made and that nothing else has seen yet.

    It is equal to itself alone. Where both bodies show theirs to the outside at the same moment, of
    the same kind and with the same parts, the two become one symbol.
    """

    __slots__ = ("kind", "parts")

    def __init__(self, kind: str, parts: tuple[Any, ...]) -> None:
        self.kind, self.parts = kind, parts

    def __repr__(self) -> str:
        return f"a new {self.kind}"


# int: a symbol. CodeType: the code of a nested function, on its way into it.
Value = Const | int | Fresh | CodeType
Nested = Callable[[CodeType, CodeType], bool]

ANY, TRUTH, PERHAPS = 0, 1, 2  # kinds of symbols: bound; True or False; perhaps unbound


class World:
    """The symbols of one proof, what kind each is of, and the steps still allowed."""

    __slots__ = ("budget", "kinds", "last")

    def __init__(self, budget: int) -> None:
        self.kinds: dict[int, int] = {}
        self.last = 0
        self.budget = budget

    def symbol(self, kind: int = ANY) -> int:
        self.last += 1
        if kind:
            self.kinds[self.last] = kind
        return self.last

    def kind(self, value: Value) -> int:
        """The narrowest kind that holds the value."""
        if value is TRUE or value is FALSE:
            return TRUTH
        if value is NULL:
            return PERHAPS
        return self.kinds.get(value, ANY) if isinstance(value, int) else ANY

    def spend(self, amount: int) -> None:
        """Raises Unknown when the proof has taken too long."""
        self.budget -= amount
        if self.budget < 0:
            raise Unknown("too many steps")


def narrower(kind: int, other: int) -> bool:
    """Whether every value of `kind` is one of kind `other`."""
    return kind == other or other == PERHAPS or (kind == TRUTH and other == ANY)


def replaced(value: Value, known: dict[Value, Value]) -> Value:
    """The value with others put in for some, inside new objects too.

    A changed object is added to `known`: it stays one object wherever it lies.
    """
    if not isinstance(value, Fresh) or value in known:
        return known.get(value, value)
    parts = tuple(replaced(part, known) for part in value.parts)
    if all(new is old for new, old in zip(parts, value.parts, strict=True)):
        return value
    known[value] = made = Fresh(value.kind, parts)
    return made


def same_value(left: Value, right: Value, pairs: dict[Fresh, Fresh], nested: Nested) -> bool:
    """Whether both are the same value, once the new objects put into `pairs` are made one each.

    `nested` says whether two nested functions' codes behave alike.
    """
    if isinstance(left, Fresh) and isinstance(right, Fresh):
        if left in pairs:
            return pairs[left] is right
        if left.kind != right.kind or len(left.parts) != len(right.parts):
            return False
        pairs[left] = right
        both = zip(left.parts, right.parts, strict=True)
        return all(a is b or same_value(a, b, pairs, nested) for a, b in both)
    if isinstance(left, CodeType) and isinstance(right, CodeType):
        return nested(left, right)
    return not isinstance(left, CodeType) and left == right
