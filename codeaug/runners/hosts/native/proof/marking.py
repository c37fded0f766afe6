"""One file's text with the functions that are looked at marked, and their lines told apart.

A marked function is kept, compiled on its own, and no caller knows its body (`used`, `noipa`): so
one compilation serves variants of many functions, and none of them can hide another's difference.
The code behind a function keeps its line numbers, whatever the function's length is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .macros import Macros, line_sensitive
from .order import MARK
from .tokens import statement_lines, tokens

FIRST, STEP = 1_000_000, 10_000


@dataclass(frozen=True)
class Place:
    """A function of a file: offsets of its text, and of the body within that text."""

    start: int
    end: int
    body: int
    number: int
    lines: str
    """How its lines are numbered: `own` (a range of its own), `one` (all lines the same, so that an
    assertion may move) or `file` (as in the file: something else looks at the number)."""


def lines_kind(texts: Sequence[str], macros: Macros, locates: bool) -> str:
    """How the lines of a function may be numbered, by all texts that it has.

    `locates`: something in the unit of compilation asks where it is called from.
    """
    found = [line_sensitive(tokens(text), macros) for text in texts]
    if locates or any(other for _, other in found):
        return "file"
    return "one" if any(assertion for assertion, _ in found) else "own"


def marked(
    text: str, places: Sequence[Place], codes: Mapping[int, str], mark: str, *, mapped: bool = False
) -> str:
    """The file with each place's text (`codes` by number, else its own) behind `mark`.

    `mapped`: each function has lines of its own, whatever looks at them, and a mark in its body:
    where symbols and trees come from can be seen.
    """
    pieces, at = [], 0
    for place in sorted(places, key=lambda place: place.start):
        own = text[place.start : place.end]
        lines = "own" if mapped and place.lines == "file" else place.lines
        first = _line(text, place.start) if lines == "file" else FIRST + STEP * place.number
        pieces.append(text[at : place.start])
        pieces.append(f"\n#line {first}\n{mark}")
        code = codes.get(place.number, own)
        if mapped:
            code = _shown(own[: place.body], code, place.number)
        pieces.append(_on_one_line(code, first, lines == "one"))
        pieces.append(f"\n#line {_line(text, place.end)}\n")
        at = place.end
    return "".join([*pieces, text[at:]])


def _shown(head: str, code: str, number: int) -> str:
    """The function with a declaration in its body by which it is found in the compiler's trees."""
    before = len(tokens(head))
    brace = next((t.start + 1 for t in tokens(code)[before:] if t.text == "{"), 0)
    return f"{code[:brace]} {MARK.format(number)}{code[brace:]}" if brace else code


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _on_one_line(code: str, line: int, wanted: bool) -> str:
    pieces, at = [], 0
    for start in statement_lines(code) if wanted else ():
        pieces.append(f"{code[at:start]}#line {line}\n")
        at = start
    return "".join([*pieces, code[at:]])
