"""What rename-local does to Python, and what it leaves alone."""

from __future__ import annotations

from codeaug.transforms import Example, Vocabulary
from codeaug.transforms._function_examples import example

EXAMPLES: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(a):
    max_pos = g(a)
    min_pos = h(a)
    return max_pos - min_pos
""",
        declined="NATURAL",
        why="both are named alike, and one would not be any more",
        vocabulary=Vocabulary({}, ("position",)),
    ),
    Example(
        "python",
        """\
def f(a):
    res = g(a)
    res += h(res=res.res)
    return res
""",
        """\
def f(a):
    result = g(a)
    result += h(res=result.res)
    return result
""",
        vocabulary=Vocabulary({}, ("index", "result", "value", "key")),
    ),
    Example(
        "python",
        """\
def f(a):
    mo = re.match(a)
    return lambda: mo.group()
""",
        """\
def f(a):
    match = re.match(a)
    return lambda: match.group()
""",
        why="a closure is renamed along",
        vocabulary=Vocabulary(
            {"call:match": ("match", "m"), "type:Path": ("path",)}, ("match", "path")
        ),
    ),
    Example(
        "python",
        """\
def f(a):
    return [idx for idx, b in enumerate(a) if f'{idx} é {idx!r}' in b]
""",
        """\
def f(a):
    return [index for index, b in enumerate(a) if f'{index} é {index!r}' in b]
""",
        vocabulary=Vocabulary({}, ("index", "result", "value", "key")),
    ),
    Example(
        "python",
        """\
def f(a):
    with a as (val, _):
        del val
    for val in a:
        print((val))
""",
        """\
def f(a):
    with a as (value, _):
        del value
    for value in a:
        print((value))
""",
        vocabulary=Vocabulary({}, ("index", "result", "value", "key")),
    ),
    Example(
        "python",
        """\
def f(a):
    match a:
        case [val, *_] | {'val': val}:
            return val
""",
        """\
def f(a):
    match a:
        case [value, *_] | {'val': value}:
            return value
""",
        vocabulary=Vocabulary({}, ("index", "result", "value", "key")),
    ),
    Example(
        "python",
        """\
def f(a):
    res = g(a,
            1)
    return res
""",
        declined="NATURAL",
        why="the second line is aligned with the first",
        vocabulary=Vocabulary({}, ("index", "result", "value", "key")),
    ),
    Example(
        "python",
        """\
def f(res):
    return res
""",
        why="a parameter may be named by callers",
        vocabulary=Vocabulary({}, ("index", "result", "value", "key")),
    ),
    Example(
        "python",
        """\
def f(a):
    global res
    res = a
""",
        vocabulary=Vocabulary({}, ("index", "result", "value", "key")),
    ),
    Example(
        "python",
        """\
def f(a):
    res = g(a)
    return '%(res)s' % locals()
""",
        declined="NODYN",
        vocabulary=Vocabulary({}, ("index", "result", "value", "key")),
    ),
    Example(
        "python",
        """\
def f(a):
    res = g(a)
    return f'{res=}'
""",
        declined="NODYN",
        vocabulary=Vocabulary({}, ("index", "result", "value", "key")),
    ),
    Example(
        "python",
        """\
def f(a):
    idx = [idx for idx in a]
    return idx
""",
        """\
def f(a):
    idx = [index for index in a]
    return idx
""",
        why="a comprehension has its own scope, and its own idx",
        vocabulary=Vocabulary({}, ("index", "result", "value", "key")),
    ),
    Example(
        "python",
        """\
def f(a):
    res = g(a)

    def h():
        nonlocal res
        res = 1

    return h
""",
        vocabulary=Vocabulary({}, ("index", "result", "value", "key")),
    ),
    Example(
        "python",
        """\
def f(a):
    res = g(a)
    return result(res)
""",
        why="result is read, so it is not FRESH",
        vocabulary=Vocabulary({}, ("index", "result", "value", "key")),
    ),
    Example(
        "python",
        """\
def f(a):
    # `res` is what counts
    res = g(a)
    return res
""",
        declined="NATURAL",
        why="the comment would speak of nothing",
        vocabulary=Vocabulary({}, ("index", "result", "value", "key")),
    ),
    Example(
        "python",
        """\
def f(a):
    import res
    return res
""",
        vocabulary=Vocabulary({}, ("index", "result", "value", "key")),
    ),
    Example(
        "python",
        """\
@numba.njit
def f(a):
    res = a + 1
    return res
""",
        declined="NODYN",
        why="the decorator reads the source",
        vocabulary=Vocabulary({}, ("index", "result", "value", "key")),
    ),
    Example(
        "python",
        """\
def f(a):
    result = g(a)
    return result
