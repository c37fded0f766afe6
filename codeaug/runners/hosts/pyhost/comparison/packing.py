"""Values as JSON that anybody may have written: to read it runs no code of the values' classes."""

from __future__ import annotations

import sys
from typing import Any

from .layout import attributes, layout, setter

DEEPEST = 20
PLAIN: dict[str, tuple[Any, Any]] = {  # to write it, to read it
    "bool": (repr, {"True": True, "False": False}.__getitem__),
    "int": (repr, int),
    "float": (repr, float),
    "str": (str, str),
    "bytes": (bytes.hex, bytes.fromhex),
}
KEYS = (type(None), bool, int, float, str, bytes)
GROUPS: dict[str, Any] = {each.__name__: each for each in (list, tuple, set, frozenset)}


class Unpackable(Exception):
    """A value is of no kind that is written or read here."""


def packed(value: Any, depth: int = 0) -> list[Any]:
    """Raises Unpackable."""
    cls, deeper = type(value), depth + 1
    if depth > DEEPEST:
        raise Unpackable("a value is deep")
    if value is None:
        return ["None"]
    if cls in KEYS[1:]:
        return [cls.__name__, PLAIN[cls.__name__][0](value)]
    if cls in GROUPS.values():
        return [cls.__name__, [packed(each, deeper) for each in value]]
    if cls is dict:
        return ["dict", [[packed(key, deeper), packed(value[key], deeper)] for key in value]]
    found, home = layout(cls), [cls.__module__, cls.__qualname__]
    if found.is_enum:
        return ["enum", *home, str(value.name)]
    if found.base is tuple:
        return ["record", *home, [packed(each, deeper) for each in tuple.__iter__(value)]]
    if found.base is object and not found.is_class:
        return ["object", *home, [[name, packed(each, deeper)] for name, each in attributes(value)]]
    raise Unpackable(f"a {cls.__name__}")


def unpacked(data: Any, depth: int = 0) -> Any:
    """Raises Unpackable for what `packed` does not write, and for classes that are not loaded."""
    if depth > DEEPEST:
        raise Unpackable("a value is deep")
    try:
        return _made(data, depth + 1)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise Unpackable(f"{type(error).__name__} in {str(data)[:80]}") from error


def _made(data: Any, depth: int) -> Any:
    kind, *rest = data
    if kind == "None":
        return None
    if kind in PLAIN:
        return PLAIN[kind][1](rest[0])
    if kind in ("list", "tuple"):
        return GROUPS[kind]([unpacked(each, depth) for each in rest[0]])
    if kind in GROUPS:
        return GROUPS[kind]([_key(each, depth) for each in rest[0]])
    if kind == "dict":
        return {_key(key, depth): unpacked(each, depth) for key, each in rest[0]}
    cls, content = _class(*rest[:2]), rest[2]
    found = layout(cls)
    if kind == "enum" and found.is_enum:
        return vars(cls)["_member_map_"][content]
    if kind == "record" and found.base is tuple:
        return tuple.__new__(cls, [unpacked(each, depth) for each in content])
    if kind == "object" and found.base is object and not found.is_enum:
        return _object(cls, {str(name): unpacked(each, depth) for name, each in content})
    raise Unpackable(str(kind))


def _key(data: Any, depth: int) -> Any:
    """A value whose hash and equality are Python's own."""
    found = unpacked(data, depth)
    parts = found if type(found) is tuple else (found,)
    if any(type(part) not in KEYS for part in parts):
        raise Unpackable(f"a key of type {type(found).__name__}")
    return found


def _class(module: str, name: str) -> type:
    found: Any = sys.modules[module]
    for part in name.split("."):
        found = vars(found)[part]
    if not isinstance(found, type) or hasattr(found, "__del__"):
        raise Unpackable("no class, or one that acts when its objects die")
    return found


def _object(cls: type, content: dict[str, Any]) -> Any:
    """As it was: neither `__new__` nor `__init__` of the class is asked."""
    made: Any = object.__new__(cls)
    put = setter(made)
    for name, value in content.items():
        put(name, value)
    return made
