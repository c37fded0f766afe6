"""A code object as raw instructions: name, argument, number of the instruction it jumps to."""

from __future__ import annotations

import dis
from types import CodeType
from typing import NamedTuple

_EXTENDED = dis.opmap["EXTENDED_ARG"]
_CACHE = dis.opmap["CACHE"]
_JUMPS = frozenset(dis.hasjrel) | frozenset(dis.hasjabs)
_BACKWARD = frozenset(op for name, op in dis.opmap.items() if "BACKWARD" in name)
_NAMES = dis.opname


class Raw(NamedTuple):
    """`target` is -1 for an instruction that does not jump; `offset` counts bytes."""

    name: str
    argument: int
    target: int
    offset: int


class Handler(NamedTuple):
    """Instructions `start` to `end` (excluded) are handled at `target`."""

    start: int
    end: int
    target: int
    depth: int
    lasti: bool


def read(code: CodeType) -> tuple[list[Raw], list[Handler]]:
    """The instructions without caches and prefixes, and the exception table, first match first."""
    data = code.co_code
    found: list[tuple[int, int, int]] = []
    number_at: dict[int, int] = {}
    extended, start = 0, -1
    for offset in range(0, len(data), 2):
        op = data[offset]
        if op == _CACHE:
            continue
        if start < 0:
            start = offset
        if op == _EXTENDED:
            extended = (extended | data[offset + 1]) << 8
            continue
        number_at[start] = len(found)
        found.append((op, extended | data[offset + 1], start))
        extended, start = 0, -1
    size = len(found)
    raws = []
    for number, (op, argument, offset) in enumerate(found):
        target = -1
        if op in _JUMPS:
            following = found[number + 1][2] if number + 1 < size else len(data)
            distance = -2 * argument if op in _BACKWARD else 2 * argument
            target = number_at[following + distance]
        raws.append(Raw(_NAMES[op], argument, target, offset))
    return raws, _handlers(code, number_at, len(data), size)


def _handlers(code: CodeType, number_at: dict[int, int], length: int, size: int) -> list[Handler]:
    if not code.co_exceptiontable:
        return []
    number_at = {**number_at, length: size}
    entries = _table(code.co_exceptiontable)
    return [
        Handler(number_at[start], number_at[end], number_at[target], depth >> 1, bool(depth & 1))
        for start, end, target, depth in entries
    ]


def _table(data: bytes) -> list[tuple[int, int, int, int]]:
    """The entries of `co_exceptiontable` (see CPython's exception_handling_notes.txt)."""
    numbers: list[int] = []
    value = 0
    for byte in data:
        value = value << 6 | byte & 63
        if not byte & 64:
            numbers.append(value)
            value = 0
    fours = zip(*[iter(numbers)] * 4, strict=True)
    return [(2 * a, 2 * (a + n), 2 * target, depth) for a, n, target, depth in fours]


def slots(code: CodeType) -> list[str]:
    """The names of a frame's slots, in their order: locals, cells, free variables."""
    known = set(code.co_varnames)
    cells = [name for name in code.co_cellvars if name not in known]
    return [*code.co_varnames, *cells, *code.co_freevars]


def docstring(code: CodeType) -> object:
    """What a function of this code has as `__doc__`, in 3.11 to 3.13."""
    first = code.co_consts[0] if code.co_consts else None
    return first if isinstance(first, str) else None
