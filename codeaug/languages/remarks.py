"""Comments as a reader sees them: lines that belong together, what they say, what they stand at."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from codeaug.languages import lexer, python_tokens
from codeaug.languages.language import Token
from codeaug.languages.wording import plain
from codeaug.model import Span

LANGUAGES = ("python", "java", "cpp")
_OPENS = re.compile(
    rb"#[:!]?|///<?|//!<?|//|/\*\*(?![*/])<?|/\*!<?|/\*|[A-Za-z]{0,2}(?:\"\"\"|'''|\"|')", re.DOTALL
)
_CLOSES = re.compile(r"\s*(?:\*+/|\"\"\"|'''|[\"'])\Z")
_STAR = re.compile(r"\s*\*?[ \t]*")
_PLAIN = ("#", "//", "/*")
_QUOTES = ('"', "'")


@dataclass(frozen=True, slots=True)
class Line:
    """What one line of a comment says, without the comment's signs, and its bytes in the file."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A block comment, a docstring, or line comments one below the other.

    `sign` is what opens it (`#`, `//`, `/**`, `r\"\"\"`), `own` whether nothing but comments stand
    on its lines, `beside` whether it ends a line on which code stands before it.
    """

    span: Span
    sign: str
    lines: tuple[Line, ...]
    own: bool
    beside: bool

    @property
    def string(self) -> bool:
        """Whether it is a value at run time: a docstring, or another string that opens a body."""
        return self.sign.endswith(_QUOTES)

    @property
    def docstring(self) -> bool:
        return self.string and not self.sign.strip("rRuU\"'")

    @property
    def kind(self) -> str:
        """`plain`, or what makes it a comment for a documentation tool."""
        return "plain" if self.sign in _PLAIN else self.sign

    @property
    def words(self) -> str:
        return " ".join(" ".join(line.text for line in self.lines).split())


@dataclass(frozen=True, slots=True)
class Said:
    """What is said in all wordings of a comment: of the code from token number `at` on.

    `place` is `line` for a comment above or at the end of that token's line.
    """

    at: int
    place: str
    kind: str
    words: str


@lru_cache(maxsize=64)
def remarks(language: str, source: bytes, span: Span) -> tuple[Remark, ...]:
    """The comments of a span (Python: and its docstrings), in their order. Raises SyntaxLimit."""
    if language == "python":
        found = _in_python_file(source)
        first = bisect_left(found, span.start, key=lambda place: place.start)
        after = bisect_left(found, span.end, key=lambda place: place.start)
        places = list(found[first:after])
    else:
        places = list(lexer.comment_spans(language, source, span))
    places = [_without_blanks(source, place) for place in places]
    return tuple(_remark(source, group) for group in _groups(source, places))


def _without_blanks(source: bytes, place: Span) -> Span:
    """Without the carriage return and blanks at the end of a line comment."""
    return Span(place.start, place.start + len(source[place.start : place.end].rstrip()))


@lru_cache(maxsize=4)
def _in_python_file(source: bytes) -> tuple[Span, ...]:
    return tuple(python_tokens.comment_spans(source, Span(0, len(source))))


def said(
    language: str, source: bytes, span: Span, tokens: Sequence[Token]
) -> tuple[tuple[Said, str, str], ...]:
    """What each comment says whatever its wording, with its text and its words as they are."""
    starts = [token.start for token in tokens if token.text]
    return tuple(
        (_said(source, remark, starts), _text(source, remark), remark.words)
        for remark in remarks(language, source, span)
    )


def _said(source: bytes, remark: Remark, starts: Sequence[int]) -> Said:
    at, place = bisect_left(starts, remark.span.start), "inside"
    if remark.own:
        level = at < len(starts) and _column(source, starts[at]) == _column(
            source, remark.span.start
        )
        closing = at < len(starts) and source[starts[at] : starts[at] + 1] in (b"}", b")", b"]")
        place = "line" if level and not closing else "end"
    elif remark.beside:
        line = source.rfind(b"\n", 0, remark.span.start) + 1
        at = bisect_left(starts, line)
        closing = source[starts[at] : starts[at] + 1] in (b"}", b")", b"]") if starts else True
        place = "line" if not closing else "beside"
    return Said(at, place, remark.kind, plain(remark.words))


def text_of(source: bytes, remark: Remark) -> str:
    """The comment with its signs, in one line."""
    return " ".join(source[remark.span.start : remark.span.end].decode("utf-8", "replace").split())


def _text(source: bytes, remark: Remark) -> str:
    """The same, and whether it stands beside the code."""
    return f"beside {text_of(source, remark)}" if remark.beside else text_of(source, remark)


def _groups(source: bytes, places: Sequence[Span]) -> Iterator[list[Span]]:
    group: list[Span] = []
    for place in places:
        if group and _goes_on(source, group[-1], place):
            group.append(place)
            continue
        if group:
            yield group
        group = [place]
    if group:
        yield group


def _goes_on(source: bytes, before: Span, place: Span) -> bool:
    """Whether line comment `place` stands right below `before`, in the same column."""
    sign = _sign(source, place)
    between = source[before.end : place.start]
    return (
        sign == _sign(source, before)
        and not sign.startswith("/*")
        and sign[0] in "#/"
        and between.strip() == b""
        and between.count(b"\n") == 1
        and _column(source, before.start) == _column(source, place.start)
    )


def _column(source: bytes, position: int) -> int:
    return position - source.rfind(b"\n", 0, position)


def _sign(source: bytes, place: Span) -> str:
    match = _OPENS.match(source, place.start, place.end)
    return match[0].decode() if match else ""


def _remark(source: bytes, group: Sequence[Span]) -> Remark:
    span = Span(group[0].start, group[-1].end)
    above = source[source.rfind(b"\n", 0, span.start) + 1 : span.start].strip()
    end = source.find(b"\n", span.end)
    after = source[span.end : len(source) if end < 0 else end].strip()
    sign = _sign(source, group[0])
    own = not above and not after and sign[:1] in ("#", "/")
    lines = tuple(line for place in group for line in _lines(source, place, sign))
    return Remark(span, sign, lines, own, bool(above) and not after and sign[0] in "#/")


def _lines(source: bytes, place: Span, sign: str) -> Iterator[Line]:
    """The lines of one comment without its signs and without the blanks around them."""
    text = source[place.start : place.end].decode("utf-8", "surrogateescape")
    block = not sign.startswith(("#", "//"))
    position = place.start
    for number, raw in enumerate(text.split("\n")):
        line = raw
        if number == 0:
            lead = len(sign)
        else:
            star = _STAR.match(raw) if sign.startswith("/*") else None
            lead = star.end() if star and not raw.lstrip().startswith("*/") else 0
        line = raw[lead:]
        if block and position + len(raw.encode("utf-8", "surrogateescape")) >= place.end:
            line = _CLOSES.sub("", line)
        stripped = line.lstrip(" \t*" if number == 0 and block else " \t#/" if not block else " \t")
        start = position + _size(raw[: lead + len(line) - len(stripped)])
        stripped = stripped.rstrip()
        yield Line(Span(start, start + _size(stripped)), stripped)
        position += _size(raw) + 1


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogateescape"))
