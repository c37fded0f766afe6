"""What becomes of Python's loops over indices and elements, and what is left alone."""

from __future__ import annotations

from codeaug.transforms import Example

EXAMPLES: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(names: list[str]):
    for i in range(len(names)):
        print(names[i], len(names[i]))
""",
        """\
def f(names: list[str]):
    for name in names:
        print(name, len(name))
""",
    ),
    Example(
        "python",
        """\
def f(text):
    words = str(text).split()
    for i in range(0, len(words)):
        word = words[i]
        g(i, word)
        words[i] = h(word)
    return words
""",
        """\
def f(text):
    words = str(text).split()
    for i, word in enumerate(words):
        g(i, word)
        words[i] = h(word)
    return words
""",
        why="nobody else has the list, and what is stored is not read again",
    ),
    Example(
        "python",
        "def f(*é):\r\n\tfor i in range(len(é)):\r\n\t\t# one\r\n\t\tg(é[(i)], i)\r\n",
        "def f(*é):\r\n\tfor i, item in enumerate(é):\r\n\t\t# one\r\n\t\tg(item, i)\r\n",
        why="what is passed as *args is a tuple",
    ),
    Example(
        "python",
        """\
def f(xs):
    n = 0
    for a, b in xs:
        if a:
            g(n, b)
        n += 1
""",
        """\
def f(xs):
    for n, (a, b) in enumerate(xs):
        if a:
            g(n, b)
""",
        why="a counter beside the loop, whatever xs is",
    ),
    Example(
        "python",
        """\
def f(xs):
    for i in range(len(xs)):
        g(xs[i])
""",
        declined="BUILTIN",
        why="xs may be a dict, an array or a data frame",
    ),
    Example(
        "python",
        """\
def f(xs: list[int]):
    for i in range(len(xs)):
        print(xs[i])
        if xs[i] > 3:
            xs.append(0)
""",
        declined="INDEP",
        why="the list grows in the loop, llvm#154764",
    ),
    Example(
        "python",
        """\
def f(xs: list):
    for i in range(len(xs)):
        g(xs[i])
""",
        declined="INDEP",
        why="g may know the list of the caller and change it",
    ),
    Example(
        "python",
        """\
def f(x):
    xs = list(x)
    for i in range(len(xs)):
        xs[i] *= 2
        g(xs[i])
""",
        declined="INDEP",
        why="what was stored is read again",
    ),
    Example(
        "python",
        """\
def f(x):
    xs = list(x)
    for i in range(len(xs)):
        xs[i] *= 2
""",
        why="nothing but the store, pylint#11304",
    ),
    Example(
        "python",
        """\
def f(x):
    xs = sorted(x)
    for i in range(len(xs)):
        g(xs[i])
        i += 1
        h(i)
""",
        declined="INDEP",
    ),
    Example(
        "python",
        """\
def f(x):
    xs = sorted(x)
    for i in range(len(xs)):
        if xs[i]:
            break
    return i
""",
        declined="FRESH",
        why="the index is read behind the loop",
    ),
    Example(
        "python",
        """\
def f(x):
    xs = sorted(x)
    fs = []
    for i in range(len(xs)):
        fs.append(lambda: xs[i])
    return fs
""",
        declined="NOCAP",
        why="the lambda reads the last index, whenever it is called",
    ),
    Example(
        "python",
        """\
def f(x):
    xs = sorted(x)
    gs = []
    for i in range(len(xs)):
        gs.append(xs[i] + n for n in x)
    return gs
""",
        declined="NOCAP",
        why="the generators read the last index, when somebody uses them",
    ),
    Example(
        "python",
        """\
def f(x):
    xs = sorted(x)
    for i in range(len(xs)):
        item = xs[i]  # the next one
        g(item)
""",
        declined="TRIVIA",
    ),
    Example(
        "python",
        """\
def f(x):
    xs = sorted(x)
    for i in range(len(xs) - 1):
        g(xs[i])
""",
        why="not over all of them",
    ),
    Example(
        "python",
        """\
def f(xs):
    n = 0
    for x in xs:
        if not x:
            continue
        g(n, x)
        n += 1
""",
        declined="REACH",
        why="only some are counted",
    ),
    Example(
        "python",
        """\
def f(xs):
    n = 0
    for x in xs:
        g(n, x)
        n += 1
    return n
""",
        declined="FRESH",
        why="behind the loop it is how many there were",
    ),
)

EXAMPLES_BACK: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f():
    sizes = [((1, "B"), (9, "K")), ((9, "K"), (99, "M"))]
    for (size, sign), (_, after) in sizes:
        g(size, sign, after)
""",
        declined="NATURAL",
        why="what is unpacked needs more than one name each",
    ),
    Example(
        "python",
        """\
def f(x):
    names = sorted(x)
    for name in names:
        g(f"{name}: {h(name)}")
""",
        """\
def f(x):
    names = sorted(x)
    for i in range(len(names)):
        g(f"{names[i]}: {h(names[i])}")
""",
    ),
    Example(
        "python",
        "def f(*pairs):\r\n\tfor a, b in pairs:  # all\r\n\t\t# é\r\n\t\tg(a, b)\r\n",
        "def f(*pairs):\r\n\tfor i in range(len(pairs)):  # all\r\n\t\ta, b = pairs[i]\r\n"
        "\t\t# é\r\n\t\tg(a, b)\r\n",
    ),
    Example(
        "python",
        """\
def f(text: str):
    for i, (c) in enumerate(text):
        c = g(c, i)
        h(c, i)
    return c
""",
        """\
def f(text: str):
    for i in range(len(text)):
        c = text[i]
        c = g(c, i)
        h(c, i)
    return c
""",
        why="a string never changes, whatever g does",
    ),
    Example(
        "python",
        """\
def f(xs):
    for n, (a, b) in enumerate(xs):
        if a:
            g(n, b)
""",
        """\
def f(xs):
    n = 0
    for a, b in xs:
        if a:
            g(n, b)
        n += 1
""",
        why="nobody knows whether xs has an order, but one can count",
    ),
    Example(
        "python",
        """\
def f(xs):
    for x in xs:
        g(x)
""",
        declined="BUILTIN",
        why="a set, a file or a generator has no index",
    ),
    Example(
        "python",
        """\
def f(xs: list):
    for x in xs:
        if x:
            xs.remove(x)
""",
        declined="INDEP",
        why="the loop removes what it runs over, pylint#2471",
    ),
    Example(
        "python",
        """\
def f(xs: list):
    for x in xs:
        xs = [x]
""",
        declined="INDEP",
        why="the name is bound in the loop",
    ),
    Example(
        "python",
        """\
def f(xs):
    for n, x in enumerate(xs):
        if not x:
            continue
        g(n, x)
""",
        declined="REACH",
    ),
    Example(
        "python",
        """\
def f(xs):
    for n, x in enumerate(xs):
        g(n, x)
    return n
""",
        declined="FRESH",
        why="behind the loop it is the last one's number",
    ),
    Example(
        "python",
        """\
def f(xs):
    for n, x in enumerate(xs):
        g(lambda: n, x)
""",
        declined="NOCAP",
    ),
    Example(
        "python",
        """\
def f(x, i):
    xs = sorted(x)
    for j, y in enumerate(xs):
        g(locals())
""",
        declined="NODYN",
    ),
    Example(
        "python",
        """\
async def f(xs: list):
    async for x in xs:
        print(x)
    for x in xs:
        print(x)
    else:
        print(xs)
""",
        why="an asynchronous loop, and one with an else",
    ),
)
