"""Inputs on which two texts may differ, found by symbolic execution: CrossHair's, in a fork.

There the changed text runs in one process with who watches it, so nothing that comes out of the
fork is believed: inputs are data, on which both texts are run as on all others; how many paths
there were, and whether these are all, is a note that decides nothing.
"""

from __future__ import annotations

import inspect
import json
import os
import select
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from .calling import Case
from .packing import Unpackable, unpacked
from .running import forked
from .symbolic import look

LOADING = 5.0  # seconds more, in which CrossHair is loaded and the last path ends
MEMORY = 2 << 30
MOST = 40  # inputs
LONGEST = 1 << 20  # bytes of all that comes out
LAZY = inspect.CO_GENERATOR | inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR


class Untyped(Exception):
    """There is no symbol for a parameter; the message says why."""


class Explored(NamedTuple):
    """`suspects` are the arguments on which the texts seem to differ; `unread`, how many more."""

    suspects: list[dict[str, Any]]
    unread: int = 0
    paths: int = 0
    exhausted: bool = False
    problem: str = ""


def typed_signature(function: Any, annotations: dict[str, Any]) -> inspect.Signature:
    """The signature with a type for each parameter. Raises Untyped."""
    if function is None or set(function.__code__.co_freevars) - {"__class__"}:
        raise Untyped("the unit is made by a call of another function")
    if function.__code__.co_flags & LAZY:
        raise Untyped("the unit is a generator or a coroutine")
    known = list(inspect.signature(function, follow_wrapped=False).parameters.values())
    types = {**_receiver(function, [each.name for each in known]), **annotations}
    untyped = [each.name for each in known if each.name not in types]
    if untyped:
        raise Untyped(f"no type is known of {', '.join(untyped)}")
    return inspect.Signature([each.replace(annotation=types[each.name]) for each in known])


def _receiver(function: Any, names: list[str]) -> dict[str, Any]:
    """What a method is called on, by the name of its parameter."""
    owner: Any = function.__globals__
    for part in function.__qualname__.split(".")[:-1]:
        inside = vars(owner) if isinstance(owner, type) else owner
        owner = inside.get(part) if isinstance(inside, Mapping) else None
    if not isinstance(owner, type) or not names or names[0] not in ("self", "cls"):
        return {}
    return {names[0]: owner if names[0] == "self" else type[owner]}


def explore(
    original: Case, changed: Case, signature: inspect.Signature, closed: Collection[int],
    seconds: float,
) -> Explored:  # fmt: skip
    """Both texts on symbols, for so many seconds of processor time."""

    def work(pipe: int) -> None:
        def send(**line: Any) -> None:
            os.write(pipe, json.dumps(line).encode("ascii") + b"\n")

        original.place(original.code)
        look(original, changed, signature, seconds, send)

    with forked(work, closed, MEMORY) as reading:
        return _understood(_lines(reading, time.monotonic() + seconds + LOADING))


# --- the parent's side ----------------------------------------------------------------------------


def _lines(pipe: int, deadline: float) -> Iterator[bytes]:
    data, size = b"", 0
    while size <= LONGEST:
        *whole, data = data.split(b"\n")
        yield from whole
        if not select.select([pipe], [], [], max(0.0, deadline - time.monotonic()))[0]:
            return
        part = os.read(pipe, 1 << 16)
        size += len(part)
        if not part:
            return
        data += part


def _understood(lines: Iterable[bytes]) -> Explored:
    """Whatever they are: a line that is none of ours is not read."""
    suspects: list[dict[str, Any]] = []
    unread = 0
    last: dict[str, Any] = {"problem": "it did not begin in time"}
    for line in lines:
        try:
            told = json.loads(line)
            if "given" in told:
                suspects.append({str(name): unpacked(each) for name, each in told["given"]})
            else:
                last = dict(told)
        except (ValueError, TypeError, RecursionError, Unpackable):
            unread += 1
    paths, problem = last.get("paths"), str(last.get("problem", ""))
    count = paths if type(paths) is int else 0
    return Explored(suspects[:MOST], unread, count, last.get("exhausted") is True, problem)
