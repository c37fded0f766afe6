"""Objects as text: the same text for the same behaviour, another for another.

Exact types, floats to the last bit, dictionaries in their order, sets sorted by their items' text;
an object that was met before is told by the place where it was met. No method of a described object
is called but those of built-in types; generators and iterators are driven for some items. For plain
built-in values the text is Python.
"""

from __future__ import annotations

import builtins
import collections
import decimal
import functools
import io
import re
import struct
import types
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

from .copying import ATOMS, LOCK, RLOCK, is_set, lent
from .layout import MADE_AT_RUN_TIME, _flags, attributes, dictionary, is_named, layout, name_of

globals()["__builtins__"] = dict(vars(builtins))  # what a text does to its own is none of ours

MOST = 20_000  # objects of one outcome
DEEPEST = 80
LONGEST = 400_000  # characters of one text
DRIVEN = 20  # items of an iterator
ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]+")


class Making(Protocol):
    """Of the functions that a unit makes; see `driving`."""

    def has_made(self, function: types.FunctionType) -> bool: ...
    def text(self, function: types.FunctionType, describing: Describing) -> str: ...


class Opaque(Exception):
    """A value of which nothing comparable can be said; the message names it."""


class Describing:
    """Texts of several values that may share objects."""

    def __init__(
        self, standing: Mapping[int, Any] | None = None, making: Making | None = None
    ) -> None:
        """`standing`: other objects that are told instead of some, by their ids."""
        self.standing, self.making = standing or {}, making
        self.seen: dict[int, str] = {}
        self.alive: list[Any] = []
        self.depth = 0
        self.places = 0
        self.drove = False

    def named(self, name: str, value: Any) -> str:
        """The text of a value that is known by a name. Raises Opaque."""
        return self.text(value, name)

    def text(self, value: Any, name: str = "") -> str:
        """Raises Opaque."""
        cls = type(value)
        atom = _ATOMS.get(cls)
        if atom is not None:
            return atom(value)
        if cls is types.FunctionType:
            return self._function(self.standing.get(id(value), value))
        if is_named(value):
            return _name(value)
        met = self.seen.get(id(value))
        if met is not None:
            return met
        self.alive.append(value)
        if cls is not tuple and cls is not frozenset:
            self.seen[id(value)] = f"<{name or self.places}>"
            self.places += 1
        self.depth += 1
        if len(self.alive) > MOST or self.depth > DEEPEST:
            raise Opaque("a value that is too large")
        try:
            return self._object(value, cls)
        finally:
            self.depth -= 1

    def _function(self, value: Any) -> str:
        """By its name; one that a test has made, by its place and what it holds as well; one that
        the unit has made, by what it gives."""
        if type(value) is not types.FunctionType:
            return self.text(value)
        if self.making is not None and self.making.has_made(value):
            return self._made(value, self.making)
        if id(value.__code__) not in lent:
            return _name(value)
        met = self.seen.get(id(value))
        if met is None:
            met = self.seen[id(value)] = _place(value)
            cells = [cell for cell in value.__closure__ or () if is_set(cell)]
            held = ", ".join([self.text(cell.cell_contents) for cell in cells])
            return f"{met[:-1]} with {held}>" if held else met
        return met

    def _made(self, value: types.FunctionType, making: Making) -> str:
        met = self.seen.get(id(value))
        if met is None:
            self.alive.append(value)
            self.seen[id(value)] = f"<{self.places}>"
            self.places += 1
            self.drove = True
            return making.text(value, self)
        return met

    def _object(self, value: Any, cls: type) -> str:
        base = layout(cls).base
        writer = _WRITERS.get(base)
        if writer is None:
            if base is cls and _drives(cls):
                return self.driven(value)
            raise Opaque(f"a value of type {cls.__name__}")
        content = writer(self, value)
        if base is cls and base is not types.SimpleNamespace:
            return content
        parts = [content] if base not in (object, types.SimpleNamespace) else []
        parts += [f"{key}={self.text(each)}" for key, each in sorted(attributes(value), key=_key)]
        return f"{name_of(cls)}({', '.join(parts)})"

    def driven(self, value: Any) -> str:
        """The next items of an iterator, and how it ended."""
        self.drove = True
        step, items = type(value).__next__, []
        try:
            for _ in range(DRIVEN):
                items.append(self.text(step(value)))
            items.append("...")
        except StopIteration as stop:
            if stop.value is not None:
                items.append(f"return {self.text(stop.value)}")
        except Opaque:
            raise
        except Exception as error:
            items.append(f"raise {name_of(type(error))}")
        return f"<{type(value).__name__} of {', '.join(items)}>"

    def items(self, values: Iterator[Any]) -> str:
        return ", ".join([self.text(each) for each in values])

    def unordered(self, values: Iterator[Any]) -> str:
        """Each item as if it stood alone: their order in memory says nothing."""
        texts = []
        for each in values:
            inner = Describing()
            inner.seen, inner.depth, inner.places = dict(self.seen), self.depth, self.places
            texts.append(inner.text(each))
        return ", ".join(sorted(texts))


