"""What becomes of Python's tuple assignments, and what is left alone."""

from __future__ import annotations

from codeaug.transforms import Example

EXAMPLES: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(self, key, size):
    self.key = key
    self.size = size
""",
        """\
def f(self, key, size):
    self.key, self.size = key, size
""",
        why="plain variables are the same once the first attribute is bound",
    ),
    Example(
        "python",
        """\
def f(self, p):
    self.x = p.x
    self.y = p.y
""",
        declined="INDEP",
        why="binding self.x may change what p.y is",
    ),
    Example(
        "python",
        """\
def f(self, a, b):
    self.x = a
    b.x = b
""",
        why="attributes of two objects",
    ),
    Example(
        "python",
        """\
def f(p):
    # where it is
    x = p.x
    y = p.y
    return x * y
""",
        """\
def f(p):
    # where it is
    x, y = p.x, p.y
    return x * y
""",
    ),
    Example(
        "python",
        "def f(a):\r\n\tlow = 0\r\n\thigh = 9\r\n\treturn g(a, low, high)\r\n",
        "def f(a):\r\n\tlow, high = 0, 9\r\n\treturn g(a, low, high)\r\n",
    ),
    Example(
        "python",
        """\
def f(text, n):
    head = text[:n]
    tail = text[n:]
    return tail + head
""",
        """\
def f(text, n):
    head, tail = text[:n], text[n:]
    return tail + head
""",
    ),
    Example(
        "python",
        """\
def f(p):
    x = p.x
    y = p[0]
    return x, y
""",
        why="nobody would see them as a pair",
    ),
    Example(
        "python",
        """\
def f(a):
    a = a.next
    b = a.next
    return a, b
""",
        declined="INDEP",
        why="the second value reads the first name",
    ),
    Example(
        "python",
        """\
def f(x):
    a = g(x)
    b = g(a)
    return a, b
""",
        declined="INDEP",
        why="the second value reads the first name",
    ),
    Example(
        "python",
        """\
def f(p):
    try:
        x = p.x
        y = p.y
    except AttributeError:
        return x
    return x, y
""",
        declined="INDEP",
        why="the handler sees the first value when the second one fails",
    ),
    Example(
        "python",
        """\
def f(p):
    x = p.x
    y = p.y
    return lambda: x
""",
        declined="NOCAP",
    ),
    Example(
        "python",
        """\
def f(ps, x):
    x = ps.x
    y = ps.y
    return x, y
""",
        declined="TRIVLIFE",
        why="what x held would live until after p.y",
    ),
    Example(
        "python",
        """\
def f(p):
    x = p.x  # left
    y = p.y
    return x, y
""",
        declined="TRIVIA",
    ),
    Example(
        "python",
        """\
def f():
    a = 1
    b = 2
    c = 3
    d = 4
    return a, b, c, d
""",
        declined="NATURAL",
    ),
    Example(
        "python",
        """\
def f(p):
    x = p.x
    y = p.y
    return locals()
""",
        declined="NODYN",
    ),
)

EXAMPLES_BACK: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(self, a, b):
    self.a, self.b = a, b
""",
        """\
def f(self, a, b):
    self.a = a
    self.b = b
""",
    ),
    Example(
        "python",
        """\
def f(xs):
    (low, high) = (0, len(xs))  # all of it
    return low, high
""",
        """\
def f(xs):
    # all of it
    low = 0
    high = len(xs)
    return low, high
""",
    ),
    Example(
        "python",
        "def f():\r\n\tfor x in 'é':\r\n\t\ta, b, c = 1, None, []\r\n\t\tg(a, b)\r\n",
        "def f():\r\n\tfor x in 'é':\r\n\t\ta = 1\r\n\t\tb = None\r\n\t\tc = []\r\n\t\tg(a, b)\r\n",
        why="neither number nor list can fail",
    ),
    Example(
        "python",
        """\
def f(a, b):
    a, b = b, a
    return a, b
""",
        declined="INDEP",
        why="the swap idiom",
    ),
    Example(
        "python",
        """\
def f(xs, i, j):
    xs[i], xs[j] = xs[j], xs[i]
""",
        declined="INDEP",
        why="the swap idiom",
    ),
    Example(
        "python",
        """\
def f(n):
    a = b = 1
    while n:
        a, b = b, a + b
    return a
""",
        declined="INDEP",
        why="Fibonacci",
    ),
    Example(
        "python",
        """\
def f(self, p):
    self.x, self.y = p.x, p.y
""",
        declined="INDEP",
        why="setting x may change p.y",
    ),
    Example(
        "python",
        """\
def f(xs):
    first, *rest = xs
    return first, rest
""",
        why="one value",
    ),
    Example(
        "python",
        """\
def f(xs):
    first, *rest = 1, 2, 3
    return first, rest
""",
        declined="NATURAL",
    ),
    Example(
        "python",
        """\
def f(p):
    with p:
        x, y = p.x, p.y
    return x, y
""",
        declined="INDEP",
        why="p may swallow the failure",
    ),
    Example(
        "python",
        """\
def f(p):
    x, y = (
        1,  # one
        2,
    )
    return x, y
""",
        declined="TRIVIA",
    ),
)
