"""Inputs that are far from the recorded ones: several random changes on top of each other.

Changes know types and build on what the tests pass, as the type-aware mutation of EvalPlus does
(Liu et al. 2023); that they are stacked is the havoc stage of AFL.
"""

from __future__ import annotations

import collections
import io
import random
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from .copying import Copying
from .declared import examples
from .layout import attributes, is_named, layout
from .values import RUN, Growing, mapping, with_attribute, with_content, with_nothing

MOST_CHANGES = 4
DEEPEST = 4
OF_ANOTHER = 0.3  # of an object's attributes: as it is in another object of the class
NEAR = 0.4  # of the items that are added: nearly as one that is there
NEGATIVE_ZERO = 0.05  # of other floating-point numbers
SMALL = 9  # below it, what is rounded or cut off shows
LONGEST = 60  # items or characters of what still grows
# what only looks like a letter, digit, blank or line end, or changes its length with its case
SIGNS = "aB0 9_-.,;:/@#'\"\t\n\r\x0b\x00éßſİ٣²àΩ\u2028\u00a0\U0001f600\ud800"
ALIENS = (None, "")
NUMBERS = ("0", "00", "1", "-1", "9", "10", "99", "007", "1e3", "٣")
_NUMBER = re.compile(r"\d+")
_WORDS = re.compile(r"(\W+)")


