"""Objects made anew, as deep as they go; references that are shared stay shared.

No `__copy__`, `__reduce__` or `__init__` is called. Functions, classes, modules and members of
enums stay what they are, and so does what the caller says.
"""

from __future__ import annotations

import builtins
import collections
import datetime
import decimal
import functools
import io
import re
import types
from collections.abc import Callable
from threading import Lock, RLock
from typing import Any

from .layout import attributes, is_named, layout, setter

globals()["__builtins__"] = dict(vars(builtins))  # what a text does to its own is none of ours

MOST = 4000  # objects of one input
DEEPEST = 100
LOCK, RLOCK = type(Lock()), type(RLock())
ATOMS = frozenset({
    type(None), bool, int, float, complex, str, bytes, range, type(Ellipsis), type(NotImplemented),
    datetime.date, datetime.time, datetime.datetime, datetime.timedelta, datetime.timezone,
    decimal.Decimal, re.Pattern, re.Match,
})  # fmt: skip
EMPTY: tuple[Any, ...] = ([], (), "", "é", b"", bytearray(), range(0))
ITERATORS = frozenset(type(iter(empty)) for empty in EMPTY)
VALUES = (int, float, complex, str, bytes, tuple, frozenset)  # made with their content


# The code of functions that tests make and pass to the unit.
lent: dict[int, types.CodeType] = {}


class Uncopyable(Exception):
    """A value cannot be made twice; the message names it."""


class Copying:
    """One copy of several values that may share objects. `kept` are ids of what stays itself;
    `apart`, whether equal numbers and texts are objects of their own, or one."""

    def __init__(self, kept: frozenset[int] = frozenset(), apart: bool = True) -> None:
        self.kept, self.apart = kept, apart
        self.made: dict[int, Any] = {}
        self.atoms: dict[tuple[type, str], Any] = {}
        self.sources: list[Any] = []  # alive, so that no id is used twice
        self.depth = 0

    def copy(self, value: Any) -> Any:
        """Raises Uncopyable."""
        cls = type(value)
        if id(value) in self.kept:
            return value
        if cls in ATOMS:
            return self._atom(value, cls) if cls in _APART else value
        known = self.made.get(id(value))
        if known is not None:
            return known
        if cls is types.FunctionType and "<locals>" in value.__qualname__:
            return self._function(value)
        if is_named(value):
            return value
        self.sources.append(value)
        self.depth += 1
        if len(self.sources) > MOST or self.depth > DEEPEST:
            raise Uncopyable("a value that is too large")
        try:
            return self._made(value, cls)
        finally:
            self.depth -= 1

    def _atom(self, value: Any, cls: type) -> Any:
        return (
            _APART[cls](value) if self.apart else self.atoms.setdefault((cls, repr(value)), value)
        )

    def _function(self, value: types.FunctionType) -> Any:
        """One that a call has made, with what it holds."""
        lent[id(value.__code__)] = value.__code__
        if not value.__closure__:
            return value
        cells = tuple(types.CellType() for _ in value.__closure__)
        made = types.FunctionType(
            value.__code__, value.__globals__, value.__name__, value.__defaults__, cells
        )
        made.__kwdefaults__, made.__qualname__ = value.__kwdefaults__, value.__qualname__
        self.sources.append(value)
        self.note(value, made)
        for old, new in zip(value.__closure__, cells):
            if is_set(old):
                new.cell_contents = self.copy(old.cell_contents)
        return made

    def _made(self, value: Any, cls: type) -> Any:
        found = layout(cls)
        maker = _MAKERS.get(found.base)
        if maker is None:
            raise Uncopyable(f"a value of type {cls.__name__}")
        made = maker(self, value, cls)
        self.made[id(value)] = made
        if found.base is not cls or found.base is types.SimpleNamespace:
            put = setter(made)
            for name, each in attributes(value):
                put(name, self.copy(each))
        return made

    def note(self, value: Any, made: Any) -> Any:
        """To be called before the content is copied: it may refer to `value`."""
        self.made[id(value)] = made
        return made


# Equal values of which each is an object of its own, as far as there can be several.
_APART: dict[type, Callable[[Any], Any]] = {
    int: lambda value: (value ^ 1) ^ 1,
    float: lambda value: value * 1.0 if value == value else value,  # lists find it by identity
    str: lambda value: value[:1] + value[1:],
    bytes: lambda value: value[:1] + value[1:],
}


def is_set(cell: types.CellType) -> bool:
    try:
        return bool([cell.cell_contents])
    except ValueError:
        return False


def _plain(copying: Copying, value: Any, cls: type) -> Any:
    return copying.note(value, object.__new__(cls))


def _list(copying: Copying, value: Any, cls: type) -> Any:
    made = copying.note(value, list.__new__(cls))
    for each in list.__iter__(value):
        list.append(made, copying.copy(each))
    return made


def _dict(copying: Copying, value: Any, cls: type) -> Any:
    made = copying.note(value, dict.__new__(cls))
    for key, each in dict.items(value):
        dict.__setitem__(made, copying.copy(key), copying.copy(each))
    return made


