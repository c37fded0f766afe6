"""What a docstring says of the arguments: their bounds, their order, the length of rows."""

from __future__ import annotations

import operator
import re
from collections.abc import Iterator, Sequence
from typing import Any

from .terms import Rule, about, all_of, related

SIGNS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
_POSITIVE = re.compile(r"(?<!not )(?<!non-)(?<!or )\bpositive\b(?! or | infinity)", re.I)
_NON_NEGATIVE = re.compile(r"\bnon-?negative\b", re.I)
_FILLED = re.compile(r"\b(?:non-?empty|not empty)\b", re.I)
_SORTED = re.compile(r"\b(?:sorted|ascending|rise|rising)\b", re.I)
_DISTINCT = re.compile(
    r"\b(?:each|every one) (?:only )?once\b|\b(?:no|without) (?:duplicates|repetitions?)\b"
    r"|\b(?:distinct|unique|all different)\b",
    re.I,
)
# `size` (>= 1), 1 <= month <= 12, `width` (>= len(mark))
_RELATION = re.compile(r"(\w+)[`'\"*]*\s*\(?\s*([<>]=?)\s*(?=(len\(\w+\)|-?\w+))")
# month in 1..12, `percent` (1 to 100), months from 1 to 12, between 0 and 5,
# day, 0 for Monday to 6, the price of a ticket is 0 to 1,000,000
_RANGE = re.compile(
    r"(\w+)[`'\"*]*\s*(?:of\s+(?:an?|the|each|every|one)\s+\w+\s+)?(?:is\s+)?"
    r"(?:in|from|between|\(|:|,|(?<=\bis\s))\s*(-?\d+)(?:\s+for\s+\w+,?)?"
    r"\s*(?:to|and|-|\.\.\.?|\u2013)\s*(-?\d+)"
)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
# `count` (0 or more), `block` bytes (1 or more), and gap (0 or more)
_LEAST = re.compile(r"(?:(\w+)[`'\"*]*\s+)?[`'\"*]*(\w+)[`'\"*]*\s*\((-?\d+) or more\b")
# weights (none negative), amounts that are never negative, `cents` must not be negative
_NEVER = re.compile(
    r"(\w+)[`'\"*]*(?:\s+that)?[\s,(]+(?:(?:is|are|must|may|can)\s+)?(?:none|not|never)\s+(?:be\s+)?"
    r"negative\b"
)
_MAY = re.compile(r"(\w+)[`'\"*]*\s+(?:may|can)\s+(?:also\s+)?be\s+negative\b")
# rows may be of different length, short rows are filled, as wide as the longest row
_RAGGED = re.compile(
    r"\b(?:ragged|jagged|short(?:er|est)?\s+(?:rows|lines|ones)|shorter|shortest|longest"
    r"|(?:different|differing|unequal|uneven|various|varying|any)\s+(?:lengths?|widths?|sizes?))\b",
    re.I,
)
# what an exception says is no precondition: the unit refuses such input itself
_RAISES = re.compile(
    r"\braises?\b[^.]*(?:\.|\Z)|^\s*\w+(?:Error|Exception)\s*:[^.]*(?:\.|\Z)", re.I | re.M
)
_PARTS = re.compile(r"[.;](?:\s+|\Z)|\n\s*\n|\n(?=\s*:?\w[\w ]*:)")
_SHORTEST = 3  # letters of a part of a name that names the argument


def told(names: Sequence[str], words: str) -> Iterator[Rule]:
    """The preconditions that these words name."""
    words = _THOUSANDS.sub("", _RAISES.sub("", words))
    for name in _named(names, words, _POSITIVE):
        yield related(name, operator.ge, "1")
    for name in _named(names, words, _NON_NEGATIVE):
        if name not in _MAY.findall(words):
            yield all_of(name, operator.ge, 0)
    for name in _named(names, words, _FILLED):
        yield about(name, lambda value: not isinstance(value, (list, tuple)) or bool(value))
    for part in _PARTS.split(words):
        if _DISTINCT.search(part):
            yield from (about(name, _are_distinct) for name in names if _speaks_of(part, name))
    for one, sign, other in _RELATION.findall(words):
        yield related(one, SIGNS[sign], other)
    for before, last, least in _LEAST.findall(words):
        if last in names and least != "0":
            yield related(last, operator.ge, least)
            yield related(f"len({last})", operator.ge, least)
        else:
            yield all_of(last if last in names else before, operator.ge, int(least))
    for name in _NEVER.findall(words):
        for known in {name, f"{name}s"} & {*names}:
            yield all_of(known, operator.ge, 0)
    for name, least, most in _RANGE.findall(words):
        for known in {name, name.removesuffix("s")} & {*names}:
            yield related(known, operator.ge, least)
            yield related(known, operator.le, most)


def _are_distinct(value: Any) -> bool:
    try:
        return type(value) not in (list, tuple) or len({*value}) == len(value)
    except TypeError:  # not hashable
        return True


def told_sorted(names: Sequence[str], words: str) -> list[str]:
    """The arguments that are said to be sorted."""
    return _named(names, _RAISES.sub("", words), _SORTED)


def may_be_ragged(words: str) -> bool:
    """Whether rows are said to be of any length."""
    return bool(_RAGGED.search(words))


def _named(names: Sequence[str], words: str, hint: re.Pattern[str]) -> list[str]:
    """The arguments of which a sentence with this hint speaks: all where it names none."""
    found: set[str] = set()
    for part in _PARTS.split(words):
        if hint.search(part):
            found |= {name for name in names if _speaks_of(part, name)} or {*names}
    return [name for name in names if name in found]


def _speaks_of(part: str, name: str) -> bool:
    """By the name, or by a part of it: the period of `period_days`."""
    parts = (each for each in name.split("_") if len(each) >= _SHORTEST)
    said = "|".join(re.escape(each) for each in (name, *parts))
    return bool(re.search(rf"\b(?:{said})s?\b", part, re.I))
