"""`not (a and b)` becomes `not a or not b`; and back."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from codeaug.model import Edit
from codeaug.predicates.python import Function, assigns, negated, operand
from codeaug.predicates.python_tree import Tree
from codeaug.predicates.python_types import boolval
from codeaug.predicates.verdicts import require
from codeaug.transforms import Directions, Site, Subject
from codeaug.transforms.de_morgan._python_examples import EXAMPLES, EXAMPLES_BACK
from codeaug.transforms.python_sites import condition, expressions, same_line

_MOST = 3


def distribute(subject: Subject) -> Iterator[Site]:
    """Sites of distribute-negation."""
    return expressions(subject, _distribute, cst.UnaryOperation)


def factor(subject: Subject) -> Iterator[Site]:
    """Sites of factor-negation."""
    return expressions(subject, _factor, cst.BooleanOperation)


def operands(node: cst.BooleanOperation) -> list[cst.BaseExpression]:
    """`a and b and c` as its three operands."""
    left = node.left
    same = isinstance(left, cst.BooleanOperation) and not left.lpar
    if same and isinstance(left, cst.BooleanOperation) and _word(left) == _word(node):
        return [*operands(left), node.right]
    return [left, node.right]


def _word(node: cst.BooleanOperation) -> str:
    return "and" if isinstance(node.operator, cst.And) else "or"


def _other(node: cst.BooleanOperation) -> str:
    return "or" if isinstance(node.operator, cst.And) else "and"


def _distribute(
    function: Function, tree: Tree, node: cst.UnaryOperation
) -> tuple[Edit, ...] | None:
    file, inner = function.file, node.expression
    if not isinstance(node.operator, cst.Not) or not isinstance(inner, cst.BooleanOperation):
        return None
    place = file.outer(node)
    require(not file.has_comment(place.start, place.end), "TRIVIA", "a comment inside")
    require(not assigns(inner), "NATURAL", "an assignment or yield inside")
    parts = operands(inner)
    require(len(parts) <= _MOST, "NATURAL", "too many operands")
    simple = not any(isinstance(part, cst.BooleanOperation) for part in parts)
    require(simple, "NATURAL", "a group inside the condition")
    if not tree.tested(node):
        require(all(_gives_bool(p, function) for p in parts), "BOOLVAL", "its value is used")
    text = f" {_other(inner)} ".join(negated(part, function) for part in parts)
    same_line(text)
    return (condition(file, node, _placed(tree, node, _other(inner), text)),)


def _gives_bool(part: cst.BaseExpression, function: Function) -> bool:
    """Whether the negation of `part` is a real boolean."""
    match part:
        case cst.UnaryOperation(operator=cst.Not(), expression=inner):
            return boolval(inner, function.context)
        case _:
            return True


def _placed(tree: Tree, node: cst.BaseExpression, word: str, text: str) -> str:
    """`text`, whose operator is `word`, in the place of `node`."""
    parent = tree.parents.get(node)
    binds = isinstance(parent, (cst.UnaryOperation, cst.Comparison, cst.BinaryOperation, cst.Await))
    if isinstance(parent, cst.BooleanOperation):
        binds = _word(parent) != word
    return f"({text})" if binds or node.lpar else text


def _factor(function: Function, tree: Tree, node: cst.BooleanOperation) -> tuple[Edit, ...] | None:
    file, above = function.file, tree.parents.get(node)
    whole = isinstance(above, cst.BooleanOperation) and _word(above) == _word(node)
    if whole and not node.lpar:
        return None
    parts = operands(node)
    inner = [
        part.expression
        for part in parts
        if isinstance(part, cst.UnaryOperation) and isinstance(part.operator, cst.Not)
    ]
    if len(inner) != len(parts):
        return None
    require(len(parts) <= _MOST, "NATURAL", "too many operands")
    place = file.outer(node)
    require(not file.has_comment(place.start, place.end), "TRIVIA", "a comment inside")
    grouped = any(isinstance(part, (cst.BooleanOperation, cst.NamedExpr)) for part in inner)
    require(not grouped, "NATURAL", "a group inside the condition")
    compared = any(isinstance(part, cst.Comparison) for part in inner)
    require(not compared, "NATURAL", "a comparison has its own negation")
    text = f" {_other(node)} ".join(operand(part, file) for part in inner)
    same_line(text)
    kept = bool(node.lpar) and isinstance(above, (cst.Comparison, cst.BinaryOperation, cst.Await))
    return (condition(file, node, f"(not ({text}))" if kept else f"not ({text})"),)


DIRECTIONS: Directions = {
    "distribute-negation": (distribute, EXAMPLES),
    "factor-negation": (factor, EXAMPLES_BACK),
}
