"""`while i < n: ...; i += 1` becomes `for i in range(n)`, `while True: if c: break` `while`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import libcst as cst

from codeaug.model import Edit
from codeaug.predicates.python import Function, assigns, negated
from codeaug.predicates.python_collections import collection, require_steady
from codeaug.predicates.python_effects import suspends
from codeaug.predicates.python_flow import own_jumps
from codeaug.predicates.python_source import Block, block_indent, body_lines, only
from codeaug.predicates.python_types import stable, static_type
from codeaug.predicates.verdicts import require
from codeaug.transforms import Directions, Site, Subject
from codeaug.transforms.python_loops import (
    called,
    in_loop,
    plain_loop,
    require_dead,
    require_own,
)
from codeaug.transforms.python_sites import condition, line_content, one, same_line, sites, step
from codeaug.transforms.while_loop._python_examples import (
    EXAMPLES_BREAK,
    EXAMPLES_CONDITION,
    EXAMPLES_FOR,
    EXAMPLES_WHILE,
)

Loop = cst.For | cst.While


def to_for(subject: Subject) -> Iterator[Site]:
    """Sites of while-to-for."""
    return sites(subject, _to_for)


def to_while(subject: Subject) -> Iterator[Site]:
    """Sites of for-to-while."""
    return sites(subject, _to_while)


def to_condition(subject: Subject) -> Iterator[Site]:
    """Sites of loop-with-break-to-condition."""
    return sites(subject, _to_condition)


def to_break(subject: Subject) -> Iterator[Site]:
    """Sites of condition-to-loop-with-break."""
    return sites(subject, _to_break)


# --- counting -------------------------------------------------------------------------------------


def _require_bound(node: cst.BaseExpression, function: Function, loop: Loop) -> None:
    """The bound is a number, and the same in every round."""
    kind = static_type(node, function.context)
    require(kind == "int", "BUILTIN", "the bound is not proven to be an int")
    _require_same(node, function, loop)


def _require_same(node: cst.BaseExpression, function: Function, loop: Loop) -> None:
    match node:
        case cst.Integer():
            return
        case cst.Name(value=name):
            bound = any(place.binds for place in in_loop(name, function, loop))
            fixed = not bound and stable(name, function.context)
            require(fixed, "INDEP", "the bound may change in the loop")
        case cst.BinaryOperation(left=left, right=right, operator=cst.Add() | cst.Subtract()):
            _require_same(left, function, loop)
            _require_same(right, function, loop)
        case cst.UnaryOperation(expression=value, operator=cst.Minus()):
            _require_same(value, function, loop)
        case _:
            measured = called(node, "len", function)
            source = measured[0] if len(measured) == 1 else None
            require(isinstance(source, cst.Name), "INDEP", "the bound may change in the loop")
            assert isinstance(source, cst.Name)
            known = collection(source, function)
            require(bool(known), "BUILTIN", "what is measured is not proven to be built in")
            require_steady(source.value, function, loop)


def _require_counter(function: Function, loop: Loop, name: str) -> None:
    require_own(function, name)
    places = in_loop(name, function, loop)
    bound = sum(bool(place.binds) for place in places)
    require(bound == 1, "INDEP", "the loop binds the counter anew")
    skips = any(True for _ in own_jumps(loop, cst.Continue))
    require(not skips, "REACH", "a continue would skip the counting")
    require_dead(name, function, loop)


@dataclass(frozen=True, eq=False)
class _Counted:
    """`name` from `first` as long as it is `below` (or above) `bound`, by `by` a round."""

    name: str
    bound: cst.BaseExpression
    including: bool
    by: int


def _condition(loop: cst.While) -> _Counted | None:
    match loop.test:
        case cst.Comparison(
            left=cst.Name(value=name),
            comparisons=[cst.ComparisonTarget(operator=operator, comparator=bound)],
        ):
            pass
        case _:
            return None
    match only(loop.body.body[-1]):
        case cst.AugAssign(
            target=cst.Name(value=counted),
            operator=(cst.AddAssign() | cst.SubtractAssign()) as change,
            value=cst.Integer(value=amount),
        ) if counted == name and amount.isdecimal() and int(amount):
            by = int(amount) if isinstance(change, cst.AddAssign) else -int(amount)
        case _:
            return None
    rising = isinstance(operator, (cst.LessThan, cst.LessThanEqual))
    falling = isinstance(operator, (cst.GreaterThan, cst.GreaterThanEqual))
    if not (rising and by > 0) and not (falling and by < 0):
        return None
    including = isinstance(operator, (cst.LessThanEqual, cst.GreaterThanEqual))
    return _Counted(name, bound, including, by)


def _to_for(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    file, loop = function.file, block.statements[number]
    if not number or not isinstance(loop, cst.While) or loop.orelse is not None:
        return None
    if not isinstance(loop.body, cst.IndentedBlock) or len(loop.body.body) < 2:
        return None
    counted = _condition(loop)
    before = block.statements[number - 1]
    match only(before):
        case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=name))], value=first) if (
            counted is not None and counted.name == name
        ):
            pass
        case _:
            return None
    assert counted is not None
    whole = static_type(first, function.context) == "int"
    require(whole, "BUILTIN", "the counter is not proven to begin with an int")
    require(function.context.is_builtin("range"), "FRESH", "range is another function here")
    _require_bound(counted.bound, function, loop)
    _require_counter(function, loop, counted.name)
    start, end = file.span(before).start, file.outer(loop.test).end
    require(not file.has_comment(start, end), "TRIVIA", "a comment above the loop")
    same_line(file.text(loop.test), file.text(first))
    head = f"for {counted.name} in range({_range(function, file.bare(first), counted)})"
    kept = file.line_end(file.span(loop.body.body[-2]).end)
    stop = line_content(file, loop.body.body[-1]).end
    require(not file.has_comment(kept, stop), "TRIVIA", "a comment about the counting")
    return Edit(start, end, head), Edit(kept - len(file.newline), stop, "")


def _range(function: Function, first: str, counted: _Counted) -> str:
    bound = function.file.bare(counted.bound)
    if counted.including:
        bound = _next(counted.bound, bound, 1 if counted.by > 0 else -1)
    if counted.by != 1:
        return f"{first}, {bound}, {counted.by}"
    return bound if first == "0" else f"{first}, {bound}"


def _next(node: cst.BaseExpression, text: str, by: int) -> str:
    """The number behind (or before) the bound."""
    if isinstance(node, cst.Integer) and text.isdecimal():
        return str(int(text) + by)
    plain = isinstance(node, (cst.Name, cst.Call))
    require(plain, "NATURAL", "a bound that nobody would write with one more")
    return f"{text} {'+' if by > 0 else '-'} 1"


def _to_while(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    file, loop = function.file, plain_loop(block.statements[number])
    bounds = [] if loop is None else called(loop.iter, "range", function)
    if loop is None or not isinstance(loop.target, cst.Name) or not 1 <= len(bounds) <= 3:
        return None
    name = loop.target.value
    require(name.strip("_") != "", "NATURAL", "nobody counts by hand without a name")
    by = _step(bounds[2]) if len(bounds) == 3 else 1
    require(by != 0, "BUILTIN", "the step is no literal")
    first = "0" if len(bounds) == 1 else file.bare(bounds[0])
    bound = bounds[0] if len(bounds) == 1 else bounds[1]
    whole = len(bounds) == 1 or static_type(bounds[0], function.context) == "int"
    require(whole, "BUILTIN", "the counter is not proven to begin with an int")
    _require_bound(bound, function, loop)
    _require_counter(function, loop, name)
    require(not any(map(suspends, bounds)), "PURE", "an assignment in the bounds")
    last = loop.body.body[-1]
    leaves = isinstance(only(last), (cst.Return, cst.Raise, cst.Break))
    require(not leaves, "REACH", "the last statement leaves the loop")
    start, end = file.span(loop).start, file.outer(loop.iter).end
    require(not file.has_comment(start, end), "TRIVIA", "a comment in the loop's head")
    same_line(*(file.text(each) for each in bounds))
    stop = line_content(file, last).end
    require(stop <= function.span.end, "TRIVIA", "a comment behind the function's last statement")
    assert isinstance(loop.body, cst.IndentedBlock)
    head = f"{name} = {first}{file.newline}{file.indent(start)}while {name} "
    change = f"{name} {'+' if by > 0 else '-'}= {abs(by)}"
    line = file.newline + block_indent(file, loop.body) + change
    return Edit(start, end, head + _limit(function, bound, by)), Edit(stop, stop, line)


def _step(node: cst.BaseExpression) -> int:
    """The literal step, 0 for anything else."""
    match node:
        case cst.Integer(value=value) if value.isdecimal():
            return int(value)
        case cst.UnaryOperation(operator=cst.Minus(), expression=cst.Integer(value=value)):
            return -int(value) if value.isdecimal() else 0
        case _:
            return 0


def _limit(function: Function, bound: cst.BaseExpression, by: int) -> str:
    """The condition that holds as long as the counter is in the range."""
    text = function.file.bare(bound)
    match bound:
        case cst.BinaryOperation(left=left, operator=cst.Add(), right=cst.Integer(value="1")) if (
            by == 1
        ):
            return f"<= {function.file.text(left)}"
        case cst.UnaryOperation(operator=cst.Minus(), expression=cst.Integer(value="1")) if (
            by == -1
        ):
            return ">= 0"
        case _:
            return f"{'<' if by > 0 else '>'} {text}"


# --- breaks ---------------------------------------------------------------------------------------


def _endless(loop: cst.While) -> bool:
    return isinstance(loop.test, (cst.Name, cst.Integer)) and loop.test.value in ("True", "1")


def _to_condition(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    file, loop = function.file, block.statements[number]
    if not isinstance(loop, cst.While) or not isinstance(loop.body, cst.IndentedBlock):
        return None
    first = loop.body.body[0]
    if not _endless(loop) or len(loop.body.body) < 2 or not _only_breaks(first):
        return None
    assert isinstance(first, cst.If)
    require(loop.orelse is None, "REACH", "a break skips the else of the loop")
    require(not assigns(first.test), "NATURAL", "an assignment in the condition")
    text = negated(first.test, function)
    start, end = body_lines(file, loop.body).start, file.line_end(file.span(first).end)
    require(not file.has_comment(start, end), "TRIVIA", "a comment about the break")
    while not file.source[end : file.line_end(end)].strip():
        end = file.line_end(end)
    return condition(file, loop.test, text), Edit(start, end, "")


def _only_breaks(node: cst.CSTNode) -> bool:
    """`if c: break`, on one line or two."""
    if not isinstance(node, cst.If) or node.orelse is not None or len(node.body.body) != 1:
        return False
    small = node.body.body[0]
    if isinstance(small, cst.SimpleStatementLine):
        return isinstance(only(small), cst.Break)
    return isinstance(small, cst.Break)


def _to_break(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    file, loop = function.file, block.statements[number]
    if not isinstance(loop, cst.While) or not isinstance(loop.body, cst.IndentedBlock):
        return None
    constant = _endless(loop) or isinstance(loop.test, (cst.Integer, cst.SimpleString))
    if constant or getattr(loop.test, "value", "") in ("False", "None"):
        return None
    require(loop.orelse is None, "REACH", "a break skips the else of the loop")
    require(not assigns(loop.test), "NATURAL", "an assignment in the condition")
    require(not isinstance(one(loop.body), cst.Pass), "NATURAL", "an empty loop")
    text = negated(loop.test, function)
    own, level = block_indent(file, loop.body), step(file, block)
    lines = body_lines(file, loop.body)
    test = f"{own}if {text}:{file.newline}{own}{level}break{file.newline}"
    return condition(file, loop.test, "True"), Edit(lines.start, lines.start, test)


DIRECTIONS: Directions = {
    "while-to-for": (to_for, EXAMPLES_FOR),
    "for-to-while": (to_while, EXAMPLES_WHILE),
    "loop-with-break-to-condition": (to_condition, EXAMPLES_CONDITION),
    "condition-to-loop-with-break": (to_break, EXAMPLES_BREAK),
}
