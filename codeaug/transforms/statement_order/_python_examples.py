"""What the statement-order transforms do to Python, and what they leave alone."""

from __future__ import annotations

from codeaug.transforms import Example

EXAMPLES_MOVE: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(xs):
    found = []

    if not xs:
        raise ValueError("nothing")
    for x in xs:
        found.append(x)
    return found
""",
        """\
def f(xs):
    if not xs:
        raise ValueError("nothing")
    found = []
    for x in xs:
        found.append(x)
    return found
""",
    ),
    Example(
        "python",
        """\
def f(xs):
    n: int = 0  # so far
    log(xs)

    # count them
    for x in xs:
        n += g(x)
    return n
""",
        """\
def f(xs):
    log(xs)

    n: int = 0  # so far
    # count them
    for x in xs:
        n += g(x)
    return n
""",
        why="what is said about the loop stays above it",
    ),
    Example(
        "python",
        "def f(x):\r\n\tseen = {\r\n\t\t'é': 1,\r\n\t}\r\n\tg(x)\r\n\treturn h(seen)\r\n",
        "def f(x):\r\n\tg(x)\r\n\tseen = {\r\n\t\t'é': 1,\r\n\t}\r\n\treturn h(seen)\r\n",
    ),
    Example(
        "python",
        """\
def f(x):
    size = len(x)
    g(x)
    return size
""",
        declined="INDEP",
        why="g may change how many there are",
    ),
    Example(
        "python",
        """\
def f(x):
    old = x
    x = g(x)
    return old
""",
        declined="INDEP",
        why="what it is made of changes in between",
    ),
    Example(
        "python",
        """\
def f(xs):
    for x in xs:
        last = x
    old = last
    log(xs)
    return old
""",
        declined="DA",
        why="without any x the function ends before log is called",
    ),
    Example(
        "python",
        """\
def f(xs):
    for x in xs:
        files = []
        log(x)
        files.append(open(x))
""",
        declined="TRIVLIFE",
        why="the files of the round before would be closed after log and not before",
    ),
    Example(
        "python",
        """\
def f(x):
    old = None
    try:
        a = 0
        g(x)
        a = h(x, a)
    except OSError:
        return a, old
""",
        declined="INDEP",
        why="the handler may read a, which would not be there",
    ),
    Example(
        "python",
        """\
def f(xs):
    last = None
    for x in xs:
        log(last)
        last = x
        if g(x):
            continue
        h(last)
""",
        declined="INDEP",
        why="the next round reads it, however this one ends",
    ),
    Example(
        "python",
        """\
def f(x):
    n = 0

    def inner():
        return n
    g(inner)
    return n
""",
        why="the inner function is the first use",
    ),
    Example(
        "python",
        """\
def f(x):
    n = 0
    g(x)
    return lambda: n
""",
        declined="NOCAP",
    ),
    Example(
        "python",
        """\
def f(x):
    n = 0
    g(locals())
    return n
""",
        declined="NODYN",
    ),
    Example(
        "python",
        """\
def f(x):
    # the two counters
    n = 0
    g(x)
    return n
""",
        declined="TRIVIA",
        why="the comment may be about more than this line",
    ),
    Example(
        "python",
        """\
def f(x):
    a = 0
    b = 1
    return g(a, b)
""",
        why="one declaration past another moves nothing closer",
    ),
)

EXAMPLES_SWAP: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(xs):
    dirs = []
    names = []
    for x in xs:
        names.append(x)
        dirs.append(g(x))
    return dirs, names
""",
        """\
def f(xs):
    names = []
    dirs = []
    for x in xs:
        names.append(x)
        dirs.append(g(x))
    return dirs, names
""",
    ),
    Example(
        "python",
        """\
def f(x):
    found: bool = False  # not yet
    name = x.name(
        1,
    )
    if name in x:
        found = True
    return found
""",
        """\
def f(x):
    name = x.name(
        1,
    )
    found: bool = False  # not yet
    if name in x:
        found = True
    return found
""",
        why="one of the two may do what it likes",
    ),
    Example(
        "python",
        "def f(x):\r\n\ta = 'é'\r\n\tb = '''\r\nx'''\r\n\treturn b + a\r\n",
        "def f(x):\r\n\tb = '''\r\nx'''\r\n\ta = 'é'\r\n\treturn b + a\r\n",
    ),
    Example(
        "python",
        """\
def f(a, log):
    lock = a.hold()
    log.add(a)
    lock = None
    size = a.count()
    return lock, size
""",
        declined="TRIVLIFE",
        why="what the lock was ends before the count",
    ),
    Example(
        "python",
        """\
def f(x):
    a = g(x)
    b = h(x)
    return b, a
""",
        declined="INDEP",
        why="both may do something, and something that the other sees",
    ),
    Example(
        "python",
        """\
def f(x):
    a = x.a
    b = x.b
    return b, a
""",
        declined="INDEP",
        why="either may be a property",
    ),
    Example(
        "python",
        """\
def f(x):
    a = None
    try:
        a = 0
        b = g(x)
        h(b, a)
    except OSError:
        return a
""",
        declined="INDEP",
        why="the handler sees whether a was bound before g raised",
    ),
    Example(
        "python",
        """\
def f(x):
    a = 1
    b = a + 1
    return b, a
""",
        why="the second reads the first",
    ),
    Example(
        "python",
        """\
def f(self, x):
    n = 0
    self.x = x
    while self.more(n):
        n += 1
""",
        """\
def f(self, x):
    self.x = x
    n = 0
    while self.more(n):
        n += 1
""",
    ),
    Example(
        "python",
        """\
def f(x):
    a = 1
    n = 0
    while n < x:
        n += 1
    return a, n
""",
        why="n would be torn from its loop",
    ),
    Example(
        "python",
        """\
def f(x):
    x.a()
    n = 0
    while n < x:
        n += 1
""",
        why="n would be torn from its loop",
    ),
    Example(
        "python",
        """\
def f(x):
    a = 0
    b = g(x)

    def inner():
        nonlocal b, a
        b, a = a, b
    return inner
""",
        declined="NOCAP",
    ),
    Example(
        "python",
        """\
def f(x):
    # both start at nothing
    a = 0
    b = 1
    return b, a
""",
        declined="TRIVIA",
    ),
    Example(
        "python",
        '''\
def f(x):
    """A docstring stays first."""
    import os
    a = 1
    return os, a
''',
        why="neither a docstring nor an import is a declaration",
    ),
    Example(
        "python",
        """\
def f(x):
    if x:
        low = 0
        high = x
        g(low, high)
    else:
        low = 1
        high = 2
        h(low, high)
    return high, low
""",
        declined="NATURAL",
        why="both branches have them in the same order",
    ),
)
