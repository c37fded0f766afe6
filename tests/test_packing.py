"""What comes out of a process that a variant may have written in is read as data."""

from __future__ import annotations

import collections
import enum
from dataclasses import dataclass
from typing import Any, NamedTuple

import pytest

from codeaug.runners.hosts.pyhost.comparison.packing import Unpackable, packed, unpacked

HERE = __name__


class Colour(enum.Enum):
    RED = 1


class Point(NamedTuple):
    x: int
    y: float


@dataclass
class Box:
    name: str
    inside: Any = None


class Acting:
    def __del__(self) -> None:
        raise AssertionError("it acted")


class Hashing:
    def __hash__(self) -> int:
        raise AssertionError("it was asked")


@pytest.mark.parametrize(
    "value",
    [
        None, True, -(1 << 70), 1.5, float("inf"), "é\ud800", b"\x00\xff", [1, (2, {3})],
        {"a": [None], ("b", 1): {}}, frozenset({1}), Colour.RED, Point(1, 2.0),
        Box("a", [Box("b", Colour.RED)]),
    ],
)  # fmt: skip
def test_a_value_is_read_as_it_was_written(value: Any) -> None:
    assert repr(unpacked(packed(value))) == repr(value)


@pytest.mark.parametrize("value", [print, Box, collections.deque(), [lambda: 1], Acting])
def test_what_is_no_data_is_not_written(value: Any) -> None:
    with pytest.raises(Unpackable):
        packed(value)


@pytest.mark.parametrize(
    "data",
    [
        3, [], ["int"], ["int", "x"], ["int", []], ["eval", "1"], ["object", HERE, "Acting", []],
        ["set", [["object", HERE, "Hashing", []]]], ["object", "no", "Box", []],
        ["dict", [[["object", HERE, "Hashing", []], ["None"]]]], ["object", HERE, "HERE", []],
        ["enum", HERE, "Colour", "BLUE"], ["record", HERE, "Box", []], ["object", HERE, "Box", 3],
        ["object", "builtins", "type", []],
    ],
)  # fmt: skip
def test_what_nobody_writes_is_not_read(data: Any) -> None:
    with pytest.raises(Unpackable):
        unpacked(data)


def test_what_is_deep_is_neither_written_nor_read() -> None:
    value: Any = []
    for _ in range(30):
        value = [value]
    with pytest.raises(Unpackable):
        packed(value)
    data: Any = ["None"]
    for _ in range(30):
        data = ["list", [data]]
    with pytest.raises(Unpackable):
        unpacked(data)
