"""`not x in y` becomes `x not in y`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from codeaug.model import Edit, Span
from codeaug.predicates.python import Function
from codeaug.predicates.python_tree import Tree
from codeaug.predicates.verdicts import require
from codeaug.transforms import Directions, Example, Site, Subject
from codeaug.transforms.python_sites import condition, expressions, same_line

_NEGATED = {cst.In: "not in", cst.Is: "is not"}


def use_not_in(subject: Subject) -> Iterator[Site]:
    """Sites of use-not-in."""
    return expressions(subject, _use_not_in, cst.UnaryOperation)


def _use_not_in(
    function: Function, tree: Tree, node: cst.UnaryOperation
) -> tuple[Edit, ...] | None:
    file = function.file
    match node:
        case cst.UnaryOperation(
            operator=cst.Not(),
            expression=cst.Comparison(
                comparisons=[cst.ComparisonTarget(operator=cst.In() | cst.Is()) as target]
            ) as compared,
        ):
            word = _NEGATED[type(target.operator)]
        case _:
            return None
    place = file.outer(node)
    require(not file.has_comment(place.start, place.end), "TRIVIA", "a comment inside")
    text = f"{file.text(compared.left)} {word} {file.text(target.comparator)}"
    same_line(file.slice(Span(place.start, place.end)), text)
    bare = not isinstance(tree.parents.get(node), (cst.UnaryOperation, cst.Comparison))
    return (condition(file, node, text if bare else f"({text})"),)


EXAMPLES: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(a, b):
    if not a in b:  # missing
        return 1
""",
        """\
def f(a, b):
    if a not in b:  # missing
        return 1
""",
    ),
    Example(
        "python",
        """\
def f(a, b):
    return b and not (a.x is b[0])
""",
        """\
def f(a, b):
    return b and a.x is not b[0]
""",
    ),
    Example(
        "python",
        "def f(a, b):\r\n\treturn [x for x in a if not(x + 'é' in b)]\r\n",
        "def f(a, b):\r\n\treturn [x for x in a if x + 'é' not in b]\r\n",
    ),
    Example(
        "python",
        """\
def f(a, b):
    return not a == b
""",
        why="`!=` is another method of the object",
    ),
    Example(
        "python",
        """\
def f(a, b, c):
    return not a in b in c
""",
        why="a chain has two comparisons",
    ),
    Example(
        "python",
        """\
def f(a, b):
    return not (
        a  # one
        in b
    )
""",
        declined="TRIVIA",
    ),
    Example(
        "python",
        """\
def f(a, b):
    return not a in g(
        b,
    )
""",
        declined="NATURAL",
    ),
)

DIRECTIONS: Directions = {"use-not-in": (use_not_in, EXAMPLES)}
