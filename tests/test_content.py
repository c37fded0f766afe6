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


def test_what_a_file_imports_is_known_with_where_it_comes_from() -> None:
    found = {
        language: set(LANGUAGES[language].imports(text.encode()))
        for language, text in (
            ("python", "import os.path as p, re\nfrom a import b as c, d\nfrom e import *\n"),
            ("java", "import a.b.C;\nimport d.*;\nimport static e.F.g;\nclass X { }\n"),
        )
    }
    assert found == {
        "python": {("p", "os.path"), ("re", "re"), ("c", "a.b"), ("d", "a.d"), ("*", "e.*")},
        "java": {("C", "a.b.C"), ("*", "d.*"), ("g", "e.F.g")},
    }
