"""What becomes of Python's formatted texts, and what is left alone."""

from __future__ import annotations

from codeaug.transforms import Example


def _returned(
    before: str, after: str = "", declined: str = "", why: str = "", parameters: str = "a, b"
) -> Example:
    """An expression that a function returns, and what becomes of it."""
    file = f"import logging\n\n\ndef f({parameters}):\n    return {{}}\n"
    return Example(
        "python",
        file.replace("{}", before),
        file.replace("{}", after) if after else "",
        declined=declined,
        why=why,
    )


FORMAT_TO_FSTRING: tuple[Example, ...] = (
    _returned('"{} is {}".format(a, b)', 'f"{a} is {b}"'),
    _returned("'{0!r:>9}{{}}{name:x}'.format(a, name=b)", "f'{a!r:>9}{{}}{b:x}'"),
    _returned('"{}".format(a["x"].y)', "f'{a[\"x\"].y}'", why="the text takes the other quotes"),
    _returned('"{n} {} {}".format(a, b, n=a)', 'f"{a} {a} {b}"', why="a name is not counted"),
    _returned('"{0} {}".format(a, b)', declined="NATURAL", why="it fails"),
    _returned('"{0}{0}".format(a)', 'f"{a}{a}"', why="a name may be evaluated twice"),
    Example(
        "python",
        "def f(é):\r\n\tx = ('{}, {}'.format(\r\n\t\té.x, é\r\n\t))  # both\r\n\treturn x\r\n",
        "def f(é):\r\n\tx = f'{é.x}, {é}'  # both\r\n\treturn x\r\n",
    ),
    _returned(
        '"{} {}".format(a.x, b.y)',
        declined="INDEP",
        why="what a.x does when it is formatted may change b.y",
    ),
    _returned('"{1} {0}".format(a.x, b)', declined="PURE", why="a.x would be evaluated later"),
    _returned('"{0}{0}".format(a.x)', declined="PURE", why="a.x would be evaluated twice"),
    _returned('"{}".format(a, b.x)', declined="PURE", why="b.x would no longer be evaluated"),
    _returned('"{a}".format(**locals())', declined="NODYN"),
    _returned('"{}".format(*a)', declined="NODYN"),
    _returned('"{:{}}".format(a, b)', declined="NATURAL", why="a field within a field"),
    _returned('"{0.x}".format(a)', declined="NATURAL"),
    _returned('"\\x7b{}".format(a)', declined="NATURAL", why="an escaped brace"),
    _returned('"\\N{EN DASH}{}".format(a)', declined="NATURAL", why="a name in braces"),
    _returned('"\'{}".format(a["x"])', declined="NATURAL", why="the same quotes before 3.12"),
    _returned("'{}'.format(a('\\n'))", declined="NATURAL", why="no backslash before 3.12"),
    _returned('"{}".format(lambda: a)', declined="NATURAL"),
    _returned('logging.info("{}".format(a))', declined="NATURAL", why="never in logging"),
    _returned('_("{}".format(a))', declined="NATURAL", why="never in gettext"),
    _returned('_("{}").format(a)', why="a translated text is no literal"),
    _returned(
        '"{}" "}}{}" r"\\d".format(b, a)',
        'f"{b}" f"}}{a}" r"\\d"',
        why="literals keep their places",
    ),
    _returned('"{" "}".format(a)', declined="NATURAL", why="a field in two literals"),
    Example(
        "python",
        """\
def f(a):
    return "{}".format(
        a,  # the name
    )
""",
        declined="TRIVIA",
    ),
)