def _key(item: tuple[str, Any]) -> str:
    return str.__str__(item[0])


def _drives(cls: type) -> bool:
    return not _flags(cls) & MADE_AT_RUN_TIME and hasattr(cls, "__next__")


def _name(value: Any) -> str:
    cls = type(value)
    if cls is object:
        return "<object>"
    found = layout(cls)
    if found.is_enum:
        return f"{name_of(cls)}.{(dictionary(value) or {}).get('_name_')!s}"
    if found.is_class:
        return _global(name_of(value), "class")
    if cls is types.FunctionType:
        return _global(f"{value.__module__}.{value.__qualname__}", "function")
    if cls is types.ModuleType:
        return f"<module {value.__name__}>"
    if cls is types.GenericAlias:
        return ascii(value)
    inner = getattr(value, "fget", None) or getattr(value, "__func__", None)
    if type(inner) is types.FunctionType:
        return f"<{cls.__name__} {_name(inner)}>"
    name = getattr(value, "__qualname__", None) or getattr(value, "__name__", None)
    if type(name) is not str:
        raise Opaque(f"a value of type {cls.__name__}")
    return f"<{cls.__name__} {name}>"


def _place(function: types.FunctionType) -> str:
    return f"<{function.__qualname__} line {function.__code__.co_firstlineno}>"


def _global(name: str, kind: str) -> str:
    """Raises Opaque for what a call has made: its name does not say what it does."""
    if "<locals>" in name:
        raise Opaque(f"a {kind} that is made by a call")
    return f"<{kind} {name}>"


def plain(text: str) -> str:
    """A text without the addresses of objects, which differ from process to process."""
    return ADDRESS.sub("at 0x", text) if "0x" in text else text


def _text(value: str) -> str:
    if len(value) > LONGEST:
        raise Opaque("a value that is too large")
    return ascii(plain(value))


def _integer(value: int) -> str:
    return hex(value) if int.bit_length(value) > 10_000 else int.__repr__(value)


def _float(value: float) -> str:
    if value != value:
        bits = struct.pack(">d", value).hex()
        return "float('nan')" if bits == USUAL_NAN else f"float('nan' {bits})"
    return f"float('{value}')" if value in (INFINITE, -INFINITE) else float.__repr__(value)


def _complex(value: complex) -> str:
    return f"complex({_float(value.real)}, {_float(value.imag)})"


def _tuple(describing: Describing, value: Any) -> str:
    inside = describing.items(tuple.__iter__(value))
    return f"({inside},)" if tuple.__len__(value) == 1 else f"({inside})"


def _pairs(describing: Describing, items: Any) -> str:
    text = describing.text
    return "{" + ", ".join([f"{text(key)}: {text(each)}" for key, each in items]) + "}"


