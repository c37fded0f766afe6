"""`with a:` around `with b:` becomes `with a, b:`; and back."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from codeaug.model import Edit, Span
from codeaug.predicates.python import Function
from codeaug.predicates.python_source import (
    Block,
    PythonFile,
    block_indent,
    block_span,
    body_lines,
    shifted,
)
from codeaug.predicates.verdicts import require
from codeaug.transforms import Directions, Site, Subject
from codeaug.transforms.python_sites import same_line, sites, step
from codeaug.transforms.with_statement._python_examples import EXAMPLES_MERGE, EXAMPLES_SPLIT

_WIDEST_INDENT = 20
_LONGEST_BODY = 12


def merge(subject: Subject) -> Iterator[Site]:
    """Sites of merge-with."""
    return sites(subject, _merge)


def split(subject: Subject) -> Iterator[Site]:
    """Sites of split-with."""
    return sites(subject, _split)


def _merge(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    file, node = function.file, block.statements[number]
    if not isinstance(node, cst.With) or not isinstance(node.body, cst.IndentedBlock):
        return None
    inner = node.body.body[0]
    if len(node.body.body) != 1 or not isinstance(inner, cst.With):
        return None
    if not isinstance(inner.body, cst.IndentedBlock):
        return None
    alike = (node.asynchronous is None) == (inner.asynchronous is None)
    require(alike, "NATURAL", "only one of them is asynchronous")
    lines = Span(body_lines(file, inner.body).start, block_span(file, node.body).end)
    start = file.span(node.items[0]).start
    require(not file.has_comment(start, lines.start), "TRIVIA", "a comment beside an item")
    items = f"{_items(file, node)}, {_items(file, inner)}"
    old, new = block_indent(file, inner.body), block_indent(file, node.body)
    return (Edit(start, lines.end, f"{items}:{file.newline}{shifted(file, lines, old, new)}"),)


def _items(file: PythonFile, node: cst.With) -> str:
    """The items as written. Declines where they are in parentheses or on several lines."""
    bracketed = isinstance(node.lpar, cst.LeftParen)
    require(not bracketed, "NATURAL", "the items are in parentheses of their own")
    text = file.slice(Span(file.span(node.items[0]).start, file.span(node.items[-1]).end))
    same_line(text)
    return text.rstrip(", ")


def _split(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    file, node = function.file, block.statements[number]
    if not isinstance(node, cst.With) or len(node.items) < 2:
        return None
    if not isinstance(node.body, cst.IndentedBlock):
        return None
    require(len(node.items) == 2, "NATURAL", "more than two items")
    lines, start = body_lines(file, node.body), file.span(node.items[0]).start
    require(not file.has_comment(start, lines.start), "TRIVIA", "a comment beside an item")
    _items(file, node)
    inner = block_indent(file, node.body)
    require(len(inner.expandtabs(4)) < _WIDEST_INDENT, "NATURAL", "nested too deeply")
    short = file.source.count(b"\n", lines.start, lines.end) <= _LONGEST_BODY
    require(short, "NATURAL", "too much would be nested")
    level = step(file, Block(node, node.body, ()))
    first, second = (file.slice(file.span(item)).rstrip(", ") for item in node.items)
    word = "with" if node.asynchronous is None else "async with"
    head = f"{first}:{file.newline}{inner}{word} {second}:{file.newline}"
    return (Edit(start, lines.end, head + shifted(file, lines, inner, inner + level)),)


DIRECTIONS: Directions = {
    "merge-with": (merge, EXAMPLES_MERGE),
    "split-with": (split, EXAMPLES_SPLIT),
}
