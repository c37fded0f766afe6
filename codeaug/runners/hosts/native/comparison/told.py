"""What a unit's comments say of its arguments: bounds, order, relations, what a text holds."""

from __future__ import annotations

import functools
import operator
import re
from collections.abc import Iterator, Sequence
from typing import Any

from .rules import CALENDAR, Rule, about, is_distinct, is_sorted, related, within
from .values import texts_of

SIGNS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
_NUMBER = r"(-?\d+(?:\.\d+)?)"
_BROKEN = re.compile(r"(?<![.;:\n])\n\s*(?=[a-z\d])")  # a line within a sentence
_THOUSANDS = re.compile(r"(?<=\d)[,'](?=\d{3}\b)")
_ASIDE = re.compile(r"\s*\([^()\d]*\)")  # says no number
_WORD = re.compile(r"\b(zero|one|two|three)(?= or (?:more|less|fewer)\b)")
_DIGITS = {"zero": "0", "one": "1", "two": "2", "three": "3"}
_OR_MORE = re.compile(rf"{_NUMBER} or (?:more|above|greater|higher|larger|later)\b")
_OR_LESS = re.compile(rf"{_NUMBER} or (?:less|fewer|below|lower|smaller|earlier)\b")
_POWER = re.compile(r"\b10\^(\d{1,2})\b")
_VAST = re.compile(r"\b(?:at most|up to|not more than|no more than|below) (\d{10,})\b")
_IN_ORDER = r"\b(?:(?:in|by) (?:the )?(?:ascending |rising )?order of|sorted by|ascending by)"
_LEAST = rf"(?:at least|>=|not below|not less than|no less than) ?{_NUMBER}"
_MOST = rf"(?:at most|<=|not above|not more than|no more than|up to) ?{_NUMBER}"
_BETWEEN = rf"\[?{_NUMBER}(?: to | and | through |\.\.\.?|, ?| ?[-\u2013] ?){_NUMBER}"
_LINK = (
    r"(?: [a-z]+,(?= from\b))?[\s(,:\"'`]*(?:of (?:an?|the|each|every|one) \w+ )?"
    r"(?:(?:is|are|must be|has to be|being|from|between|in|for|of) )*"
)
_SAID = re.compile(rf"{_LINK}(?:{_BETWEEN}|{_LEAST}|(?:>|above|greater than) ?{_NUMBER})?"
                   rf"(?:,? ?(?:and )?{_MOST})?")  # fmt: skip
_RELATION = re.compile(r"(\w+)[`'\"]*\s*\(?\s*([<>]=?)\s*[`'\"]*(\w+)")
_LISTS = "(?:lists?|vectors?|arrays?|ranges?|sequences?|values|numbers|input|items|runs?)"
_SORTED = re.compile(
    rf"\b(?:sorted|ascending) {_LISTS}\b|\b(?:is|are|be|being|already) (?:sorted|ascending)\b", re.I
)
_FILLED = re.compile(r"\b(non-?empty|not (?:be )?empty|at least one)\b", re.I)
_DISTINCT = re.compile(
    r"\b(?:each|every one) (?:only )?once\b|\b(?:no|without) (?:duplicates|repetitions?)\b"
    r"|\b(?:distinct|unique|all different)\b",
    re.I,
)
_PARTS = re.compile(r"[.;]\s|\n\s*\n")
_ASCII = re.compile(r"\bascii (text|string|only)|\b(only|plain|pure) ascii\b", re.I)
_UTF_8 = re.compile(r"\b(valid|well-?formed) utf-?8\b", re.I)
VAST = 1 << 30


def told(names: Sequence[str], words: str) -> Iterator[Rule]:
    """What must hold of the arguments of these names."""
    words = _in_digits(words)
    is_question = re.search(r"\bwhether\b", words, re.I)
    for name in names:
        if "sorted" in name.lower() or (_SORTED.search(words) and not is_question):
            yield about(name, is_sorted)
        if _FILLED.search(words) and not is_question:
            yield about(name, lambda value: not isinstance(value, (list, bytes)) or bool(value))
        least, most = bounds(name, names, words)
        yield within(name, least, most)
        if _ASCII.search(words):
            yield about(
                name, lambda value: all(max(text, default=0) < 128 for text in texts_of(value))
            )
        if _UTF_8.search(words):
            yield about(name, lambda value: all(map(_is_utf_8, texts_of(value))))
    for part in filter(_DISTINCT.search, _PARTS.split(words)):
        for name in names:
            if re.search(rf"\b{re.escape(name)}\b", part):
                yield about(name, lambda value: not isinstance(value, list) or is_distinct(value))
    yield from _told_of_all(names, words)
    for one, sign, other in _RELATION.findall(words):
        if {one, other} & {*names}:
            yield related(one, SIGNS[sign], other)


def _told_of_all(names: Sequence[str], words: str) -> Iterator[Rule]:
    """What is said without naming an argument: a bound so great that only the ends of a type are
    above it, and the member by which lists of records are in order."""
    for most in map(int, _VAST.findall(words)):
        yield from (within(name, -most, most) for name in names)
    in_order = _IN_ORDER + r" (?:the |its |their )?"

    def is_in_order(value: Any) -> bool:
        rows = value if isinstance(value, list) else []
        members = rows[0] if rows and all(isinstance(row, dict) for row in rows) else {}
        said = [m for m in members if re.search(rf"{in_order}{re.escape(m)}s?\b", words, re.I)]
        return all(is_sorted([row.get(member) for row in rows]) for member in said)

    yield from (about(name, is_in_order) for name in names)


def bounds(name: str, names: Sequence[str], words: str) -> tuple[float, float]:
    """What numbers an argument may be: what follows where it is named, up to another name."""
    least, most = float("-inf"), float("inf")
    words = _ASIDE.sub("", _BROKEN.sub(" ", _in_digits(words)))
    others = "|".join(re.escape(other) for other in names if other and other != name)
    for part in re.split(rf"\b{re.escape(name)}s?\b", words)[1:]:
        said = re.split(r"[;)]|\.\s|\.$|\bor\b", part, maxsplit=1)[0]
        if others:
            said = re.split(rf"\b(?:{others})\b", said, maxsplit=1)[0]
        found = _SAID.match(said)
        if found:
            low, high, at_least, above, at_most = (float(g) if g else None for g in found.groups())
            for bound in (low, at_least, above):
                least = least if bound is None else max(least, bound)
            for bound in (high, at_most):
                most = most if bound is None else min(most, bound)
            if "either sign" in said and at_most is not None:
                least = -at_most
        if re.match(rf"{_LINK}positive\b(?! infinity)", said):
            least = max(least, 1)
        if re.match(rf"{_LINK}(?:non-?negative|not negative)\b", said):
            least = max(least, 0)
    return least, most


@functools.lru_cache(maxsize=64)  # asked for each name and each test
def _in_digits(words: str) -> str:
    """Each number as its digits, `1,000` and `10^3` as `1000`; `one or more` as `>= 1`."""
    words = _POWER.sub(lambda power: str(10 ** int(power[1])), _THOUSANDS.sub("", words))
    words = _WORD.sub(lambda word: _DIGITS[word[1]], words)
    return _OR_LESS.sub(r"<= \1", _OR_MORE.sub(r">= \1", words))


def span(name: str, words: str) -> tuple[int, int]:
    """The numbers that a member may be, by its name and what is said of it; (0, 0) for any."""
    low, high = bounds(name, [], f"{name} {words}")
    known = CALENDAR.get(name.strip("_"), (0, 0))
    return (int(low), int(high)) if abs(low) < VAST and abs(high) < VAST else known


def _is_utf_8(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True
