"""What an object is made of: a built-in part, named slots, a dictionary.

Everything is read through descriptors of `type` and `object`, so that no class decides what is
seen of its objects.
"""

from __future__ import annotations

import enum
import types
from collections.abc import Callable
from typing import Any, NamedTuple

_mro = type.__dict__["__mro__"].__get__
_names = type.__dict__["__dict__"].__get__
_flags = type.__dict__["__flags__"].__get__
_qualname = type.__dict__["__qualname__"].__get__
_module = type.__dict__["__module__"].__get__
_attribute = object.__getattribute__

MADE_AT_RUN_TIME = 1 << 9  # Py_TPFLAGS_HEAPTYPE
IN_C = (
    types.MethodDescriptorType,
    types.ClassMethodDescriptorType,
    types.WrapperDescriptorType,
    types.GetSetDescriptorType,
)
OF_ALL = ("__dict__", "__weakref__")
BY_NAME = (
    types.FunctionType, types.ModuleType, types.MethodDescriptorType,
    types.WrapperDescriptorType, types.GetSetDescriptorType, types.MemberDescriptorType,
    types.ClassMethodDescriptorType, types.MethodWrapperType, types.GenericAlias, types.CodeType,
    property, classmethod, staticmethod,
)  # fmt: skip
_by_name = frozenset(BY_NAME)


class Layout(NamedTuple):
    """`base` is the first class that was not written in Python; `slots` by name."""

    base: type
    slots: tuple[tuple[str, Any], ...]
    is_enum: bool
    is_class: bool


_known: dict[type, Layout] = {}


def layout(cls: type) -> Layout:
    found = _known.get(cls)
    if found is None:
        found = _known[cls] = _layout(cls)
    return found


def _layout(cls: type) -> Layout:
    order = _mro(cls)
    base = next(each for each in order if not _is_python(each))
    slots = [
        (name, value)
        for each in order
        if _is_python(each)
        for name, value in _names(each).items()
        if type(value) is types.MemberDescriptorType
    ]
    return Layout(base, tuple(slots), enum.Enum in order, type in order)


def _is_python(cls: type) -> bool:
    if not _flags(cls) & MADE_AT_RUN_TIME:
        return False
    for name, value in _names(cls).items():
        if type(value) in IN_C and name not in OF_ALL and value.__objclass__ is cls:
            return False
        if name == "__new__" and type(value) is types.BuiltinFunctionType:
            return False
    return True


def name_of(cls: type) -> str:
    """A class's name, with its module unless that is of no interest."""
    module, name = _module(cls), _qualname(cls)
    return name if module == "builtins" else f"{module}.{name}"


def is_named(value: Any) -> bool:
    """Whether a value is what its name says: a function, class, module, member of an enum."""
    cls = type(value)
    if cls in _by_name or cls is object:
        return True
    found = layout(cls)
    if cls is types.BuiltinFunctionType:
        owner = type(value.__self__)
        return owner in (types.ModuleType, type(None)) or layout(owner).is_class
    return found.is_class or found.is_enum


def dictionary(value: Any) -> dict[str, Any] | None:
    """An object's own dictionary; None without one."""
    try:
        found = _attribute(value, "__dict__")
    except AttributeError:
        return None
    return found if type(found) is dict else None


def attributes(value: Any) -> list[tuple[str, Any]]:
    """Attributes that the object itself holds, by name; slots that are set among them."""
    found = list((dictionary(value) or {}).items())
    for name, slot in layout(type(value)).slots:
        try:
            found.append((name, slot.__get__(value, type(value))))
        except AttributeError:
            continue
    return found


def setter(made: Any) -> Callable[[str, Any], None]:
    """Sets attributes that an object itself holds; one for which it has no place is left out."""
    own, slots = dictionary(made), dict(layout(type(made)).slots)

    def put(name: str, value: Any) -> None:
        if name in slots:
            slots[name].__set__(made, value)
        elif own is not None:
            own[name] = value

    return put
