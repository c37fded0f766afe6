"""`x.a = x.b = 0` becomes `x.a = 0`, `x.b = 0`; and back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import libcst as cst

from codeaug.model import Edit
from codeaug.predicates.python import Function
from codeaug.predicates.python_effects import simple
from codeaug.predicates.python_source import Block, only, walk
from codeaug.predicates.verdicts import require
from codeaug.transforms import Directions, Site, Subject
from codeaug.transforms.chained_assignment._python_examples import EXAMPLES, EXAMPLES_BACK
from codeaug.transforms.python_sites import line_content, same_line, sites

_MOST = 3
_WIDEST = 60


def chain(subject: Subject) -> Iterator[Site]:
    """Sites of chain-assignments."""
    return sites(subject, _chain)


def split(subject: Subject) -> Iterator[Site]:
    """Sites of split-chained-assignment."""
    return sites(subject, _split)


def _chain(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    file, statements = function.file, block.statements
    first = _single(statements[number])
    if first is None or not isinstance(first.value, (cst.Name, cst.Integer, cst.SimpleString)):
        return None
    if number and _same(_single(statements[number - 1]), first):
        return None
    found = [first]
    for statement in statements[number + 1 :]:
        other = _single(statement)
        if other is None or not _same(first, other):
            break
        found.append(other)
    if len(found) < 2:
        return None
    require(len(found) <= _MOST, "NATURAL", "too many for one line")
    start = file.span(statements[number]).start
    end = line_content(file, statements[number + len(found) - 1]).end
    require(not file.has_comment(start, end), "TRIVIA", "a comment beside one of them")
    apart = file.source.count(b"\n", start, end) >= len(found)
    require(not apart, "NATURAL", "they stand apart")
    targets = [each.targets[0].target for each in found]
    _require_same(function, targets, first.value)
    text = " = ".join(map(file.text, (*targets, first.value)))
    same_line(text)
    require(len(text) <= _WIDEST, "NATURAL", "the line would be crowded")
    return (Edit(start, end, text),)


def _single(statement: cst.CSTNode) -> cst.Assign | None:
    match only(statement):
        case cst.Assign(targets=[_]) as found:
            return found
        case _:
            return None


def _same(first: cst.Assign | None, second: cst.Assign) -> bool:
    """Whether both assign the same, to targets of one kind."""
    if first is None or not first.value.deep_equals(second.value):
        return False
    match first.targets[0].target, second.targets[0].target:
        case cst.Attribute(value=left), cst.Attribute(value=right):
            return left.deep_equals(right)
        case left, right:
            return isinstance(left, cst.Name) and isinstance(right, cst.Name)


def _require_same(
    function: Function, targets: Sequence[cst.BaseExpression], value: cst.BaseExpression
) -> None:
    """Whether the value is the same for each target, though one was bound before it."""
    plain = isinstance(value, cst.BaseNumber) or simple(value, function.context)
    require(plain, "PURE", "the value may be another one when it is asked for again")
    bound: set[str] = set()
    for target in targets:
        read = {part.value for part in walk(target) if isinstance(part, cst.Name)}
        if isinstance(target, cst.Name):
            bound |= read
        else:
            require(not read & bound, "INDEP", "a target is read after it was bound")
    again = isinstance(value, cst.Name) and value.value in bound
    require(not again, "INDEP", "the value itself is bound anew")


# --- and back -------------------------------------------------------------------------------------


def _split(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    file, statement = function.file, block.statements[number]
    found = only(statement)
    if not isinstance(found, cst.Assign) or len(found.targets) < 2:
        return None
    targets, value = [each.target for each in found.targets], found.value
    plain = all(isinstance(target, (cst.Name, cst.Attribute)) for target in targets)
    require(plain, "NATURAL", "a target of several parts")
    _require_same(function, targets, value)
    line = line_content(file, statement)
    require(not file.has_comment(line.start, line.end), "TRIVIA", "a comment about all of them")
    lines = [f"{file.text(target)} = {file.text(value)}" for target in targets]
    same_line(*lines)
    return (Edit(line.start, line.end, (file.newline + file.indent(line.start)).join(lines)),)


DIRECTIONS: Directions = {
    "chain-assignments": (chain, EXAMPLES),
    "split-chained-assignment": (split, EXAMPLES_BACK),
}