""",
        why="res would say less",
        vocabulary=Vocabulary({}, ("res", "result")),
    ),
    Example(
        "python",
        """\
class A:
    def f(self):
        class B:
            res = 1

        return B.res
""",
        why="a name of a class body is an attribute",
        vocabulary=Vocabulary({}, ("index", "result", "value", "key")),
    ),
    Example(
        "python",
        """\
def f(df):
    val = 3
    return df.query('x > @val')
""",
        declined="NODYN",
        why="the query reads the local",
        vocabulary=Vocabulary({}, ("index", "result", "value", "key")),
    ),
    Example(
        "python",
        """\
def f(users):
    for x in users:
        print(x)
""",
        """\
def f(users):
    for user in users:
        print(user)
""",
        why="the singular of what the loop goes over",
        vocabulary=Vocabulary(),
    ),
    Example(
        "python",
        """\
def f(a):
    return [x.b for x in a.children] + [x for x in a]
""",
        """\
def f(a):
    return [child.b for child in a.children] + [x for x in a]
""",
        why="each comprehension has its own x",
        vocabulary=Vocabulary(),
    ),
    Example(
        "python",
        """\
def f(a, sizes):
    for b, s in zip(a, sizes):
        print(b, s)
""",
        """\
def f(a, sizes):
    for b, size in zip(a, sizes):
        print(b, size)
""",
        why="one by one",
        vocabulary=Vocabulary(),
    ),
    Example(
        "python",
        """\
def f(a):
    for k in a.items:
        print(k)
""",
        why="k is a key, and what it is a key of is not told",
        vocabulary=Vocabulary(),
    ),
    Example(
        "python",
        """\
def f(a):
    try:
        a()
    except OSError as e:
        print(e)
""",
        """\
def f(a):
    try:
        a()
    except OSError as exc:
        print(exc)
""",
        why="the repository's own word for it",
        vocabulary=Vocabulary({}, ("exc",)),
    ),
    Example(
        "python",
        """\
def f(a):
    with open(a) as f:
        return f.read()
""",
        """\
def f(a):
    with open(a) as file:
        return file.read()
""",
        why="a file",
        vocabulary=Vocabulary(),
    ),
    Example(
        "python",
        """\
def f(a):
    message = a.b()
    print(message)
""",
        """\
def f(a):
    msg = a.b()
    print(msg)
""",
        why="the repository says msg more often",
        vocabulary=Vocabulary({}, ("msg", "message")),
    ),
    Example(
        "python",
        """\
def f(a):
    number_cols = a
    num_cols = a
    return num_cols
""",
        why="a number of columns is no number_cols",
        vocabulary=Vocabulary({}, ("number",)),
    ),
    Example(
        "python",
        """\
def f(a):
    root = Link(a)
    return root
""",
        why="root says more than link",
        vocabulary=Vocabulary({"call:Link": ("link",)}, ("link",)),
    ),
    Example(
        "python",
        """\
def f(a):
    r = a.parse_header()
    return r.x
""",
        """\
def f(a):
    header = a.parse_header()
    return header.x
""",
        why="the callee says what it is",
        vocabulary=Vocabulary(),
    ),
    Example(
        "python",
        """\
def f(a):
    for k, v in a.items():
        print(k, v)
""",
        """\
def f(a):
    for key, value in a.items():
        print(key, value)
""",
        why="a key and a value",
        vocabulary=Vocabulary(),
    ),
    Example(
        "python",
        """\
def f(a):
    x = 1

    class A:
        x = x

    return A, x
""",
        why="nothing is known of it",
        vocabulary=Vocabulary(),
    ),
)

PLACEHOLDERS: tuple[Example, ...] = (
    example(
        "python",
        "total = a\nfor each in b:\n    total += each\nreturn total",
        "var0 = a\nfor var1 in b:\n    var0 += var1\nreturn var0",
    ),
    example(
        "python",
        "import os\nx = [x for x in b]\nreturn os, x, _y",
        "import os\nvar0 = [var1 for var1 in b]\nreturn os, var0, _y",
        why="two variables of one name; a module is none",
    ),
    example(
        "python",
        "n = 1  # as `n`\nm = n\nreturn m",
        "n = 1  # as `n`\nvar1 = n\nreturn var1",
        why="a comment speaks of the other",
    ),
    example("python", "n = a\nreturn var0(n)", declined="FRESH"),
    example("python", "n = a\nreturn f'{n=}'", declined="NODYN", why="the name is shown"),
    example("python", "n = a\nreturn locals()", declined="NODYN"),
    example("python", "global n\nn = a\nreturn a", why="no local"),
    example("python", "var0 = a\nreturn var0 + b", why="it is called so"),
)
