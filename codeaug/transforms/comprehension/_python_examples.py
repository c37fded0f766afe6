"""Which Python loops become comprehensions, and which do not."""

from __future__ import annotations

from codeaug.transforms import Example

EXAMPLES: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(xs):
    ys = []
    for x in xs:
        if x.ok:
            ys.append(g(x))
    ys.sort()
    return ys
""",
        """\
def f(xs):
    ys = [g(x) for x in xs if x.ok]
    ys.sort()
    return ys
""",
    ),
    Example(
        "python",
        """\
def f(pairs):
    found: dict[str, int] = {}

    log(pairs)
    for name, value in pairs:
        found[name] = g(value)
    return found
""",
        """\
def f(pairs):
    log(pairs)
    found: dict[str, int] = {name: g(value) for name, value in pairs}
    return found
""",
        why="the annotation stays, and the comprehension stands where the loop was",
    ),
    Example(
        "python",
        "def f(xs):\r\n\tseen = set()\r\n\tfor x in 'é', *xs:\r\n\t\tseen.add(x.y)\r\n"
        "\treturn seen\r\n",
        "def f(xs):\r\n\treturn {x.y for x in ('é', *xs)}\r\n",
    ),
    Example(
        "python",
        """\
def f(rows):
    names = []
    for row in rows:
        for cell in row.cells_of_the_first_column():
            names.append((row.name, cell.name_of_the_column))
    return g(names)
""",
        """\
def f(rows):
    names = [
        (row.name, cell.name_of_the_column)
        for row in rows
        for cell in row.cells_of_the_first_column()
    ]
    return g(names)
""",
    ),
    Example(
        "python",
        """\
def f(xs):
    for x in xs:
        if g(x):
            return True
    return False
""",
        """\
def f(xs):
    return any(g(x) for x in xs)
""",
    ),
    Example(
        "python",
        """\
def f(xs):
    for x in xs:
        if x.a == 1:
            return False
    return True
""",
        """\
def f(xs):
    return not any(x.a == 1 for x in xs)
""",
        why="== of unknown types need not be the opposite of !=",
    ),
    Example(
        "python",
        """\
def f(xs):
    found = False
    for x in xs:
        if x is None:
            found = True
            break
    return found, xs
""",
        """\
def f(xs):
    found = any(x is None for x in xs)
    return found, xs
""",
    ),
    Example(
        "python",
        """\
def f(xs, n):
    found = {}
    for x in xs:
        found[x] = n, x.size
    return found
""",
        """\
def f(xs, n):
    return {x: (n, x.size) for x in xs}
""",
        why="a tuple needs its parentheses there",
    ),
    Example(
        "python",
        """\
def f(xs):
    i = "xyz"
    result = []
    for i in range(3):
        result.append(x for x in [i])
    return result
""",
        declined="NOCAP",
        why="ruff#19204: a generator is not evaluated yet",
    ),
    Example(
        "python",
        """\
def f(xs):
    ys = []
    for x in xs:
        if x not in ys:
            ys.append(x)
    return ys
""",
        declined="INDEP",
        why="the loop reads what it fills",
    ),
    Example(
        "python",
        """\
def f(xs):
    ys = []
    for x in xs:
        ys.append(g(x))
    return ys, x
""",
        declined="FRESH",
        why="the loop's name is read later",
    ),
    Example(
        "python",
        """\
def f(xs):
    global last
    ys = []
    for last in xs:
        ys.append(g(last))
    return ys
""",
        declined="NOCAP",
    ),
    Example(
        "python",
        """\
async def f(xs):
    ys = []
    for x in xs:
        ys.append(await g(x))
    return ys
""",
        declined="INDEP",
    ),
    Example(
        "python",
        """\
def f(xs):
    ys = []
    for x in xs:
        if y := g(x):
            ys.append(y)
    return ys
""",
        declined="INDEP",
        why="ruff#13621: an assignment in a comprehension",
    ),
    Example(
        "python",
        """\
def f(xs):
    ys = []
    try:
        for x in xs:
            ys.append(g(x))
    except OSError:
        log(ys)
    return ys
""",
        why="what was filled is in another block, and the handler sees it",
    ),
    Example(
        "python",
        """\
def f(xs):
    with suppress(ValueError):
        ys = []
        for x in xs:
            ys.append(int(x))
    return ys
""",
        declined="INDEP",
        why="where it is suppressed the list is seen half full",
    ),
    Example(
        "python",
        """\
def f(xs):
    d = {}
    for x in xs:
        d[g(x)] = h(x)
    return d
""",
        declined="INDEP",
        why="a loop evaluates h first, a comprehension g",
    ),
    Example(
        "python",
        """\
class A(B):
    def f(self, xs):
        ys = []
        for x in xs:
            ys.append(super().g(x))
        return ys
""",
        declined="NODYN",
        unit="A.f",
        why="before 3.12 a comprehension is a function of its own",
    ),
    Example(
        "python",
        """\
def f(xs):
    ys = []
    for x in xs:
        # the next one
        ys.append(g(x))
    return ys
""",
        declined="TRIVIA",
    ),
    Example(
        "python",
        """\
def f(xs):
    ys = []
    for x in xs:
        ys.append(x)
    return g(ys)
""",
        declined="NATURAL",
        why="a copy is made by list()",
    ),
    Example(
        "python",
        """\
def f(xs):
    for x in xs:
        if g(next(x)):
            return True
    return False
""",
        declined="INDEP",
        why="StopIteration inside a generator is an error",
    ),
    Example(
        "python",
        """\
def f(xs, ys):
    for x in xs:
        ys.append(g(x))
    return ys
""",
        why="nobody knows what ys is, or who else has it",
    ),
    Example(
        "python",
        """\
def f(xs):
    total = 0.0
    for x in xs:
        total += x
    return total
""",
        why="sum() adds floats more exactly than a loop",
    ),
    Example(
        "python",
        """\
def f(xs):
    found = False
    for x in xs:
        if g(x):
            found = True
    return found
""",
        why="it goes on asking, which any() does not",
    ),
    Example(
        "python",
        """\
def f(xs):
    ys = []
    for x in xs:
        ys.append(g(x))
    else:
        ys.append(1)
    return ys
""",
        why="a loop with else",
    ),
)
