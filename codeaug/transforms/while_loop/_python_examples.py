"""What becomes of Python's while loops, and what is left alone."""

from __future__ import annotations

from codeaug.transforms import Example

EXAMPLES_FOR: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(n: int):
    i = 0
    while i < n:
        g(i)
        i += 1
""",
        """\
def f(n: int):
    for i in range(n):
        g(i)
""",
    ),
    Example(
        "python",
        """\
def f(text):
    parts = str(text).split()

    k = len(parts)
    while(k >= 1):  # backwards
        if g(k, parts[k - 1]):
            break
        k -= 2

    return parts
""",
        """\
def f(text):
    parts = str(text).split()

    for k in range(len(parts), 0, -2):  # backwards
        if g(k, parts[k - 1]):
            break

    return parts
""",
    ),
    Example(
        "python",
        "def f(n: int):\r\n\ti = 1\r\n\twhile i <= n:\r\n\t\tg('é', i)\r\n\t\ti += 1\r\n",
        "def f(n: int):\r\n\tfor i in range(1, n + 1):\r\n\t\tg('é', i)\r\n",
    ),
    Example(
        "python",
        """\
def f(n: int):
    i = 0
    while i < n:
        if g(i):
            continue
        i += 1
""",
        declined="REACH",
        why="SPAT, NatGen: a continue skips the counting",
    ),
    Example(
        "python",
        """\
def f(n: int):
    i = 0
    while i < n:
        if g(i):
            break
        i += 1
    return i
""",
        declined="FRESH",
        why="behind the loop it is n",
    ),
    Example(
        "python",
        """\
def f(n: int):
    i = 0
    while i < n:
        if g(i):
            i += 1
        i += 1
""",
        declined="INDEP",
        why="counted twice in some rounds",
    ),
    Example(
        "python",
        """\
def f(n: int):
    i = 0
    while i < n:
        n = g(i, n)
        i += 1
""",
        declined="BUILTIN",
        why="the bound changes, and nobody knows into what",
    ),
    Example(
        "python",
        """\
def f(xs: list):
    i = 0
    while i < len(xs):
        xs.append(g(i))
        i += 1
""",
        declined="INDEP",
        why="a range would not see that the list grows",
    ),
    Example(
        "python",
        """\
def f(n):
    i = 0
    while i < n:
        g(i)
        i += 1
""",
        declined="BUILTIN",
        why="n may be 2.5, or infinite",
    ),
    Example(
        "python",
        """\
def f(n: int):
    i = 0
    while i < n:
        g(lambda: i)
        i += 1
""",
        declined="NOCAP",
    ),
    Example(
        "python",
        """\
def f(n: int):
    i = 0
    while i < n:
        g(i)
        # on to the next
        i += 1
""",
        declined="TRIVIA",
    ),
    Example(
        "python",
        """\
def f(n: int):
    i = 0
    while i < n:
        g(i)
        i += h(i)
    i = 0
    while i != n:
        g(i)
        i += 1
""",
        why="the step is unknown; and i may be beyond n from the beginning",
    ),
)

EXAMPLES_WHILE: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(n: int):
    for i in range(n):
        g(i)  # one
""",
        declined="TRIVIA",
        why="the comment behind the last statement is no longer part of the function",
    ),
    Example(
        "python",
        """\
def f(n: int):
    for i in range(1, n + 1):
        g(i)  # one
    return n
""",
        """\
def f(n: int):
    i = 1
    while i <= n:
        g(i)  # one
        i += 1
    return n
""",
    ),
    Example(
        "python",
        """\
def f(*xs):
    for i in range(len(xs) - 1, -1, -1):
        if g(xs[i]):
            break
""",
        """\
def f(*xs):
    i = len(xs) - 1
    while i >= 0:
        if g(xs[i]):
            break
        i -= 1
""",
    ),
    Example(
        "python",
        "def f(n: int):\r\n\tfor i in range(n):\r\n\t\tg('é', i)\r\n",
        "def f(n: int):\r\n\ti = 0\r\n\twhile i < n:\r\n\t\tg('é', i)\r\n\t\ti += 1\r\n",
    ),
    Example(
        "python",
        """\
def f(n: int):
    for i in range(n):
        if g(i):
            continue
        h(i)
""",
        declined="REACH",
        why="SPAT, ReCode: the continue would skip the counting, and the loop never end",
    ),
    Example(
        "python",
        """\
def f(n: int):
    for i in range(n):
        g(i)
    return i
""",
        declined="FRESH",
        why="behind the loop it would be n",
    ),
    Example(
        "python",
        """\
def f(n):
    for i in range(n):
        g(i)
""",
        declined="BUILTIN",
        why="range refuses 2.5, a while loop does not",
    ),
    Example(
        "python",
        """\
def f(n: int, step: int):
    for i in range(0, n, step):
        g(i)
""",
        declined="BUILTIN",
        why="whether it rises or falls is not known",
    ),
    Example(
        "python",
        """\
def f(n: int):
    for i in range(n):
        i = g(i)
""",
        declined="INDEP",
        why="the next round begins with the number, not with what was made of it",
    ),
    Example(
        "python",
        """\
def f(xs: list):
    for i in range(len(xs)):
        xs.append(i)
""",
        declined="INDEP",
        why="a while loop would ask again how long the list is",
    ),
    Example(
        "python",
        """\
def f(n: int):
    for _ in range(n):
        g()
    for i in range(n):
        g(i)
    else:
        h()
""",
        declined="NATURAL",
        why="nobody counts by hand what is not used",
    ),
)

