"""What becomes of Python's with statements, and what is left alone."""

from __future__ import annotations

from codeaug.transforms import Example

EXAMPLES_MERGE: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(a, b):
    with open(a) as x:
        with open(b) as y:
            # both
            return x.read() + y.read()
""",
        """\
def f(a, b):
    with open(a) as x, open(b) as y:
        # both
        return x.read() + y.read()
""",
    ),
    Example(
        "python",
        "async def f(a):\r\n\tasync with a:\r\n\t\tasync with b:\r\n\t\t\tg('''\r\n\t\t''')\r\n",
        "async def f(a):\r\n\tasync with a, b:\r\n\t\tg('''\r\n\t\t''')\r\n",
        why="what a string holds is not indentation",
    ),
    Example(
        "python",
        """\
def f(self, a):
    with self.lock:
        with g(a):
            h(a)

            h(a)
    return a
""",
        """\
def f(self, a):
    with self.lock, g(a):
        h(a)

        h(a)
    return a
""",
    ),
    Example(
        "python",
        """\
def f(a, b):
    with a:
        with b:
            g()
        h()
""",
        why="more than the inner with is inside",
    ),
    Example(
        "python",
        """\
async def f(a, b):
    async with a:
        with b:
            g()
""",
        declined="NATURAL",
        why="no statement is both",
    ),
    Example(
        "python",
        """\
def f(a, b):
    with a:  # first
        with b:
            g()
""",
        declined="TRIVIA",
    ),
    Example(
        "python",
        """\
def f(a, b):
    with a:
        # then
        with b:
            g()
""",
        declined="TRIVIA",
    ),
    Example(
        "python",
        """\
def f(a, b):
    with (a as x, b as y):
        with x:
            g(y)
""",
        declined="NATURAL",
    ),
    Example(
        "python",
        """\
def f(aaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbb):
    with aaaaaaaaaaaaaaaa.attribute.attribute.attribute:
        with bbbbbbbbbbbbbbbbbbb.attribute.attribute.attribute:
            g()
""",
        declined="NATURAL",
        why="too long a line",
    ),
)

EXAMPLES_SPLIT: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(a, b):
    with open(a) as x, open(b) as y:
        return x.read() + y.read()
""",
        """\
def f(a, b):
    with open(a) as x:
        with open(b) as y:
            return x.read() + y.read()
""",
    ),
    Example(
        "python",
        "async def f(a):\r\n\tasync with a, b as x:\r\n\t\tx('é')  # done\r\n\r\n\t\treturn x\r\n",
        "async def f(a):\r\n\tasync with a:\r\n\t\tasync with b as x:\r\n"
        "\t\t\tx('é')  # done\r\n\r\n\t\t\treturn x\r\n",
    ),
    Example(
        "python",
        '''\
def f(self, a):
    if a:
        with self.lock, g(a):
            h("""
            a""")
    return a
''',
        '''\
def f(self, a):
    if a:
        with self.lock:
            with g(a):
                h("""
            a""")
    return a
''',
    ),
    Example(
        "python",
        """\
def f(a):
    with a as (x, y):
        g(x, y)
""",
        why="one item",
    ),
    Example(
        "python",
        """\
def f(a, b, c):
    with a, b, c:
        g()
""",
        declined="NATURAL",
    ),
    Example(
        "python",
        """\
def f(a, b):
    with (
        a as x,  # first
        b as y,
    ):
        g(x, y)
""",
        declined="TRIVIA",
    ),
    Example(
        "python",
        """\
def f(a, b):
    with (
        a as x,
        b as y,
    ):
        g(x, y)
""",
        declined="NATURAL",
    ),
    Example(
        "python",
        """\
def f(a, b):
    for x in a:
        if x:
            for y in b:
                if y:
                    with x, y:
                        g(x, y)
""",
        declined="NATURAL",
        why="deep enough",
    ),
)