def _set(describing: Describing, value: Any) -> str:
    inside = describing.unordered(set.__iter__(value))
    return "{" + inside + "}" if inside else "set()"


def _deque(describing: Describing, value: Any) -> str:
    inside = describing.items(collections.deque.__iter__(value))
    return f"deque([{inside}], {value.maxlen})"


def _default(describing: Describing, value: Any) -> str:
    factory = describing.text(value.default_factory)
    return f"defaultdict({factory}, {_pairs(describing, dict.items(value))})"


def _exception(describing: Describing, value: Any) -> str:
    arguments = BaseException.__dict__["args"].__get__(value)
    return f"{name_of(type(value))}({describing.items(tuple.__iter__(arguments))})"


def _stream(describing: Describing, value: Any) -> str:
    return "<closed stream>" if value.closed else f"<stream {value.__getstate__()[:3]!a}>"


def _method(describing: Describing, value: Any) -> str:
    return f"<method {describing.text(value.__func__)} of {describing.text(value.__self__)}>"


def _built_in_method(describing: Describing, value: Any) -> str:
    return f"<method {value.__name__} of {describing.text(value.__self__)}>"


def _partial(describing: Describing, value: Any) -> str:
    parts = (value.func, value.args, value.keywords)
    return f"partial({', '.join([describing.text(each) for each in parts])})"


def _view(describing: Describing, value: Any) -> str:
    return f"{type(value).__name__}([{describing.items(iter(value))}])"


def _slice(describing: Describing, value: Any) -> str:
    return f"slice({describing.items(iter((value.start, value.stop, value.step)))})"


def _match(describing: Describing, value: Any) -> str:
    return f"<match {value.re.pattern!a} {value.regs!a} in {_text(str(value.string))}>"


INFINITE = float("inf")
USUAL_NAN = struct.pack(">d", float("nan")).hex()
_ATOMS: dict[type, Callable[[Any], str]] = {
    **{cls: ascii for cls in ATOMS},
    int: _integer,
    str: _text,
    float: _float,
    complex: _complex,
    decimal.Decimal: lambda value: f"Decimal({decimal.Decimal.__str__(value)!r})",
    re.Pattern: lambda value: f"<pattern {value.pattern!a} {value.flags}>",
    re.Match: lambda value: _match(Describing(), value),
}
_WRITERS: dict[type, Callable[[Describing, Any], str]] = {
    object: lambda describing, value: "",
    types.SimpleNamespace: lambda describing, value: "",
    list: lambda describing, value: f"[{describing.items(list.__iter__(value))}]",
    tuple: _tuple,
    dict: lambda describing, value: _pairs(describing, dict.items(value)),
    collections.OrderedDict: lambda d, value: (
        f"OrderedDict({_pairs(d, collections.OrderedDict.items(value))})"
    ),
    collections.defaultdict: _default,
    set: _set,
    frozenset: lambda d, value: f"frozenset({{{d.unordered(frozenset.__iter__(value))}}})",
    collections.deque: _deque,
    int: lambda describing, value: _integer(int.__index__(value)),
    float: lambda describing, value: _float(float.__float__(value)),
    str: lambda describing, value: _text(str.__str__(value)),
    bytes: lambda describing, value: bytes.__repr__(value),
    bytearray: lambda describing, value: bytearray.__repr__(value),
    io.StringIO: _stream,
    io.BytesIO: _stream,
    types.MethodType: _method,
    types.BuiltinFunctionType: _built_in_method,
    functools.partial: _partial,
    slice: _slice,
    type({}.keys()): _view,
    type({}.values()): _view,
    type({}.items()): _view,
    types.MappingProxyType: lambda describing, value: (
        f"mappingproxy({_pairs(describing, value.items())})"
    ),
    LOCK: lambda describing, value: f"<lock {value.locked()}>",
    RLOCK: lambda describing, value: f"<lock {value._is_owned()}>",
    **{
        error: _exception
        for error in vars(builtins).values()
        if type(error) is type and issubclass(error, BaseException)
    },
}