EXAMPLES_CONDITION: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(x):
    while True:
        if not x.ready():
            break

        # go on
        x.step()
""",
        """\
def f(x):
    while x.ready():
        # go on
        x.step()
""",
    ),
    Example(
        "python",
        """\
def f(xs):
    while 1:  # as long as there are some
        if len(xs) < 3: break
        if g(xs):
            continue
        xs.pop()
""",
        """\
def f(xs):
    while len(xs) >= 3:  # as long as there are some
        if g(xs):
            continue
        xs.pop()
""",
        why="a continue asks again, here and there",
    ),
    Example(
        "python",
        "def f(x):\r\n\twhile(True):\r\n\t\tif x is None:\r\n\t\t\tbreak\r\n\t\tx = g('é', x)\r\n",
        "def f(x):\r\n\twhile x is not None:\r\n\t\tx = g('é', x)\r\n",
    ),
    Example(
        "python",
        """\
def f(x):
    while True:
        if x:
            break
        x = g(x)
    else:
        h()
""",
        declined="REACH",
        why="a break skips the else, which an ended loop does not",
    ),
    Example(
        "python",
        """\
def f(a, b):
    while True:
        if a < b:
            break
        a = g(a)
""",
        declined="BUILTIN",
        why="of two sets neither may be smaller",
    ),
    Example(
        "python",
        """\
def f(x):
    while True:
        # done?
        if x:
            break
        x = g(x)
""",
        declined="TRIVIA",
    ),
    Example(
        "python",
        """\
def f(x):
    while True:
        if x := g(x):
            break
        h(x)
""",
        declined="NATURAL",
    ),
    Example(
        "python",
        """\
def f(x):
    while True:
        y = g(x)
        if not y:
            break
        h(y)
    while True:
        if x:
            log(x)
            break
        x = g(x)
""",
        why="something happens before the test, or before the break",
    ),
)

EXAMPLES_BREAK: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(x):
    while x.ready():  # as long as it is
        # go on
        x.step()
""",
        """\
def f(x):
    while True:  # as long as it is
        if not x.ready():
            break
        # go on
        x.step()
""",
    ),
    Example(
        "python",
        """\
def f(x, y):
    while not x or y is None:
        x, y = g(x, y)
""",
        """\
def f(x, y):
    while True:
        if x and y is not None:
            break
        x, y = g(x, y)
""",
    ),
    Example(
        "python",
        "def f(x):\r\n\twhile(x is not None):\r\n\t\tx = g('é', x)\r\n",
        "def f(x):\r\n\twhile True:\r\n\t\tif x is None:\r\n\t\t\tbreak\r\n\t\tx = g('é', x)\r\n",
    ),
    Example(
        "python",
        """\
def f(x):
    while x:
        x = g(x)
    else:
        h()
""",
        declined="REACH",
        why="a break skips the else",
    ),
    Example(
        "python",
        """\
def f(a, b):
    while a < b:
        a = g(a)
""",
        declined="BUILTIN",
        why="of two sets neither may be smaller",
    ),
    Example(
        "python",
        """\
def f(x):
    while x := g(x):
        h(x)
""",
        declined="NATURAL",
    ),
    Example(
        "python",
        """\
def f(x):
    while x.poll():
        pass
""",
        declined="NATURAL",
    ),
    Example(
        "python",
        """\
def f(x):
    while True:
        x = g(x)
    while 0:
        x = h(x)
""",
        why="there is no condition",
    ),
)
