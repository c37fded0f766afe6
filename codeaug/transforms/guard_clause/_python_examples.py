"""What the guard clauses do to Python, and what they leave alone."""

from __future__ import annotations

from codeaug.transforms import Example

EXAMPLES: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(x):
    if x is None:
        return 0
    else:
        # the usual case
        y = g(x)
        return y
""",
        """\
def f(x):
    if x is None:
        return 0
    # the usual case
    y = g(x)
    return y
""",
    ),
    Example(
        "python",
        """\
def f(x):
    if x == 1:
        return 'a'
    elif x == 2:
        raise ValueError(x)
    else:
        s = '''
        kept'''
    return s
""",
        """\
def f(x):
    if x == 1:
        return 'a'
    if x == 2:
        raise ValueError(x)
    s = '''
        kept'''
    return s
""",
    ),
    Example(
        "python",
        """\
def f(xs):
    for x in xs:
        if x.ok:
            a(x)
            b(x)  # twice
""",
        """\
def f(xs):
    for x in xs:
        if not x.ok:
            continue
        a(x)
        b(x)  # twice
""",
    ),
    Example(
        "python",
        """\
def f(x):
    if x in seen:
        a(x)
        b(x)
    else:
        raise KeyError(x)
""",
        """\
def f(x):
    if x not in seen:
        raise KeyError(x)
    a(x)
    b(x)
""",
    ),
    Example(
        "python",
        """\
def f(x):
    log(x)
    if x:
        a(x)
        b(x)
""",
        """\
def f(x):
    log(x)
    if not x:
        return
    a(x)
    b(x)
""",
    ),
    Example(
        "python",
        """\
def f(x):
    if x:
        a(x)
    else:
        b(x)
    return x
""",
        declined="REACH",
        why="both branches complete normally",
    ),
    Example(
        "python",
        """\
def f(x):
    if x:
        sys.exit(1)
    else:
        b(x)
""",
        declined="REACH",
        why="sys.exit may be caught, or be replaced in a test",
    ),
    Example(
        "python",
        """\
def f(x):
    if x:
        with g():
            raise E
    else:
        b(x)
""",
        declined="REACH",
        why="a context manager may swallow what is raised",
    ),
    Example(
        "python",
        """\
def f(x):
    if x:
        return 1
    else:  # pragma: no cover
        return b(x)
""",
        declined="TRIVIA",
    ),
    Example(
        "python",
        """\
def f(a, b):
    if a < b:
        x()
        y()
""",
        declined="BUILTIN",
    ),
    Example(
        "python",
        """\
def f(xs):
    for x in xs:
        if x:
            break
    else:
        return None
    return x
""",
        why="the else of a loop",
    ),
    Example(
        "python",
        """\
def f(x):
    try:
        a()
    except E:
        return 1
    else:
        return 2
""",
        why="the else of a try",
    ),
    Example(
        "python",
        """\
def f(x):
    if x:
        a()
        b()
    c()
""",
        why="not at the end",
    ),
    Example(
        "python",
        """\
def f(x):
    with g():
        if x:
            a()
            b()
    return 1
""",
        why="the block goes on behind the with",
    ),
)

EXAMPLES_NEST: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(x):
    if x is None:
        return 0

    # the usual case
    y = g(x)
    return y
""",
        """\
def f(x):
    if x is None:
        return 0
    else:
        # the usual case
        y = g(x)
        return y
""",
    ),
    Example(
        "python",
        """\
def f(x):
    if x == 1:
        return 'a'
    if x == 2:
        return 'b'
    return 'c'
""",
        """\
def f(x):
    if x == 1:
        return 'a'
    elif x == 2:
        return 'b'
    else:
        return 'c'
""",
    ),
    Example(
        "python",
        """\
def f(xs):
    for x in xs:
        if not x.ok:
            continue
        a(x)
        b(x)  # twice
""",
        """\
def f(xs):
    for x in xs:
        if x.ok:
            a(x)
            b(x)  # twice
""",
    ),
    Example(
        "python",
        """\
def f(x):
    if x:
        return
    a('''
    kept''')
""",
        """\
def f(x):
    if not x:
        a('''
    kept''')
""",
    ),
    Example(
        "python",
        """\
def f(x):
    if x:
        raise E
    if g(x):
        a()
    else:
        b()
""",
        """\
def f(x):
    if x:
        raise E
    elif g(x):
        a()
    else:
        b()
""",
    ),
    Example(
        "python",
        """\
def f(x):
    if x:
        return 1
    a(x)
    a(x)
    a(x)
    a(x)
    a(x)
    a(x)
    a(x)
    a(x)
    a(x)
    a(x)
    a(x)
    a(x)
    a(x)
    a(x)
    a(x)
    a(x)
    a(x)
    a(x)
    a(x)
    a(x)
""",
        declined="NATURAL",
        why="too long to nest",
    ),
    Example(
        "python",
        """\
def f(a, b):
    if a < b:
        return
    c()
""",
        declined="BUILTIN",
    ),
    Example(
        "python",
        """\
def f(x):
    if x:
        return  # nothing to do
    c()
""",
        declined="TRIVIA",
        why="the comment would speak of the other branch",
    ),
    Example(
        "python",
        """\
def f(x):
    if x:
        return 1
    # then
    if g(x):
        return 2
    return 3
""",
        declined="TRIVIA",
    ),
    Example(
        "python",
        """\
def f(x):
    if x:
        a()
    return 1
""",
        why="the branch completes normally",
    ),
    Example(
        "python",
        """\
def f(x):
    while x:
        if x:
            return
        a()
    b()
""",
        """\
def f(x):
    while x:
        if x:
            return
        else:
            a()
    b()
""",
        why="return leaves more than this block, so it stays",
    ),
)
