"""Which Python comprehensions become loops, and which do not."""

from __future__ import annotations

from codeaug.transforms import Example

EXAMPLES: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(xs):
    ys: list[int] = [g(x) for x in xs if x.ok]  # all of them
    return h(ys)
""",
        """\
def f(xs):
    # all of them
    ys: list[int] = []
    for x in xs:
        if x.ok:
            ys.append(g(x))
    return h(ys)
""",
    ),
    Example(
        "python",
        """\
def f(rows):
    return {
        (a, b)
        for row in rows
        for a, b in row
        if a or b
        if a
    }
""",
        """\
def f(rows):
    result = set()
    for row in rows:
        for a, b in row:
            if (a or b) and a:
                result.add((a, b))
    return result
""",
    ),
    Example(
        "python",
        "def f(self, xs):\r\n\tself._by_name = {x: 'é' for x in xs}\r\n\treturn self\r\n",
        "def f(self, xs):\r\n\tby_name = {}\r\n\tfor x in xs:\r\n\t\tby_name[x] = 'é'\r\n"
        "\tself._by_name = by_name\r\n\treturn self\r\n",
        why="nobody sees the attribute half full",
    ),
    Example(
        "python",
        """\
def f(xs):
    return not any(g(x) for x in xs if x or xs)
""",
        """\
def f(xs):
    for x in xs:
        if (x or xs) and g(x):
            return False
    return True
""",
    ),
    Example(
        "python",
        """\
def f(xs):
    return "(%s)" % ", ".join(
        str(x) for x in xs if x
    )
""",
        """\
def f(xs):
    parts = []
    for x in xs:
        if x:
            parts.append(str(x))
    return "(%s)" % ", ".join(parts)
""",
        why="join uses all of it up before anything else happens",
    ),
    Example(
        "python",
        """\
def f(xs):
    if sorted([x.name for x in xs], reverse=True):
        g()
""",
        """\
def f(xs):
    names = []
    for x in xs:
        names.append(x.name)
    if sorted(names, reverse=True):
        g()
""",
    ),
    Example(
        "python",
        """\
def f(xs):
    return g(xs) + h([x.name for x in xs])
""",
        why="g is called first",
    ),
    Example(
        "python",
        """\
def f(xs):
    known = all(x in SEEN for x in xs if x)
    return h(known)
""",
        """\
def f(xs):
    known = True
    for x in xs:
        if x:
            if x not in SEEN:
                known = False
                break
    return h(known)
""",
    ),
    Example(
        "python",
        """\
def f(xs, x):
    ys = [g(x) for x in xs]
    return ys, x
""",
        declined="FRESH",
        why="the loop would bind the x of the function",
    ),
    Example(
        "python",
        """\
def f(xs):
    ys = [item for item in xs]
    return [lambda: item, ys]
""",
        declined="NOCAP",
        why="the item of the module would become the loop's",
    ),
    Example(
        "python",
        """\
def f(xs):
    xs = [g(x) for x in xs]
    return xs
""",
        declined="INDEP",
        why="it is made of what it held before",
    ),
    Example(
        "python",
        """\
def f(xs):
    ys = None
    try:
        ys = [g(x) for x in xs]
    except OSError:
        log(ys)
    return ys
""",
        declined="INDEP",
        why="the handler would see it half full",
    ),
    Example(
        "python",
        """\
def f(xs):
    fs = [lambda: x for x in xs]
    return fs
""",
        declined="NOCAP",
    ),
    Example(
        "python",
        """\
async def f(xs):
    ys = [g(x) async for x in xs]
    return ys
""",
        declined="INDEP",
    ),
    Example(
        "python",
        """\
def f(xs):
    d = {g(x): h(x) for x in xs}
    return d
""",
        declined="INDEP",
        why="a loop evaluates h first, a comprehension g",
    ),
    Example(
        "python",
        """\
def f(xs):
    ys = [
        g(x)
        for x in xs  # in their order
    ]
    return ys
""",
        declined="TRIVIA",
    ),
    Example(
        "python",
        """\
def f(xs):
    return all(x.a == x.b for x in xs)
""",
        declined="BUILTIN",
        why="== of unknown types need not be the opposite of !=",
    ),
    Example(
        "python",
        """\
def f(xs):
    return sum(x.size for x in xs), [x for x in xs]
""",
        why="sum() adds floats more exactly than a loop; a comprehension inside an expression",
    ),
)
