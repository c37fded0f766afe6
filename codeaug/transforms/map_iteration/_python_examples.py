"""What becomes of Python's loops over dicts and of lookups, and what is left alone."""

from __future__ import annotations

from codeaug.transforms import Example

EXAMPLES_ITEMS: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(**options):
    for name in options:
        g(name, options[name])
""",
        """\
def f(**options):
    for name, option in options.items():
        g(name, option)
""",
        why="what is passed as **options is a dict that nobody else has",
    ),
    Example(
        "python",
        """\
def f(xs):
    d = dict(xs)
    for k in d.keys():
        size = d[k]
        # one
        d[k] = g(size)
    return d
""",
        """\
def f(xs):
    d = dict(xs)
    for k, size in d.items():
        # one
        d[k] = g(size)
    return d
""",
        why="what is stored last is not read again",
    ),
    Example(
        "python",
        "def f(é: dict[str, int]):\r\n\tfor k in é:\r\n\t\tprint(é[k])  # one\r\n",
        "def f(é: dict[str, int]):\r\n\tfor v in é.values():\r\n\t\tprint(v)  # one\r\n",
        why="the key is not needed at all",
    ),
    Example(
        "python",
        """\
def f(d):
    for k in d:
        g(k, d[k])
""",
        declined="BUILTIN",
        why="d may be a list of its own indices, a data frame, a shelf",
    ),
    Example(
        "python",
        """\
def f(xs):
    d = dict(xs)
    for k in d:
        d[k] += '123'
        if '1' in d[k]:
            print('found 1')
""",
        declined="INDEP",
        why="pylint#4630: what was stored is read again",
    ),
    Example(
        "python",
        """\
def f(xs):
    d = dict(xs)
    for k in list(d):
        if not d[k]:
            del d[k]
""",
        why="it runs over a copy, and deletes, pylint#9554",
    ),
    Example(
        "python",
        """\
def f(d: dict):
    for k in d:
        g(k)
        print(d[k])
""",
        declined="INDEP",
        why="g may know the caller's dict and store another value",
    ),
    Example(
        "python",
        """\
def f(d: dict):
    for k in d:
        print(d[k])
        k = k + 1
        print(d[k])
""",
        declined="INDEP",
    ),
    Example(
        "python",
        """\
def f(**d):
    fs = []
    for k in d:
        fs.append(lambda: d[k])
    return fs
""",
        declined="NOCAP",
    ),
)

EXAMPLES_KEYS: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(**options):
    for name, value in options.items():
        g(name, value)
""",
        """\
def f(**options):
    for name in options:
        g(name, options[name])
""",
    ),
    Example(
        "python",
        """\
def f(d: dict[str, tuple[int, int]]):
    for k, (a, b) in d.items():  # all
        print(k, a, b)
""",
        """\
def f(d: dict[str, tuple[int, int]]):
    for k in d:  # all
        a, b = d[k]
        print(k, a, b)
""",
    ),
    Example(
        "python",
        "import collections\r\n\r\n\r\ndef f(xs):\r\n\td = collections.Counter(xs)\r\n"
        "\tfor k, n in d.items():\r\n\t\tn = g(n)\r\n\t\th('é', k, n)\r\n",
        "import collections\r\n\r\n\r\ndef f(xs):\r\n\td = collections.Counter(xs)\r\n"
        "\tfor k in d:\r\n\t\tn = d[k]\r\n\t\tn = g(n)\r\n\t\th('é', k, n)\r\n",
    ),
    Example(
        "python",
        """\
def f(frame):
    for name, column in frame.items():
        g(name, column)
""",
        declined="BUILTIN",
        why="a data frame has items too, and no such keys",
    ),
    Example(
        "python",
        """\
def f(xs):
    d = dict(xs)
    for k, v in d.items():
        d[k] = g(v)
        h(v)
""",
        declined="INDEP",
        why="v is the value of before",
    ),
    Example(
        "python",
        """\
def f(d: dict):
    for k, v in d.items():
        g(k, v)
""",
        declined="INDEP",
        why="g may know the caller's dict and store another value",
    ),
    Example(
        "python",
        """\
def f(**d):
    for _, v in d.items():
        g(v)
""",
        declined="NATURAL",
    ),
    Example(
        "python",
        """\
def f(**d):
    for k, v in d.items():
        g(lambda: k, v)
""",
        declined="NOCAP",
    ),
    Example(
        "python",
        """\
def f(**d):
    for item in d.items():
        g(item)
    return [k for k, v in d.items()]
""",
        why="no two names, and no statement",
    ),
)

