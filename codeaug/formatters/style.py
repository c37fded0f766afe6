"""What settings say about a file, before it is known what stands in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """What a repository's settings say about a file; 0 and "" where they say nothing.

    `limit` is the length of a line, `indent` one level of indentation, `tool` the formatter (a name
    in `codeaug.formatters.TOOLS`) and `options` its settings as arguments. `unusable` says why a
    formatter that the repository has is not asked.
    """

    limit: int = 0
    indent: str = ""
    tool: str = ""
    options: tuple[str, ...] = ()
    unusable: str = ""


class Unformatted(Exception):
    """A formatter gave nothing back; one sentence says why."""


def first_of(styles: Iterable[Style]) -> Style:
    """What the first says, and where that says nothing, the next."""
    found = Style()
    for style in styles:
        named = found if found.tool or found.unusable else style
        found = Style(
            found.limit or style.limit,
            found.indent or style.indent,
            named.tool,
            named.options,
            named.unusable,
        )
    return found


def indentation(kind: object, size: object) -> str:
    """One level by what settings say of tabs or spaces, and of how many."""
    if kind == "tab":
        return "\t"
    width = number(size, 1, 16)
    return " " * width if kind in ("space", None) else ""


def number(value: object, least: int, most: int) -> int:
    """A whole number as settings write it; 0 for anything else, and beyond these bounds."""
    text = str(value) if isinstance(value, (int, str)) and not isinstance(value, bool) else ""
    found = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    return found if least <= found <= most else 0


def line_length(value: object) -> int:
    """A length that lines can have."""
    return number(value, 40, 400)
