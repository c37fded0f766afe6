"""C++ units get other values behind pointers, as far as it is known what lies there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from codeaug.model import Comparison
from tests.test_resident_cpp import Change, Yard, by_unit

pytestmark = pytest.mark.slow


def change(name: str, old: str, new: str) -> Change:
    return Change(f"wire::{name}", "src/wire.cpp", "wire", old, new)


# what is seen: unit, text, wrong text, words of the difference
WRONG = {
    "a number of its own": ("grade", "*score > 10", "*score > 10 || *score == 7", "score=7"),
    "one number in thousands": ("grade", "*score > 10", "*score > 10 || *score % 2003 == -13",
                                "returns 1, the original returns 0"),
    "a read-only number": ("rank", "*score > 10", "*score >= 10", "score=10"),
    "a member of a record": ("postage", "value > 10000", "value >= 10000", ".value 10000"),
    "an object that a record points to": ("postage", "cents += 200", "cents += 210",
                                          ".remote true"),
    "a number that a record points to": ("is_within", "number < *rule->most",
                                         "number < *rule->most && *rule->most < 100",
                                         "original returns true"),
    "a record that is changed": ("withdraw", "> account->balance", ">= account->balance",
                                 "returns false"),
    "items of an array": ("above", "numbers[i] > limit", "numbers[i] > limit || numbers[i] == -77",
                          "-77"),
    "records behind the first": ("heavy", "> 2000", "> (i == 0 ? 2000 : 2001)", ".grams 2001"),
    "bytes": ("checksum", "data[i]", "static_cast<signed char>(data[i])", "data=[ "),
    "letters of a text": ("trim", " || text[length - 1] == '\\t'", "", "\\011"),
    "read-only letters": ("hashed", "unsigned char", "signed char", "text="),
    "enumerations": ("raise_level", "*level = Level::middle", "*level = Level::high",
                     "leaves level = enum:2, the original enum:1"),
    "numbers up to an end": ("total", "*first > 0", "*first > 1", "first=[ "),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_it_is_seen_behind_a_pointer(compared: Callable[[Change], Comparison], what: str) -> None:
    name, old, new, words = WRONG[what]
    found = compared(change(name, old, new))
    assert words in found.difference, found


# equal on what the unit is made for: unit, text, other text
EQUAL = {
    "one object for two pointers": ("apart", "*one == *other ? 0 : 1", "0"),
    "an unsorted array": ("place", "std::lower_bound", "std::find"),
    "a text that ends earlier": (
        "trim",
        "while (length",
        "length = std::min(length, std::strlen(text));\n    while (length",
    ),
    "sizes that no record has": (
        "push",
        "(ring->head + ring->count) % ring->capacity",
        "ring->head + ring->count < ring->capacity ? ring->head + ring->count\n"
        "        : ring->head + ring->count - ring->capacity",
    ),
    "more than the capacity": ("push", "ring->count == ring", "ring->count >= ring"),
    "what lies behind the array": ("above", "i < count", "i < std::min(count, std::size_t(4))"),
}  # fmt: skip


@pytest.fixture(scope="module")
def compared(cpp_desk: Yard) -> Callable[[Change], Comparison]:
    return by_unit(cpp_desk, [change(*found[:3]) for found in (*WRONG.values(), *EQUAL.values())])


@pytest.mark.parametrize("what", EQUAL)
def test_it_does_not_come_about_behind_a_pointer(
    compared: Callable[[Change], Comparison],
    what: str,
) -> None:
    found = compared(change(*EQUAL[what]))
    assert (found.difference, found.problem) == ("", "")
    assert found.inputs > 20
