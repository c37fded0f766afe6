"""`a + b` as `b + a` in Python."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import libcst as cst

from codeaug.model import Edit
from codeaug.predicates.python import Function
from codeaug.predicates.python_source import PythonFile
from codeaug.predicates.python_tree import Tree
from codeaug.predicates.python_types import boolval, nothrow, pure, static_type
from codeaug.predicates.verdicts import require
from codeaug.transforms import Directions, Site, Subject
from codeaug.transforms._function_examples import example
from codeaug.transforms.python_sites import expressions, same_line

_VALUES = (cst.Add, cst.Multiply, cst.BitAnd, cst.BitOr, cst.BitXor)
_LITERALS = (cst.Integer, cst.Float, cst.SimpleString)


def swap_operands(subject: Subject) -> Iterator[Site]:
    """Each operation that gives the same for its operands in either order."""
    return chain(
        expressions(subject, _values, cst.BinaryOperation),
        expressions(subject, _equal, cst.Comparison),
        expressions(subject, _logical, cst.BooleanOperation),
    )


def _values(function: Function, tree: Tree, node: cst.BinaryOperation) -> tuple[Edit, ...] | None:
    if not isinstance(node.operator, _VALUES):
        return None
    return _swapped(function, node, node.left, node.right)


def _equal(function: Function, tree: Tree, node: cst.Comparison) -> tuple[Edit, ...] | None:
    target = node.comparisons[0]
    plain = isinstance(target.operator, (cst.Equal, cst.NotEqual)) and len(node.comparisons) == 1
    literal = any(isinstance(side, _LITERALS) for side in (node.left, target.comparator))
    return _swapped(function, node, node.left, target.comparator) if plain and not literal else None


def _logical(function: Function, tree: Tree, node: cst.BooleanOperation) -> tuple[Edit, ...] | None:
    sides, context = (node.left, node.right), function.context
    if not all(_is_plain(side) or isinstance(side, cst.Comparison) for side in sides):
        return None
    require(all(boolval(side, context) for side in sides), "BOOLVAL", "one of them is the result")
    quiet = all(_is_quiet(side, function) for side in sides)
    require(quiet, "NOTHROW", "what is left out today may do something or raise")
    return _exchanged(function.file, node, *sides)


def _is_quiet(node: cst.BaseExpression, function: Function) -> bool:
    if isinstance(node, cst.Comparison):
        parts = [node.left, *(target.comparator for target in node.comparisons)]
        return all(nothrow(part, function.context) for part in parts)
    return nothrow(node, function.context)


def _swapped(
    function: Function, node: cst.BaseExpression, left: cst.BaseExpression,
    right: cst.BaseExpression,
) -> tuple[Edit, ...] | None:  # fmt: skip
    context, sides = function.context, (left, right)
    if not all(map(_is_plain, sides)):
        return None
    whole = all(static_type(side, context) in ("int", "bool") for side in sides)
    require(whole, "INTEGRAL", "the operands are not proven to be integers")
    require(all(pure(side, context) for side in sides), "PURE", "the other may change it")
    return _exchanged(function.file, node, left, right)


def _is_plain(node: cst.BaseExpression) -> bool:
    return isinstance(node, (cst.Name, cst.Integer)) or bool(node.lpar)


def _exchanged(
    file: PythonFile, node: cst.BaseExpression, left: cst.BaseExpression, right: cst.BaseExpression
) -> tuple[Edit, ...] | None:
    first, second = file.outer(left), file.outer(right)
    if file.slice(first) == file.slice(second):
        return None
    require(not file.has_comment(first.start, second.end), "TRIVIA", "a comment inside")
    same_line(file.source[first.start : second.end].decode())
    between = file.source[first.end : second.start].decode()
    return (Edit(first.start, second.end, file.slice(second) + between + file.slice(first)),)


_EXAMPLES = (
    example("python", "return a + b", "return b + a"),
    example("python", "return a + b + 1", "return b + a + 1", why="only what is added first"),
    example("python", "n = len(str(a))\nreturn n * 2 - b", "n = len(str(a))\nreturn 2 * n - b"),
    example("python", "return a < 3 and b > 4", "return b > 4 and a < 3"),
    example("python", "return (a - 1) == b  # both", "return b == (a - 1)  # both"),
    example("python", "return a + b", declined="INTEGRAL", head="def f(a, b):", why="strings join"),
    example(
        "python",
        "return a * 2",
        declined="INTEGRAL",
        head="def f(a: float, b):",
        why="numbers with a fraction are left alone",
    ),
    example("python", "return (a or 1) + b", declined="PURE", why="an operand that chooses"),
    example("python", "return a and b", declined="BOOLVAL", why="one of the two is the result"),
    example(
        "python",
        "return (a > 0 and\n        b > 1)",
        declined="NATURAL",
        why="it takes several lines",
    ),
    example("python", "return a > 0 and 9 // a > 1", declined="NOTHROW", why="0 is left out today"),
    example("python", "return a - b", why="the order matters"),
)

DIRECTIONS: Directions = {"swap-operands": (swap_operands, _EXAMPLES)}
