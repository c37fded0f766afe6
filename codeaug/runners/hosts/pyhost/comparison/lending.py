"""Functions that the tests pass to the unit: which of them it calls, with what, in which order."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from types import BuiltinFunctionType, FunctionType, MethodDescriptorType, MethodType
from typing import Any

from .copying import lent
from .describing import Describing, Opaque

FUNCTIONS = (FunctionType, BuiltinFunctionType, MethodType, MethodDescriptorType)
EMPTY = (int, float, str, bytes, list, tuple, dict, set)
MOST = 200  # calls that are told


class Lent:
    """The functions among the arguments of one call. `originals`: what our own stand for, by id."""

    def __init__(self) -> None:
        self.originals: dict[int, Any] = {}
        self.told: list[str] = []
        self.alive: list[Any] = []

    def watched(self, arguments: dict[str, Any]) -> dict[str, Any]:
        """The arguments, with a function of ours in the place of each function."""
        return {
            name: self._watched(name, value) if type(value) in FUNCTIONS else value
            for name, value in arguments.items()
        }

    def _watched(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def watch(*args: Any, **kwargs: Any) -> Any:
            self.note(name, args, kwargs)
            return function(*args, **kwargs)

        self.originals[id(watch)] = self.originals.get(id(function), function)
        self.alive.append(watch)
        return watch

    def note(self, name: str, args: Any, kwargs: Any) -> None:
        if len(self.told) > MOST:
            return
        try:
            told = Describing(self.originals).text([*args, kwargs])
        except Opaque:
            told = "?"
        self.told.append(f"{name}{told}")

    def calls(self) -> str:
        return f"calls {', '.join(self.told)}" if self.told else ""


class Failing:
    """Items, and then an error: what was given by then shows how lazy a generator is."""

    def __init__(self, items: Sequence[Any]) -> None:
        self.items = items

    def __iter__(self) -> Iterator[Any]:
        yield from self.items
        raise OSError("nothing more can be read")


def answering(function: Callable[..., Any]) -> list[Callable[..., Any]]:
    """Other functions for a function: it answers as true, with what is empty, or with an error."""

    def as_true(*args: Any, **kwargs: Any) -> Any:
        answer = function(*args, **kwargs)
        return 2 * answer if type(answer) is bool else answer

    def empty(*args: Any, **kwargs: Any) -> Any:
        answer = function(*args, **kwargs)
        return type(answer)() if type(answer) in EMPTY else answer

    def nothing(*args: Any, **kwargs: Any) -> None:
        function(*args, **kwargs)

    def refusing(*args: Any, **kwargs: Any) -> Any:
        raise ValueError("refused")

    def missing(*args: Any, **kwargs: Any) -> Any:
        raise KeyError("missing")

    def interrupted(*args: Any, **kwargs: Any) -> Any:
        raise KeyboardInterrupt

    made = [as_true, empty, nothing, refusing, missing, interrupted]
    lent.update((id(each.__code__), each.__code__) for each in made)
    return made
