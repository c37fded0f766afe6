"""Arguments that do work for the unit and may fail: sinks, sources, loaders, callbacks.

In an input with a fault, what stands at its place notes its calls, and the n-th one raises. What
the unit does then is compared: what else it calls, which state it leaves, which error arrives. The
first of such inputs has no failure: where two texts do not make the same calls in it, the others
say nothing (see `agreement`). In the last ones nothing fails either, but what is called calls the
unit again, on the same receiver: whether that breaks the unit off is compared, and nothing else.
Where the words say what becomes of those who join meanwhile or leave, one does.
"""

from __future__ import annotations

import collections.abc
import contextlib
import functools
import io
import itertools
import re
import typing
from collections.abc import Callable, Iterator, Sequence
from types import FunctionType, MethodType, new_class
from typing import Any

from .copying import ITERATORS
from .layout import attributes, is_named, layout, setter
from .recording import JOINS, LEAVES, Fault, Input
from .signature import Signature

MOST = 21  # inputs of one unit
BASES = 2  # recorded calls
TIMES = ((0, False), (1, False), (2, False), (3, False), (1, True), (2, True))  # at, and from it on
IN_MEMORY = (io.StringIO, io.BytesIO)
# An object that has one of these reaches beyond the process, or stands for what does.
REACHING = frozenset({
    "write", "writelines", "writerow", "readline", "send", "sendall", "recv", "flush", "commit",
    "rollback", "publish", "upload", "download", "execute", "fetch",
})  # fmt: skip
CALLED = ("__call__", "__next__")
SINGLE = (collections.abc.Iterable, collections.abc.Iterator)
MEANWHILE = re.compile(r"\b(?:meanwhile|meantime|snapshot)\b", re.I)
LEAVING = re.compile(
    r"\b(?:may|can|could)\b[^.;]*\b(?:(?:remove|unsubscribe)s?\s+(?:itself|themselves)|leave)\b",
    re.I,
)
Note = Callable[[str, Any, Any], None]


def _nothing(*args: Any, **kwargs: Any) -> None:
    """What joins others while they are called."""


class Source:
    """Items one after another."""

    def __init__(self, items: Sequence[Any]) -> None:
        self.items, self.given = list(items), 0

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        if self.given >= len(self.items):
            raise StopIteration
        self.given += 1
        return self.items[self.given - 1]


def failing(bases: Sequence[Input], known: Signature) -> list[tuple[Input, Fault]]:
    """Recorded calls with what fails in them, those with much to do first."""
    found: list[tuple[Input, Fault]] = []
    by_size = sorted(bases, key=lambda each: -len(each.text))
    able = [(base, list(_places(base.arguments, known))) for base in by_size]
    able = [(base, places) for base, places in able if places][:BASES]
    for base, places in able:
        for place, error in places:
            source = _is_source(base.arguments[place[0]], place, known)
            fault = Fault(base.text, place, error, source)
            found += [(base, fault._replace(at=at, lasts=lasts)) for at, lasts in TIMES]
            if "self" in base.arguments and not source:
                found.append((base, fault._replace(error="", at=1)))
                if len(place) > 1 and MEANWHILE.search(known.words):
                    found.append((base, fault._replace(error=JOINS, at=1)))
                if len(place) > 1 and LEAVING.search(known.words):
                    found.append((base, fault._replace(error=LEAVES, at=1)))
    return list(itertools.islice(found, MOST))


def _places(arguments: dict[str, Any], known: Signature) -> Iterator[tuple[tuple[str, ...], str]]:
    """Where something stands that may fail, and its error's name."""
    for name, value in arguments.items():
        if name in ("self", "cls"):
            if type(value) not in IN_MEMORY and layout(type(value)).base is object:
                for field, each in () if is_named(value) else attributes(value):
                    if (error := _error(each)) and type(each) not in IN_MEMORY:
                        yield (name, field), error
        elif _is_source(value, (name,), known):
            yield (name,), "RuntimeError"
        elif known.annotations.get(name) not in IN_MEMORY and (error := _error(value)):
            yield (name,), error


def _is_source(value: Any, place: tuple[str, ...], known: Signature) -> bool:
    """Whether nothing is promised of an argument but that its items come one after another."""
    kind = known.annotations.get(place[0]) if len(place) == 1 else None
    is_single = (typing.get_origin(kind) or kind) in SINGLE
    return type(value) in ITERATORS or (is_single and type(value) in (list, tuple))


def _error(value: Any) -> str:
    """What is raised where a value fails; "" if it does not."""
    if type(value) in (FunctionType, MethodType):
        return "RuntimeError"
    if type(value) in (list, tuple):
        return next(filter(None, map(_error, value[:3])), "")
    if type(value) is dict:
        return _error(list(value.values()))
    return "OSError" if _works(value) else ""


