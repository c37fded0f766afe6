"""One line of code as escaped HTML: its syntax, what changed in it, what would deceive the eye.

Every control character, and everything invisible or turning the direction of text, becomes a
visible name.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from html import escape
from itertools import pairwise

from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, Comment, Name, String, _TokenType

TOKEN = re.compile(r"\w+|[^\S\n]|\W")

Ranges = list[tuple[int, int]]
Types = list[_TokenType]


def token_types(code: str, language: str) -> list[Types]:
    """The token type of each character, by line. The lexer sees the text exactly as it is."""
    kinds = [Name] * len(code)
    for start, kind, value in get_lexer_by_name(language).get_tokens_unprocessed(code):
        kinds[start : start + len(value)] = [kind] * len(value)
    lines, place = [], 0
    for line in code.split("\n"):
        lines.append(kinds[place : place + len(line)])
        place += len(line) + 1
    return lines


def changed(old: str, new: str) -> tuple[Ranges, Ranges]:
    """The characters of two lines that differ, by whole tokens."""
    a, b = TOKEN.findall(old), TOKEN.findall(new)
    starts_a, starts_b = _starts(a), _starts(b)
    gone, come = [], []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag != "equal":
            gone.append((starts_a[i1], starts_a[i2]))
            come.append((starts_b[j1], starts_b[j2]))
    return gone, come


def changed_inside(old: str, new: str) -> tuple[Ranges, Ranges]:
    """As `changed`, but for the indentation: the lines stand at different places."""
    gone, come = changed(old.lstrip(), new.lstrip())
    return _shifted(gone, old), _shifted(come, new)


def _shifted(ranges: Ranges, line: str) -> Ranges:
    indent = len(line) - len(line.lstrip())
    return [(start + indent, end + indent) for start, end in ranges]


def _starts(tokens: list[str]) -> list[int]:
    starts = [0]
    for token in tokens:
        starts.append(starts[-1] + len(token))
    return starts


def marked(line: str, kinds: Types, ranges: Ranges, mark: str) -> str:
    """The line with its `ranges` inside elements `mark`."""
    edges = {0, len(line), *(edge for span in ranges for edge in span)}
    edges |= {i for i in range(1, len(line)) if kinds[i] is not kinds[i - 1]}
    cuts = sorted(edges)
    pieces: list[str] = []
    inside = False
    for start, end in pairwise(cuts):
        span = next(((a, b) for a, b in ranges if a <= start and end <= b), None)
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
