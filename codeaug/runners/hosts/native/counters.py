"""GCC's notes (.gcno) and counters (.gcda) read directly: fifty times faster than gcov.

Follows gcov-io.h of GCC 9 to 14. Only functions with lines of the project are looked at, and the
same counters of a function are solved once; both matter when a thousand cases run one by one.
"""

from __future__ import annotations

import os
import struct
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

FIRST, LAST = 9, 14
_BYTES_SINCE = 12  # lengths count bytes, before 12 words of four
_FUNCTION, _BLOCKS, _ARCS, _LINES = 0x01000000, 0x01410000, 0x01430000, 0x01450000
_COUNTERS = struct.pack("<I", 0x01A10000)
_ON_TREE = 1

Arc = tuple[int, int, bool]
"""From block, to block, and whether its count follows from the others."""


class UnknownFormat(Exception):
    """Written by a compiler whose format we do not know, or not by GCC."""


@dataclass(frozen=True)
class Function:
    """A function's flow graph, and the project's lines of each of its blocks, by path."""

    header: bytes
    blocks: int
    arcs: Sequence[Arc]
    lines: Mapping[str, Sequence[tuple[int, int]]]
    solved: dict[bytes, Mapping[str, frozenset[int]]] = field(default_factory=dict)

    def executed(self, counters: bytes) -> Mapping[str, frozenset[int]]:
        """The lines that ran, by path, when the arcs were counted as in `counters`."""
        if not counters:
            return {}
        if counters not in self.solved:
            counts = _block_counts(self, struct.unpack(f"<{len(counters) // 8}q", counters))
            self.solved[counters] = {
                path: frozenset(line for block, line in pairs if counts[block])
                for path, pairs in self.lines.items()
            }
        return self.solved[counters]


@dataclass(frozen=True)
class Notes:
    """What the compiler noted about one object; `executable` are the lines that are code."""

    identity: bytes
    unit: int
    functions: Sequence[Function]
    executable: Mapping[str, frozenset[int]]

    def executed(self, counters: bytes) -> Mapping[str, frozenset[int]]:
        """The lines that ran, by path. Raises ValueError for counters of another compilation."""
        if counters[4:12] != self.identity:
            raise ValueError("the counters are of another compilation")
        lines: dict[str, set[int]] = defaultdict(set)
        position = 0
        for function in self.functions:
            found = counters.find(function.header, position)
            if found >= 0:
                position = found + len(function.header)
                for path, executed in function.executed(self._arcs(counters, position)).items():
                    lines[path] |= executed
        return {path: frozenset(found) for path, found in lines.items()}

    def _arcs(self, counters: bytes, at: int) -> bytes:
        """The arc counters at `at`; a negative length says that all are zero."""
        if counters[at : at + 4] != _COUNTERS:
            return b""
        (length,) = struct.unpack_from("<i", counters, at + 4)
        return counters[at + 8 : at + 8 + length * self.unit] if length > 0 else b""


def read_notes(path: Path, place: Callable[[str], str | None]) -> Notes:
    """The notes file at `path`. `place` gives a source's path in the project, None outside it.

    Raises UnknownFormat.
    """
    reader = _Reader(path.read_bytes())
    folder = reader.string()
    reader.word()  # whether blocks that never ran are marked

    @cache
    def placed(source: str) -> str | None:
        return place(os.path.join(folder, source))

    functions = [f for f in _functions(reader, placed) if f.lines]
    executable: dict[str, set[int]] = defaultdict(set)
    for function in functions:
        for source, pairs in function.lines.items():
            executable[source].update(line for _, line in pairs)
    lines = {source: frozenset(found) for source, found in executable.items()}
    return Notes(reader.data[4:12], reader.unit, functions, lines)


