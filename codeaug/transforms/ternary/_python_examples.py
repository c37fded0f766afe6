"""What the ternary transforms do to Python, and what they leave alone."""

from __future__ import annotations

from codeaug.transforms import Example

EXAMPLES: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(a):
    x = a.b if a else None  # or nothing
    return x
""",
        """\
def f(a):
    # or nothing
    if a:
        x = a.b
    else:
        x = None
    return x
""",
    ),
    Example(
        "python",
        """\
def f(a):
    return (g(a) if a is not None else [])
""",
        """\
def f(a):
    if a is not None:
        return g(a)
    return []
""",
    ),
    Example(
        "python",
        "async def f(a):\n\tx = await g(a) if h(a) else 'é'\n\treturn x\n",
        "async def f(a):\n\tif h(a):\n\t\tx = await g(a)\n\telse:\n\t\tx = 'é'\n\treturn x\n",
    ),
    Example(
        "python",
        """\
def f(a, i):
    a[i()] = 1 if g() else 2
""",
        declined="PURE",
        why="only a plain name may be written twice",
    ),
    Example(
        "python",
        """\
def f(a):
    x = (b := g(a)) if a else 1
    return x, b
""",
        declined="NATURAL",
    ),
    Example(
        "python",
        """\
def f(a):
    x = 1 if a else 2 if g(a) else 3
    return x
""",
        declined="NATURAL",
    ),
    Example(
        "python",
        """\
def f(a):
    x = (
        1  # one
        if a else 2
    )
    return x
""",
        declined="TRIVIA",
    ),
    Example(
        "python",
        """\
def f(a):
    x = 1 if a else 2  # type: ignore
    return x
""",
        declined="TRIVIA",
        why="it is about this line",
    ),
    Example(
        "python",
        """\
def f(a):
    return [1 if x else 2 for x in a], lambda: 1 if a else 2
""",
        why="inside a comprehension or lambda there is no place for a statement",
    ),
    Example(
        "python",
        """\
def f(text, trim):
    text = text.strip() if trim else text
    return text
""",
        declined="NATURAL",
        why="nobody assigns a variable to itself",
    ),
)

EXAMPLES_BACK: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(a):
    if a:
        x = g(a)
    else:
        x = None
    return x
""",
        """\
def f(a):
    x = g(a) if a else None
    return x
""",
    ),
    Example(
        "python",
        """\
def f(a):
    if a is None:
        return []
    return g(a)
""",
        """\
def f(a):
    return [] if a is None else g(a)
""",
    ),
    Example(
        "python",
        """\
def f(a):
    if (a or b):
        return 1  
    else:
        return (2, 3)
""",
        """\
def f(a):
    return 1 if a or b else (2, 3)
""",
    ),
    Example(
        "python",
        """\
def f(a):
    if a:
        x = g(a)
    else:
        y = None
    return x
""",
        why="two targets",
    ),
    Example(
        "python",
        """\
def f(a):
    if a:
        return True
    return False
""",
        declined="NATURAL",
        why="the condition itself is meant",
    ),
    Example(
        "python",
        """\
def f(a):
    if a:
        # yes
        x = 1
    else:
        x = 2
    return x
""",
        declined="TRIVIA",
    ),
    Example(
        "python",
        """\
def f(a):
    if (b := g(a)):
        x = b
    else:
        x = 2
    return x
""",
        declined="NATURAL",
    ),
    Example(
        "python",
        """\
def f(a):
    if a:
        return 1, 2
    return 3, 4
""",
        declined="NATURAL",
        why="a tuple would need parentheses",
    ),
    Example(
        "python",
        """\
def f(a):
    if a:
        a.x = 1
    else:
        a.x = 2
""",
        why="the target is no plain local",
    ),
    Example(
        "python",
        """\
def f(a):
    if a:
        return g('a long argument of a function', 'another one')
    return g('and as long', 'an argument')
""",
        declined="NATURAL",
        why="too long for one line",
    ),
    Example(
        "python",
        """\
def f(a):
    if a:
        x = 1
    elif b:
        x = 2
    else:
        x = 3
    return x
""",
        why="a chain",
    ),
)
