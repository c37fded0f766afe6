"""What merging and splitting conditions does to Python, and what it leaves alone."""

from __future__ import annotations

from codeaug.transforms import Example

EXAMPLES_MERGE: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(a, b):
    if a:
        if b(a):
            # both
            c()
    d()
""",
        """\
def f(a, b):
    if a and b(a):
        # both
        c()
    d()
""",
    ),
    Example(
        "python",
        """\
def f(a, b):
    if a or b:
        if not (a and b):
            c('''
            kept''')
""",
        """\
def f(a, b):
    if (a or b) and not (a and b):
        c('''
            kept''')
""",
    ),
    Example(
        "python",
        """\
def f(a):
    if a:
        if (m := g(a)):
            c(m)
        # done
        # done as well
    d()
""",
        """\
def f(a):
    if a and (m := g(a)):
        c(m)
        # done
        # done as well
    d()
""",
    ),
    Example(
        "python",
        """\
def f(a, b):
    if a:
        if m := g(a):
            c(m)
    return 1
""",
        """\
def f(a, b):
    if a and (m := g(a)):
        c(m)
    return 1
""",
    ),
    Example(
        "python",
        """\
def f(a, b):
    if a:
        if b:
            c()
    else:
        d()
""",
        declined="REACH",
        why="the else belongs to the outer condition alone",
    ),
    Example(
        "python",
        """\
def f(a, b):
    if a:
        if b:
            c()
        else:
            d()
""",
        declined="REACH",
    ),
    Example(
        "python",
        """\
def f(a, b):
    if a:
        # only then
        if b:
            c()
""",
        declined="TRIVIA",
    ),
    Example(
        "python",
        """\
def f(a, b):
    if a:
        if b:
            c()
        d()
""",
        why="more than one statement",
    ),
    Example(
        "python",
        """\
def f(a, b):
    if a + a + a + a + a + a + a + a + a + a + a + a + a + a:
        if b + b + b + b + b + b + b + b + b + b + b + b + b + b:
            c()
""",
        declined="NATURAL",
        why="too long for one line",
    ),
)

EXAMPLES_SPLIT: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(a, b):
    if a is not b and (a, b):
        c()
""",
        """\
def f(a, b):
    if a is not b:
        if (a, b):
            c()
""",
    ),
    Example(
        "python",
        """\
def f(a, b):
    if a and b(a):
        # both
        c()
    d()
""",
        """\
def f(a, b):
    if a:
        if b(a):
            # both
            c()
    d()
""",
    ),
    Example(
        "python",
        """\
def f(a, b):
    if (a or b) and a is not b:
        return 1
""",
        """\
def f(a, b):
    if a or b:
        if a is not b:
            return 1
""",
    ),
    Example(
        "python",
        "def f(a, b, c):\n\tif a and b and c:\n\t\treturn '''\n\t\tx'''\n",
        "def f(a, b, c):\n\tif a and b:\n\t\tif c:\n\t\t\treturn '''\n\t\tx'''\n",
    ),
    Example(
        "python",
        """\
def f(a, b):
    if (a and
            b):
        return 1
""",
        """\
def f(a, b):
    if a:
        if b:
            return 1
""",
    ),
    Example(
        "python",
        """\
def f(a, b):
    if a and b:
        c()
    else:
        d()
""",
        declined="REACH",
    ),
    Example(
        "python",
        """\
def f(a, b):
    if a and (m := g(a)):
        c(m)
""",
        declined="NATURAL",
    ),
    Example(
        "python",
        """\
def f(a, b):
    if a and b:  # both
        c()
""",
        declined="TRIVIA",
    ),
    Example(
        "python",
        """\
def f(a, b):
    if a or b:
        c()
    if a & b:
        d()
""",
        why="neither | nor & is and",
    ),
    Example(
        "python",
        """\
def f(a, b):
    if a and b:
        c()
        c()
        c()
        c()
        c()
        c()
        c()
        c()
        c()
        c()
        c()
        c()
""",
        declined="NATURAL",
    ),
)
