"""A comment at the end of a line as a line above it, and back, in Python."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from codeaug.languages.remarks import Remark
from codeaug.model import Edit, Span
from codeaug.predicates.python import Function
from codeaug.predicates.python_source import Block
from codeaug.transforms import Directions, Site, Subject
from codeaug.transforms._remarks import remarks_of
from codeaug.transforms.comment_place._places import sidewards, upwards
from codeaug.transforms.comment_place._python_examples import EXAMPLES, EXAMPLES_BACK
from codeaug.transforms.python_sites import sites


def above(subject: Subject) -> Iterator[Site]:
    """Sites of comment-above."""
    found = {_line(subject, r.span.start): r for r in remarks_of(subject) if r.beside}

    def rule(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
        code = _code(function, block, number)
        remark = found.get(_line(subject, code.start)) if code is not None else None
        if code is None or remark is None or remark.span.start < code.end:
            return None
        return upwards(subject, remark, code)

    return sites(subject, rule) if found else iter(())


def beside(subject: Subject) -> Iterator[Site]:
    """Sites of comment-beside."""
    found = {_below(subject, r): r for r in remarks_of(subject) if r.own and r.sign == "#"}

    def rule(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
        code = _code(function, block, number)
        remark = found.get(_line(subject, code.start)) if code is not None else None
        if code is None or remark is None or _has_comment(function, code):
            return None
        if _column(subject, remark.span.start) != _column(subject, code.start):
            return None
        last = number == len(block.statements) - 1
        return sidewards(subject, remark, code, "  ", last)

    return sites(subject, rule) if found else iter(())


def _code(function: Function, block: Block, number: int) -> Span | None:
    """A simple statement that has its only line for itself."""
    node, file = block.statements[number], function.file
    if not isinstance(node, cst.SimpleStatementLine):
        return None
    span = file.span(node)
    end = file.span(node.body[-1]).end
    one_line = b"\n" not in file.source[span.start : end]
    code = Span(span.start, end)
    return code if one_line and file.source[end : end + 1] != b";" else None


def _has_comment(function: Function, code: Span) -> bool:
    file = function.file
    return file.has_comment(code.start, file.line_end(code.end))


def _line(subject: Subject, position: int) -> int:
    return subject.source.rfind(b"\n", 0, position) + 1


def _column(subject: Subject, position: int) -> int:
    return position - _line(subject, position)


def _below(subject: Subject, remark: Remark) -> int:
    return subject.source.find(b"\n", remark.span.end) + 1


DIRECTIONS: Directions = {
    "comment-above": (above, EXAMPLES),
    "comment-beside": (beside, EXAMPLES_BACK),
}
