"""Inputs whose arguments belong together: one word renamed wherever it stands, one object in two
places. What is changed in one place alone breaks such relations.
"""

from __future__ import annotations

import itertools
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from .copying import Copying
from .layout import attributes, is_named, layout
from .values import with_attribute

# lower(), casefold() and upper() do not agree on these
ODD = ("Straße", "İda", "ſix", "Οδος")
TWINS = ("Straße", "STRASSE")  # equal for casefold() and upper() alone
ORDERED = 3  # keys that are in every order
MOST_WORDS = 6  # of an input, that are renamed
GROUPS = (list, dict, set)
_WORD = re.compile(r"\w*[^\W\d_]\w*")
# what words say of an argument that may be another one, or a part of another one
_ITSELF = re.compile(
    r"\b(?:may|can|could)\b[^.;]*\b"
    r"(?:itself|the same (?:list|dict|dictionary|mapping|set|object))\b"
)


def related(arguments: Mapping[str, Any], words: str) -> Iterator[dict[str, Any]]:
    """Others of the arguments. `words` is the unit's docstring. Raises Uncopyable."""
    yield from _one_object(arguments, words)
    yield from _all_keys(arguments)
    yield from _around(arguments)
    shared = _shared_words(arguments)[:MOST_WORDS]
    for odd in ODD:
        for word in shared:
            yield _Renaming(word, odd).copy(dict(arguments))
    for word in shared:
        yield _Renaming(word, *TWINS).copy(dict(arguments))


def renamed(arguments: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """With one of the shared words another one; the same where there is none. Raises Uncopyable."""
    shared = _shared_words(arguments)
    if not shared:
        return arguments
    made: dict[str, Any] = _Renaming(chance.choice(shared), chance.choice(ODD)).copy(arguments)
    return made


def _one_object(arguments: Mapping[str, Any], words: str) -> Iterator[dict[str, Any]]:
    """An argument is a part of another one, or is another one, where the words speak of that.

    Elsewhere nobody thinks of it, and a right text may loop where the original takes a copy.
    """
    says_itself = bool(_ITSELF.search(words))
    for value, (other, old) in itertools.product(arguments.values(), arguments.items()):
        if says_itself and _may_be(old, value):
            yield {**arguments, other: value}
        if is_named(value) or layout(type(value)).base is not object:
            continue
        for name, part in attributes(value):
            is_told = says_itself or re.search(rf"\b(?!self\b)\w+\.{re.escape(name)}\b", words)
            if is_told and type(part) in GROUPS and _may_be(old, part):
                yield {**arguments, other: part}


def _all_keys(arguments: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Where all items of a list are keys of a mapping in another argument: all keys, reordered."""
    for name, value in arguments.items():
        if type(value) not in (list, tuple) or not value:
            continue
        for other in (each for each in arguments.values() if each is not value):
            for mapping in _mappings(other):
                if _are_keys(value, mapping):
                    first, rest = list(mapping)[:ORDERED], list(mapping)[ORDERED:]
                    for order in itertools.permutations(first):
                        yield {**arguments, name: type(value)([*order, *rest])}


def _around(arguments: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """A list that has its first item once more, behind another one: which of both is meant?"""
    for name, value in arguments.items():
        if type(value) is list:
            yield from ({**arguments, name: made} for made in _surrounding(value))
        elif not is_named(value) and layout(type(value)).base is object:
            for field, part in attributes(value):
                for made in _surrounding(part) if type(part) is list else ():
                    yield {**arguments, name: with_attribute(value, type(value), field, made)}


def _surrounding(items: list[Any]) -> Iterator[list[Any]]:
    others = (each for each in (*items, _like(items[0])) if each != items[0]) if items else ()
    yield from ([*items, other, items[0]] for other in itertools.islice(others, 1))


def _like(value: Any) -> Any:
    """Another value of the same type; the same one where there is none at hand."""
    if type(value) is tuple and value:
        return (_like(value[0]), *value[1:])
    return value + type(value)(1) if type(value) in (int, float, str) else value


def _mappings(value: Any) -> Iterator[dict[Any, Any]]:
    if type(value) is dict:
        yield value
    elif not is_named(value) and layout(type(value)).base is object:
        yield from (part for _, part in attributes(value) if type(part) is dict)


def _are_keys(items: Any, mapping: dict[Any, Any]) -> bool:
    return all(type(each) in (str, int) and each in mapping for each in items)


def _may_be(old: Any, new: Any) -> bool:
    """Whether it stands for a value of the same type, with items of the same types."""
    if type(old) is not type(new) or old is new:
        return False
    if type(new) in GROUPS:
        return bool(new) and (not old or _kinds(old) == _kinds(new))
    return layout(type(new)).base is object and not is_named(new)


def _kinds(value: Any) -> set[type]:
    both = (*value, *value.values()) if type(value) is dict else value
    return {type(each) for each in both}


class _Reading(Copying):
    """Notes the texts of what it copies."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def _atom(self, value: Any, cls: type) -> Any:
        if cls is str:
            self.texts.append(value)
        return value


class _Renaming(Copying):
    """A copy with a word replaced: by `later` behind the first place, else in the case that it has
    there."""

    def __init__(self, word: str, new: str, later: str = "") -> None:
        super().__init__()
        self.pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.I)
        self.new, self.later = new, later
        self.has_begun = False

    def _atom(self, value: Any, cls: type) -> Any:
        return self.pattern.sub(self._other, value) if cls is str else value

    def _other(self, found: re.Match[str]) -> str:
        if self.later and self.has_begun:
            return self.later
        self.has_begun = True
        return self.new if self.later else _in_case_of(found[0], self.new)


def _in_case_of(old: str, new: str) -> str:
    if old.islower():
        return new.lower()
    if old.isupper():
        return "".join(sign.upper() if sign.upper().lower() == sign else sign for sign in new)
    return new


def _shared_words(arguments: Mapping[str, Any]) -> list[str]:
    """Words that stand in several texts; first those that do so in more than one case."""
    reading = _Reading()
    reading.copy(dict(arguments))
    places: dict[str, list[str]] = defaultdict(list)
    for text in reading.texts:
        for word in set(_WORD.findall(text)):
            places[word.lower()].append(word)
    shared = [word for word, found in places.items() if len(found) > 1]
    return sorted(shared, key=lambda word: len(set(places[word])) == 1)
