"""What becomes of Python's comparisons of one value, and what is left alone."""

from __future__ import annotations

from codeaug.transforms import Example

EXAMPLES: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(a, b, x):
    if a <= x and x < b:  # inside
        return 1
""",
        """\
def f(a, b, x):
    if a <= x < b:  # inside
        return 1
""",
    ),
    Example(
        "python",
        """\
def f(a, x: int):
    return a and x > 0 and x < 10
""",
        """\
def f(a, x: int):
    return a and 0 < x < 10
""",
        why="built-in numbers may be turned around",
    ),
    Example(
        "python",
        "def f(é, x):\r\n\treturn g(é.a == x and x == é.b)\r\n",
        "def f(é, x):\r\n\treturn g(é.a == x == é.b)\r\n",
    ),
    Example(
        "python",
        """\
def f(x):
    return x > 0 and x < 10
""",
        declined="BUILTIN",
        why="0 < x asks x another question than x > 0 where it is no number",
    ),
    Example(
        "python",
        """\
def f(a, b):
    return 0 < a.x and a.x < b
""",
        declined="PURE",
        why="a.x may be another value each time",
    ),
    Example(
        "python",
        """\
def f(a, g):
    return 0 < g(a) and g(a) < 9
""",
        declined="PURE",
    ),
    Example(
        "python",
        """\
def f(a, b, x):
    return a < x or x < b
""",
        why="only and makes a chain",
    ),
    Example(
        "python",
        """\
def f(a, b, x: int):
    return a == x and b == x
""",
        why="nobody turns == around for a chain",
    ),
    Example(
        "python",
        """\
def f(a, b, x):
    return a < x and x > b
""",
        why="the two do not go the same way",
    ),
    Example(
        "python",
        """\
def f(a, b, x):
    return (
        a < x  # low
        and x < b
    )
""",
        declined="TRIVIA",
    ),
)

EXAMPLES_SPLIT: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(a, b, x):
    if a <= x < b:  # inside
        return 1
""",
        """\
def f(a, b, x):
    if a <= x and x < b:  # inside
        return 1
""",
    ),
    Example(
        "python",
        """\
def f(a, b, x):
    return not a.low < x < g(b)
""",
        """\
def f(a, b, x):
    return not (a.low < x and x < g(b))
""",
    ),
    Example(
        "python",
        "def f(é, x):\r\n\treturn [x for x in é if x and 0 < x < 9]\r\n",
        declined="PURE",
        why="the names of a comprehension are its own; too much to follow",
    ),
    Example(
        "python",
        "def f(é, x):\r\n\treturn g(é, 0 < x < 9)\r\n",
        "def f(é, x):\r\n\treturn g(é, 0 < x and x < 9)\r\n",
    ),
    Example(
        "python",
        """\
def f(x: int):
    return 0 < x < 9
""",
        """\
def f(x: int):
    return x > 0 and x < 9
""",
        why="where it is the same, the value comes first",
    ),
    Example(
        "python",
        """\
def f(a, b):
    return a.kind == "x" == b.kind
""",
        declined="NATURAL",
    ),
    Example(
        "python",
        """\
def f(a, b):
    return 0 < a.x < b
""",
        declined="PURE",
    ),
    Example(
        "python",
        """\
def f(a, b):
    return 0 < g(a) < b
""",
        declined="PURE",
        why="g would be called twice",
    ),
    Example(
        "python",
        """\
def f(a, b, c):
    return a in b == c
""",
        declined="NATURAL",
    ),
    Example(
        "python",
        """\
def f(a, b, c, d):
    return a < b < c < d
""",
        declined="NATURAL",
    ),
    Example(
        "python",
        """\
def f(a, b):
    return a < b
""",
        why="no chain",
    ),
)
