"""C++ as a list of tokens: what a text holds beside its layout and comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    r"""
    (?P<comment>//(?:[^\\\n]|\\.|\\\n)*|/\*.*?\*/)
  | (?P<directive>(?:(?<=\n)|\A)[ \t]*\#(?:[^\\\n]|\\\n|\\.)*)
  | (?P<string>(?:u8|[uUL])?R"(?P<mark>[^()\\\s]{0,16})\(.*?\)(?P=mark)"
             |(?:u8|[uUL])?"(?:[^"\\\n]|\\.|\\\n)*"|(?:u8|[uUL])?'(?:[^'\\\n]|\\.)*')
  | (?P<number>\.?\d(?:[eEpP][+-]|'?[\w.])*)
  | (?P<name>[A-Za-z_$\u0080-\U0010ffff][\w$\u0080-\U0010ffff]*)
  | (?P<space>\s+|\\\n)
  | (?P<sign><<=|>>=|->\*|\.\.\.|<=>|\+\+|--|->|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|::|\#\#|.)
    """,
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """One token; `kind` is directive, string, number, name or sign."""

    kind: str
    text: str
    start: int


def tokens(text: str) -> list[Token]:
    """The tokens of a C++ text, without white space and comments. Directives are one token each."""
    return [
        Token(
            str(found.lastgroup if found.lastgroup != "mark" else "string"), found[0], found.start()
        )
        for found in _TOKEN.finditer(text)
        if found.lastgroup not in ("comment", "space")
    ]


def closing(found: list[Token], start: int) -> int:
    """The index of the parenthesis that closes the one at index `start`; the length if none."""
    depth = 0
    for index in range(start, len(found)):
        if found[index].text in "([{":
            depth += 1
        elif found[index].text in ")]}":
            depth -= 1
            if depth == 0:
                return index
    return len(found)


def statement_lines(text: str) -> Iterator[int]:
    """Offsets of line starts at which a directive can stand: a statement begins there.

    No parenthesis is open and the token before ended a statement or block.
    """
    found = tokens(text)
    starts = [m.end() for m in re.finditer("\n", text)]
    depth = index = 0
    last = ""
    for start in starts:
        while index < len(found) and found[index].start < start:
            token = found[index]
            depth += (token.text in ("(", "[")) - (token.text in (")", "]"))
            last, end = token.text, token.start + len(token.text)
            index += 1
        if index and depth == 0 and last in (";", "{", "}") and end <= start and index < len(found):
            yield start
