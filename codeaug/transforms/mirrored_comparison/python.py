"""`1 == n` as `n == 1`, and back, and `a < b` as `b > a`, in Python."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from codeaug.model import Edit, Span
from codeaug.predicates.python import Function
from codeaug.predicates.python_tree import Tree
from codeaug.predicates.python_types import builtin, pure
from codeaug.predicates.verdicts import require
from codeaug.transforms import Directions, Example, Site, Subject
from codeaug.transforms._function_examples import example
from codeaug.transforms.python_sites import expressions, same_line

_MIRRORED = {
    cst.Equal: "==", cst.NotEqual: "!=", cst.LessThan: ">", cst.GreaterThan: "<",
    cst.LessThanEqual: ">=", cst.GreaterThanEqual: "<=",
}  # fmt: skip
_ORDERS = (cst.LessThan, cst.GreaterThan, cst.LessThanEqual, cst.GreaterThanEqual)
_WHOLE = (cst.Name, cst.Attribute, cst.Subscript, cst.Call)


def literal_last(subject: Subject) -> Iterator[Site]:
    """Each comparison that begins with a literal."""
    return expressions(subject, _last, cst.Comparison)


def literal_first(subject: Subject) -> Iterator[Site]:
    """Each comparison that ends with a literal."""
    return expressions(subject, _first, cst.Comparison)


def mirror_comparison(subject: Subject) -> Iterator[Site]:
    """Each comparison by `<`, `>`, `<=` or `>=` of two values of which none is a literal."""
    return expressions(subject, _values, cst.Comparison)


def _values(function: Function, tree: Tree, node: cst.Comparison) -> tuple[Edit, ...] | None:
    left, target, context = node.left, node.comparisons[0], function.context
    right = target.comparator
    if not isinstance(target.operator, _ORDERS) or _is_literal(left) or _is_literal(right):
        return None
    known = builtin(left, context) and builtin(right, context)
    require(known, "BUILTIN", "a class may define < and > differently")
    require(pure(left, context) and pure(right, context), "PURE", "one may change the other")
    return _exchanged(function, node)


def _last(function: Function, tree: Tree, node: cst.Comparison) -> tuple[Edit, ...] | None:
    value = node.comparisons[0].comparator
    if not _is_literal(node.left) or _is_literal(value):
        return None
    return _mirrored(function, node, value)


def _first(function: Function, tree: Tree, node: cst.Comparison) -> tuple[Edit, ...] | None:
    if _is_literal(node.left) or not _is_literal(node.comparisons[0].comparator):
        return None
    return _mirrored(function, node, node.left)


def _mirrored(
    function: Function, node: cst.Comparison, value: cst.BaseExpression
) -> tuple[Edit, ...] | None:
    if type(node.comparisons[0].operator) not in _MIRRORED or len(node.comparisons) > 1:
        return None
    whole = isinstance(value, _WHOLE) or bool(value.lpar)
    require(whole, "NATURAL", "an operand that would need parentheses")
    known = builtin(value, function.context)
    require(known, "BUILTIN", "the value's class may compare as it likes")
    return _exchanged(function, node)


def _exchanged(function: Function, node: cst.Comparison) -> tuple[Edit, ...] | None:
    file, target = function.file, node.comparisons[0]
    if len(node.comparisons) > 1:
        return None
    place = file.span(node)
    require(not file.has_comment(place.start, place.end), "TRIVIA", "a comment inside")
    same_line(file.slice(place))
    left, right = file.outer(node.left), file.outer(target.comparator)
    between = file.slice(Span(left.end, right.start))
    between = between.replace(between.strip(), _MIRRORED[type(target.operator)])
    text = file.text(target.comparator) + between + file.text(node.left)
    return (Edit(left.start, right.end, text),)


def _is_literal(node: cst.BaseExpression) -> bool:
    if isinstance(node, cst.UnaryOperation) and isinstance(node.operator, cst.Minus):
        node = node.expression
    return isinstance(node, (cst.Integer, cst.Float, cst.SimpleString))


_LAST: tuple[Example, ...] = (
    Example(
        "python",
        "def f(xs):\n    return 0 < len(xs)\n",
        "def f(xs):\n    return len(xs) > 0\n",
    ),
    Example(
        "python",
        "def f():\n    n = 3\n    if -1 == n:  # gone\n        return 'é'\n",
        "def f():\n    n = 3\n    if n == -1:  # gone\n        return 'é'\n",
    ),
    Example(
        "python",
        "def f(xs):\r\n\treturn [x for x in xs if 2<=len(x)]\r\n",
        "def f(xs):\r\n\treturn [x for x in xs if len(x)>=2]\r\n",
    ),
    Example(
        "python",
        "def f(n):\n    return 0 < n\n",
        declined="BUILTIN",
        why="a class may define < and > differently, as an ORM does",
    ),
    Example(
        "python",
        "def f(xs):\n    return (0 ==  # none\n            len(xs))\n",
        declined="TRIVIA",
        why="a comment would end up beside other code",
    ),
    Example("python", "def f(xs):\n    return 0 < len(xs) < 9\n", why="a chain has two sides"),
    Example("python", "def f(x):\n    return 'a' in x\n", why="`in` has no mirror"),
    Example("python", "def f(xs):\n    return len(xs) == 0\n", why="it is last already"),
)
_FIRST: tuple[Example, ...] = (
    Example(
        "python",
        "def f(xs):\n    return len(xs) >= 10\n",
        "def f(xs):\n    return 10 <= len(xs)\n",
    ),
    Example(
        "python",
        "def f():\n    n = 3\n    return n == 3\n",
        "def f():\n    n = 3\n    return 3 == n\n",
    ),
    Example(
        "python",
        "def f(xs):\n    if (len(xs)) != -1:\n        return 1\n",
        "def f(xs):\n    if -1 != (len(xs)):\n        return 1\n",
    ),
    Example(
        "python",
        "def f(n):\n    return n == 0\n",
        declined="BUILTIN",
        why="a mock or an array compares as it likes",
    ),
    Example(
        "python",
        "def f(xs):\n    return len(xs) + 1 == 3\n",
        declined="NATURAL",
        why="an expression of several parts reads oddly behind a literal",
    ),
    Example("python", "def f(xs):\n    return len(xs) is 3\n", why="`is` asks for the object"),
    Example("python", "def f():\n    return 1 == 1\n", why="two literals"),
)

_VALUES: tuple[Example, ...] = (
    example("python", "return a < b", "return b > a"),
    example(
        "python", "while a + 1 >= b:  # more\n    b += 1", "while b <= a + 1:  # more\n    b += 1"
    ),
    example(
        "python", "return [c for c in str(a) if a<=(b)]", "return [c for c in str(a) if (b)>=a]"
    ),
    example(
        "python",
        "return a < b",
        declined="BUILTIN",
        head="def f(a, b):",
        why="a class may define < and > differently",
    ),
    example("python", "return len(str(a)) < b", declined="PURE", why="the order of calls"),
    example("python", "return (a <\n        b)", declined="NATURAL", why="it takes several lines"),
    example("python", "return a == b", why="swap-operands's"),
    example("python", "return a > 3", why="literal-first's"),
)

DIRECTIONS: Directions = {
    "literal-last": (literal_last, _LAST),
    "literal-first": (literal_first, _FIRST),
    "mirror-comparison": (mirror_comparison, _VALUES),
}
