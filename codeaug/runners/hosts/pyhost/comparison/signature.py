"""What a unit's own words say of its arguments: parameters, defaults, annotated types."""

from __future__ import annotations

import collections.abc
import typing
from typing import Any

from .probing import Parameters


class Signature(typing.NamedTuple):
    """Parameters, what those that may be left out default to, their annotations' values."""

    parameters: Parameters
    defaults: dict[str, Any]
    annotations: dict[str, Any]
    words: str  # the docstring
    is_lazy: bool = False  # a generator
    is_manager: bool = False  # the generator of a context manager
    errors: tuple[type[BaseException], ...] = ()  # that may end the block of an `__exit__`

    def is_optional(self, name: str) -> bool:
        return type(None) in typing.get_args(self.annotations.get(name))

    def is_iterable(self, name: str) -> bool:
        """Whether nothing but iterating is promised of it."""
        kind = self.annotations.get(name)
        return (typing.get_origin(kind) or kind) is collections.abc.Iterable


def signature(parameters: Parameters, function: Any) -> Signature:
    """`function` may be None: a nested one that is not at hand has neither."""
    if function is None:
        return Signature(parameters, {}, {}, "")
    plain = (*parameters.only, *parameters.plain)
    values = function.__defaults__ or ()
    defaults = dict(zip(plain[len(plain) - len(values) :], values))
    defaults.update(function.__kwdefaults__ or {})
    words = function.__doc__ or ""
    return Signature(parameters, defaults, _annotations(function), words, errors=_errors(function))


def _errors(function: Any) -> tuple[type[BaseException], ...]:
    """What a block may end with: any error, those of the module, and a kind of each of them."""
    if function.__name__ not in ("__exit__", "__aexit__"):
        return ()
    own = [
        each
        for each in dict.fromkeys(filter(_is_error, function.__globals__.values()))
        if each.__module__ == function.__module__
    ]
    below = [type(f"Sub{each.__name__}", (each,), {"__module__": each.__module__}) for each in own]
    return (ValueError, *own, *below, KeyboardInterrupt)


def _is_error(value: Any) -> bool:
    return isinstance(value, type) and issubclass(value, BaseException)


def _annotations(function: Any) -> dict[str, Any]:
    if not getattr(function, "__annotations__", None):
        return {}
    try:
        return typing.get_type_hints(function)
    except Exception:  # names that are known to type checkers alone
        return {}
