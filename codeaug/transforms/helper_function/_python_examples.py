"""Calls of private functions in Python: what becomes of them, and what is left alone."""

from __future__ import annotations

from codeaug.transforms import Example

EXAMPLES: tuple[Example, ...] = (
    Example(
        "python",
        """\
def _is_blank(s):
    return s is None or not s.strip()


def f(n, name):
    if n and _is_blank(name):
        return 1
    return 2
""",
        """\
def _is_blank(s):
    return s is None or not s.strip()


def f(n, name):
    if n and (name is None or not name.strip()):
        return 1
    return 2
""",
        unit="f",
    ),
    Example(
        "python",
        """\
def _key(s):
    return s.lower()


def f(n, name):
    key = _key(name)
    return key
""",
        """\
def _key(s):
    return s.lower()


def f(n, name):
    key = name.lower()
    return key
""",
        unit="f",
    ),
    Example(
        "python",
        """\
def _key(s):
    return s.strip().lower()


def f(n, name):
    return g(_key(h(name)), n)
""",
        """\
def _key(s):
    return s.strip().lower()


def f(n, name):
    return g(h(name).strip().lower(), n)
""",
        unit="f",
        why="the argument is evaluated once and first",
    ),
    Example(
        "python",
        """\
def _load(n, name):
    # all of it
    text = read(name)
    return text[:n]


def f(n, name):
    if n:
        return _load(n, name)
    return None
""",
        """\
def _load(n, name):
    # all of it
    text = read(name)
    return text[:n]


def f(n, name):
    if n:
        # all of it
        text = read(name)
        return text[:n]
    return None
""",
        unit="f",
    ),
    Example(
        "python",
        """\
def _log(x):
    if x:
        total.append(x)


def f(n, name):
    _log(n)
    return n
""",
        """\
def _log(x):
    if x:
        total.append(x)


def f(n, name):
    if n:
        total.append(n)
    return n
""",
        unit="f",
    ),
    Example(
        "python",
        """\
import warnings


def _warn(name):
    warnings.warn(name, DeprecationWarning, stacklevel=3)


def f(name):
    _warn(name)
""",
        declined="NODYN",
        why="the warning would name another line",
        unit="f",
    ),
    Example(
        "python",
        """\
def _pair(a, b):
    return a, b


def f(a, b):
    assert _pair(a, b)
""",
        declined="NATURAL",
        why="the second would be the assertion's message",
        unit="f",
    ),
    Example(
        "python",
        """\
def _twice(x):
    return x + x


def f(n, name):
    return _twice(g(n))
""",
        declined="PURE",
        unit="f",
        why="the argument would be evaluated twice",
    ),
    Example(
        "python",
        """\
def _first(x):
    return g() + x


def f(n, name):
    return _first(h(n))
""",
        declined="INDEP",
        unit="f",
        why="g would be called first",
    ),
    Example(
        "python",
        """\
@cache
def _key(s):
    return s.lower()


def f(n, name):
    return _key(name)
""",
        declined="REACH",
        unit="f",
        why="a decorator",
    ),
    Example(
        "python",
        """\
def _key(s, *rest):
    return s.lower()


def f(n, name):
    return _key(name)
""",
        declined="REACH",
        unit="f",
        why="a star parameter",
    ),
    Example(
        "python",
        """\
def _key(s):
    return s.lower()


def f(n, name):
    return _key(s=name)
""",
        declined="REACH",
        unit="f",
        why="a keyword argument",
    ),
    Example(
        "python",
        """\
def _keys(s):
    yield s.lower()


def f(n, name):
    return _keys(name)
""",
        declined="REACH",
        unit="f",
        why="a generator",
    ),
    Example(
        "python",
        """\
def _key(s):
    return s.lower()

_key = cache(_key)


def f(n, name):
    return _key(name)
""",
        unit="f",
        why="the module binds the name again",
    ),
    Example(
        "python",
        """\
def _key(s):
    return s.lower()

def patch(new):
    global _key
    _key = new


def f(n, name):
    return _key(name)
""",
        declined="REACH",
        unit="f",
        why="the name may be bound to something else",
    ),
    Example(
        "python",
        """\
def _key(s):
    return s[start]


def f(n, name):
    start = 1
    return _key(name)
""",
        declined="FRESH",
        unit="f",
        why="start is a local here",
    ),
    Example(
        "python",
        """\
def _log(x):
    file = open(x)
    file.read()


def f(n, name):
    _log(name)
    return n
""",
        declined="TRIVLIFE",
        unit="f",
        why="the file would stay open",
    ),
    Example(
        "python",
        """\
def _log(x):
    if x:
        return
    g(x)


def f(n, name):
    _log(name)
    return n
""",
        declined="REACH",
        unit="f",
        why="its return would leave the caller",
    ),
    Example(
        "python",
        """\
def _key(s):
    return eval(s)


def f(n, name):
    return _key(name)
""",
        declined="NODYN",
        unit="f",
    ),
    Example(
        "python",
        """\
def _same(x, y):
    return x == y


def f(n, name):
    return not _same(n, name)
""",
        declined="NATURAL",
        unit="f",
        why="not (a == b)",
    ),
    Example(
        "python",
        """\
def _shift(x, y):
    return x << y


def f(n, name):
    return _shift(n, 0)
""",
        declined="NATURAL",
        unit="f",
        why="a literal inside an expression",
    ),
    Example(
        "python",
        """\
def _key(s):
    return f'{s}'


def f(n, name):
    return _key(name)
""",
        declined="NATURAL",
        unit="f",
        why="inside a string",
    ),
    Example(
        "python",
        """\
def _save(x):
    g(x)  # noqa: all of it


def f(n, name):
    _save(n)
    return n
""",
        declined="TRIVIA",
        unit="f",
        why="an order to a tool would stand twice",
    ),
)
