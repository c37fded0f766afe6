"""`if c: A else: B` becomes `if not c: B else: A`, with the operator of `c` flipped."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from codeaug.model import Edit
from codeaug.predicates.python import Function, negated
from codeaug.predicates.python_source import Block, block_span
from codeaug.predicates.verdicts import require
from codeaug.transforms import Directions, Site, Subject
from codeaug.transforms.invert_if._python_examples import EXAMPLES
from codeaug.transforms.python_sites import condition, else_body, sites


def invert(subject: Subject) -> Iterator[Site]:
    """Sites of invert-if."""
    return sites(subject, _invert)


def _invert(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    file, node = function.file, block.statements[number]
    if not isinstance(node, cst.If) or not isinstance(node.orelse, cst.Else):
        return None
    then, other = node.body, else_body(node)
    if other is None or not isinstance(then, cst.IndentedBlock):
        return None
    text = negated(node.test, function)
    first, second = block_span(file, then), block_span(file, other)
    keyword = file.span(node.orelse).start
    require(not file.has_comment(first.end, keyword), "TRIVIA", "a comment above the else")
    require(file.slice(second).endswith("\n"), "NATURAL", "the file ends inside the else")
    return (
        condition(file, node.test, text),
        Edit(first.start, first.end, file.slice(second)),
        Edit(second.start, second.end, file.slice(first)),
    )


DIRECTIONS: Directions = {"invert-if": (invert, EXAMPLES)}