def _ordered(copying: Copying, value: Any, cls: type) -> Any:
    ordered: Any = collections.OrderedDict
    made = copying.note(value, ordered.__new__(cls))
    for key, each in ordered.items(value):
        ordered.__setitem__(made, copying.copy(key), copying.copy(each))
    return made


def _default(copying: Copying, value: Any, cls: type) -> Any:
    made = copying.note(value, collections.defaultdict.__new__(cls))
    made.default_factory = copying.copy(value.default_factory)
    for key, each in dict.items(value):
        dict.__setitem__(made, copying.copy(key), copying.copy(each))
    return made


def _set(copying: Copying, value: Any, cls: type) -> Any:
    made = copying.note(value, set.__new__(cls))
    for each in set.__iter__(value):
        set.add(made, copying.copy(each))
    return made


def _deque(copying: Copying, value: Any, cls: type) -> Any:
    deque: Any = collections.deque
    made = deque.__new__(cls)
    deque.__init__(made, (), value.maxlen)
    copying.note(value, made)
    for each in deque.__iter__(value):
        deque.append(made, copying.copy(each))
    return made


def _value(base: Any) -> Callable[[Copying, Any, type], Any]:
    """Immutable: made of its content."""

    def make(copying: Copying, value: Any, cls: type) -> Any:
        content = base.__iter__(value) if base in (tuple, frozenset) else None
        if content is None:
            plain = base.__str__(value) if base is str else base(_bare(base, value))
            return base.__new__(cls, plain)
        return base.__new__(cls, [copying.copy(each) for each in content])

    return make


def _bare(base: Any, value: Any) -> Any:
    """The value as one of exactly the built-in type."""
    if base is int:
        return int.__index__(value)
    if base is float:
        return float.__float__(value)
    if base is bytes:
        return bytes.__getitem__(value, slice(None))
    return complex(complex.__dict__["real"].__get__(value), complex.__dict__["imag"].__get__(value))


def _exception(copying: Copying, value: Any, cls: type) -> Any:
    arguments = BaseException.__dict__["args"].__get__(value)
    return BaseException.__new__(cls, *(copying.copy(each) for each in arguments))


def _bytearray(copying: Copying, value: Any, cls: Any) -> Any:
    made: Any = bytearray.__new__(cls)
    bytearray.__init__(made, bytearray.__getitem__(value, slice(None)))
    return made


def _stream(copying: Copying, value: Any, cls: Any) -> Any:
    if value.closed:
        raise Uncopyable("a closed stream")
    made = cls.__new__(cls)
    made.__setstate__(value.__getstate__())
    return made


def _method(copying: Copying, value: Any, cls: type) -> Any:
    return types.MethodType(copying.copy(value.__func__), copying.copy(value.__self__))


def _built_in_method(copying: Copying, value: Any, cls: type) -> Any:
    owner = copying.copy(value.__self__)
    method = getattr(layout(type(owner)).base, value.__name__, None)
    if type(method) is not types.MethodDescriptorType:
        raise Uncopyable("a method of a built-in object")
    return method.__get__(owner, type(owner))


def _partial(copying: Copying, value: Any, cls: type) -> Any:
    arguments = [copying.copy(each) for each in value.args]
    return functools.partial(copying.copy(value.func), *arguments, **copying.copy(value.keywords))


def _iterator(copying: Copying, value: Any, cls: type) -> Any:
    reduced = value.__reduce__()
    made = reduced[0](*(copying.copy(each) for each in reduced[1]))
    if len(reduced) > 2 and reduced[2] is not None:
        made.__setstate__(reduced[2])
    return made


def _slice(copying: Copying, value: Any, cls: type) -> Any:
    return slice(*(copying.copy(each) for each in (value.start, value.stop, value.step)))


def _namespace(copying: Copying, value: Any, cls: type) -> Any:
    return copying.note(value, types.SimpleNamespace.__new__(cls))


def _lock(copying: Copying, value: Any, cls: type) -> Any:
    made = Lock()
    if value.locked():
        made.acquire()
    return made


def _rlock(copying: Copying, value: Any, cls: type) -> Any:
    made = RLock()
    if value._is_owned():
        made.acquire()
    return made


def _proxy(copying: Copying, value: Any, cls: type) -> Any:
    return types.MappingProxyType(copying.copy(dict(value)))


_MAKERS: dict[Any, Callable[[Copying, Any, type], Any]] = {
    object: _plain,
    list: _list,
    dict: _dict,
    collections.OrderedDict: _ordered,
    collections.defaultdict: _default,
    set: _set,
    collections.deque: _deque,
    bytearray: _bytearray,
    io.StringIO: _stream,
    io.BytesIO: _stream,
    types.MethodType: _method,
    types.BuiltinFunctionType: _built_in_method,
    types.SimpleNamespace: _namespace,
    types.MappingProxyType: _proxy,
    functools.partial: _partial,
    slice: _slice,
    LOCK: _lock,
    RLOCK: _rlock,
    **{base: _value(base) for base in VALUES},
    **{iterator: _iterator for iterator in ITERATORS},
    **{
        error: _exception
        for error in vars(builtins).values()
        if type(error) is type and issubclass(error, BaseException)
    },
}
