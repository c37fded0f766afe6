"""What becomes of Python's literals and their names, and what is left alone."""

from __future__ import annotations

from codeaug.transforms import Example

EXAMPLES: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(a):
    # at once
    return a.get(a.url, timeout=30)  # seconds
""",
        """\
def f(a):
    # at once
    timeout = 30
    return a.get(a.url, timeout=timeout)  # seconds
""",
    ),
    Example(
        "python",
        """\
def f(config):
    if g(config.get("size", 512)):
        return 1
""",
        """\
def f(config):
    default_size = 512
    if g(config.get("size", default_size)):
        return 1
""",
    ),
    Example(
        "python",
        "def f(é):\r\n\tfor x in é:\r\n\t\tx.write(\r\n\t\t\té,\r\n\t\t\tsep='é',\r\n\t\t)\r\n",
        "def f(é):\r\n\tfor x in é:\r\n\t\tsep = 'é'\r\n\t\tx.write(\r\n\t\t\té,\r\n"
        "\t\t\tsep=sep,\r\n\t\t)\r\n",
    ),
    Example(
        "python",
        """\
def f(a, timeout):
    return a.get(timeout=30) or a.get(timeout=timeout)
""",
        declined="FRESH",
        why="timeout is something else here",
    ),
    Example(
        "python",
        """\
def f(a):
    return a.get(format=30)
""",
        declined="FRESH",
        why="format is Python's own",
    ),
    Example(
        "python",
        """\
def f(a):
    return a.get(timeout=30, **locals())
""",
        declined="NODYN",
    ),
    Example(
        "python",
        """\
def f(a):
    return sorted(a, reverse=True), g(a, step=1)
""",
        why="nobody names these",
    ),
    Example(
        "python",
        """\
def f(a):
    return lambda: a(timeout=30)
""",
        why="another function's body",
    ),
    Example(
        "python",
        """\
def f(a, b):
    if a:
        return 1
    elif b(timeout=30):
        return 2
""",
        why="there is no place for a line before an elif",
    ),
)

EXAMPLES_INLINE: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(a):
    kind = "new"
    if a:
        return g(a, kind=kind)
    return h(kind)
""",
        """\
def f(a):
    if a:
        return g(a, kind="new")
    return h("new")
""",
    ),
    Example(
        "python",
        "def f(é):\r\n\tsep = ', '\r\n\r\n\treturn sep.join(é)\r\n",
        "def f(é):\r\n\r\n\treturn ', '.join(é)\r\n",
    ),
    Example(
        "python",
        """\
def f(a):
    limit = 10
    return [x for x in a if x < limit]
""",
        """\
def f(a):
    return [x for x in a if x < 10]
""",
    ),
    Example(
        "python",
        """\
def f(a):
    if a:
        limit = 10
    return limit
""",
        declined="DA",
        why="without a there is no limit",
    ),
    Example(
        "python",
        """\
def f(a):
    limit = 10
    return a < limit or g(limit)
""",
        declined="NATURAL",
        why="a number that stands there twice is what people give names to",
    ),
    Example(
        "python",
        """\
def f(a):
    low = 10
    high = 20
    return low < a < high
""",
        declined="NATURAL",
        why="the two belong together",
    ),
    Example(
        "python",
        """\
def f(a):
    limit = 10
    limit += a
    return limit
""",
        why="two bindings",
    ),
    Example(
        "python",
        """\
def f(a):
    # so many at most
    limit = 10
    return a < limit
""",
        declined="TRIVIA",
    ),
    Example(
        "python",
        """\
def f(a):
    limit = 10  # so many
    return a < limit
""",
        declined="TRIVIA",
    ),
    Example(
        "python",
        """\
def f(a):
    limit = 10
    return f"{limit=}", a
""",
        declined="NODYN",
    ),
    Example(
        "python",
        """\
def f(a):
    limit = 10
    return limit.bit_length()
""",
        declined="NATURAL",
        why="`10.bit_length()` is no Python",
    ),
    Example(
        "python",
        """\
def f(a):
    limit = 10
    return f"{a} of {limit}"
""",
        declined="NATURAL",
    ),
    Example(
        "python",
        """\
def f(a):
    limit = 1000
    return a is limit
""",
        declined="NATURAL",
    ),
)
