"""What becomes of the place of comments in Python, and what stays."""

from __future__ import annotations

from codeaug.transforms import Example
from codeaug.transforms.comment_place._examples import above_examples, beside_examples

EXAMPLES: tuple[Example, ...] = (
    *above_examples("python"),
    Example(
        "python",
        """\
def f(x):
    if x:  # there is one
        return 1
    return 2
""",
        why="it may be about the branch",
    ),
    Example(
        "python",
        """\
def f(x):
    g(  # one for all
        x
    )
    return 2
""",
        why="a statement of several lines",
    ),
    Example(
        "python",
        """\
def f(x):
    y = \'\'\'
    g(x)  # one for all
    \'\'\'
    return y
""",
        why="a string",
    ),
    Example(
        "python",
        """\
def f(x):
    g(x); h(x)  # one for all
    return x
""",
        """\
def f(x):
    # one for all
    g(x); h(x)
    return x
""",
    ),
    Example(
        "python",
        "def f(x):\r\n\tg(x)  # one é for all\r\n\treturn x\r\n",
        "def f(x):\r\n\t# one é for all\r\n\tg(x)\r\n\treturn x\r\n",
    ),
)

EXAMPLES_BACK: tuple[Example, ...] = (
    *beside_examples("python"),
    Example(
        "python",
        """\
def f(x):
    # one for all
    if x:
        g(x)

    return 2
""",
        why="more than a simple statement",
    ),
    Example(
        "python",
        """\
def f(x):
    # one for all
    g(x)  # noqa

    return 2
""",
        why="there is one already",
    ),
    Example(
        "python",
        """\
def f(x):
    if x:
        # one for all
        g(x)
    else:
        h(x)
""",
        """\
def f(x):
    if x:
        g(x)  # one for all
    else:
        h(x)
""",
    ),
    Example(
        "python",
        """\
def f(x):
    if x:
        g(x)
        # one for all
    h(x)
""",
        why="it belongs to the block above",
    ),
)
