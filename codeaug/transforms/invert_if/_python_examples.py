"""What invert-if does to Python, and what it leaves alone."""

from __future__ import annotations

from codeaug.transforms import Example

EXAMPLES: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(x):
    if x is None:  # nothing yet
        a()
    else:
        b(x)  # some
    c()
""",
        """\
def f(x):
    if x is not None:
        b(x)  # some
    else:  # nothing yet
        a()
    c()
""",
    ),
    Example(
        "python",
        """\
def f(x, y):
    if not x or y in x:
        a()
    else:
        b()
    c()
""",
        """\
def f(x, y):
    if x and y not in x:
        b()
    else:
        a()
    c()
""",
    ),
    Example(
        "python",
        "def f(xs):\n\tif(len(xs) < 3):\n\t\ta('''\n\tx''')\n\telse:\n\t\tb()\n",
        "def f(xs):\n\tif len(xs) >= 3:\n\t\tb()\n\telse:\n\t\ta('''\n\tx''')\n",
        why="len gives an int, so < has a complement; the string keeps its lines",
    ),
    Example(
        "python",
        "def f(x):\r\n    if x.ready():\r\n        a('é')\r\n    else:\r\n        b()\r\n",
        "def f(x):\r\n    if not x.ready():\r\n        b()\r\n    else:\r\n        a('é')\r\n",
    ),
    Example(
        "python",
        """\
def f(a, b):
    if a < b:
        x()
    else:
        y()
""",
        declined="BUILTIN",
        why="sets: neither {1} < {2} nor {1} >= {2}",
    ),
    Example(
        "python",
        """\
def f(a, b):
    if a == b:
        x()
    else:
        y()
""",
        declined="BUILTIN",
        why="__eq__ and __ne__ need not be complements",
    ),
    Example(
        "python",
        """\
def f(a: float, b: float):
    if a < b:
        x()
    else:
        y()
""",
        declined="NOFLOAT",
        why="NaN",
    ),
    Example(
        "python",
        """\
def f(a):
    if a:
        x()
    # otherwise
    else:
        y()
""",
        declined="TRIVIA",
    ),
    Example(
        "python",
        """\
def f(a):
    if (b := a()):
        x(b)
    else:
        y()
""",
        declined="NATURAL",
        why="only `not (...)` would negate it",
    ),
    Example(
        "python",
        """\
def f(a, b):
    if a:
        x()
    elif b:
        z()
    else:
        y()
""",
        why="an elif is no plain else",
    ),
    Example(
        "python",
        """\
from numbers import *


def f(a):
    if len(a) > 1:
        x()
    else:
        y()
""",
        declined="BUILTIN",
        why="len may come from the star import",
    ),
)
