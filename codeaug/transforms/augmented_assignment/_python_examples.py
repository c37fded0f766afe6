"""What becomes of Python's augmented assignments, and what is left alone."""

from __future__ import annotations

from codeaug.transforms import Example

EXAMPLES: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(xs):
    count = 0
    for x in xs:
        count += 1  # one more
    return count
""",
        """\
def f(xs):
    count = 0
    for x in xs:
        count = count + 1  # one more
    return count
""",
    ),
    Example(
        "python",
        "def f(n: int):\r\n\tn *= 2 + len('a')\r\n\treturn n\r\n",
        "def f(n: int):\r\n\tn = n * (2 + len('a'))\r\n\treturn n\r\n",
    ),
    Example(
        "python",
        """\
def f(a):
    text = f"{a}"
    if a:
        text += a.name if a.named else "?"
    return text
""",
        """\
def f(a):
    text = f"{a}"
    if a:
        text = text + (a.name if a.named else "?")
    return text
""",
        why="what comes behind the place does not matter outside a loop",
    ),
    Example(
        "python",
        """\
def f(n: int, b):
    n -= b * 2
    return n
""",
        """\
def f(n: int, b):
    n = n - b * 2
    return n
""",
        why="a product needs no parentheses",
    ),
    Example(
        "python",
        """\
def f(xs):
    xs += [1]
    return xs
""",
        declined="BUILTIN",
        why="a list is changed in place: others see it",
    ),
    Example(
        "python",
        """\
def f(a):
    ys = a
    ys += (1,)
    return a
""",
        declined="BUILTIN",
        why="the value may be anything",
    ),
    Example(
        "python",
        """\
def f(self):
    self.count += 1
""",
        declined="BUILTIN",
        why="an attribute may hold an array",
    ),
    Example(
        "python",
        """\
def f(xs):
    total = 0
    for x in xs:
        total += x
    return total
""",
        declined="BUILTIN",
        why="from the second time on it may be an array that x gave",
    ),
    Example(
        "python",
        """\
def f():
    n = 0
    def g():
        nonlocal n
        n = []
    g()
    n += g
    return n
""",
        declined="BUILTIN",
        unit="f",
        why="an inner function binds it too",
    ),
    Example(
        "python",
        """\
def f():
    n = 0
    n += (
        1  # one
        + 2
    )
    return n
""",
        declined="TRIVIA",
    ),
    Example(
        "python",
        """\
def f():
    n = 0
    n += yield
    return n
""",
        declined="NATURAL",
    ),
)

EXAMPLES_BACK: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(xs):
    count = 0
    while xs.pop():
        count = count + 1
    return count
""",
        """\
def f(xs):
    count = 0
    while xs.pop():
        count += 1
    return count
""",
    ),
    Example(
        "python",
        """\
def f(n: int):
    n = n // (len("a") + 1)  # half
    return n
""",
        """\
def f(n: int):
    n //= len("a") + 1  # half
    return n
""",
    ),
    Example(
        "python",
        """\
def f(a):
    s = str(a)
    s = s + "é"
    return s
""",
        """\
def f(a):
    s = str(a)
    s += "é"
    return s
""",
    ),
    Example(
        "python",
        """\
def f(xs):
    xs = xs + [1]
    return xs
""",
        declined="BUILTIN",
        why="the caller's list would change",
    ),
    Example(
        "python",
        """\
def f(self):
    self.rows = self.rows + [1]
""",
        declined="BUILTIN",
    ),
    Example(
        "python",
        """\
def f(n: int):
    n = n + 1 + 2
    return n
""",
        why="the left operand is not the name alone",
    ),
    Example(
        "python",
        """\
def f(n: int):
    n = 1 + n
    return n
""",
        why="no operator of Python's for that",
    ),
    Example(
        "python",
        """\
def f(n: int):
    n = (
        n  # so far
        + 1
    )
    return n
""",
        declined="TRIVIA",
    ),
)
