"""`a < b and b < c` becomes `a < b < c`; and back."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from codeaug.model import Edit, Span
from codeaug.predicates.python import Function
from codeaug.predicates.python_source import PythonFile
from codeaug.predicates.python_tree import Tree
from codeaug.predicates.python_types import builtin, pure
from codeaug.predicates.verdicts import require
from codeaug.transforms import Directions, Site, Subject
from codeaug.transforms.comparison_chain._python_examples import EXAMPLES, EXAMPLES_SPLIT
from codeaug.transforms.de_morgan.python import operands
from codeaug.transforms.python_sites import condition, expressions, put, same_line

_TURNS = ((False, False), (True, False), (False, True), (True, True))
_MIRROR = str.maketrans("<>", "><")
_SIGNS: dict[type[cst.BaseCompOp], str] = {
    cst.LessThan: "<",
    cst.LessThanEqual: "<=",
    cst.GreaterThan: ">",
    cst.GreaterThanEqual: ">=",
}
_OPERATORS = {
    **dict.fromkeys((cst.LessThan, cst.LessThanEqual), "<"),
    **dict.fromkeys((cst.GreaterThan, cst.GreaterThanEqual), ">"),
    cst.Equal: "=",
}
_LITERALS = (cst.Integer, cst.Float, cst.SimpleString)


def chain(subject: Subject) -> Iterator[Site]:
    """Sites of chain-comparisons."""
    return expressions(subject, _chain, cst.BooleanOperation)


def split(subject: Subject) -> Iterator[Site]:
    """Sites of split-comparison-chain."""
    return expressions(subject, _split, cst.Comparison)


Simple = tuple[cst.BaseExpression, cst.BaseCompOp, cst.BaseExpression]


def _chain(function: Function, tree: Tree, node: cst.BooleanOperation) -> tuple[Edit, ...] | None:
    if not isinstance(node.operator, cst.And):
        return None
    # Of a longer condition each node's own last pair: no pair is asked about twice.
    pair = operands(node)[-2:]
    first, second = (_simple(part) for part in pair)
    if first is None or second is None:
        return None
    found = _joined(function.file, first, second)
    if found is None:
        return None
    text, middle, turned = found
    place = Span(function.file.outer(pair[0]).start, function.file.outer(pair[1]).end)
    require(not function.file.has_comment(place.start, place.end), "TRIVIA", "a comment inside")
    context = function.context
    require(pure(middle, context), "PURE", "the middle would be evaluated once, not twice")
    for left, _, right in turned:
        known = builtin(left, context) and builtin(right, context)
        require(known, "BUILTIN", "a comparison of unknown types cannot be turned around")
        calm = pure(left, context) and pure(right, context)
        require(calm, "PURE", "the operands would be evaluated in another order")
    same_line(text)
    return (put(function.file, place, text),)


def _simple(node: cst.BaseExpression) -> Simple | None:
    """A comparison of two values by `<`, `<=`, `>`, `>=` or `==`."""
    if not isinstance(node, cst.Comparison) or len(node.comparisons) != 1 or node.lpar:
        return None
    target = node.comparisons[0]
    known = type(target.operator) in _OPERATORS
    return (node.left, target.operator, target.comparator) if known else None


def _joined(
    file: PythonFile, first: Simple, second: Simple
) -> tuple[str, cst.BaseExpression, list[Simple]] | None:
    """The chain, its middle and what was turned around for it; as little as possible."""
    for turn_first, turn_second in _TURNS:
        left, middle = (first[2], first[0]) if turn_first else (first[0], first[2])
        again, right = (second[2], second[0]) if turn_second else (second[0], second[2])
        one, two = _sign(first[1], turn_first), _sign(second[1], turn_second)
        if not one or not two:
            continue
        if not middle.deep_equals(again) or one[0] != two[0]:
            continue
        if isinstance(middle, _LITERALS):
            continue
        if turn_first and turn_second and one[0] == ">":
            continue
        turned = [each for each, yes in ((first, turn_first), (second, turn_second)) if yes]
        text = f"{file.text(left)} {one} {file.text(middle)} {two} {file.text(right)}"
        return text, middle, turned
    return None


def _sign(operator: cst.BaseCompOp, turned: bool) -> str:
    """The operator's sign, "" where nobody turns it around."""
    if isinstance(operator, cst.Equal):
        return "" if turned else "=="
    sign = _SIGNS[type(operator)]
    return sign.translate(_MIRROR) if turned else sign


def _split(function: Function, tree: Tree, node: cst.Comparison) -> tuple[Edit, ...] | None:
    if len(node.comparisons) < 2:
        return None
    file, (first, second) = function.file, node.comparisons[:2]
    place = file.outer(node)
    require(len(node.comparisons) == 2, "NATURAL", "more than two comparisons")
    kinds = {_OPERATORS.get(type(each.operator), "") for each in (first, second)}
    require(len(kinds) == 1 and "" not in kinds, "NATURAL", "operators of different kinds")
    middle = first.comparator
    calm = pure(middle, function.context)
    require(calm, "PURE", "the middle would be evaluated twice, not once")
    require(not file.has_comment(place.start, place.end), "TRIVIA", "a comment inside")
    require(not isinstance(middle, _LITERALS), "NATURAL", "a literal in the middle")
    left, between, right = (file.text(part) for part in (node.left, middle, second.comparator))
    literal = isinstance(node.left, _LITERALS) and builtin(middle, function.context)
    turned = _sign(first.operator, turned=True) if literal else ""
    sign = _sign(first.operator, turned=False)
    start = f"{between} {turned} {left}" if turned else f"{left} {sign} {between}"
    text = f"{start} and {between} {_sign(second.operator, turned=False)} {right}"
    same_line(text)
    return (condition(file, node, f"({text})" if _binds(tree, node) else text),)


def _binds(tree: Tree, node: cst.Comparison) -> bool:
    """Whether `and` in the place of the comparison needs parentheses."""
    parent = tree.parents.get(node)
    tight = (cst.UnaryOperation, cst.ComparisonTarget, cst.Comparison, cst.BinaryOperation)
    return bool(node.lpar) or isinstance(parent, tight)


DIRECTIONS: Directions = {
    "chain-comparisons": (chain, EXAMPLES),
    "split-comparison-chain": (split, EXAMPLES_SPLIT),
}
