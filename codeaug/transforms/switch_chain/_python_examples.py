"""What becomes of Python's match statements and chains of ifs, and what is left alone."""

from __future__ import annotations

from codeaug.transforms import Example

EXAMPLES: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(kind):
    match kind:
        case "a":
            # first
            return 1
        case "b" | "c":
            return 2

        case None:
            return 3
        case _:  # all else
            return 4
""",
        """\
def f(kind):
    if kind == "a":
        # first
        return 1
    elif kind == "b" or kind == "c":
        return 2
    elif kind is None:
        return 3
    else:  # all else
        return 4
""",
    ),
    Example(
        "python",
        """\
def f(n: int, a):
    match n:
        case 1 | -2 if a or n:
            return 1
        case 3:
            return 2
    return 3
""",
        """\
def f(n: int, a):
    if n in (1, -2) and (a or n):
        return 1
    elif n == 3:
        return 2
    return 3
""",
    ),
    Example(
        "python",
        "def f(é):\r\n\tmatch é:\r\n\t\tcase int():\r\n\t\t\treturn '''\r\n\t\t\t'''\r\n"
        "\t\tcase Color.RED:\r\n\t\t\treturn 2\r\n",
        "def f(é):\r\n\tif isinstance(é, int):\r\n\t\treturn '''\r\n\t\t\t'''\r\n"
        "\telif é == Color.RED:\r\n\t\treturn 2\r\n",
        why="what a string holds is not indentation",
    ),
    Example(
        "python",
        """\
def f(a, isinstance):
    match a:
        case int():
            return 1
        case _:
            return 2
""",
        declined="FRESH",
    ),
    Example(
        "python",
        """\
def f(a):
    match a.kind:
        case 1:
            return 1
        case _:
            return 2
""",
        declined="PURE",
        why="a.kind would be read several times",
    ),
    Example(
        "python",
        """\
def f(a):
    match a:
        case [x, y]:
            return x
        case _:
            return 2
""",
        declined="NATURAL",
        why="sequence patterns refuse texts, and bind names",
    ),
    Example(
        "python",
        """\
def f(a):
    match a:
        case Point(x=0):
            return 1
        case _:
            return 2
""",
        declined="NATURAL",
        why="class patterns look into the class",
    ),
    Example(
        "python",
        """\
def f(a):
    match a:
        case 1:
            return 1
        case other:
            return other
""",
        declined="NATURAL",
        why="the name lives on",
    ),
    Example(
        "python",
        """\
def f(a):
    match a:
        # one
        case 1:
            return 1
        case _:
            return 2
""",
        declined="TRIVIA",
    ),
    Example(
        "python",
        """\
kind = 1


def f():
    match kind:
        case 1:
            return 1
        case _:
            return 2
""",
        declined="PURE",
        why="a comparison may bind the global anew",
    ),
)

_OTHER = """

def g(x):
    match x:
        case 1:
            return 2
"""

EXAMPLES_BACK: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(kind):
    if kind == "a":
        # first
        return 1
    elif kind == "b" or kind == "c":
        return 2
    elif kind is None:
        return 3
    else:  # all else
        return 4
"""
        + _OTHER,
        """\
def f(kind):
    match kind:
        case "a":
            # first
            return 1
        case "b" | "c":
            return 2
        case None:
            return 3
        case _:  # all else
            return 4
"""
        + _OTHER,
    ),
    Example(
        "python",
        """\
def f(n: int):
    if n in (1, -2):
        return 1
    elif n == 3:
        return 2
    elif isinstance(n, bool):
        return 4
    return 3
"""
        + _OTHER,
        """\
def f(n: int):
    match n:
        case 1 | -2:
            return 1
        case 3:
            return 2
        case bool():
            return 4
    return 3
"""
        + _OTHER,
    ),
    Example(
        "python",
        "def f(é):\r\n\tif é == 1:\r\n\t\treturn 1\r\n\telif é == 2:\r\n\t\treturn 2\r\n"
        "\telif é == Color.RED:\r\n\t\treturn 3\r\n" + _OTHER.replace("\n", "\r\n"),
        "def f(é):\r\n\tmatch é:\r\n\t\tcase 1:\r\n\t\t\treturn 1\r\n\t\tcase 2:\r\n"
        "\t\t\treturn 2\r\n\t\tcase Color.RED:\r\n\t\t\treturn 3\r\n"
        + _OTHER.replace("\n", "\r\n"),
    ),
    Example(
        "python",
        """\
def f(kind):
    \"\"\"
    match kind:
        case 1:
    \"\"\"
    if kind == 1:
        return 1
    elif kind == 2:
        return 2
    elif kind == 3:
        return 3
""",
        declined="NATURAL",
        why="nothing says that this file is for Python 3.10",
    ),
    Example(
        "python",
        """\
def f(kind):
    if kind in (1, 2):
        return 1
    elif kind == 3:
        return 2
    elif kind == 4:
        return 3
"""
        + _OTHER,
        declined="BUILTIN",
        why="`in` asks whether it is the same object first",
    ),
    Example(
        "python",
        """\
def f(kind, other):
    if kind == 1:
        return 1
    elif kind == other:
        return 2
    elif kind == 3:
        return 3
"""
        + _OTHER,
        declined="NATURAL",
        why="`case other` would bind it",
    ),
    Example(
        "python",
        """\
def f(kind, kinds):
    if isinstance(kind, kinds):
        return 1
    elif kind == 2:
        return 2
    elif kind == 3:
        return 3
"""
        + _OTHER,
        declined="BUILTIN",
        why="a class pattern takes no tuple",
    ),
    Example(
        "python",
        """\
def f(a):
    if a.kind == 1:
        return 1
    elif a.kind == 2:
        return 2
    elif a.kind == 3:
        return 3
""",
        why="a.kind may be another value each time",
    ),
    Example(
        "python",
        """\
def f(kind):
    if kind == 1:
        return 1
    # two
    elif kind == 2:
        return 2
    elif kind == 3:
        return 3
"""
        + _OTHER,
        declined="TRIVIA",
    ),
    Example(
        "python",
        """\
def f(kind):
    if kind == 1:
        return 1
    elif kind > 2:
        return 2
    elif kind == 3:
        return 3
"""
        + _OTHER,
        declined="NATURAL",
        why="no pattern asks for more than that",
    ),
)
