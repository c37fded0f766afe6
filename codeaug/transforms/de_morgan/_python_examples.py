"""What becomes of negated conditions in Python, and what is left alone."""

from __future__ import annotations

from codeaug.transforms import Example

EXAMPLES: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(a, b):
    if not (a and b):
        return 1
""",
        """\
def f(a, b):
    if not a or not b:
        return 1
""",
    ),
    Example(
        "python",
        """\
def f(a, b, c):
    return c and not (a is None or b in c)  # neither
""",
        """\
def f(a, b, c):
    return c and a is not None and b not in c  # neither
""",
        why="and in and needs no parentheses",
    ),
    Example(
        "python",
        """\
def f(a, b, c):
    while c and not(len(a) > 1 and not b):
        c = g(a)
""",
        """\
def f(a, b, c):
    while c and (len(a) <= 1 or b):
        c = g(a)
""",
        why="or in and needs them; in a condition b need not be a boolean",
    ),
    Example(
        "python",
        "def f(a, b):\r\n\tx = not (a.é or b() or b[0])\r\n\treturn x\r\n",
        "def f(a, b):\r\n\tx = not a.é and not b() and not b[0]\r\n\treturn x\r\n",
    ),
    Example(
        "python",
        """\
def f(a, b, c):
    return not(a and b)and c
""",
        """\
def f(a, b, c):
    return (not a or not b)and c
""",
    ),
    Example(
        "python",
        """\
def f(a, b, c):
    return not(a or b)and c
""",
        """\
def f(a, b, c):
    return not a and not b and c
""",
        why="the parentheses had no space beside them",
    ),
    Example(
        "python",
        """\
def f(a, b):
    return not (a == 1 and b)
""",
        declined="BUILTIN",
        why="== and != of an array or a column are no complements",
    ),
    Example(
        "python",
        """\
def f(a: float, b):
    return not (a < 1 and b)
""",
        declined="NOFLOAT",
        why="NaN is neither less nor not less",
    ),
    Example(
        "python",
        """\
def f(a, b):
    return not (a and not b)
""",
        declined="BOOLVAL",
        why="the value would be b itself",
    ),
    Example(
        "python",
        """\
def f(a, b):
    if not (a and (b or a.b)):
        return 1
""",
        declined="NATURAL",
    ),
    Example(
        "python",
        """\
def f(a, b):
    if not (
        a  # one
        and b
    ):
        return 1
""",
        declined="TRIVIA",
    ),
    Example(
        "python",
        """\
def f(a):
    if not (a and (b := a.b)):
        return b
""",
        declined="NATURAL",
    ),
    Example(
        "python",
        """\
def f(a, b):
    return a and b
""",
        why="and used for what it gives is never touched",
    ),
)

EXAMPLES_BACK: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(a, b):
    if not a or not b:
        return 1
""",
        """\
def f(a, b):
    if not (a and b):
        return 1
""",
    ),
    Example(
        "python",
        """\
def f(a, b, c):
    return c or (not a.x and not b(c) and not c[0])
""",
        """\
def f(a, b, c):
    return c or not (a.x or b(c) or c[0])
""",
    ),
    Example(
        "python",
        "def f(a, b):\r\n\treturn [x for x in a if not x and not b[x]]\r\n",
        "def f(a, b):\r\n\treturn [x for x in a if not (x or b[x])]\r\n",
    ),
    Example(
        "python",
        """\
def f(a, b):
    if(not a or not b):
        return 1
""",
        """\
def f(a, b):
    if not (a and b):
        return 1
""",
    ),
    Example(
        "python",
        """\
def f(a, b):
    return not a or b
""",
        why="b itself may be the value",
    ),
    Example(
        "python",
        """\
def f(a, b):
    return not a == 1 or not b
""",
        declined="NATURAL",
    ),
    Example(
        "python",
        """\
def f(a, b):
    return not (a or b) and not a.c
""",
        declined="NATURAL",
    ),
    Example(
        "python",
        """\
def f(a, b):
    if (
        not a  # one
        or not b
    ):
        return 1
""",
        declined="TRIVIA",
    ),
    Example(
        "python",
        """\
def f(a, b, c, d):
    return not a and not b and not c and not d
""",
        declined="NATURAL",
        why="too much for one look",
    ),
)
