"""Two texts of a function, line by line: what stayed, what changed, and what would deceive the eye.

Pure text in, escaped HTML out. Lines end at a line feed only; every other control character, and
everything invisible or turning the direction of text, becomes a visible name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape
from itertools import pairwise

from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, Comment, Name, String, _TokenType

_SIMILAR = 0.5
_LARGEST_BLOCK = 80
_WORTH_FOLLOWING = 8
_TOKEN = re.compile(r"\w+|[^\S\n]|\W")

Ranges = list[tuple[int, int]]
Pair = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Side:
    """One line of one text as HTML; `number` from 1 within the text."""

    number: int
    html: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of both texts (`same`, `changed`) or of one (`removed`, `added`)."""

    kind: str
    old: Side | None
    new: Side | None
    moved: bool = False


def compare(old: str, new: str, language: str) -> list[Row]:
    """The rows of a side-by-side comparison; a `moved` line stands on the other side too."""
    old_lines, new_lines = old.split("\n"), new.split("\n")
    old_styles, new_styles = _styles(old, language), _styles(new, language)
    rows = []
    pairs = list(_pairs(old_lines, new_lines))
    elsewhere = _moved(old_lines, new_lines, pairs)
    for i, j in pairs:
        before = "" if i is None else old_lines[i]
        after = "" if j is None else new_lines[j]
        gone, come = _changed(before, after) if i is not None and j is not None else ([], [])
        left = None if i is None else Side(i + 1, _line(before, old_styles[i], gone, "del"))
        right = None if j is None else Side(j + 1, _line(after, new_styles[j], come, "ins"))
        moved = (before or after).strip() in elsewhere and not (left and right)
        rows.append(Row(_kind(left, right, before == after), left, right, moved))
    return rows


def _moved(old: list[str], new: list[str], pairs: list[Pair]) -> set[str]:
    """Lines, without their indentation, that one side lost and the other gained."""
    gone = {old[i].strip() for i, j in pairs if i is not None and j is None}
    come = {new[j].strip() for i, j in pairs if j is not None and i is None}
    return {line for line in gone & come if len(line) >= _WORTH_FOLLOWING}


def unified(rows: list[Row]) -> Iterator[Row]:
    """The same rows for one column: of each run of changes the old lines, then the new ones."""
    old: list[Row] = []
    new: list[Row] = []
    for row in rows:
        if row.kind == "same":
            yield from old + new + [row]
            old, new = [], []
            continue
        if row.old:
            old.append(Row("removed", row.old, None, row.moved))
        if row.new:
            new.append(Row("added", None, row.new, row.moved))
    yield from old + new


def _kind(left: Side | None, right: Side | None, equal: bool) -> str:
    if left and right:
        return "same" if equal else "changed"
    return "removed" if left else "added"


# --- which line belongs to which ------------------------------------------------------------------


def _pairs(old: list[str], new: list[str]) -> Iterator[Pair]:
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from zip(range(i1, i2), range(j1, j2), strict=True)
        else:
            yield from _block(old, new, (i1, i2), (j1, j2))


def _block(
    old: list[str], new: list[str], left: tuple[int, int], right: tuple[int, int]
) -> Iterator[Pair]:
    """Pairs the most similar lines of a changed block, then those before and after them."""
    best = _most_similar(old, new, left, right)
    if best is None:
        yield from ((i, None) for i in range(*left))
        yield from ((None, j) for j in range(*right))
        return
    i, j = best
    yield from _block(old, new, (left[0], i), (right[0], j))
    yield i, j
    yield from _block(old, new, (i + 1, left[1]), (j + 1, right[1]))


def _most_similar(
    old: list[str], new: list[str], left: tuple[int, int], right: tuple[int, int]
) -> tuple[int, int] | None:
    if max(left[1] - left[0], right[1] - right[0]) > _LARGEST_BLOCK:
        return None
    best, found = _SIMILAR, None
    for i in range(*left):
        for j in range(*right):
            likeness = _likeness(old[i], new[j])
            if likeness > best:
                best, found = likeness, (i, j)
    return found


def _likeness(old: str, new: str) -> float:
    matcher = SequenceMatcher(None, _TOKEN.findall(old.strip()), _TOKEN.findall(new.strip()))
    return matcher.ratio() if matcher.quick_ratio() > _SIMILAR else 0.0


def _changed(old: str, new: str) -> tuple[Ranges, Ranges]:
    """The characters of two paired lines that differ, by whole tokens."""
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    starts_a, starts_b = _starts(a), _starts(b)
    gone, come = [], []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag != "equal":
            gone.append((starts_a[i1], starts_a[i2]))
            come.append((starts_b[j1], starts_b[j2]))
    return gone, come


def _starts(tokens: list[str]) -> list[int]:
    starts = [0]
    for token in tokens:
        starts.append(starts[-1] + len(token))
    return starts


# --- one line as HTML -----------------------------------------------------------------------------


def _styles(code: str, language: str) -> list[list[_TokenType]]:
    """The token type of each character, by line. The lexer sees the text exactly as it is."""
    kinds = [Name] * len(code)
    for start, kind, value in get_lexer_by_name(language).get_tokens_unprocessed(code):
        kinds[start : start + len(value)] = [kind] * len(value)
    lines, place = [], 0
    for line in code.split("\n"):
        lines.append(kinds[place : place + len(line)])
        place += len(line) + 1
    return lines


def _line(line: str, kinds: list[_TokenType], changed: Ranges, mark: str) -> str:
    edges = {0, len(line), *(edge for span in changed for edge in span)}
    edges |= {i for i in range(1, len(line)) if kinds[i] is not kinds[i - 1]}
    cuts = sorted(edges)
    pieces: list[str] = []
    inside = False
    for start, end in pairwise(cuts):
        span = next(((a, b) for a, b in changed if a <= start and end <= b), None)
        if (span is not None) != inside:
            pieces.append(f"</{mark}>" if inside else f"<{mark}>")
            inside = not inside
        only_space = span is not None and line[slice(*span)].isspace()
        pieces.append(_piece(line[start:end], kinds[start], only_space))
    return "".join(pieces) + (f"</{mark}>" if inside else "")


def _piece(text: str, kind: _TokenType, show_space: bool) -> str:
    in_prose = kind in Comment or kind in String
    body = "".join(_character(c, show_space, in_prose) for c in text)
    style = STANDARD_TYPES.get(kind, "")
    return f'<span class="{style}">{body}</span>' if style and not text.isspace() else body


def _character(character: str, show_space: bool, in_prose: bool) -> str:
    if show_space and character in " \t":
        return '<span class="ws">·</span>' if character == " " else '<span class="ws">→</span>\t'
    if character == "\t" or (character.isascii() and character.isprintable()):
        return escape(character)
    if unicodedata.category(character)[0] in "CZ":
        return f'<span class="odd" title="{_name(character)}">U+{ord(character):04X}</span>'
    if in_prose:
        return escape(character)
    return f'<span class="foreign" title="{_name(character)}">{escape(character)}</span>'


def _name(character: str) -> str:
    return escape(unicodedata.name(character, f"control character {ord(character)}"))
