"""White space that a reader does not want to see as a difference, and what is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from pygments.token import String, _TokenType

_SPACE = " \t"
# Two signs that are one when nothing stands between them.
_JOINED = frozenset(
    {"++", "--", "<<", ">>", "&&", "||", "==", "!=", "<=", ">=", "+=", "-=", "*=", "/=", "%=", "&=",
     "|=", "^=", "->", "::", "//", "/*", "*/", "##", "**", "..", ":="}
)  # fmt: skip


class Whitespace(StrEnum):
    """Which differences in white space are shown. What is in a string always is."""

    ALL = "all"
    ENDS = "ends"
    NONE = "none"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def next(self) -> Whitespace:
        modes = list(Whitespace)
        return modes[(modes.index(self) + 1) % len(modes)]


_LABELS = {
    Whitespace.ALL: "shown",
    Whitespace.ENDS: "ignored at line ends",
    Whitespace.NONE: "ignored",
}


def line_ends(*texts: str) -> str:
    """CRLF when every line of all the texts ends so: then none of them need be marked."""
    ended = [line for text in texts for line in text.split("\n")[:-1]]
    return "CRLF" if ended and all(line.endswith("\r") for line in ended) else ""


def key(line: str, kinds: Sequence[_TokenType], mode: Whitespace) -> str:
    """What lines that count as the same have in common."""
    if mode is Whitespace.ALL:
        return line
    plain = [c in _SPACE and kind not in String for c, kind in zip(line, kinds, strict=True)]
    start = next((i for i, is_plain in enumerate(plain) if not is_plain), len(line))
    end = next((i for i in range(len(line), start, -1) if not plain[i - 1]), start)
    if mode is Whitespace.ENDS:
        return line[start:end]
    return _squeezed(line[start:end], plain[start:end])


def _squeezed(line: str, plain: Sequence[bool]) -> str:
    """Without white space, but for one blank where two tokens would become one."""
    kept: list[str] = []
    gap = False
    for character, is_plain in zip(line, plain, strict=True):
        if is_plain:
            gap = True
            continue
        if gap and kept and _joins(kept[-1], character):
            kept.append(" ")
        kept.append(character)
        gap = False
    return "".join(kept)


def _joins(before: str, after: str) -> bool:
    return (_is_word(before) and _is_word(after)) or before + after in _JOINED


def _is_word(character: str) -> bool:
    return character.isalnum() or character in "_\"'"


def indentation(line: str) -> str:
    return line[: len(line) - len(line.lstrip(_SPACE))]
