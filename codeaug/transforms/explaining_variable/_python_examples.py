"""What naming and inlining do to Python, and what they leave alone."""

from __future__ import annotations

from codeaug.transforms import Example, Vocabulary

EXAMPLES: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(a, b):
    return not a.intersection(b)
""",
        why="what is common is to be removed elsewhere, and not here",
        vocabulary=Vocabulary({"call:intersection": ("to_remove",)}),
    ),
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
    print(parse_header(a)[0])
""",
        """\
def f(a):
    header = parse_header(a)
    print(header[0])
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
import config


def f(a):
    g(config.level, get_root(a))
    h(config.LEVEL, a)
""",
        declined="INDEP",
        why="get_root may set config.level",
    ),
    Example(
        "python",
        """\
def f(resp):
    return g(parse257(resp))
""",
        """\
def f(resp):
    result = g(parse257(resp))
    return result
""",
        why="257 is no name for what parse257 gives",
    ),
    Example(
        "python",
        """\
import weakref


def f(a):
    return weakref.ref(get_root(a))
""",
        declined="INDEP",
        why="nothing else holds the root, so that it is gone at once",
    ),
    Example(
        "python",
        """\
def f(a):
    a.send(get_root(a))
""",
        declined="INDEP",
        why="a.send is looked up before get_root runs and may be a property",
    ),
    Example(
        "python",
        """\
def f(a, b):
    b() + get_root(a)
""",
        declined="INDEP",
        why="b would run behind get_root",
    ),
    Example(
        "python",
        """\
def f(a):
    a and get_root(a)[0]
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
    '%s' % len(a), locals()
""",
        why="a tuple",
    ),
    Example(
        "python",
        """\
def f(a):
    x = len(a) + 1
    eval('x')
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
    print(get_root(
        a,
    ))
""",
        """\
def f(a):
    root = get_root(
        a,
    )
    print(root)
""",
        why="the lines hang below the bracket",
    ),
    Example(
        "python",
        """\
def f(a):
    return int(get_root(a,
                        1))
""",
        declined="NATURAL",
        why="the second line is aligned with the first",
    ),
    Example(
        "python",
        """\
def f(a):
    global h
    h = 1


def g(a):
    h(get_root(a))
""",
        declined="INDEP",
        why="get_root may bind h anew",
    ),
    Example(
        "python",
        """\
def f(a):
    f'{a!r} {len(a)} {len(a)=}'
""",
        declined="INDEP",
        why="formatting a runs its code first",
    ),
    Example(
        "python",
        """\
def f(a):
    print(open(a).read())
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
        h(get_root(a))

    return g
""",
        declined="INDEP",
        unit="f.g",
        why="the h around it may be bound anew",
    ),
    Example(
        "python",
        """\
def f(a, b):
    b.log(a)
    return a + b
""",
        """\
def f(a, b):
    b.log(a)
    result = a + b
    return result
""",
        why="all that is returned",
    ),
    Example(
        "python",
        """\
def get_size(a):
    return a.b(a) or 1
""",
        """\
def get_size(a):
    size = a.b(a) or 1
    return size
""",
        why="the function's name says what it is",
    ),
    Example(
        "python",
        """\
def f(self, key):
    with self.lock:
        del self.data[key]
""",
        """\
def f(self, key):
    lock = self.lock
    with lock:
        del self.data[key]
""",
    ),
    Example(
        "python",
        """\
def f(self, key):
    self.__order.move_to_end(key)
""",
        """\
def f(self, key):
    order = self.__order
    order.move_to_end(key)
""",
        why="the attribute is read first, and once in the function",
    ),
    Example(
        "python",
        """\
def f(self, key):
    self.order.move(key)
    self.order.send(key)
""",
        why="nobody would name one of two",
    ),
    Example(
        "python",
        """\
def f(a):
    raise ValueError("no %s" % a)
""",
        """\
def f(a):
    message = "no %s" % a
    raise ValueError(message)
""",
    ),
    Example(
        "python",
        """\
def f(self, a):
    self.send(a, encoding="utf-8")
""",
        """\
def f(self, a):
    encoding = "utf-8"
    self.send(a, encoding=encoding)
""",
        why="a constant is the same before self.send is looked up",
    ),
    Example(
        "python",
        """\
def f(self, a):
    return a and self.send(a, names=[a])
""",
        """\
def f(self, a):
    result = a and self.send(a, names=[a])
    return result
""",
        why="the list is made only sometimes, all of it always",
    ),
    Example(
        "python",
        """\
def f(self, a):
    self.x[a] = [self.send(b, names=[b]) for b in a]
""",
        """\
def f(self, a):
    value = [self.send(b, names=[b]) for b in a]
    self.x[a] = value
""",
        why="the value comes before what it is put into",
    ),
    Example(
        "python",
        """\
def f(a):
    user = a["user"].name
    print(user)
    size = int(a["size"])
    return size
""",
        why="both names are taken",
    ),
    Example(
        "python",
        """\
def f(a):
    total = 0
    total += len(a) + 1
    return total
""",
        """\
def f(a):
    total = 0
    length = len(a)
    total += length + 1
    return total
""",
        why="nothing can bind the local anew in between",
    ),
    Example(
        "python",
        """\
def f(a):
    def g():
        nonlocal x
        x = 1

    x = 0
    x += len(g() or a)
""",
        why="x would be read later",
    ),
    Example(
        "python",
        """\
def f(a):
    assert len(a) > 1
""",
        why="evaluated only where assertions are on",
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
    Example(
        "python",
        """\
def f(self, a):
    encoding = "utf-8"
    self.send(a, encoding=encoding)
""",
        """\
def f(self, a):
    self.send(a, encoding="utf-8")
""",
        why="a constant is the same behind self.send",
    ),
    Example(
        "python",
        """\
def f(a):
    message = a.show()
    raise ValueError(message)
""",
        """\
def f(a):
    raise ValueError(a.show())
""",
    ),
    Example(
        "python",
        """\
def f(a):
    lock = a.lock
    with lock:
        a.run()
""",
        """\
def f(a):
    with a.lock:
        a.run()
""",
    ),
    Example(
        "python",
        """\
def f(a, b):
    names = []
    return b and a.fill(names)
""",
        declined="INDEP",
        why="it would be made only sometimes",
    ),
)
