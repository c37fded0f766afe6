"""What becomes of Python's lambdas, and what is left alone."""

from __future__ import annotations

from codeaug.transforms import Example

EXAMPLES: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(x):
    g(x)
    double = lambda y: 2 * y
    return double(x)
""",
        """\
def f(x):
    g(x)

    def double(y):
        return 2 * y

    return double(x)
""",
        why="a blank line stands before and after a definition",
    ),
    Example(
        "python",
        """\
def f(rows):
    # newest first
    return sorted(rows, key=lambda row: -row.time)
""",
        """\
def f(rows):
    def sort_key(row):
        return -row.time

    # newest first
    return sorted(rows, key=sort_key)
""",
    ),
    Example(
        "python",
        """\
def f(a, b):
    double = lambda x, y=b: (x * 2, y)
    return double(a), map(double, b)
""",
        """\
def f(a, b):
    def double(x, y=b):
        return (x * 2, y)

    return double(a), map(double, b)
""",
    ),
    Example(
        "python",
        "def f(é):\r\n\tfor x in é:\r\n\t\tg(filter(lambda y: y and x, x))\r\n",
        "def f(é):\r\n\tfor x in é:\r\n\t\tdef is_wanted(y):\r\n\t\t\treturn y and x\r\n"
        "\r\n\t\tg(filter(is_wanted, x))\r\n",
    ),
    Example(
        "python",
        """\
def f(a):
    rows = [a]
    rows.sort(key=lambda x: x.size)
    return rows
""",
        """\
def f(a):
    rows = [a]

    def sort_key(x):
        return x.size

    rows.sort(key=sort_key)
    return rows
""",
    ),
    Example(
        "python",
        """\
import re


def f(text, names):
    return re.sub("x", lambda m: names[m[0]], text)
""",
        """\
import re


def f(text, names):
    def replacement(m):
        return names[m[0]]

    return re.sub("x", replacement, text)
""",
    ),
    Example(
        "python",
        """\
def f(xs):
    if (n := len(xs)) > 1:
        return n
    with xs.by() as n, sorted(xs, key=lambda x, m=n: x.at(m)) as ys:
        return ys
""",
        declined="INDEP",
        why="the head itself binds what the default reads",
    ),
    Example(
        "python",
        """\
def f(text, re):
    return re.sub("x", lambda m: m[0], text)
""",
        declined="NODYN",
        why="not the module",
    ),
    Example(
        "python",
        """\
def f(a, app):
    app.register(lambda: a)
""",
        declined="NODYN",
        why="it may keep it by its name",
    ),
    Example(
        "python",
        """\
def f(rows):
    rows.sort(key=lambda x: x.size)
""",
        declined="NODYN",
        why="a table's sort may want a function with a name",
    ),
    Example(
        "python",
        """\
def f(a):
    g = lambda: a
    return g
""",
        declined="NODYN",
        why="the caller sees the name",
    ),
    Example(
        "python",
        """\
def f(rows):
    return [sorted(row, key=lambda x: row[x]) for row in rows]
""",
        declined="NOCAP",
        why="row is the comprehension's",
    ),
    Example(
        "python",
        """\
def f(rows, g):
    return sorted(g(), key=lambda x, y=g(): y)
""",
        declined="INDEP",
        why="the default would be evaluated first",
    ),
    Example(
        "python",
        """\
def f(rows):
    return sorted(
        rows,
        key=lambda x: (
            x.a,  # first
            x.b,
        ),
    )
""",
        declined="TRIVIA",
    ),
    Example(
        "python",
        """\
def f(a, b):
    g = lambda: a
    if b:
        g = lambda: b
    return g()
""",
        declined="FRESH",
        why="two functions of one name",
    ),
)

EXAMPLES_BACK: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(xs, n):
    def key(x, m=n):
        return x.at(m)

    n = 2; return sorted(xs, key=key)
""",
        declined="INDEP",
        why="the default is what n was before",
    ),
    Example(
        "python",
        """\
def f(rows):
    def sort_key(row):
        return -row.time

    # newest first
    return sorted(rows, key=sort_key)
""",
        declined="TRIVIA",
        why="the comment would stay without its line",
    ),
    Example(
        "python",
        """\
def f(rows):
    def sort_key(row):
        return -row.time

    return sorted(rows, key=sort_key)
""",
        """\
def f(rows):
    return sorted(rows, key=lambda row: -row.time)
""",
    ),
    Example(
        "python",
        "def f(é):\r\n\tdef g(x, *, y=2):\r\n\t\treturn x, y\r\n\treturn max(é, key=g)  # most\r\n",
        "def f(é):\r\n\treturn max(é, key=lambda x, *, y=2: (x, y))  # most\r\n",
    ),
    Example(
        "python",
        """\
def f(rows):
    def convert(row):
        return {"a": row}
    for row in map(convert, rows):
        print(row)
""",
        """\
def f(rows):
    for row in map(lambda row: {"a": row}, rows):
        print(row)
""",
    ),
    Example(
        "python",
        """\
def f(a, app):
    def g():
        return a
    app.register(g)
""",
        declined="NODYN",
        unit="f",
    ),
    Example(
        "python",
        """\
def f(rows):
    def sort_key(row: str) -> int:
        return len(row)
    return sorted(rows, key=sort_key)
""",
        declined="NATURAL",
        unit="f",
    ),
    Example(
        "python",
        """\
def f(rows):
    def sort_key(row):
        return sort_key(row.a) if row.a else 1
    return sorted(rows, key=sort_key)
""",
        unit="f",
        why="it uses itself",
    ),
    Example(
        "python",
        """\
def f(rows, cache):
    @cache
    def sort_key(row):
        return row.a
    return sorted(rows, key=sort_key)
""",
        declined="NODYN",
        unit="f",
    ),
    Example(
        "python",
        """\
def f(rows):
    def sort_key(row):
        return row.a
    return sorted(rows, key=sort_key), sort_key
""",
        unit="f",
        why="it is used twice",
    ),
    Example(
        "python",
        """\
def f(rows):
    def sort_key(row):
        \"\"\"Where it belongs.\"\"\"
        return row.a
    return sorted(rows, key=sort_key)
""",
        unit="f",
        why="it says what it does",
    ),
)
