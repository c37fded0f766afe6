"""What the boolean returns do to Python, and what they leave alone."""

from __future__ import annotations

from codeaug.transforms import Example

EXAMPLES_SIMPLIFY: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(a):
    if a is None:
        return True
    return False
""",
        """\
def f(a):
    return a is None
""",
    ),
    Example(
        "python",
        """\
def f(a):
    if isinstance(a, int) and not a:
        return True
    else:
        return False
""",
        """\
def f(a):
    return isinstance(a, int) and not a
""",
    ),
    Example(
        "python",
        """\
def f(a):
    if a:
        return False
    return True
""",
        """\
def f(a):
    return not a
""",
        why="not always gives a real boolean",
    ),
    Example(
        "python",
        """\
def f(a, b: int):
    if b > 3 or a in b:
        return False
    return True
""",
        """\
def f(a, b: int):
    return b <= 3 and a not in b
""",
    ),
    Example(
        "python",
        """\
def f(a):
    if a:
        return True
    return False
""",
        """\
def f(a):
    return bool(a)
""",
        why="a itself may be no boolean",
    ),
    Example(
        "python",
        """\
def f(a, b):
    if a == b:
        return True
    return False
""",
        declined="BOOLVAL",
        why="__eq__ may give anything",
    ),
    Example(
        "python",
        """\
def f(a):
    if not a:
        return False
    return True
""",
        declined="BOOLVAL",
        why="a itself may be no boolean",
    ),
    Example(
        "python",
        """\
def f(a):
    if a is None:
        # nothing
        return True
    return False
""",
        declined="TRIVIA",
    ),
    Example(
        "python",
        """\
def f(a, b):
    if a == b:
        return False
    return True
""",
        declined="BUILTIN",
    ),
    Example(
        "python",
        """\
def f(a):
    if a is None:
        return True
    return None
""",
        why="None is not False",
    ),
    Example(
        "python",
        """\
def bool(a):
    return a


def f(a):
    if a:
        return True
    return False
""",
        declined="BOOLVAL",
        why="a function of that name in the module",
    ),
)

EXAMPLES_EXPAND: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(a):
    if a:
        return a is None  # absent
    return g(a)
""",
        """\
def f(a):
    if a:
        # absent
        if a is None:
            return True
        return False
    return g(a)
""",
    ),
    Example(
        "python",
        """\
def f(a, b):
    if a:
        return (not b)
    return g(a)
""",
        """\
def f(a, b):
    if a:
        if not b:
            return True
        return False
    return g(a)
""",
    ),
    Example(
        "python",
        """\
def f(a: str):
    return a.startswith('x') and len(a) > 3
""",
        """\
def f(a: str):
    if a.startswith('x') and len(a) > 3:
        return True
    return False
""",
    ),
    Example(
        "python",
        """\
def f(a):
    return bool(a.b)
""",
        """\
def f(a):
    if a.b:
        return True
    return False
""",
    ),
    Example(
        "python",
        """\
def f(a, b):
    return a == b
""",
        declined="BOOLVAL",
        why="NotImplemented, arrays",
    ),
    Example(
        "python",
        """\
def f(a, b):
    return a and b is None
""",
        declined="BOOLVAL",
        why="it may give a",
    ),
    Example(
        "python",
        """\
def f(a):
    return (m := g(a)) is None
""",
        declined="NATURAL",
    ),
    Example(
        "python",
        """\
def f(a):
    return a is None  # noqa
""",
        declined="TRIVIA",
    ),
    Example(
        "python",
        """\
def f(a):
    return a
""",
        why="no condition",
    ),
)
