"""`if c: return True`, then `return False` becomes `return c`; and back."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from codeaug.model import Edit
from codeaug.predicates.python import Function, assigns, negated, negation_is_bool
from codeaug.predicates.python_source import Block, block_indent, only
from codeaug.predicates.python_types import boolval
from codeaug.predicates.verdicts import require
from codeaug.transforms import Directions, Site, Subject
from codeaug.transforms.boolean_return._python_examples import EXAMPLES_EXPAND, EXAMPLES_SIMPLIFY
from codeaug.transforms.python_sites import (
    comment_above,
    else_body,
    line_content,
    one,
    same_line,
    sites,
    step,
)

_OPERANDS = (cst.Name, cst.Attribute, cst.Call, cst.Subscript)


def simplify(subject: Subject) -> Iterator[Site]:
    """Sites of simplify-boolean-return."""
    return sites(subject, _simplify)


def expand(subject: Subject) -> Iterator[Site]:
    """Sites of expand-boolean-return."""
    return sites(subject, _expand)


def _constant(small: cst.CSTNode | None) -> str:
    """`True` or `False` where the statement returns that, else ""."""
    value = small.value if isinstance(small, cst.Return) else None
    word = value.value if isinstance(value, cst.Name) else ""
    return word if word in ("True", "False") else ""


def _simplify(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    file, node = function.file, block.statements[number]
    if not isinstance(node, cst.If):
        return None
    body, follows = else_body(node), block.statements[number + 1 : number + 2]
    if body is None and (node.orelse is not None or not follows):
        return None
    then, other = _constant(one(node.body)), _constant(one(body) if body else only(follows[0]))
    if not then or not other or then == other:
        return None
    end = line_content(file, follows[0] if body is None else node).end
    require(not file.has_comment(file.span(node).start, end), "TRIVIA", "a comment inside")
    return (Edit(file.span(node).start, end, f"return {_value(function, node.test, then)}"),)


def _value(function: Function, test: cst.BaseExpression, then: str) -> str:
    """What to return: the condition, or its complement."""
    require(not assigns(test), "NATURAL", "an assignment in the condition")
    if then == "True":
        text = function.file.bare(test)
        same_line(text)
        if boolval(test, function.context):
            return text
        plain = isinstance(test, _OPERANDS) and function.context.is_builtin("bool")
        require(plain, "BOOLVAL", "it may be no real boolean")
        return f"bool({text})"
    require(negation_is_bool(test, function), "BOOLVAL", "it may be no real boolean")
    return negated(test, function)


def _expand(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    file, statement = function.file, block.statements[number]
    small = only(statement)
    value = small.value if isinstance(small, cst.Return) else None
    operation = (cst.Comparison, cst.BooleanOperation, cst.UnaryOperation, cst.Call)
    if not isinstance(value, operation):
        return None
    if isinstance(value, cst.UnaryOperation) and not isinstance(value.operator, cst.Not):
        return None
    boolean = boolval(value, function.context)
    if isinstance(value, cst.Call) and not boolean:
        return None
    require(boolean, "BOOLVAL", "it may be no real boolean")
    require(not assigns(value), "NATURAL", "an assignment in the condition")
    above, test = comment_above(file, statement), file.bare(_unwrapped(value))
    same_line(test)
    line, own, end = line_content(file, statement), block_indent(file, block.node), file.newline
    inner = own + step(file, block)
    text = f"if {test}:{end}{inner}return True{end}{own}return False"
    return (Edit(line.start, line.end, above + text),)


def _unwrapped(value: cst.BaseExpression) -> cst.BaseExpression:
    """The argument of `bool(...)`, which a condition does not need."""
    match value:
        case cst.Call(func=cst.Name(value="bool"), args=[cst.Arg(star="", value=inner)]):
            return inner
        case _:
            return value


DIRECTIONS: Directions = {
    "simplify-boolean-return": (simplify, EXAMPLES_SIMPLIFY),
    "expand-boolean-return": (expand, EXAMPLES_EXPAND),
}
