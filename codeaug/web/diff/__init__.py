"""Two texts of a function, line by line: what stayed, what changed, what moved.

Pure text in, escaped HTML out. Lines end at a line feed only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from codeaug.web.diff.marked import Ranges, Types, changed, changed_inside, marked, token_types
from codeaug.web.diff.moves import Move, Moves, moves
from codeaug.web.diff.pairs import Pair, paired
from codeaug.web.diff.whitespace import Whitespace, indentation, key, line_ends

__all__ = ["Row", "Side", "Whitespace", "compare", "file_lines", "line_ends", "unified"]


@dataclass(frozen=True, slots=True)
class Side:
    """One line of one text as HTML; `number` from 1 within the text.

    `moved` is "" or `moved` or `edited`, `other` then its number in the other text, if it has one.
    """

    number: int
    html: str
    moved: str = ""
    other: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A line of both texts (`same`, `changed`) or of one (`removed`, `added`).

    `hidden` says of two that count as the same how they differ: `spaces` or `indentation`.
    """

    kind: str
    old: Side | None
    new: Side | None
    hidden: str = ""

    @property
    def moved(self) -> str:
        side = self.old or self.new
        return side.moved if side else ""


def compare(
    old: str, new: str, language: str, whitespace: Whitespace = Whitespace.ALL
) -> list[Row]:
    """The rows of a side-by-side comparison. Line ends that are alike everywhere are left out."""
    if line_ends(old, new):
        old, new = old.replace("\r\n", "\n"), new.replace("\r\n", "\n")
    return _Comparison(old, new, language, whitespace).rows()


class _Comparison:
    def __init__(self, old: str, new: str, language: str, whitespace: Whitespace) -> None:
        self._old, self._new = old.split("\n"), new.split("\n")
        self._old_types, self._new_types = token_types(old, language), token_types(new, language)
        self._language, self._whitespace = language, whitespace

    def rows(self) -> list[Row]:
        old_keys = self._keys(self._old, self._old_types)
        new_keys = self._keys(self._new, self._new_types)
        pairs = list(paired(self._old, self._new, old_keys, new_keys))
        both = ((i, j) for i, j in pairs if i is not None and j is not None)
        same = {i: j for i, j in both if old_keys[i] == new_keys[j]}
        found = moves(self._old, self._new, self._language, pairs, same)
        return [
            self._same(i, j)
            if i is not None and j is not None and same.get(i) == j
            else self._changed(i, j, found)
            for i, j in _apart(pairs, found)
        ]

    def _keys(self, lines: Sequence[str], types: Sequence[Types]) -> list[str]:
        return [key(*line, self._whitespace) for line in zip(lines, types, strict=True)]

    def _same(self, i: int, j: int) -> Row:
        before, after = self._old[i], self._new[j]
        hidden = "" if before == after else "spaces"
        if hidden and self._language == "python" and indentation(before) != indentation(after):
            hidden = "indentation"
        return Row("same", self._left(i, []), self._right(j, []), hidden)

    def _changed(self, i: int | None, j: int | None, found: Moves) -> Row:
        if i is not None and j is not None:
            gone, come = changed(self._old[i], self._new[j])
            return Row("changed", self._left(i, gone), self._right(j, come))
        if i is not None:
            return Row("removed", self._left(i, *self._moved(i, found[0].get(i))), None)
        assert j is not None
        return Row("added", None, self._right(j, *self._moved(j, found[1].get(j), came=True)))

    def _moved(
        self, place: int, move: Move | None, came: bool = False
    ) -> tuple[Ranges, Move | None]:
        """What was edited in a line that moved."""
        if move is None or not move.edited or move.other is None:
            return [], move
        i, j = (move.other, place) if came else (place, move.other)
        return changed_inside(self._old[i], self._new[j])[came], move

    def _left(self, i: int, gone: Ranges, move: Move | None = None) -> Side:
        return _side(i, marked(self._old[i], self._old_types[i], gone, "del"), move)

    def _right(self, j: int, come: Ranges, move: Move | None = None) -> Side:
        return _side(j, marked(self._new[j], self._new_types[j], come, "ins"), move)


def _side(place: int, html: str, move: Move | None) -> Side:
    if move is None:
        return Side(place + 1, html)
    other = 0 if move.other is None else move.other + 1
    return Side(place + 1, html, "edited" if move.edited else "moved", other)


def _apart(pairs: Sequence[Pair], found: Moves) -> Iterator[Pair]:
    """The pairs; a line that moved has none."""
    gone, come = found
    for i, j in pairs:
        if i in gone or j in come:
            if i is not None:
                yield i, None
            if j is not None:
                yield None, j
        else:
            yield i, j


def unified(rows: Sequence[Row]) -> Iterator[Row]:
    """The same rows for one column: of each run of changes the old lines, then the new ones."""
    old: list[Row] = []
    new: list[Row] = []
    for row in rows:
        if row.kind == "same":
            yield from old + new + [row]
            old, new = [], []
            continue
        if row.old:
            old.append(Row("removed", row.old, None))
        if row.new:
            new.append(Row("added", None, row.new))
    yield from old + new


def file_lines(text: str, language: str) -> list[str]:
    """The lines of a whole file as HTML."""
    plain = text.replace("\r\n", "\n") if line_ends(text) else text
    kinds = token_types(plain, language)
    return [
        marked(line, types, [], "ins") for line, types in zip(plain.split("\n"), kinds, strict=True)
    ]
