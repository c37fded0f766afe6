"""`if a:` around `if b:` becomes `if a and b:`; and back."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from codeaug.model import Edit, Span
from codeaug.predicates.python import Function, assigns, operand
from codeaug.predicates.python_source import Block, block_indent, block_span, body_lines, shifted
from codeaug.predicates.verdicts import require
from codeaug.transforms import Directions, Site, Subject
from codeaug.transforms.nested_conditions._python_examples import EXAMPLES_MERGE, EXAMPLES_SPLIT
from codeaug.transforms.python_sites import condition, same_line, sites

_WIDEST_INDENT = 20
_LONGEST_BODY = 10


def merge(subject: Subject) -> Iterator[Site]:
    """Sites of merge-conditions."""
    return sites(subject, _merge)


def split(subject: Subject) -> Iterator[Site]:
    """Sites of split-condition."""
    return sites(subject, _split)


def _merge(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    file, node = function.file, block.statements[number]
    if not isinstance(node, cst.If) or not isinstance(node.body, cst.IndentedBlock):
        return None
    inner = node.body.body[0]
    if len(node.body.body) != 1 or not isinstance(inner, cst.If):
        return None
    require(node.orelse is None and inner.orelse is None, "REACH", "one of the ifs has an else")
    if not isinstance(inner.body, cst.IndentedBlock):
        return None
    lines = Span(body_lines(file, inner.body).start, block_span(file, node.body).end)
    start = file.outer(node.test).start
    require(not file.has_comment(start, lines.start), "TRIVIA", "a comment beside a condition")
    both = f"{operand(node.test, file)} and {operand(inner.test, file)}"
    same_line(both)
    old, new = block_indent(file, inner.body), block_indent(file, node.body)
    head = condition(file, node.test, both)
    text = f"{head.text}:{file.newline}{shifted(file, lines, old, new)}"
    return (Edit(start, lines.end, text),)


def _split(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    file, node = function.file, block.statements[number]
    if not isinstance(node, cst.If) or not isinstance(node.test, cst.BooleanOperation):
        return None
    if not isinstance(node.test.operator, cst.And) or not isinstance(node.body, cst.IndentedBlock):
        return None
    require(node.orelse is None, "REACH", "the else would have to be written twice")
    lines, test = body_lines(file, node.body), node.test
    start = file.outer(test).start
    require(not file.has_comment(start, lines.start), "TRIVIA", "a comment beside the condition")
    require(not assigns(test), "NATURAL", "an assignment in the condition")
    left, right = (file.bare(part) for part in (test.left, test.right))
    same_line(left, right)
    inner = block_indent(file, node.body)
    require(len(inner.expandtabs(4)) < _WIDEST_INDENT, "NATURAL", "nested too deeply")
    short = file.source.count(b"\n", lines.start, lines.end) <= _LONGEST_BODY
    require(short, "NATURAL", "too much would be nested")
    level = inner[len(file.indent(file.span(node).start)) :]
    head = condition(file, test, left).text + ":" + file.newline + inner
    body = shifted(file, lines, inner, inner + level)
    return (Edit(start, lines.end, f"{head}if {right}:{file.newline}{body}"),)


DIRECTIONS: Directions = {
    "merge-conditions": (merge, EXAMPLES_MERGE),
    "split-condition": (split, EXAMPLES_SPLIT),
}
