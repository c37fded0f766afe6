"""Tokens and comments of Java and C++ by regular expressions: no parse error can lose a token."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from codeaug.bundled import bundled
from codeaug.languages.language import Token
from codeaug.model import Span

# Sources are read as Latin-1, a character a byte: places are those of the bytes.
_BLANK = r"\s+"
_COMMENT = r"/\*.*?(?:\*/|\Z)|//(?:\\\r?\n|[^\n])*"
_NUMBER = r"\.?[0-9](?:[eEpP][+-]|'[0-9A-Za-z]|[0-9A-Za-z_.])*"
_NAME = r"(?:[A-Za-z_$\x80-\xff]|\\u[0-9A-Fa-f]{4})(?:[\w$\x80-\xff]|\\u[0-9A-Fa-f]{4})*"
_TEXT = r"\"(?:\\.|[^\"\\\n])*(?:\"|(?=\n)|\Z)|'(?:\\.|[^'\\\n])*(?:'|(?=\n)|\Z)"
_STRINGS = {
    "java": rf"\"\"\"(?:\\.|.)*?\"\"\"|{_TEXT}",
    "cpp": r"(?:u8|[uUL])?R\"(?P<raw>[^()\\\s]{0,16})\(.*?\)(?P=raw)\"|(?:u8|[uUL])?(?:"
    rf"{_TEXT})",
}
_OPERATOR = r">>>=|<<=|>>=|\.\.\.|->\*|<=>|::|->|\+\+|--|&&|\|\||[-+*/%&|^!=<>]=|<<|##|."
_FLAGS = re.DOTALL | re.ASCII


# Compiled where they are used: every worker of a scan would do it in vain.
@cache
def _pattern(language: str) -> re.Pattern[str]:
    """A group for each kind of token, one for blanks and one for comments."""
    kinds = {"blank": _BLANK, "comment": _COMMENT, "string": _STRINGS[language]}
    kinds |= {"number": _NUMBER, "name": _NAME, "operator": _OPERATOR}
    return re.compile("|".join(f"(?P<{kind}>{part})" for kind, part in kinds.items()), _FLAGS)


@cache
def _texts(language: str) -> re.Pattern[str]:
    """The same in one group, empty for blanks and comments: that takes a third of the time."""
    token = "|".join((_STRINGS[language], _NUMBER, _NAME, _OPERATOR))
    return re.compile(f"{_BLANK}|{_COMMENT}|({token})", _FLAGS)


def tokens(language: str, source: bytes, span: Span) -> Iterator[Token]:
    """The tokens of a span; blanks, comments and line continuations are none."""
    own = keywords(language)
    for match in _pattern(language).finditer(_latin(source, span)):
        if match.lastgroup not in ("blank", "comment") and match[0] != "\\":
            text, start, end = _decoded(match[0]), match.start(), match.end()
            kind = _kind(match.lastgroup or "operator", text, own)
            yield Token(kind, text, span.start + start, span.start + end)


def plain(language: str, source: bytes, span: Span) -> Iterator[str]:
    """The texts of `tokens`, for less."""
    pattern = _texts(language)
    found: Iterable[Any] = pattern.findall(_latin(source, span))
    if pattern.groups > 1:  # that of raw strings
        found = (groups[0] for groups in found)
    return (_decoded(text) for text in found if text and text != "\\")


def _latin(source: bytes, span: Span) -> str:
    return source[span.start : span.end].decode("latin-1")


def _decoded(text: str) -> str:
    return text if text.isascii() else text.encode("latin-1").decode("utf-8", "surrogateescape")


def comments(language: str, source: bytes, span: Span) -> Iterator[str]:
    """The comments of a span as one line each."""
    for place in comment_spans(language, source, span):
        yield one_line(source[place.start : place.end])


def comment_spans(language: str, source: bytes, span: Span) -> Iterator[Span]:
    """Where the comments of a span stand."""
    if source.find(b"/", span.start, span.end) < 0:  # spares most functions the search
        return
    for match in _pattern(language).finditer(_latin(source, span)):
        if match.lastgroup == "comment":
            yield Span(span.start + match.start(), span.start + match.end())


def one_line(comment: bytes) -> str:
    """A comment with every run of blanks and leading stars of its lines as one blank."""
    text = comment.decode("utf-8", "surrogateescape")
    return " ".join(re.sub(r"\n[ \t]*\*(?!/)", "\n", text).split())


def _kind(kind: str, text: str, own: frozenset[str]) -> str:
    if kind == "name":
        return "keyword" if text in own else "name"
    return kind if kind in ("number", "string") else "operator"


@cache
def keywords(language: str) -> frozenset[str]:
    """The words of a language that are no names."""
    text = bundled("grammars", language, "keywords.txt").read_text(encoding="utf-8")
    return frozenset(text.split())
