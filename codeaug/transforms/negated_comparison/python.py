"""`a < b` as `not (a >= b)` in Python."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from codeaug.model import Edit
from codeaug.predicates.python import Function, negated
from codeaug.predicates.python_tree import Tree
from codeaug.predicates.verdicts import require
from codeaug.transforms import Directions, Site, Subject
from codeaug.transforms._function_examples import example
from codeaug.transforms.python_sites import expressions, put


def negate_comparison(subject: Subject) -> Iterator[Site]:
    """Each comparison of two values that is not negated."""
    return expressions(subject, _twice, cst.Comparison)


def _twice(function: Function, tree: Tree, node: cst.Comparison) -> tuple[Edit, ...] | None:
    file, above = function.file, tree.parents.get(node)
    negates = isinstance(above, cst.UnaryOperation)
    if len(node.comparisons) > 1 or negates or isinstance(above, cst.FormattedStringExpression):
        return None
    place = file.span(node)
    require(not file.has_comment(place.start, place.end), "TRIVIA", "a comment inside")
    return (put(file, place, f"not ({negated(node, function)})"),)


_EXAMPLES = (
    example("python", "return a < b", "return not (a >= b)"),
    example("python", "if a == 1 and b:\n    return 2", "if not (a != 1) and b:\n    return 2"),
    example(
        "python", "return (a is None), b in (1, 2)", "return (not (a is not None)), b in (1, 2)"
    ),
    example("python", "while a not in (b, 3):\n    a += 1", "while not (a in (b, 3)):\n    a += 1"),
    example(
        "python",
        "return a < b",
        declined="BUILTIN",
        head="def f(a, b):",
        why="a set is neither less nor not less",
    ),
    example("python", "return a < b", declined="NOFLOAT", head="def f(a: float, b: float):"),
    example("python", "return (a <  # less\n        b)", declined="TRIVIA"),
    example("python", "return not (a < b)", why="it is negated already"),
    example("python", "return 0 < a < b", why="a chain has several opposites"),
)

DIRECTIONS: Directions = {"negate-comparison": (negate_comparison, _EXAMPLES)}
