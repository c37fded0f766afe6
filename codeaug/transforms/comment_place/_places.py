"""What a comment must be to stand above a line as well as at its end, in any language."""

from __future__ import annotations

import re

from codeaug.languages.remarks import Remark
from codeaug.languages.wording import is_prose
from codeaug.model import Edit, Span
from codeaug.predicates.verdicts import require
from codeaug.transforms import Subject
from codeaug.transforms._remarks import require_plain, require_short

LONGEST = 60
_POINTS = re.compile(
    r"\b(?:above|below|following|follows|preceding|previous|next|here|line|statement|left|right|"
    r"otherwise|else|instead)\b",
    re.IGNORECASE,
)
_MARKS = {"python": ("#",), "java": ("//", "/*", "*"), "cpp": ("//", "/*", "*")}


def require_movable(remark: Remark) -> None:
    """TRIVIA, NATURAL: one line of plain words that point to no other line."""
    require(remark.kind == "plain", "TRIVIA", "a comment for a documentation tool")
    require_plain(remark.words)
    points = _POINTS.search(remark.words) or remark.words.endswith(":")
    require(not points, "TRIVIA", "the comment points to a place")
    code = remark.words.rstrip().endswith((";", "{", "}", ")", "="))
    require(not code or is_prose(remark.words), "NATURAL", "the comment may be code")
    require(len(remark.lines) == 1, "NATURAL", "a comment of several lines")


def upwards(subject: Subject, remark: Remark, code: Span) -> tuple[Edit, ...]:
    """The comment at the end of the line of `code` as a line above it."""
    require_movable(remark)
    source = subject.source
    above, below = line_before(source, code.start), line_after(source, code.end)
    alone = not (_ends_in_comment(subject, above) or _ends_in_comment(subject, below))
    require(alone, "NATURAL", "the lines beside it have comments too")
    text = source[remark.span.start : remark.span.end].decode()
    indent = source[source.rfind(b"\n", 0, code.start) + 1 : code.start].decode()
    newline = "\r\n" if source[: remark.span.start].endswith(b"\r\n") or b"\r\n" in source else "\n"
    first = Edit(code.start, code.start, f"{text}{newline}{indent}")
    return (first, Edit(code.end, remark.span.end, ""))


def sidewards(
    subject: Subject, remark: Remark, code: Span, gap: str, last: bool = False
) -> tuple[Edit, ...]:
    """The comment above the line of `code` at its end; `last`: nothing follows in the block."""
    require_movable(remark)
    source = subject.source
    require(len(remark.words) <= LONGEST, "NATURAL", "the comment is long")
    require(
        not _is_comment(subject, line_before(source, remark.span.start)), "NATURAL", "one above"
    )
    after = line_after(source, code.end).strip()
    alone = last or not after or after.startswith("}") or _is_comment(subject, after)
    require(alone, "NATURAL", "the comment may be about more than the one statement")
    text = gap + source[remark.span.start : remark.span.end].decode()
    edits = (Edit(remark.span.start, code.start, ""), Edit(code.end, code.end, text))
    require_short(subject, *edits)
    return edits


def line_before(source: bytes, position: int) -> str:
    """The line above that of `position`, "" where there is none."""
    end = source.rfind(b"\n", 0, position)
    return source[source.rfind(b"\n", 0, max(end, 0)) + 1 : max(end, 0)].decode("utf-8", "replace")


def line_after(source: bytes, position: int) -> str:
    """The line below that of `position`, "" where there is none."""
    start = source.find(b"\n", position)
    if start < 0:
        return ""
    end = source.find(b"\n", start + 1)
    return source[start + 1 : len(source) if end < 0 else end].decode("utf-8", "replace")


def _is_comment(subject: Subject, line: str) -> bool:
    return line.strip().startswith(_MARKS[subject.unit.language])


def _ends_in_comment(subject: Subject, line: str) -> bool:
    """Whether a line has a comment; one inside a text literal may count."""
    return any(mark in line for mark in _MARKS[subject.unit.language][:2])
