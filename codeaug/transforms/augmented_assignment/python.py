"""`x += e` becomes `x = x + e`; and back."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from codeaug.model import Edit, Span
from codeaug.predicates.python import Function, assigns
from codeaug.predicates.python_source import Block, only
from codeaug.predicates.python_tree import tree_of
from codeaug.predicates.python_types import type_before
from codeaug.predicates.verdicts import require
from codeaug.transforms import Directions, Site, Subject
from codeaug.transforms.augmented_assignment._python_examples import EXAMPLES, EXAMPLES_BACK
from codeaug.transforms.python_sites import same_line, sites

# How tightly each operator binds.
_RANKS = {
    **dict.fromkeys(("BitOr",), 1),
    **dict.fromkeys(("BitXor",), 2),
    **dict.fromkeys(("BitAnd",), 3),
    **dict.fromkeys(("LeftShift", "RightShift"), 4),
    **dict.fromkeys(("Add", "Subtract"), 5),
    **dict.fromkeys(("Multiply", "MatrixMultiply", "Divide", "FloorDivide", "Modulo"), 6),
    **dict.fromkeys(("Power",), 7),
}
_LOOSE = (cst.BooleanOperation, cst.Comparison, cst.IfExp, cst.Lambda, cst.Tuple)


def expand(subject: Subject) -> Iterator[Site]:
    """Sites of expand-augmented-assignment."""
    return sites(subject, _expand)


def augment(subject: Subject) -> Iterator[Site]:
    """Sites of augment-assignment."""
    return sites(subject, _augment)


def _expand(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    small, file = only(block.statements[number]), function.file
    if not isinstance(small, cst.AugAssign):
        return None
    _require_immutable(function, small.target)
    span, value = file.span(small), small.value
    require(not file.has_comment(span.start, span.end), "TRIVIA", "a comment inside")
    require(not assigns(value), "NATURAL", "an assignment or yield inside")
    sign = file.slice(file.span(small.operator)).strip()
    text = file.text(value)
    same_line(text)
    loose = isinstance(value, _LOOSE) or _is_not(value) or _binds_less(value, sign, small.operator)
    right = f"({text})" if loose and not value.lpar else text
    name = file.text(small.target)
    return (Edit(span.start, span.end, f"{name} = {name} {sign.removesuffix('=')} {right}"),)


def _is_not(value: cst.BaseExpression) -> bool:
    return isinstance(value, cst.UnaryOperation) and isinstance(value.operator, cst.Not)


def _binds_less(value: cst.BaseExpression, sign: str, operator: cst.BaseAugOp) -> bool:
    if not isinstance(value, cst.BinaryOperation):
        return False
    own = _RANKS[type(operator).__name__.removesuffix("Assign")]
    return _RANKS[type(value.operator).__name__] <= own


def _augment(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    file = function.file
    match only(block.statements[number]):
        case (
            cst.Assign(
                targets=[cst.AssignTarget(target=target)], value=cst.BinaryOperation() as value
            ) as small
        ) if _same(target, value.left):
            pass
        case _:
            return None
    _require_immutable(function, target)
    span = file.span(small)
    require(not file.has_comment(span.start, span.end), "TRIVIA", "a comment inside")
    require(not assigns(value), "NATURAL", "an assignment or yield inside")
    right = file.bare(value.right)
    sign = file.slice(file.span(value.operator)).strip()
    same_line(right, file.slice(Span(span.start, span.end)))
    return (Edit(span.start, span.end, f"{file.text(target)} {sign}= {right}"),)


def _same(target: cst.BaseExpression, left: cst.BaseExpression) -> bool:
    return target.deep_equals(left) if isinstance(target, (cst.Name, cst.Attribute)) else False


def _require_immutable(function: Function, target: cst.BaseExpression) -> None:
    plain = isinstance(target, cst.Name)
    require(plain, "BUILTIN", "what it holds may change in place")
    assert isinstance(target, cst.Name)
    looped = tree_of(function.node).looped(target)
    kind = type_before(target, function.context, looped)
    require(kind not in ("", "None"), "BUILTIN", "what it holds may change in place")


DIRECTIONS: Directions = {
    "expand-augmented-assignment": (expand, EXAMPLES),
    "augment-assignment": (augment, EXAMPLES_BACK),
}
