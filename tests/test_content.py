"""What stays the same when code is moved or laid out anew, and what a unit depends on by name."""

from __future__ import annotations

import pytest

from codeaug.languages import LANGUAGES, content, find_units
from codeaug.model import Unit

SAME = [
    (
        "python",
        "def f(a, b):\n    '''Says\n    so.'''\n    for x in a: return g('x', [1, 2], (b))\n",
        "def f(\n        a,\n        b,\n):\n        '''Says so.'''\n"
        '        for x in a:\n            return g(\n                "x", [1, 2,], b,\n'
        "            )\n",
    ),
    (
        "python",
        "class A:\n    def f(self):\n        # one\n        # two\n        return 1\n",
        "class A:\n  def f(self):\n    # one two\n    return (\n      1\n    )\n",
    ),
    (
        "java",
        "class A { int f(int a) { // one two\n return a+ ++b; } }",
        "class A {\n  int f(int a)\n  {\n    /* one\n     * two */\n    return a + ++b;\n  }\n}",
    ),
    (
        "cpp",
        "int A::f(int a){ return m<n<int>>(a)>>1; }",
        "int A::f(int a)\n{\n\treturn m<n<int> >(a) >> 1;\n}",
    ),
]

OTHER = [
    ("python", "def f():\n    if a:\n        b()\n    c()\n",
     "def f():\n    if a:\n        b()\n        c()\n"),
    ("python", "def f(a):\n    return (a,)\n", "def f(a):\n    return (a)\n"),
    ("python", "def f(a):\n    return a[1,]\n", "def f(a):\n    return a[1]\n"),
    ("python", "def f(a):\n    return (a == 1) == 2\n", "def f(a):\n    return a == 1 == 2\n"),
    ("python", "def f(a):\n    return (a + 1) * 2\n", "def f(a):\n    return a + 1 * 2\n"),
    ("python", "def f(a):\n    return 'x'\n", "def f(a):\n    return b'x'\n"),
    ("python", "def f(a):\n    return a\n", "def f(a):\n    # why\n    return a\n"),
    ("python", "def f(a):\n    return a\n", "def f(a=1):\n    return a\n"),
    ("java", "class A { int f() { return a+ ++b; } }", "class A { int f() { return a++ +b; } }"),
    ("java", "class A { int f() { return 1; } }", "class B { int f() { return 1; } }"),
    ("cpp", "int f() { return \"a b\"[0]; }", "int f() { return \"a  b\"[0]; }"),
]  # fmt: skip


def contents(language: str, text: str) -> list[str]:
    found = find_units(language, text.encode(), "file", "blob")
    units = [unit for unit in found if isinstance(unit, Unit)]
    assert units
    return [content(unit) for unit in units]


@pytest.mark.parametrize(("language", "text", "other"), SAME)
def test_a_unit_laid_out_anew_says_the_same(language: str, text: str, other: str) -> None:
    assert contents(language, text) == contents(language, other)


@pytest.mark.parametrize(("language", "text", "other"), OTHER)
def test_a_unit_that_says_something_else_is_another(language: str, text: str, other: str) -> None:
    assert contents(language, text) != contents(language, other)


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        (
            "python",
            "import os.path as p, re\nfrom a import b as c, d\nX, Y = 1, 2\nclass A:\n    z = 3\n"
            "    def f(self):\n        local = 4\n",
            {"p", "re", "c", "d", "X", "Y", "z"},
        ),
        (
            "java",
            "import java.util.List; interface I { int K = 1; }\n"
            "class A { static final int X = 1, Y = 2; void f() { int local = 3; } }\n"
            "enum E { ONE(1), TWO { void g() {} }; }",
            {"List", "K", "X", "Y", "ONE", "TWO"},
        ),
        (
            "cpp",
            "#define M(x) x\n#define N 1\nusing T = int; typedef long U; enum E { ONE, TWO };\n"
            "namespace n { static int* g = 0; int h(int param); }\n"
            "struct S { int x, *y; int f() { int local = 1; return local; } };",
            {"M", "N", "T", "U", "ONE", "TWO", "g", "h", "x", "y"},
        ),
    ],
)
def test_what_a_file_declares_outside_functions_is_known(
    language: str, text: str, names: set[str]
) -> None:
    declared = LANGUAGES[language].declared
    assert declared is not None
    assert {name for _, name, _ in declared(text.encode())} == names


def test_a_declaration_is_told_without_its_neighbours() -> None:
    declared = LANGUAGES["python"].declared
    assert declared is not None
    assert sorted(declared(b"from a import b, c as d\nX = 1\n")) == [
        ("declaration", "X", b"X = 1"),
        ("import", "b", b"a.b"),
        ("import", "d", b"a.c"),
    ]
