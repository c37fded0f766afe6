"""`x = a if c else b` becomes an if statement; and back."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from codeaug.model import Edit
from codeaug.predicates.python import Function, assigns
from codeaug.predicates.python_source import Block, PythonFile, only
from codeaug.predicates.verdicts import require
from codeaug.transforms import Directions, Site, Subject
from codeaug.transforms.python_sites import (
    comment_above,
    else_body,
    line_content,
    one,
    same_line,
    sites,
    step,
)
from codeaug.transforms.ternary._python_examples import EXAMPLES, EXAMPLES_BACK

_LOOSE = (cst.IfExp, cst.Lambda, cst.Yield, cst.NamedExpr, cst.Tuple, cst.StarredElement)


def to_if(subject: Subject) -> Iterator[Site]:
    """Sites of ternary-to-if."""
    return sites(subject, _to_if)


def to_ternary(subject: Subject) -> Iterator[Site]:
    """Sites of if-to-ternary."""
    return sites(subject, _to_ternary)


def _target(node: cst.CSTNode | None) -> tuple[str, cst.BaseExpression] | None:
    """What stands before the value, and the value: `x = ` of a plain local, or `return `."""
    match node:
        case cst.Return(value=cst.BaseExpression() as value):
            return "return ", value
        case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=name))], value=value):
            return f"{name} = ", value
        case _:
            return None


def _to_if(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    file, statement = function.file, block.statements[number]
    small = only(statement)
    found = _target(small)
    choice = getattr(small, "value", None)
    if not isinstance(choice, cst.IfExp):
        return None
    require(found is not None, "PURE", "the target would be evaluated after the condition")
    assert found is not None
    above = comment_above(file, statement)
    _require_plain(choice)
    test, first, second = file.bare(choice.test), file.text(choice.body), file.text(choice.orelse)
    same_line(test, first, second)
    same = found[0] in (f"{first} = ", f"{second} = ")
    require(not same, "NATURAL", "a variable would be assigned to itself")
    text = _if_text(file, block, found[0], (test, first, second))
    line = line_content(file, statement)
    return (Edit(line.start, line.end, above + text),)


def _require_plain(choice: cst.IfExp) -> None:
    require(not assigns(choice), "NATURAL", "an assignment or yield inside")
    nested = any(isinstance(part, cst.IfExp) for part in (choice.body, choice.orelse))
    require(not nested, "NATURAL", "a conditional expression in a conditional expression")


def _if_text(file: PythonFile, block: Block, target: str, parts: tuple[str, str, str]) -> str:
    test, first, second = parts
    own, level = file.indent(file.span(block.node.body[0]).start), step(file, block)
    end = file.newline
    head = f"if {test}:{end}{own}{level}{target}{first}{end}{own}"
    if target == "return ":
        return f"{head}return {second}"
    return f"{head}else:{end}{own}{level}{target}{second}"


def _to_ternary(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    file, node = function.file, block.statements[number]
    if not isinstance(node, cst.If):
        return None
    other, last = _other(block, number, node)
    first, second = _target(one(node.body)), _target(other)
    if first is None or second is None or last is None or first[0] != second[0]:
        return None
    end = line_content(file, last).end
    require(not file.has_comment(file.span(node).start, end), "TRIVIA", "a comment inside")
    _require_operands(node.test, first[1], second[1])
    test, then, rest = (file.text(part) for part in (node.test, first[1], second[1]))
    same_line(test, then, rest)
    test = file.bare(node.test)
    return (Edit(file.span(node).start, end, f"{first[0]}{then} if {test} else {rest}"),)


def _other(
    block: Block, number: int, node: cst.If
) -> tuple[cst.BaseSmallStatement | None, cst.CSTNode | None]:
    """The statement of the other branch and the last statement of all: an else or a return."""
    body = else_body(node)
    if body is not None:
        return one(body), body.body[-1]
    follows = block.statements[number + 1 : number + 2]
    if node.orelse is not None or not follows:
        return None, None
    after = only(follows[0])
    return (after, follows[0]) if isinstance(after, cst.Return) else (None, None)


def _require_operands(test: cst.BaseExpression, *arms: cst.BaseExpression) -> None:
    parts = (test, *arms)
    loose = any(isinstance(part, _LOOSE) and not part.lpar for part in parts)
    require(not loose, "NATURAL", "an operand that would need parentheses")
    require(not any(assigns(part) for part in parts), "NATURAL", "an assignment or yield inside")
    nested = any(isinstance(part, cst.IfExp) for part in parts)
    require(not nested, "NATURAL", "a conditional expression in a conditional expression")
    constants = [getattr(arm, "value", "") in ("True", "False") for arm in arms]
    require(not all(constants), "NATURAL", "the condition itself is meant")


DIRECTIONS: Directions = {
    "ternary-to-if": (to_if, EXAMPLES),
    "if-to-ternary": (to_ternary, EXAMPLES_BACK),
}
