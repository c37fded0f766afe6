"""The words of arguments as values: numbers, texts (bytes), lists, objects by their members."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Arguments = Mapping[str, Any]
BEFORE, AGAIN = "before: ", "again: "
REACHED = "*this (reached)"  # what only calls of the unit have changed since it was recorded
_INTEGER = re.compile(r"-?\d+")
_REAL = re.compile(r"-?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|inf)")
_ESCAPE = re.compile(r"\\(\d{3})")
_CLOSING = {"[": "]", "(": ")", "{": "}"}
_SKIPPED = frozenset(["some", "(the same object)", "unreadable"])


def calls_in(given: Sequence[str]) -> list[Arguments]:
    """The arguments of each call that the words describe: calls before it, and the call itself."""
    found: list[dict[str, Any]] = [{}]
    earlier: set[str] = set()
    for name, value in _places(given):
        if name in earlier or (earlier and not name.startswith(BEFORE) and found[-1]):
            found.append({})
            earlier.clear()
        if name.startswith(BEFORE):
            earlier.add(name)
        found[-1][name.removeprefix(BEFORE)] = value
    return list(found)


def call_behind(did: Sequence[str]) -> list[Arguments]:
    """The arguments of the call behind the first one, if there is one."""
    found: dict[str, Any] = {}
    for name, value in _places(did):
        if name == f"{AGAIN}result":
            return [found]
        if name.startswith(AGAIN):
            found[name.removeprefix(AGAIN)] = value
    return []


def _places(words: Sequence[str]) -> Iterator[tuple[str, Any]]:
    starts = [at for at, word in enumerate(words) if word[:1] == "=" and word[:2] != "=."]
    for at, end in zip(starts, [*starts[1:], len(words)], strict=False):
        if len(words[at]) > 1:
            yield words[at][1:], _one(_values(words[at + 1 : end]))


def _one(values: Sequence[Any]) -> Any:
    return values[0] if values else None


def _values(words: Sequence[str]) -> list[Any]:
    found, at = [], 0
    while at < len(words):
        word = words[at]
        if word in _CLOSING:
            end = _end(words, at)
            inner = words[at + 1 : end]
            found.append(_members(inner) if word == "{" else _values(inner))
            at = end
        elif word not in _SKIPPED and word[:1] != "&":
            found.append(_scalar(word))
        at += 1
    return found


def _end(words: Sequence[str], at: int) -> int:
    """Where a bracket is closed; the end where the words are cut off."""
    depth = 0
    for n in range(at, len(words)):
        depth += (words[n] in _CLOSING) - (words[n] in _CLOSING.values())
        if depth == 0:
            return n
    return len(words)


def _members(words: Sequence[str]) -> dict[str, Any]:
    starts, depth = [], 0
    for at, word in enumerate(words):
        depth += (word in _CLOSING) - (word in _CLOSING.values())
        if depth == 0 and word[:2] == "=.":
            starts.append(at)
    ends = [*starts[1:], len(words)]
    return {
        words[at][2:]: _one(_values(words[at + 1 : end]))
        for at, end in zip(starts, ends, strict=False)
    }


def _scalar(word: str) -> Any:
    if _INTEGER.fullmatch(word):
        return int(word)
    if _REAL.fullmatch(word):
        return float(word)
    if word[:1] == '"':
        return _bytes(word[1:].rpartition('"')[0])
    return word


def _bytes(text: str) -> bytes:
    parts = _ESCAPE.split(text)
    return b"".join(
        bytes([int(part, 8) & 255]) if at % 2 else part.encode("utf-8", "replace")
        for at, part in enumerate(parts)
    )


def is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def leaves(value: Any) -> Iterator[Any]:
    """What is in lists and objects, at any depth."""
    if isinstance(value, (list, dict)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from leaves(each)
    else:
        yield value


def texts_of(value: Any) -> Iterator[bytes]:
    return (each for each in leaves(value) if isinstance(each, bytes))


def members_of(value: Any) -> Iterator[tuple[str, Any]]:
    """Members of all objects in a value, by their names."""
    if isinstance(value, dict):
        yield from value.items()
    if isinstance(value, (list, dict)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from members_of(each)
