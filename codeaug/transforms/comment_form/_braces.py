"""A block comment as line comments, and back, in Java and C++."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from codeaug.languages.remarks import Remark
from codeaug.model import Edit
from codeaug.predicates.verdicts import Declined, require
from codeaug.transforms import Site, Subject
from codeaug.transforms._remarks import remarks_of, require_plain, require_short

_BLOCK = re.compile(rb"^[ \t]+/\*[ \t]*\r?(?:\n|[^*!\n+-])", re.MULTILINE)
_BLOCK_LINES = re.compile(rb"^[ \t]+/\*[ \t]*\r?\n[ \t]+\*[ \t]", re.MULTILINE)
_LINE = re.compile(rb"^[ \t]*// \S", re.MULTILINE)


def to_lines(subject: Subject) -> Iterator[Site]:
    """Each block comment that has its lines for itself."""
    return _sites(subject, _lines)


def to_block(subject: Subject) -> Iterator[Site]:
    """Each comment of whole lines."""
    return _sites(subject, _block)


Rule = Callable[[Subject, Remark], tuple[Edit, ...] | None]


def _sites(subject: Subject, rule: Rule) -> Iterator[Site]:
    for remark in remarks_of(subject):
        try:
            edits = rule(subject, remark) if remark.own and remark.kind == "plain" else None
        except Declined as declined:
            yield Site(remark.span, declined=declined.predicate, detail=declined.detail)
            continue
        if edits is not None:
            yield Site(remark.span, edits)


def _lines(subject: Subject, remark: Remark) -> tuple[Edit, ...] | None:
    if remark.sign != "/*":
        return None
    _require_text(subject, remark)
    require(_has_line_comments(subject.source), "NATURAL", "the file has no line comments")
    said = _said(subject, remark)
    return _replaced(subject, remark, [f"// {line}".rstrip() for line in said])


def _block(subject: Subject, remark: Remark) -> tuple[Edit, ...] | None:
    if remark.sign != "//":
        return None
    _require_text(subject, remark)
    several = len(remark.lines) > 1
    known = (_has_long_blocks if several else _has_blocks)(subject.source)
    require(known, "NATURAL", "the file has no such block comments")
    others = [r for r in remarks_of(subject) if r.own and r.kind == "plain" and r is not remark]
    alone = not others or any(other.sign == "/*" for other in others)
    require(alone, "NATURAL", "the function's other comments are line comments")
    said = _said(subject, remark)
    if not several:
        return _replaced(subject, remark, [f"/* {said[0]} */"])
    return _replaced(subject, remark, ["/*", *(f" * {line}".rstrip() for line in said), " */"])


def _require_text(subject: Subject, remark: Remark) -> None:
    require_plain(remark.words)
    raw = subject.source[remark.span.start : remark.span.end]
    odd = re.search(rb"\*\*|--|==|__|##|\+\+|///|\t[^\n]*\S[^\n]*\t", raw)
    require(odd is None, "TRIVIA", "a box or a table")
    code = any(line.text.endswith((";", "{", "}")) for line in remark.lines)
    require(not code, "TRIVIA", "code that is commented out")


def _said(subject: Subject, remark: Remark) -> list[str]:
    """The lines of the comment with the indentation that they have inside it."""
    lines = list(remark.lines)
    while lines and not lines[0].text:
        lines.pop(0)
    while lines and not lines[-1].text:
        lines.pop()
    columns = [_column(subject.source, line.span.start) for line in lines]
    rest = [column for line, column in zip(lines[1:], columns[1:], strict=True) if line.text]
    least = min([columns[0], *rest] if columns else [0])
    return [
        (" " * (column - least) if number else "") + line.text
        for number, (line, column) in enumerate(zip(lines, columns, strict=True))
    ]


def _replaced(subject: Subject, remark: Remark, lines: list[str]) -> tuple[Edit, ...]:
    source, start = subject.source, remark.span.start
    indent = source[source.rfind(b"\n", 0, start) + 1 : start].decode()
    newline = "\r\n" if b"\r\n" in source else "\n"
    edit = Edit(start, remark.span.end, (newline + indent).join(lines))
    require_short(subject, edit)
    return (edit,)


def _column(source: bytes, position: int) -> int:
    line = source[source.rfind(b"\n", 0, position) + 1 : position]
    return len(line.decode("utf-8", "replace").expandtabs(4))


@lru_cache(maxsize=8)
def _has_blocks(source: bytes) -> bool:
    return _BLOCK.search(source) is not None


@lru_cache(maxsize=8)
def _has_long_blocks(source: bytes) -> bool:
    return _BLOCK_LINES.search(source) is not None


@lru_cache(maxsize=8)
def _has_line_comments(source: bytes) -> bool:
    return _LINE.search(source) is not None