class Havoc:
    """Values made of others by chance. `donors` are values whose parts are put into others."""

    def __init__(self, growing: Growing, donors: Sequence[Any], chance: random.Random) -> None:
        self.growing, self.chance = growing, chance
        self.parts: dict[type, list[Any]] = {}
        for donor in donors:
            for part in _parts(donor, 0):
                self.parts.setdefault(type(part), []).append(part)
        values = (each for known in self.parts.get(dict, ()) for each in known.values())
        self.fields: dict[tuple[type, str], list[Any]] = {}
        for donor in donors:
            for cls, name, each in _fields(donor, 0):
                self.fields.setdefault((cls, name), []).append(each)
        for (cls, name), known in self.fields.items():
            known += [] if any(known) else examples(cls, name)
        self.is_nested = any(isinstance(each, dict) for each in values)
        lengths = {len(each) for each in self.parts.get(tuple, ())}
        self.record = lengths.pop() if len(lengths) == 1 else 0  # all tuples are as long
        texts = [*self.parts.get(str, ()), *growing.pool.strings]
        self.letters = "".join(sorted(set("".join(texts))))

    def small(self, value: Any) -> Any:
        """The value with small numbers for all whole ones, also within plain lists and tuples."""
        if type(value) is int:
            return self.chance.randint(1, SMALL)
        return type(value)(map(self.small, value)) if type(value) in (list, tuple) else value

    def of(self, value: Any) -> Any:
        """The value after some changes."""
        for _ in range(self.chance.randint(1, MOST_CHANGES)):
            value = self._changed(value, 0)
        return value

    def twin(self, value: Any, other: Any) -> Any:
        """Instead of `other`: the value, one that is nearly the same, one of its items."""
        if type(value) is not type(other):
            items = value if type(value) in (list, tuple) and not isinstance(other, list) else ()
            return self.chance.choice(items) if items else other
        if type(value) is str and self.chance.random() < 0.5:
            return self.chance.choice([value.upper(), value.lower(), value.swapcase(), value + " "])
        near = value if self.chance.random() < 0.4 else self._changed(value, 0)
        return Copying().copy(near)

    def _changed(self, value: Any, depth: int) -> Any:
        cls = type(value)
        change = _CHANGES.get(cls)
        if change is not None and depth < DEEPEST:
            return change(self, value, depth)
        if cls not in _CHANGES and layout(cls).base in (object, dict, list) and not is_named(value):
            return self._object(value, cls, depth)
        others = self.growing.of(value, depth)
        same = self.parts.get(cls, ())
        if same and (not others or self.chance.random() < 0.3):
            return self.chance.choice(same)
        return self.chance.choice(others) if others else value

    def _object(self, value: Any, cls: type, depth: int) -> Any:
        own = attributes(value)
        if not own or depth >= DEEPEST:
            return value
        name, old = self.chance.choice(own)
        known = self.fields.get((cls, name), ())
        if known and self.chance.random() < OF_ANOTHER:
            new = self.chance.choice(known)
        else:
            new = self._changed(old, depth + 1)
        return value if new is old else with_attribute(value, cls, name, new)

    def _number(self, value: Any, depth: int) -> Any:
        """A boundary, a constant, one that is nearby or one of any size."""
        chance, way = self.chance, self.chance.randrange(4)
        if type(value) is float and chance.random() < NEGATIVE_ZERO:
            return -0.0
        if way < 2:
            found = [*self.growing.of(value, depth), *self.parts.get(type(value), ())]
            return chance.choice(found)
        size = chance.choice((5, 20, 200, 5000))
        near = value if way == 2 and abs(value) < 1 << 53 else 0
        if type(value) is int:
            return near + chance.randint(-size // 5, size)
        return near + round(chance.uniform(-size, size), chance.choice((0, 1, 2, 5)))

    def _text(self, value: str, depth: int) -> str:
        chance = self.chance
        at = chance.randint(0, len(value))
        ways: list[Callable[[], str]] = [
            lambda: value[:at] + self._sign(value) + value[at:],
            lambda: value[:at] + value[at + chance.randint(1, 3) :],
            lambda: value[:at] + self._sign(value) + value[at + 1 :],
            lambda: self._words(value),
            lambda: self._numbers(value),
            lambda: value[:at] + value[at:].swapcase(),
            lambda: chance.choice(self.growing.of(value)),
            lambda: value[:at] + chance.choice(self.parts.get(str, [value])) + value[at:],
            lambda: self._lines(value) if "\n" in value else value[:at] + value[at:][:1] * RUN,
            lambda: self._end(value),
        ]
        made = chance.choice(ways)()
        return made if len(made) <= max(LONGEST, 2 * len(value)) else value

    def _sign(self, value: str) -> str:
        known = [text for text in (value, self.letters) if text]
        return self.chance.choice(self.chance.choice([*known, SIGNS]))

    def _numbers(self, value: str) -> str:
        """Another number in the place of one that stands there."""
        found = list(_NUMBER.finditer(value))
        if not found:
            return self.chance.choice("-+ ") + value
        if self.chance.random() < 0.2:
            return "-" + value
        start, end = self.chance.choice(found).span()
        if self.chance.random() < 0.2:
            return value[:start] + "0" * self.chance.randint(1, 6) + value[start:]
        return value[:start] + self.chance.choice(NUMBERS) + value[end:]

    def _end(self, value: str) -> str:
        """One of its separators at the end, or none there; a text without one is cut off."""
        signs = [sign for sign in value if not sign.isalnum()]
        if not signs:
            return value[:-1]
        sign = self.chance.choice(signs)
        return value.removesuffix(sign) if value.endswith(sign) else value + sign

    def _lines(self, value: str) -> str:
        """A line is empty, elsewhere, there twice, begins otherwise, or all end otherwise."""
        lines, chance = value.splitlines(keepends=True), self.chance
        at, to = chance.randrange(len(lines)), chance.randrange(len(lines))
        way = chance.randrange(6)
        if way == 0:
            lines[at] = "\n"
        elif way == 1:
            lines[at], lines[to] = lines[to], lines[at]
        elif way == 2:
            lines.insert(to, lines[at])
        elif way == 3:
            lines[at] = self._sign(value) + lines[at]
        elif way == 4:
            lines.insert(at, "\n")
        else:
            return value.replace("\n", "\r\n")
        return "".join(lines)

    def _bytes(self, value: bytes, depth: int) -> bytes:
        return self._text(value.decode("latin-1"), depth).encode("latin-1", "replace")

    def _stream(self, value: Any, depth: int) -> Any:
        return value if value.closed else with_content(value, self._changed(value.getvalue(), 0))

    def _words(self, value: str) -> str:
        """The words in another order, one of them left out, empty, or there once more."""
        words = _WORDS.split(value)
        if len(words) < 3:
            return value + value[:1]
        chance, at = self.chance, 2 * self.chance.randrange((len(words) + 1) // 2)
        way = chance.randrange(4)
        if way == 0:
            own = words[::2]
            chance.shuffle(own)
            words[::2] = own
        elif way == 1:
            words[at : at + 2] = []
        elif way == 2:
            words[at] = ""
        else:
            words[at:at] = [words[at], words[1]]
        return "".join(words)

    def _items(self, value: Any, depth: int) -> Any:
        items, make, chance = list(value), type(value), self.chance
        way = chance.randrange(7) if items else 5
        if depth and make is tuple and len(items) == self.record:
            way = 2
        at = chance.randrange(len(items)) if items else 0
        if way == 0:
            chance.shuffle(items)
        elif way == 1:
            items[at : at + chance.randint(1, 3)] = []
        elif way in (2, 3):
            items[at] = self._item(items[at], depth)
        elif way == 6:
            items = [self._item(items[at], depth)] * chance.choice((1, 1, 2))
        elif len(items) < LONGEST:
            kind = type(items[at]) if items else None
            known = self.parts.get(kind, ()) if kind else ()
            donor = chance.choice(known) if known and way == 5 else items[at] if items else "a"
            if items and chance.random() < NEAR:
                donor = self._changed(donor, depth + 1)
            items.insert(chance.randint(0, len(items)), donor)
        return make(items, value.maxlen) if make is collections.deque else make(items)

    def _item(self, old: Any, depth: int) -> Any:
        """Another item: rarely of another type."""
        if self.chance.random() < 0.08:
            return tuple(old) if type(old) is list else self.chance.choice(ALIENS)
        return self._changed(old, depth + 1)

    def _pairs(self, value: Any, depth: int) -> Any:
        items, chance = list(value.items()), self.chance
        if not items:
            return value
        at, way = chance.randrange(len(items)), chance.randrange(6)
        key, old = items[at]
        if way == 0:
            chance.shuffle(items)
        elif way == 1:
            del items[at]
        elif way in (2, 3):
            items[at] = (key, self._value(key, old, depth))
        elif way == 4:
            items[at] = (key, chance.choice(items)[1])
        elif type(key) in (str, int):
            items.append((self._changed(key, depth + 1), old))
        return mapping(value, items)

    def _value(self, key: Any, old: Any, depth: int) -> Any:
        """Another value of a mapping: also nothing, nothing within, deeper where that is usual."""
        turn = self.chance.random()
        if turn < 0.2:
            return self.chance.choice([None, *with_nothing(old)])
        if turn < 0.4 and self.is_nested:
            return {self.chance.choice(self.parts.get(type(key), [key])): old}
        return self._changed(old, depth + 1)

    def _set(self, value: Any, depth: int) -> Any:
        items = list(self._items(sorted(value, key=repr), depth)) if value else []
        return type(value)(items)


def _fields(value: Any, depth: int) -> Iterator[tuple[type, str, Any]]:
    """The attributes of an object and of those that it holds."""
    if depth > DEEPEST or is_named(value) or layout(type(value)).base not in (object, list):
        return
    for name, each in attributes(value):
        yield type(value), name, each
        yield from _fields(each, depth + 1)
    if isinstance(value, list):
        for each in value:
            yield from _fields(each, depth + 1)


def _parts(value: Any, depth: int) -> Iterator[Any]:
    """Values of which others are made: the value's items, keys and so on, and itself."""
    if depth > 2:
        return
    yield value
    if type(value) in (list, tuple, set, frozenset, collections.deque):
        for each in value:
            yield from _parts(each, depth + 1)
    elif type(value) in (io.StringIO, io.BytesIO) and not value.closed:
        yield from (value.getvalue(), *value.getvalue().splitlines(keepends=True))
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from (key, *_parts(each, depth + 1))


_CHANGES: dict[type, Callable[[Havoc, Any, int], Any]] = {
    int: Havoc._number,
    float: Havoc._number,
    str: Havoc._text,
    bytes: Havoc._bytes,
    io.StringIO: Havoc._stream,
    io.BytesIO: Havoc._stream,
    **dict.fromkeys((list, tuple, collections.deque), Havoc._items),
    **dict.fromkeys((dict, collections.OrderedDict, collections.defaultdict), Havoc._pairs),
    **dict.fromkeys((set, frozenset), Havoc._set),
}
