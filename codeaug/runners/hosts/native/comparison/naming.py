"""Names and constants of the project's texts: members that objects may have, values to try."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..proof.tokens import Token, closing, tokens

MOST_MEMBERS = 300
MOST_CONSTANTS = 24
_BEHIND = frozenset(";=[{,:")
_NEVER_WORDS = """
this operator return default delete const override final public private protected virtual static
inline explicit friend using typedef template typename class struct union enum namespace noexcept
constexpr mutable true false nullptr int char bool long short float double unsigned signed void
auto std
"""
_NEVER = frozenset(_NEVER_WORDS.split())
_BEFORE_BODY = frozenset((")", "const", "override", "noexcept"))
_WRITTEN = re.compile(r"\\x[0-9a-fA-F]+|\\[0-7]{1,3}|\\.|.", re.S)
_CHARACTER = {"\\n": 10, "\\t": 9, "\\r": 13, "\\0": 0, "\\\\": 92, "\\'": 39, '\\"': 34}


class Members(NamedTuple):
    """Names of members of objects; `overlaid` are those that share their place with others."""

    plain: list[str]
    overlaid: list[str]


def members(sources: Iterable[str]) -> Members:
    """What the sources' classes may have declared."""
    plain: dict[str, None] = {}
    overlaid: dict[str, None] = {}
    for source in sources:
        found = tokens(source)
        for at, token in enumerate(found):
            if token.text in ("class", "struct") and token.kind == "name":
                start = _block(found, at)
                plain.update(dict.fromkeys(_declared(found, start)))
            elif token.text == "union" and at + 1 < len(found) and found[at + 1].text == "{":
                overlaid.update(dict.fromkeys(_declared(found, at + 1)))
    names = [name for name in plain if name not in overlaid]
    return Members(names[:MOST_MEMBERS], list(overlaid)[:MOST_MEMBERS])


def _block(found: Sequence[Token], at: int) -> int:
    """Where a class's block begins."""
    near = range(at, min(at + 60, len(found)))
    return next((n for n in near if found[n].text in "{;()="), at)


def _declared(found: Sequence[Token], start: int) -> Iterator[str]:
    """Names that a block declares, not inside functions and unions."""
    if found[start].text != "{":
        return
    end, at = closing(list(found), start), start + 1
    while at < end:
        token = found[at]
        ends = _is_union(found, at) or found[at - 1].text in _BEFORE_BODY
        if token.text in "([" or (token.text == "{" and ends):
            at = closing(list(found), at)
        elif token.kind == "name" and token.text not in _NEVER and at + 1 < end:
            before = found[at - 1]
            typed = before.kind == "name" or before.text in ("*", "&", ">", ",", ">>", "}")
            typed = typed and before.text not in ("class", "struct", "union", "enum")
            if typed and found[at + 1].text in _BEHIND and not _is_static(found, at):
                yield token.text
        at += 1


def _is_static(found: Sequence[Token], at: int) -> bool:
    """A static one may have no definition that could be read."""
    start = next(n for n in range(at, -1, -1) if found[n].text in (";", "{", "}", ":"))
    return any(token.text == "static" for token in found[start:at])


def _is_union(found: Sequence[Token], at: int) -> bool:
    return any(found[n].text in ("union", "enum") for n in range(max(0, at - 4), at))


@dataclass(frozen=True)
class Constants:
    """Literals of some texts, each once, in the order in which they stand there."""

    integers: tuple[int, ...]
    reals: tuple[float, ...]
    strings: tuple[str, ...]
    letters: str = ""


def constants(texts: Iterable[str]) -> Constants:
    """What the texts name; strings as they are written."""
    integers: dict[int, None] = {}
    reals: dict[float, None] = {}
    strings: dict[str, None] = {}
    letters: dict[int, None] = {}
    for token in (token for text in texts for token in tokens(text)):
        if token.kind == "number":
            value = _number(token.text)
            if isinstance(value, int) and value < 1 << 63:
                integers[value] = integers[-value] = None
            elif isinstance(value, float):
                reals[value] = reals[-value] = None
        elif token.text.startswith("'"):
            for code in _codes(token.text[1:-1])[:1]:
                integers[code] = letters[code] = None
        elif token.text.startswith('"') and _is_tried(token.text):
            strings[token.text] = None
            letters.update(dict.fromkeys(_codes(token.text[1:-1] if len(token.text) < 20 else "")))
    most = MOST_CONSTANTS
    return Constants(
        tuple(integers)[:most],
        tuple(reals)[:most],
        tuple(strings)[:most],
        "".join(chr(code) for code in letters if code)[:most],
    )


def _is_tried(literal: str) -> bool:
    return 2 < len(literal) < 60 and "\n" not in literal and literal.isascii()


def _codes(inside: str) -> list[int]:
    """The characters that stand between quotes, in ASCII or as escapes of one byte."""
    found = []
    for one in _WRITTEN.findall(inside):
        if one in _CHARACTER:
            found.append(_CHARACTER[one])
        elif one[:2] == "\\x" or one[1:].isdigit():
            found.append(int(one.lstrip("\\x"), 16 if one[1] == "x" else 8) & 255)
        elif one.isascii() and len(one) == 1:
            found.append(ord(one))
    return found


def _number(text: str) -> int | float | None:
    text = text.replace("'", "")
    whole = re.fullmatch(r"(0[xX][\da-fA-F]+|0[bB][01]+|\d+)[uUlLzZ]*", text)
    if whole:
        digits = whole[1]
        octal = re.fullmatch(r"0[0-7]+", digits)
        return int(digits, 8) if octal else int(digits, 0) if digits.strip("0") else 0
    try:
        value = ast.literal_eval(text.rstrip("fFlL"))
    except (ValueError, SyntaxError):
        return None
    return float(value) if isinstance(value, (int, float)) else None
