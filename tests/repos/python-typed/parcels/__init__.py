"""Typed functions whose tests pass one kind of value alone."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple, NewType, Optional, TypedDict, Union


class Speed(enum.Enum):
    SLOW = 1
    NORMAL = 2
    FAST = 3


class Mark(enum.IntFlag):
    FRAGILE = 1
    HEAVY = 2


@dataclass
class Address:
    street: str
    country: Optional[str] = None


@dataclass
class Parcel:
    grams: int
    to: Optional[Address] = None


class Box(NamedTuple):
    width: int
    height: int


class Line(TypedDict, total=False):
    item: str
    count: int


Number = NewType("Number", int)


class Drawer(Mapping):
    """Answers only while both of its parts fit."""

    def __init__(self, content):
        self.content, self.order = content, sorted(content)

    def __getitem__(self, key):
        return self.content[key]

    def __iter__(self):
        return iter(self.order)

    def __len__(self):
        return len(self.order)


def days(speed: Speed) -> int:
    if speed is Speed.SLOW:
        return 9
    if speed is Speed.NORMAL:
        return 4
    return 1


def stickers(mark: Mark) -> str:
    return ("f" if mark & Mark.FRAGILE else "") + ("h" if mark & Mark.HEAVY else "")


def abroad(parcel: Parcel) -> bool:
    if parcel.to is None:
        return False
    return parcel.to.country is not None


def label(content: Union[int, bytes, None]) -> str:
    if content is None:
        return "empty"
    if isinstance(content, bytes):
        return f"{len(content)} bytes"
    return f"{content} pieces"


def overhang(one: Box, other: Box) -> int:
    return max(0, one.width - other.width)


def ordered(line: Line) -> int:
    return line["count"] if "count" in line else 1


def next_number(number: Number) -> int:
    return number + 1 if number >= 0 else 0


def part(price: Fraction, count: Fraction) -> Fraction:
    if count == 0:
        return Fraction(0)
    return price / count


def labels(drawer: Drawer, more: str) -> list:
    return [more, *drawer.keys()]


def is_lucky(number: int) -> bool:
    """Nothing that is near what the tests pass, or stands in the body, is lucky."""
    return number > 0 and number * 7_919 + 12 == 1_070_149_915


def untyped(number, factor: int) -> int:
    return number * factor


def heavier(one: Parcel, other: Parcel) -> Parcel:
    return one if one.grams * 3 >= other.grams * 3 else other
