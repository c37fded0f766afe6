"""`if c: A else: B` becomes `if not c: B else: A`, with the operator of `c` flipped."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from codeaug.model import Edit
from codeaug.predicates.python import Function, negated
from codeaug.predicates.python_source import Block, block_span
from codeaug.predicates.verdicts import require
from codeaug.transforms import Directions, Example, Site, Subject
from codeaug.transforms.python_sites import condition, else_body, sites


def invert(subject: Subject) -> Iterator[Site]:
    """Sites of invert-if."""
    return sites(subject, _invert)


def _invert(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    file, node = function.file, block.statements[number]
    if not isinstance(node, cst.If) or not isinstance(node.orelse, cst.Else):
        return None
    then, other = node.body, else_body(node)
    if other is None or not isinstance(then, cst.IndentedBlock):
        return None
    text = negated(node.test, function)
    first, second = block_span(file, then), block_span(file, other)
    keyword = file.span(node.orelse).start
    require(not file.has_comment(first.end, keyword), "TRIVIA", "a comment above the else")
    require(file.slice(second).endswith("\n"), "NATURAL", "the file ends inside the else")
    return (
        condition(file, node.test, text),
        Edit(first.start, first.end, file.slice(second)),
        Edit(second.start, second.end, file.slice(first)),
    )


EXAMPLES = (
    Example(
        "python",
        "def f(x):\n    if x is None:  # nothing yet\n        a()\n    else:\n        b(x)  # some\n",
        "def f(x):\n    if x is not None:\n        b(x)  # some\n    else:  # nothing yet\n        a()\n",
    ),
    Example(
        "python",
        "def f(x, y):\n    if not x or y in x:\n        a()\n    else:\n        b()\n    c()\n",
        "def f(x, y):\n    if x and y not in x:\n        b()\n    else:\n        a()\n    c()\n",
    ),
    Example(
        "python",
        "def f(xs):\n\tif(len(xs) < 3):\n\t\ta('''\n\tx''')\n\telse:\n\t\tb()\n",
        "def f(xs):\n\tif len(xs) >= 3:\n\t\tb()\n\telse:\n\t\ta('''\n\tx''')\n",
        why="len is an int, so < has a complement; the string keeps its lines",
    ),
    Example(
        "python",
        "def f(x):\r\n    if x.ready():\r\n        a('é')\r\n    else:\r\n        b()\r\n",
        "def f(x):\r\n    if not x.ready():\r\n        b()\r\n    else:\r\n        a('é')\r\n",
    ),
    Example(
        "python",
        "def f(a, b):\n    if a < b:\n        x()\n    else:\n        y()\n",
        declined="BUILTIN",
        why="sets: neither {1} < {2} nor {1} >= {2}",
    ),
    Example(
        "python",
        "def f(a, b):\n    if a == b:\n        x()\n    else:\n        y()\n",
        declined="BUILTIN",
        why="__eq__ and __ne__ need not be complements",
    ),
    Example(
        "python",
        "def f(a: float, b: float):\n    if a < b:\n        x()\n    else:\n        y()\n",
        declined="NOFLOAT",
        why="NaN",
    ),
    Example(
        "python",
        "def f(a):\n    if a:\n        x()\n    # otherwise\n    else:\n        y()\n",
        declined="TRIVIA",
    ),
    Example(
        "python",
        "def f(a):\n    if (b := a()):\n        x(b)\n    else:\n        y()\n",
        declined="NATURAL",
        why="only `not (...)` would negate it",
    ),
    Example(
        "python",
        "def f(a):\n    if a:\n        x()\n    elif b:\n        z()\n    else:\n        y()\n",
        why="an elif is no plain else",
    ),
)

DIRECTIONS: Directions = {"invert-if": (invert, EXAMPLES)}