EXAMPLES_GET: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(**options):
    size = (options['size'] if 'size' in options else 0)  # in pixels
    return g(size)
""",
        """\
def f(**options):
    size = options.get('size', 0)  # in pixels
    return g(size)
""",
    ),
    Example(
        "python",
        """\
NAMES = {1: 'one'}


def f(n):
    if n not in NAMES:
        return None
    return NAMES[n]
""",
        """\
NAMES = {1: 'one'}


def f(n):
    return NAMES.get(n)
""",
        why="a constant of the module",
    ),
    Example(
        "python",
        """\
def f(a, n):
    found = dict(a)
    if n not in found:
        return 0, n
    return found[n]
""",
        """\
def f(a, n):
    found = dict(a)
    return found.get(n, (0, n))
""",
        why="a tuple without parentheses would be two arguments",
    ),
    Example(
        "python",
        "import os\r\n\r\n\r\ndef f():\r\n\tif 'É' in os.environ:\r\n\t\tx = os.environ['É']\r\n"
        "\telse:\r\n\t\tx = []\r\n\treturn x\r\n",
        "import os\r\n\r\n\r\ndef f():\r\n\tx = os.environ.get('É', [])\r\n\treturn x\r\n",
    ),
    Example(
        "python",
        """\
def f(foo):
    return foo['key'] if 'key' in foo else None
""",
        declined="BUILTIN",
        why="ruff#15814: foo may have no get",
    ),
    Example(
        "python",
        """\
def f(k, **d):
    return d[k] if k in d else g(k)
""",
        declined="NOTHROW",
        why="get would always call g",
    ),
    Example(
        "python",
        """\
def f(**d):
    return d[g()] if g() in d else None
""",
        declined="PURE",
        why="g is called twice",
    ),
    Example(
        "python",
        """\
def f(k, **d):
    if k in d:
        # as it is
        return d[k]
    return None
""",
        declined="TRIVIA",
    ),
    Example(
        "python",
        """\
def f(k, other, **d):
    try:
        return d[k]
    except KeyError:
        return other[k] if k in d else 0
""",
        why="an exception may come from elsewhere; and two different dicts",
    ),
)

EXAMPLES_LOOKUP: tuple[Example, ...] = (
    Example(
        "python",
        """\
def f(**options):
    size = options.get('size', 0)  # in pixels
    return g(size)
""",
        """\
def f(**options):
    size = options['size'] if 'size' in options else 0  # in pixels
    return g(size)
""",
    ),
    Example(
        "python",
        """\
NAMES = {1: 'one'}


def f(self, n):
    self.name: str = (NAMES.get(n, n))
""",
        """\
NAMES = {1: 'one'}


def f(self, n):
    self.name: str = NAMES[n] if n in NAMES else n
""",
    ),
    Example(
        "python",
        "import os\r\n\r\n\r\ndef f():\r\n\treturn os.environ.get('É')\r\n",
        "import os\r\n\r\n\r\ndef f():\r\n\treturn os.environ['É'] if 'É' in os.environ"
        " else None\r\n",
    ),
    Example(
        "python",
        """\
def f(request):
    x = request.args.get('x')
    return request.get('y', x)
""",
        declined="BUILTIN",
        why="whatever these are",
    ),
    Example(
        "python",
        """\
def f(k, **d):
    return d.get(k, g(k))
""",
        declined="PURE",
        why="g is called only sometimes afterwards",
    ),
    Example(
        "python",
        """\
def f(x, **d):
    return d.get(x.name)
""",
        declined="PURE",
        why="a property would be asked twice",
    ),
    Example(
        "python",
        """\
def f(**d):
    return d.get(
        'x',  # the first
        0,
    )
""",
        declined="TRIVIA",
    ),
    Example(
        "python",
        """\
def f(**d):
    return g(d.get('x'), d.get('y'))
""",
        why="a conditional expression as an argument is hard to read",
    ),
)
