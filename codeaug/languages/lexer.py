"""Tokens and comments of Java and C++ by regular expressions: no parse error can lose a token."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from codeaug.bundled import bundled
from codeaug.languages.language import Token
from codeaug.model import Span

_BLANK = rb"(?P<blank>\s+)"
_COMMENT = rb"(?P<comment>/\*.*?(?:\*/|\Z)|//(?:\\\r?\n|[^\n])*)"
_NUMBER = rb"(?P<number>\.?[0-9](?:[eEpP][+-]|'[0-9A-Za-z]|[0-9A-Za-z_.])*)"
_NAME = rb"(?P<name>(?:[A-Za-z_$\x80-\xff]|\\u[0-9A-Fa-f]{4})(?:[\w$\x80-\xff]|\\u[0-9A-Fa-f]{4})*)"
_TEXT = rb"\"(?:\\.|[^\"\\\n])*(?:\"|(?=\n)|\Z)|'(?:\\.|[^'\\\n])*(?:'|(?=\n)|\Z)"
_JAVA_STRING = rb"(?P<string>\"\"\"(?:\\.|.)*?\"\"\"|" + _TEXT + rb")"
_CPP_STRING = (
    rb"(?P<string>(?:u8|[uUL])?R\"(?P<raw>[^()\\\s]{0,16})\(.*?\)(?P=raw)\"|(?:u8|[uUL])?(?:"
    + _TEXT
    + rb"))"
)
_OPERATOR = (
    rb"(?P<operator>>>>=|<<=|>>=|\.\.\.|->\*|<=>|::|->|\+\+|--|&&|\|\||[-+*/%&|^!=<>]=|<<|##|.)"
)
_NO_TOKEN = ("blank", "comment")
_STRINGS = {"java": _JAVA_STRING, "cpp": _CPP_STRING}


@cache
def _pattern(language: str) -> re.Pattern[bytes]:
    """Compiled where it is used: every worker of a scan would do it in vain."""
    parts = [_BLANK, _COMMENT, _STRINGS[language], _NUMBER, _NAME, _OPERATOR]
    return re.compile(b"|".join(parts), re.DOTALL)


def tokens(language: str, source: bytes, span: Span) -> Iterator[Token]:
    """The tokens of a span; blanks, comments and line continuations are none."""
    own = keywords(language)
    for match in _matches(language, source, span):
        text = match[0].decode("utf-8", "surrogateescape")
        yield Token(_kind(match.lastgroup or "operator", text, own), text, *match.span())


def plain(language: str, source: bytes, span: Span) -> Iterator[str]:
    """The texts of `tokens`, for less."""
    for match in _matches(language, source, span):
        yield match[0].decode("utf-8", "surrogateescape")


def _matches(language: str, source: bytes, span: Span) -> Iterator[re.Match[bytes]]:
    for match in _pattern(language).finditer(source, span.start, span.end):
        if match.lastgroup not in _NO_TOKEN and match[0] != b"\\":
            yield match


def comments(language: str, source: bytes, span: Span) -> Iterator[str]:
    """The comments of a span as one line each."""
    for place in comment_spans(language, source, span):
        yield one_line(source[place.start : place.end])


def comment_spans(language: str, source: bytes, span: Span) -> Iterator[Span]:
    """Where the comments of a span stand."""
    if source.find(b"/", span.start, span.end) < 0:  # spares most functions the search
        return
    for match in _pattern(language).finditer(source, span.start, span.end):
        if match.lastgroup == "comment":
            yield Span(*match.span())


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