class _Reader:
    """Words and strings of a notes file, in order."""

    def __init__(self, data: bytes) -> None:
        if data[:4] != b"oncg":
            raise UnknownFormat("no notes file of a little-endian GCC")
        self.data = data
        self.major = (data[7] - ord("A")) * 10 + data[6] - ord("0")
        if not FIRST <= self.major <= LAST:
            raise UnknownFormat(f"notes of GCC {self.major}")
        self.unit = 1 if self.major >= _BYTES_SINCE else 4
        self.at = 16 if self.major >= _BYTES_SINCE else 12

    def word(self) -> int:
        (value,) = struct.unpack_from("<I", self.data, self.at)
        self.at += 4
        return int(value)

    def string(self) -> str:
        length = self.word() * self.unit
        text = self.data[self.at : self.at + length].rstrip(b"\0")
        self.at += length
        return text.decode(errors="surrogateescape")

    def records(self, last: int = sys.maxsize) -> Iterator[tuple[int, int]]:
        """Each record's tag and end, up to `last`; the reader stands at its beginning."""
        last = min(last, len(self.data))
        while self.at + 8 <= last:
            tag, length = struct.unpack_from("<II", self.data, self.at)
            self.at += 8
            end = self.at + length * self.unit
            yield tag, end
            self.at = end


def _functions(reader: _Reader, place: Callable[[str], str | None]) -> Iterator[Function]:
    """The functions that were written, not those that the compiler made up, with project lines."""
    extents = list(_extents(reader))
    sources = {data for _, _, data in extents if place(data.decode(errors="surrogateescape"))}
    marks = [b"/repo/", *sources]
    for start, end, _ in extents:
        if any(reader.data.find(mark, start, end) >= 0 for mark in marks):
            reader.at = start
            yield _function(reader, end, place)


def _extents(reader: _Reader) -> Iterator[tuple[int, int, bytes]]:
    """Where each function's records begin and end, and the file in which it was written."""
    start, source = 0, b""
    for tag, end in reader.records():
        if tag != _FUNCTION:
            continue
        if start:
            yield start, reader.at - 8, source
        start = reader.at
        reader.at += 12
        reader.string()
        source = b"" if reader.word() else reader.string().encode(errors="surrogateescape")
        start = start if source else 0
        reader.at = end
    if start:
        yield start, len(reader.data), source


def _function(reader: _Reader, end: int, place: Callable[[str], str | None]) -> Function:
    checks = reader.data[reader.at : reader.at + 12]
    header = struct.pack("<II", _FUNCTION, 12 // reader.unit) + checks
    reader.at += struct.unpack_from("<I", reader.data, reader.at - 4)[0] * reader.unit
    blocks = 0
    arcs: list[Arc] = []
    lines: dict[str, list[tuple[int, int]]] = {}
    for tag, stop in reader.records(end):
        if tag == _BLOCKS:
            blocks = reader.word()
        elif tag == _ARCS:
            source, *rest = struct.unpack_from(
                f"<{(stop - reader.at) // 4}I", reader.data, reader.at
            )
            pairs = zip(rest[::2], rest[1::2], strict=True)
            arcs += [(source, target, bool(flags & _ON_TREE)) for target, flags in pairs]
        elif tag == _LINES:
            _read_lines(reader, stop, place, lines)
    return Function(header, blocks, arcs, lines)


def _read_lines(
    reader: _Reader,
    end: int,
    place: Callable[[str], str | None],
    lines: dict[str, list[tuple[int, int]]],
) -> None:
    block = reader.word()
    path: str | None = None
    while reader.at < end:
        line = reader.word()
        if line:
            if path is not None:
                lines.setdefault(path, []).append((block, line))
            continue
        source = reader.string()
        path = place(source) if source else None


def _block_counts(function: Function, counters: Sequence[int]) -> list[int]:
    """How often each block ran: what flows in flows out, so counted arcs give the others."""
    given = iter(counters)
    counts = [None if on_tree else next(given) for _, _, on_tree in function.arcs]
    into: list[list[int]] = [[] for _ in range(function.blocks)]
    out: list[list[int]] = [[] for _ in range(function.blocks)]
    for number, (source, target, _) in enumerate(function.arcs):
        out[source].append(number)
        into[target].append(number)
    known: list[int | None] = [None] * function.blocks
    waiting = list(range(function.blocks))
    while waiting:
        block = waiting.pop()
        for arcs in (into[block], out[block]):
            missing = [arc for arc in arcs if counts[arc] is None]
            total = known[block]
            if total is None and arcs and not missing:
                known[block] = sum(counts[arc] or 0 for arc in arcs)
                waiting.append(block)
            elif total is not None and len(missing) == 1:
                counts[missing[0]] = total - sum(counts[arc] or 0 for arc in arcs)
                waiting += function.arcs[missing[0]][:2]
    return [count or 0 for count in known]