PERCENT_TO_FSTRING: tuple[Example, ...] = (
    _returned('"%s is %r" % (a, b)', 'f"{a!s} is {b!r}"', why="an enum has a format of its own"),
    _returned('"%d%% of {}" % len(a)', 'f"{len(a)}% of {{}}"'),
    _returned(
        '"%05d %-9s %9s %.2f" % (a, b, b, a)',
        'f"{a:05d} {b!s:9} {b!s:>9} {a:.2f}"',
        parameters="a: int, b",
    ),
    _returned("'%s, %s' % (str(a), b)", "f'{a!s}, {b!s}'"),
    Example(
        "python",
        "def f(é):\r\n\tfor x in é:\r\n\t\tyield ('%s %s' %\r\n\t\t       (x.y, x))\r\n",
        "def f(é):\r\n\tfor x in é:\r\n\t\tyield f'{x.y!s} {x!s}'\r\n",
    ),
    _returned('"%s" % a', declined="BUILTIN", why="a may be a tuple"),
    _returned('"%d" % (a,)', declined="BUILTIN", why="%d cuts a float off, :d refuses it"),
    _returned('"%x" % (a,)', declined="BUILTIN"),
    _returned(
        '"%05.1f" % a', declined="NOFLOAT", parameters="a: float", why="infinity would get zeros"
    ),
    _returned('"%(x)s" % {"x": a}', declined="BUILTIN", why="names of a dictionary"),
    _returned('"%*d" % (a, b)', declined="NATURAL", why="a computed width"),
    _returned('"%c" % (a,)', declined="NATURAL"),
    _returned('"%s %s" % (a, *b)', declined="NODYN"),
    _returned('"%s %s" % (a.x, b.y)', declined="INDEP"),
    _returned('"\\x25s %s" % (a,)', declined="NATURAL", why="an escaped sign"),
    _returned('logging.info("%s" % (a,))', declined="NATURAL"),
    _returned('logging.info("%s", a)', why="logging's own formatting is no operator"),
    _returned('b"%s" % (a,)', why="there are no f-strings of bytes"),
    _returned('("{%r}" "%r%%" "%%") % (a, b)', '(f"{{{a!r}}}" f"{b!r}%" "%")'),
    _returned('"bad %s" % repr(a.x)', 'f"bad {a.x!r}"', why="repr is what !r does"),
    _returned('u"%s" % (a,)', declined="NATURAL", why="a prefix that no f-string has"),
)

PERCENT_TO_FORMAT: tuple[Example, ...] = (
    _returned('"%r and %r" % (a.x, b.y)', '"{!r} and {!r}".format(a.x, b.y)'),
    _returned('"{%d}" % len(a)', '"{{{}}}".format(len(a))'),
    _returned('"%s" % (a,)', declined="NATURAL", why="`{!s}` says more than anybody asked for"),
    _returned("'%3d: %s' % (a, len(b))", "'{:3d}: {}'.format(a, len(b))", parameters="a: int, b"),
    _returned('"%s" % a', declined="BUILTIN"),
    _returned('"%i" % (a,)', declined="NATURAL"),
    _returned('"%s %s" % (a,)', declined="NATURAL", why="it fails"),
    _returned('gettext("%r" % (a,))', declined="NATURAL"),
    _returned("a % (b,)", why="a may be a number"),
)

FSTRING_TO_FORMAT: tuple[Example, ...] = (
    _returned('f"{a} is {b.x}"', declined="INDEP", why="formatting a may change b.x"),
    _returned('f"{a.x} is {b}"', '"{} is {}".format(a.x, b)'),
    _returned("rf'\\d{a!r:>9}{{}}'", "r'\\d{!r:>9}{{}}'.format(a)"),
    _returned("f'{a[\"x\"]}'.strip()", "'{}'.format(a[\"x\"]).strip()"),
    Example(
        "python",
        "def f(é):\r\n\treturn (f'{len(é):3d}: {é.x}')  # all\r\n",
        "def f(é):\r\n\treturn '{:3d}: {}'.format(len(é), é.x)  # all\r\n",
    ),
    _returned('f"{a=}"', declined="NODYN"),
    _returned('f"{a:{b}}"', declined="NATURAL", why="a computed format"),
    _returned('(f"{a}" "{}")', '("{}" "{{}}".format(a))', why="format sees the other braces"),
    _returned('f"\\x7b{a}"', declined="NATURAL", why="format would see the escaped brace"),
    _returned('logging.info(f"{a}")', declined="NATURAL"),
    _returned('f"{a, b}"', declined="NATURAL"),
    _returned('f"{{}}"', why="no value"),
)

FSTRING_TO_PERCENT: tuple[Example, ...] = (
    _returned('f"{len(a)}% of {{}}"', '"%s%% of {}" % len(a)'),
    _returned('f"{a!r} and {b!s}"', '"%r and %s" % (a, b)'),
    _returned('f"{a!r}"', '"%r" % (a,)', why="a may be a tuple"),
    _returned('f"{a:03d}: {b:.2f}"', '"%03d: %.2f" % (a, b)', parameters="a: int, b: float"),
    _returned('f"{a}"', declined="BUILTIN", why="its format may not be its text"),
    _returned(
        'f"{a}"', declined="BUILTIN", parameters="a: str", why="an enum of texts is a str, too"
    ),
    _returned('f"{a:>9}"', declined="NATURAL"),
    _returned('f"\\x25{a!r}"', declined="NATURAL", why="% would see the escaped sign"),
    _returned('f"{a!r}".strip()', declined="NATURAL", why="it would need parentheses"),
    _returned('f"{a!r} {b.x!r}"', declined="INDEP"),
    _returned('f"{a=}"', declined="NODYN"),
)
