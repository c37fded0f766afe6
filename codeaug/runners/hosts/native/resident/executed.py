"""Which lines of a text ran, from the counters of the objects that were made of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from ..counters import Notes, UnknownFormat, read_notes
from . import schemata
from .affected import Unready
from .texts import Block

OWN = "own"


class Executed:
    """Executed and executable lines of one text, gathered over several runs."""

    def __init__(
        self,
        notes: Iterable[Path],
        path: str,
        move: Callable[[str, int], int] = lambda _, line: line,
    ) -> None:
        self.notes, self.path, self.move = tuple(notes), path, move
        self.executed: set[int] = set()
        self.executable: set[int] = set()

    def add(self, counters: Mapping[Path, bytes]) -> None:
        """The counters of a run, by notes file. Raises Unready."""
        for note, data in counters.items():
            try:
                notes = _read(note, self.path)
                executed = notes.executed(data)
            except (UnknownFormat, ValueError) as error:
                raise Unready(f"{note.name}: {error}") from error
            for place, lines in notes.executable.items():
                self.executable |= self._moved(place, lines)
            for place, lines in executed.items():
                self.executed |= self._moved(place, lines)

    def _moved(self, place: str, lines: Iterable[int]) -> set[int]:
        return {moved for line in lines if (moved := self.move(place, line))}

    def found(self) -> tuple[frozenset[int], frozenset[int]]:
        return frozenset(self.executed), frozenset(self.executable)


def placed(number: int, blocks: Mapping[int, Block]) -> Callable[[str, int], int]:
    """The lines of one of several texts in one compilation; 0 for those of other texts.

    Of the other units the unchanged texts are in place.
    """
    own = blocks[number]
    first, around = blocks[own.first], _around(number, blocks)

    def move(place: str, line: int) -> int:
        if place == str(number):
            return line
        if place not in around:
            return 0
        if line <= own.line:
            return line
        return line - first.last_line + own.last_line if line >= first.last_line else 0

    return move


def _around(number: int, blocks: Mapping[int, Block]) -> set[str]:
    """The places of the text's file outside of its own block."""
    return {OWN, *(str(n) for n in schemata.firsts(blocks) if n != blocks[number].first)}


def read_together(
    notes: Iterable[Path], path: str, number: int, blocks: Mapping[int, Block]
) -> Executed:
    """For one of several texts in one compilation. What ran of another's block makes it Unready."""
    allowed = {str(number), *_around(number, blocks)}
    return _Only(notes, path, allowed, placed(number, blocks))


class _Only(Executed):
    def __init__(
        self, notes: Iterable[Path], path: str, allowed: set[str], move: Callable[[str, int], int]
    ) -> None:
        super().__init__(notes, path, move)
        self.allowed = allowed

    def add(self, counters: Mapping[Path, bytes]) -> None:
        super().add(counters)
        for note, data in counters.items():
            ran = _read(note, self.path).executed(data)
            if any(lines and place not in self.allowed for place, lines in ran.items()):
                raise Unready("another text than the one that was asked for ran")


@lru_cache(64)
def _read(note: Path, path: str) -> Notes:
    def place(source: str) -> str | None:
        number = schemata.number_of(os.path.normpath(source))
        if number is not None:
            return str(number)
        return OWN if os.path.realpath(source) == path else None

    return read_notes(note, place)
