"""What naming and inlining do to Python, and what they leave alone."""

from __future__ import annotations

from codeaug.transforms import Example, Vocabulary

EXAMPLES: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(xs):
    # enough
    if len(xs) > 3:
        return g(xs)
""",
        """\
def f(xs):
    # enough
    length = len(xs)
    if length > 3:
        return g(xs)
""",
    ),
    Example(
        "python",
        """\
def f(a):
    return int(parse_header(a)[0])
""",
        """\
def f(a):
    header = parse_header(a)
    return int(header[0])
""",
        vocabulary=Vocabulary({"call:parse_header": ("header",)}, ("header",)),
    ),
    Example(
        "python",
        """\
async def f(a):
    x = 'é' + (await get_user(a)).name
    return x
""",
        """\
async def f(a):
    user = await get_user(a)
    x = 'é' + user.name
    return x
""",
        vocabulary=Vocabulary(),
    ),
    Example(
        "python",
        """\
def f(self, a):
    for row in self.table.rows[a]:
        print(row)
""",
        """\
def f(self, a):
    rows = self.table.rows
    for row in rows[a]:
        print(row)
""",
    ),
    Example(
        "python",
        """\
import os


def f(a):
    x = os.path.join(get_root(a), a)
    return x
""",
        """\
import os


def f(a):
    root = get_root(a)
    x = os.path.join(root, a)
    return x
""",
        why="nobody computes os.path.join: os is an imported module",
    ),
    Example(
        "python",
        """\
def f(a):
    return a.send(get_root(a))
""",
        declined="INDEP",
        why="a.send is looked up before get_root runs and may be a property",
    ),
    Example(
        "python",
        """\
def f(a, b):
    return b() + get_root(a)
""",
        declined="INDEP",
        why="b would run behind get_root",
    ),
    Example(
        "python",
        """\
def f(a):
    return a and get_root(a)[0]
""",
        declined="INDEP",
        why="only evaluated where a is true",
    ),
    Example(
        "python",
        """\
def f(a):
    while len(a) > 3:
        a.pop()
""",
        why="evaluated again each time",
    ),
    Example(
        "python",
        """\
def f(a):
    x = 1
    return '%s' % len(a), locals()
""",
        why="a tuple",
    ),
    Example(
        "python",
        """\
def f(a):
    x = len(a) + 1
    return eval('x')
""",
        declined="NODYN",
    ),
    Example(
        "python",
        """\
def f(a):
    x = [len(b) for b in a]
    y = lambda: len(a)
    return x, y
""",
        declined="INDEP",
    ),
    Example(
        "python",
        """\
def f(a):
    return int(get_root(
        a,
    ))
""",
        declined="NATURAL",
    ),
    Example(
        "python",
        """\
def f(a):
    global h
    h = 1


def g(a):
    return h(get_root(a))
""",
        declined="INDEP",
        why="get_root may bind h anew",
    ),
    Example(
        "python",
        """\
def f(a):
    return f'{a!r} {len(a)} {len(a)=}'
""",
        declined="INDEP",
        why="formatting a runs its code first",
    ),
    Example(
        "python",
        """\
def f(a):
    return open(a).read()
""",
        why="the file would stay open",
    ),
    Example(
        "python",
        """\
def h(a):
    return a


def f(h):
    def g(a):
        return h(get_root(a))

    return g
""",
        declined="INDEP",
        unit="f.g",
        why="the h around it may be bound anew",
    ),
)

EXAMPLES_INLINE: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(a):
    # first
    x = g(a)
    return x
""",
        """\
def f(a):
    # first
    return g(a)
""",
    ),
    Example(
        "python",
        """\
def f(a):
    x = a + 1

    return int(x, a)
""",
        """\
def f(a):
    return int(a + 1, a)
""",
    ),
    Example(
        "python",
        """\
import os


def f(a):
    root = a.root()
    for x in os.listdir(root):
        print(x)
""",
        """\
import os


def f(a):
    for x in os.listdir(a.root()):
        print(x)
""",
    ),
    Example(
        "python",
        """\
def f(a):
    x = g(a)
    if x is None:
        return 1
""",
        """\
def f(a):
    if g(a) is None:
        return 1
""",
    ),
    Example(
        "python",
        """\
def f(a):
    x = g(a)
    return h() + x
""",
        declined="INDEP",
        why="h would run first",
    ),
    Example(
        "python",
        """\
def f(a):
    x = g(a)
    return a.b(x)
""",
        declined="INDEP",
        why="a.b may be a property",
    ),
    Example(
        "python",
        """\
def f(a):
    x = a + 1
    return x * 2
""",
        declined="NATURAL",
        why="it would need parentheses",
    ),
    Example(
        "python",
        """\
def f(a):
    x: int = g(a)
    return x
""",
        declined="NATURAL",
        why="the annotation would be lost",
    ),
    Example(
        "python",
        """\
def f(a):
    x = g(a)
    return [x for b in a]
""",
        declined="NOCAP",
        why="evaluated once for each",
    ),
    Example(
        "python",
        """\
def f(a):
    x = g(a)
    # then
    return x
""",
        declined="TRIVIA",
    ),
    Example(
        "python",
        """\
def f(a):
    x = g(a)  # once
    return x
""",
        declined="TRIVIA",
    ),
    Example(
        "python",
        """\
def f(a):
    x = g(a)
    return h(x, x)
""",
        why="read twice",
    ),
    Example(
        "python",
        """\
def f(a):
    x = g(a)
    return f'{x=}'
""",
        declined="NODYN",
    ),
    Example(
        "python",
        """\
def f(a):
    x = g('a')
    return f'{x}'
""",
        declined="NATURAL",
        why="quotes inside an f-string",
    ),
    Example(
        "python",
        """\
def f(a):
    x = Node()
    return weakref.ref(x)
""",
        declined="INDEP",
        why="the node would die at once",
    ),
    Example(
        "python",
        """\
def f(a):
    x = g(a)
    while x:
        pass
""",
        why="evaluated again each time",
    ),
    Example(
        "python",
        """\
def f(a):
    x = y = g(a)
    return x
""",
        why="a chained assignment",
    ),
)
