"""What chaining and splitting assignments do to Python, and what they leave alone."""

from __future__ import annotations

from codeaug.transforms import Example

EXAMPLES: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(self):
    self.hits = 0
    self.misses = 0
    self.a()
""",
        """\
def f(self):
    self.hits = self.misses = 0
    self.a()
""",
    ),
    Example(
        "python",
        """\
def f(a):
    x = None
    y = None
    return a(x, y)
""",
        """\
def f(a):
    x = y = None
    return a(x, y)
""",
    ),
    Example(
        "python",
        """\
def f(root):
    root.prev = root
    root.next = root
""",
        """\
def f(root):
    root.prev = root.next = root
""",
    ),
    Example(
        "python",
        """\
def f(self):
    self.a = []
    self.b = []
""",
        why="they would be one list",
    ),
    Example(
        "python",
        """\
def f(self):
    self.a = g()
    self.b = g()
""",
        why="called twice",
    ),
    Example(
        "python",
        """\
def f(self):
    self.a = self.c
    self.b = self.c
""",
        why="c may be a property",
    ),
    Example(
        "python",
        """\
def f(self):
    self.a = LIMIT
    self.b = LIMIT
""",
        declined="PURE",
        why="storing a may bind LIMIT anew",
    ),
    Example(
        "python",
        """\
def f(self):
    self.a = 0  # hits
    self.b = 0
""",
        declined="TRIVIA",
    ),
    Example(
        "python",
        """\
def f(self):
    self.a = 0

    self.b = 0
""",
        declined="NATURAL",
        why="they stand apart",
    ),
    Example(
        "python",
        """\
def f(self):
    self.a = 0
    self.b = 0
    self.c = 0
    self.d = 0
""",
        declined="NATURAL",
        why="too many",
    ),
    Example(
        "python",
        """\
def f(self):
    self.a = 0
    b = 0
    return b
""",
        why="targets of different kinds",
    ),
    Example(
        "python",
        """\
def f(self):
    self.a = 0
    self.b = 0.0
""",
        why="different values",
    ),
    Example(
        "python",
        """\
def f(a):
    x = a
    a = a
    return a, x
""",
        declined="INDEP",
        why="the value itself is bound",
    ),
)

EXAMPLES_BACK: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(self):
    self.hits = self.misses = 0
""",
        """\
def f(self):
    self.hits = 0
    self.misses = 0
""",
    ),
    Example(
        "python",
        """\
def f(root):
    root.prev = root.next = root
""",
        """\
def f(root):
    root.prev = root
    root.next = root
""",
    ),
    Example(
        "python",
        """\
def f():
    a = b = c = ''
    return a, b, c
""",
        """\
def f():
    a = ''
    b = ''
    c = ''
    return a, b, c
""",
    ),
    Example(
        "python",
        """\
def f():
    a = b = []
    return a, b
""",
        declined="PURE",
        why="one list has two names",
    ),
    Example(
        "python",
        """\
def f(self):
    self.a = b = self.c()
    return b
""",
        declined="PURE",
        why="called twice",
    ),
    Example(
        "python",
        """\
def f(a, b):
    a = a.next = b
    return a
""",
        declined="INDEP",
        why="a is another one by then",
    ),
    Example(
        "python",
        """\
def f(a, b):
    b = a.next = b
    return b
""",
        declined="INDEP",
        why="b is bound anew",
    ),
    Example(
        "python",
        """\
def f(a):
    x, y = z = a
    return x, y, z
""",
        declined="NATURAL",
        why="a target of several parts",
    ),
    Example(
        "python",
        """\
def f(self):
    self.a = self.b = 0  # both
""",
        declined="TRIVIA",
    ),
    Example(
        "python",
        """\
def f(self):
    self.a = self.b = LIMIT
""",
        declined="PURE",
        why="storing a may bind LIMIT anew",
    ),
    Example(
        "python",
        """\
def f(self):
    self.a = 0
""",
        why="one target",
    ),
)
