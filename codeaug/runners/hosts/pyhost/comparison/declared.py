"""The types that classes declare for their objects' attributes, in their body or in `__init__`."""

from __future__ import annotations

import ast
import functools
import inspect
import sys
import textwrap
import typing
from collections.abc import Iterable, Iterator
from typing import Any

from .layout import attributes, is_named, layout
from .typed import fits, values_of

Declared = dict[tuple[type, str], Any]


def kept(recorded: Iterable[Any]) -> Declared:
    """By class and attribute, the types of objects among the values that all of them keep."""
    found: Declared = {}
    broken = set()
    for cls, name, value in _attributes(recorded):
        kind = types_of(cls).get(name)
        if kind is not None and fits(value, kind):
            found[cls, name] = kind
        else:
            broken.add((cls, name))
    return {place: kind for place, kind in found.items() if place not in broken}


def fit(values: Iterable[Any], known: Declared) -> bool:
    """Whether the attributes of objects among the values are of those types."""
    return all(
        fits(value, known[cls, name])
        for cls, name, value in (_attributes(values) if known else ())
        if (cls, name) in known
    )


def examples(cls: type, name: str) -> list[Any]:
    """Some values of an attribute; [] where no type is declared."""
    return values_of(types_of(cls).get(name))


def _attributes(values: Iterable[Any]) -> Iterator[tuple[type, str, Any]]:
    for value in values:
        if layout(type(value)).base is object and not is_named(value):
            yield from ((type(value), name, each) for name, each in attributes(value))


@functools.cache
def types_of(cls: type) -> dict[str, Any]:
    """By attribute; without those whose types cannot be told."""
    found: dict[str, Any] = {}
    for each in reversed(cls.__mro__[:-1]):
        try:
            found.update(_of_init(each))
            found.update(typing.get_type_hints(each))
        except Exception:  # of the project, which may be anything
            continue
    return found


def _of_init(cls: type) -> Iterator[tuple[str, Any]]:
    """`self.items: list[int] = []` in its `__init__`."""
    init = cls.__dict__.get("__init__")
    if not inspect.isfunction(init):
        return
    known = vars(sys.modules[cls.__module__])
    tree = ast.parse(textwrap.dedent(inspect.getsource(init)))
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Attribute):
            try:
                code = compile(ast.Expression(node.annotation), "<annotation>", "eval")
                yield node.target.attr, eval(code, dict(known))
            except Exception:  # a name for type checkers alone, or a newer Python's
                continue