def _works(value: Any) -> bool:
    """Whether it is an object that works for others: by its methods, or since a test has made its
    class to stand for such a one."""
    cls = type(value)
    if cls in IN_MEMORY:
        return True
    if layout(cls).base is not object or is_named(value):
        return False
    methods = set(_methods(cls))
    if methods & REACHING:
        return True
    file = str(cls.__module__).rpartition(".")[2]
    is_of_test = file.startswith("test_") or file.endswith("_test") or file == "conftest"
    return bool(methods) and (is_of_test or "<locals>" in cls.__qualname__)


def _methods(cls: type) -> Iterator[str]:
    """The methods that are noted; those of a class in C are, where they call no others."""
    if cls in IN_MEMORY:
        yield from ("write", "read", "readline", "close", "flush", "__next__")
        return
    for each in cls.__mro__[:-1]:
        for name, value in vars(each).items():
            if type(value) is FunctionType and (name in CALLED or not name.startswith("_")):
                yield name


class Faulty:
    """What stands at the fault's place in a call's arguments, from `lend` on.

    `again` calls the unit once more.
    """

    def __init__(
        self, fault: Fault, note: Note, originals: dict[int, Any], again: Callable[[], Any]
    ) -> None:
        self.fault, self.note, self.originals, self.again = fault, note, originals, again
        self.calls = self.depth = 0
        self.raised: list[BaseException] = []
        self.beside: list[Any] = []  # what the receiver holds at the fault's place

    def lend(self, arguments: dict[str, Any]) -> dict[str, Any]:
        name, *fields = self.fault.place
        if not fields:
            return {**arguments, name: self._lent(arguments[name])}
        owner = arguments[name]
        for field, value in attributes(owner):
            if field == fields[0]:
                lent = self._lent(value)
                setter(owner)(field, lent)
                self.beside = lent if type(lent) is list else []
                if self.fault.error == LEAVES:
                    self.beside.append(self._function(_nothing))
        return arguments

    def _lent(self, value: Any) -> Any:
        if type(value) in (FunctionType, MethodType):
            return self._function(value)
        if self.fault.is_source:
            return self._object(Source(list(value)))
        if type(value) in (list, tuple):
            return type(value)([self._lent(each) for each in value])
        if type(value) is dict:
            return {key: self._lent(each) for key, each in value.items()}
        return self._object(value) if _works(value) else value

    def _object(self, value: Any) -> Any:
        cls: Any = type(value)
        names = dict.fromkeys(_methods(cls))
        own: dict[str, Any] = {name: self._method(name, getattr(cls, name)) for name in names}
        own |= {"__slots__": (), "__module__": cls.__module__, "__qualname__": cls.__qualname__}
        lent: Any = new_class(cls.__name__, (cls,), {}, lambda body: body.update(own))
        if cls in IN_MEMORY:
            made = lent.__new__(lent)
            made.__setstate__(value.__getstate__())
            return made
        object.__setattr__(value, "__class__", lent)
        return value

    def _method(self, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(method)
        def call(own: Any, *args: Any, **kwargs: Any) -> Any:
            return self._called(name, functools.partial(method, own), args, kwargs)

        return call

    def _function(self, function: Any) -> Any:
        @functools.wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:
            return self._called("", function, args, kwargs)

        self.originals[id(call)] = function
        return call

    def _called(self, name: str, function: Callable[..., Any], args: Any, kwargs: Any) -> Any:
        """A call from outside; those that it makes of its own are its own affair."""
        if self.depth:
            return function(*args, **kwargs)
        self.calls += 1
        self.note(f"{'.'.join(self.fault.place)}.{name}", args, kwargs)
        if self.fault.at and self._fails() and self.fault.error:
            self._fail()
        self.depth += 1
        try:
            if self._fails() and not self.fault.error:
                with contextlib.suppress(Exception):
                    self.again()
            return function(*args, **kwargs)
        finally:
            self.depth -= 1

    def _fail(self) -> None:
        """Raises the fault's error, unless it is of another kind."""
        if self.fault.error == JOINS:
            self.beside.append(self._function(_nothing))
        elif self.fault.error == LEAVES:
            del self.beside[:1]
        else:
            error: BaseException = _ERRORS[self.fault.error](f"call {self.calls} fails")
            self.raised.append(error)
            raise error

    def arrived(self, value: Any) -> list[str]:
        """Which of the failures left the unit; what is raised elsewhere tells itself."""
        numbers = [number for number, each in enumerate(self.raised) if each is value]
        return [f"failure {number + 1} arrives" for number in numbers]

    def _fails(self) -> bool:
        return self.calls >= self.fault.at if self.fault.lasts else self.calls == self.fault.at


_ERRORS: dict[str, type[Exception]] = {"OSError": OSError, "RuntimeError": RuntimeError}
