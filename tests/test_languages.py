from __future__ import annotations

import ast
import sysconfig
from pathlib import Path

import pytest

from codeaug.languages import (
    LANGUAGES,
    capabilities,
    comments,
    find_units,
    is_generated,
    is_test,
    is_vendored,
    language_of,
    made_of,
    no_train,
    place,
    resolve,
    tokens,
)
from codeaug.languages.cpp_macros import blank_macros
from codeaug.model import SkipReason, Span, Unit


def units(language: str, text: str) -> list[Unit]:
    found = find_units(language, text.encode(), "file", "blob")
    return [unit for unit in found if isinstance(unit, Unit)]


def names(language: str, text: str) -> list[str]:
    return [unit.qualified_name for unit in units(language, text)]


def skips(language: str, text: str) -> list[tuple[str, SkipReason]]:
    found = find_units(language, text.encode(), "file", "blob")
    return [(item.name, item.reason) for item in found if not isinstance(item, Unit)]


# --- names ----------------------------------------------------------------------------------------


def test_python_names_show_classes_and_outer_functions() -> None:
    text = """
class A:
    async def f(self):
        def inner(): return 1
        return inner
    @property
    def x(self): return 1
    @x.setter
    def x(self, value): self._x = value
if True:
    def g(): return 1
else:
    def g(): return 2
"""
    assert names("python", text) == ["A.f", "A.f.inner", "A.x", "A.x#2", "g", "g#2"]


def test_python_function_right_below_a_short_condition_is_found() -> None:
    assert names("python", "if x:\n\tdef f():\n\t\treturn 1\n") == ["f"]


@pytest.mark.parametrize(
    "text", ["undef = 1\n", "a = {'def': 1}\n", "x = lambda: 1\n", "class A: a = 1\n"]
)
def test_python_file_without_a_function_has_no_units(text: str) -> None:
    assert find_units("python", text.encode(), "file", "blob") == []


@pytest.mark.parametrize("text", ["def f(): pass", "x=1;def\\\nf(): pass", "\ufeffdef\tf(): pass"])
def test_python_function_is_found_however_its_keyword_stands(text: str) -> None:
    assert find_units("python", text.encode(), "file", "blob") != []


def test_java_names_show_nested_local_and_anonymous_classes() -> None:
    text = """
record R(int a, @A("x, y") Map<String, ? extends List<int[]>> b) {
    R { }
    int f() { return new I<X>() { public void r() { } }.a(); }
}
enum E { A(1) { void m() { } }, B; E(final int x) { } }
interface J { void g(); default void h(int a[], String... s) { } }
class C { <T> C(C this, T x) { class L { void q() { } } } }
"""
    assert names("java", text) == [
        "R.R(int,Map<String,? extends List<int[]>>)",
        "R.f()",
        "R.f.I{}.r()",
        "E.A.m()",
        "E.E(int)",
        "J.h(int[],String...)",
        "C.C(T)",
        "C.C.L.q()",
    ]
    assert skips("java", text) == [("J.g()", SkipReason.NO_BODY)]


def test_cpp_names_show_namespaces_classes_operators_and_qualifiers() -> None:
    text = """
template <class T> template <int N> A<T>::A(int a, const char *b = 0, int (*fp)(int)) : x(1) { }
Foo::Foo() try : a(1) { } catch (...) { }
Foo::operator int *() const { return 0; }
int & Foo::operator[](int i) && { return 1; }
template <> struct hash<int> { int operator()(int) const { return 1; } };
namespace { namespace a::b { class C { ~C() { } C(C &&) = default; }; } }
int (*pick(int q))(char) { return 0; }
void none(void) { }
TEST(Suite, name) { run(); }
"""
    assert names("cpp", text) == [
        "A::A(int,const char*,int(*)(int))",
        "Foo::Foo()",
        "Foo::operator int*() const",
        "Foo::operator[](int) &&",
        "hash<int>::operator()(int) const",
        "(anonymous)::a::b::C::~C()",
        "pick(int)",
        "none()",
    ]
    assert skips("cpp", text) == [("(anonymous)::a::b::C::C(C&&)", SkipReason.NO_BODY)]


def test_cpp_functions_among_macros_are_found_in_raw_or_blanked_text() -> None:
    text = """LIB_BEGIN_NAMESPACE
class LIB_API Widget {
  LIB_INLINE int size() const LIB_NOEXCEPT { return n_; }
};
LIB_EXPORT int area(int w) { return w; }
LIB_END_NAMESPACE
#if WIDE
int wide(long a) { return 1; }
#else
int narrow(int a) { return 2; }
#endif
"""
    assert names("cpp", text) == [
        "Widget::size() const",
        "area(int)",
        "wide(long)",
        "narrow(int)",
    ]
    area = next(unit for unit in units("cpp", text) if unit.name == "area")
    assert area.code.startswith("LIB_EXPORT int area")


def test_macro_alone_on_the_first_line_is_blanked_as_any_other() -> None:
    second = "LIB_BEGIN(x)\nLIB_OPEN\r\nint f() { return 1; }\n"
    blanked, spans, _ = blank_macros(second.encode())
    assert spans == [(0, 12), (13, 21)]
    assert blanked == b" " * 12 + b"\n" + b" " * 8 + b"\r\nint f() { return 1; }\n"


def test_macro_between_signature_and_body_is_not_taken_for_the_function() -> None:
    text = """template <class T> struct Set {
  void swap(Set& other) _LIB_NOEXCEPT_IF(is_nothrow<T>::value) { t.swap(other.t); }
  T t;
};
"""
    assert names("cpp", text) == ["Set::swap(Set&)"]


def test_class_with_an_export_macro_gives_its_methods_its_name() -> None:
    text = "class LIB_API Widget { int size() { return 1; } };"
    assert names("cpp", text) == ["Widget::size()"]


def test_class_with_an_export_macro_in_a_namespace_gives_its_methods_its_name() -> None:
    methods = "{ int size() { return 1; } int room() { return 2; } };"
    text = f"namespace ui {{\nclass LIB_API Widget {methods}\n}}\n"
    assert names("cpp", text) == ["ui::Widget::size()", "ui::Widget::room()"]


# --- spans ----------------------------------------------------------------------------------------


def test_span_covers_decorators_annotations_and_template_headers_but_no_comments() -> None:
    python = units("python", "# note\n@a\n@b(1)\ndef f():\n    return 1  # why\n")[0]
    java = units("java", "class A {\n  /** d */\n  @B int f() { return 1; }\n}\n")[0]
    cpp = units("cpp", "// note\ntemplate <class T>\ninline T f(T t)\n{ return t; }\n")[0]
    assert (python.code, python.line, python.end_line) == (
        "@a\n@b(1)\ndef f():\n    return 1",
        2,
        5,
    )
    assert (java.code, java.line) == ("@B int f() { return 1; }", 3)
    assert (cpp.code.split("\n")[0], cpp.line, cpp.body_line) == ("template <class T>", 2, 4)


def test_body_begins_at_the_docstring_the_brace_or_the_initializers() -> None:
    texts = {
        "python": ("def f():\n    # c\n    '''d'''\n    return 1\n", "'''d'''\n    return 1"),
        "java": ("class A { int f() { return 1; } }", "{ return 1; }"),
        "cpp": ("A::A() : x(1) { y = 2; }", ": x(1) { y = 2; }"),
    }
    for language, (text, body) in texts.items():
        unit = units(language, text)[0]
        assert text[unit.body.start : unit.body.end] == body


def test_units_agree_with_pythons_own_parser_on_the_standard_library() -> None:
    for path in sorted(Path(sysconfig.get_path("stdlib")).glob("[a-d]*.py")):
        text = path.read_text("utf-8")
        wanted = sorted(_functions(ast.parse(text), ""))
        found = find_units("python", text.encode(), path.name, "")
        got = sorted(unit.name.split("#")[0] for unit in found if isinstance(unit, Unit))
        none = sorted(item.name for item in found if not isinstance(item, Unit))
        assert sorted([*got, *none]) == wanted, path


def _functions(node: ast.AST, outer: str) -> list[str]:
    result = []
    for child in ast.iter_child_nodes(node):
        inner = outer
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            inner = f"{outer}{child.name}."
            if not isinstance(child, ast.ClassDef):
                result.append(outer + child.name)
        result += _functions(child, inner)
    return result


# --- what is no unit ------------------------------------------------------------------------------


def test_stubs_and_broken_functions_are_skipped_with_their_reason() -> None:
    text = """
from typing import overload
@overload
def f(a: int) -> int: return a
def g():
    "doc"
    ...
def ok():
    return 1
def broken():
    return 1 +* 2
"""
    assert names("python", text) == ["ok"]
    assert skips("python", text) == [
        ("f", SkipReason.NO_BODY),
        ("g", SkipReason.NO_BODY),
        ("broken", SkipReason.UNPARSEABLE),
    ]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("python", "# codeaug: skip\ndef f(): return 1\n\ndef g(): return 2\n", "f"),
        ("python", "def f():\n    return 1  # codeaug: skip\ndef g(): return 2\n", "f"),
        (
            "java",
            "class A {\n  // codeaug: skip\n  int f() { return 1; }\n  int g() { }\n}",
            "A.f()",
        ),
        ("cpp", "/* codeaug: skip */ int f() { return 1; }\n", "f()"),
    ],
)
def test_marked_function_is_skipped_alone(language: str, text: str, name: str) -> None:
    assert [n for n, reason in skips(language, text) if reason is SkipReason.MARKED] == [name]


def test_mark_in_the_files_first_comments_skips_the_file() -> None:
    text = "# codeaug: skip\n\nimport os\n\ndef f(): return 1\n"
    assert (names("python", text), skips("python", text)) == ([], [("", SkipReason.MARKED)])


TWO_PYTHON = "def f():\n    return 1{}\n\n\n{}def g():\n    return 2\n"


@pytest.mark.parametrize(
    ("language", "text", "marked"),
    [
        ("python", TWO_PYTHON.format("  # codeaug: no-train", ""), ["f"]),
        ("python", TWO_PYTHON.format("", "# why\n# codeaug: no-train\n"), ["g"]),
        ("python", TWO_PYTHON.format("", "# codeaug: no-train\n\n"), []),
        ("python", "# codeaug: no-train\n" + TWO_PYTHON.format("", ""), ["f"]),
        ("python", "# codeaug: no-train\n\n" + TWO_PYTHON.format("", ""), ["f", "g"]),
        ("python", "#!/bin/x\n# codeaug: no-train\nimport os\n" + TWO_PYTHON.format("", ""),
         ["f", "g"]),
        ("python", '"""A.\n\ncodeaug: no-train\n"""\n' + TWO_PYTHON.format("", ""), ["f", "g"]),
        ("python", 'import os\n"""codeaug: no-train"""\n' + TWO_PYTHON.format("", ""), []),
        ("python", "import os\n\n# codeaug: no-train\ndef f():\n    def g():\n"
         "        return 2\n    return g\n", ["f", "f.g"]),
        ("java", "class A {\n  int f() { return 1; }\n  /**\n    F.\n    codeaug: no-train\n  */\n"
         "  @Deprecated\n  int g() { return 2; }\n}", ["A.g()"]),
        ("java", "/*\n  Ours.\n  codeaug: no-train\n*/\npackage a;\nclass A {\n"
         "  int f() { return 1; }\n}", ["A.f()"]),
        ("cpp", "int f() { return 1; }\n// codeaug:no-train\ntemplate <class T>\n"
         "T g(T x) { return x; }\n", ["g(T)"]),
        ("cpp", "int f() { return 1; }\n/* codeaug: no-train */ int g() { return 2; }\n", ["g()"]),
        ("cpp", "int f() { return 1; }  // codeaug: no-training\n", []),
    ],
)  # fmt: skip
def test_a_mark_keeps_a_function_or_a_file_out_of_datasets_and_it_stays_a_unit(
    language: str, text: str, marked: list[str]
) -> None:
    source = text.encode()
    found = find_units(language, source, "a", "b")
    starts = no_train(found, source)
    units = [unit for unit in found if isinstance(unit, Unit)]
    assert [unit.qualified_name for unit in units if unit.span.start in starts] == marked
    assert len(units) == len(found)


def test_tests_generated_and_vendored_files_are_told_by_name_or_first_comments() -> None:
    assert is_test("python", "pkg/test_a.py", b"")
    assert is_test("java", "src/test/java/A.java", b"")
    assert is_test("java", "src/main/java/ATest.java", b"")
    assert is_test("cpp", "src/a.cpp", b'#include "gtest/gtest.h"\n')
    assert is_test("cpp", "src/a.cpp", b"int x;\n \t# include <lib/catch2/catch.hpp>\n")
    assert not is_test("cpp", "src/a.cpp", b'// #include "gtest/gtest.h"\n#include "g.h"\n')
    assert is_test("cpp", "xmltest.cpp", b"int main() {}\n")
    assert not is_test("cpp", "src/latest.cpp", b"int f();\n")
    assert not is_test("java", "src/main/java/Contest.java", b"")
    assert not is_test("python", "src/attestation.py", b"")
    assert is_generated("a_pb2.py", b"")
    assert is_generated("A.java", b"// Generated by the protocol buffer compiler.  DO NOT EDIT!\n")
    assert not is_generated("A.java", b"/* DO NOT ALTER OR REMOVE COPYRIGHT NOTICES */\n")
    assert not is_generated("a.py", b'"""Tells whether code was generated by a tool."""\n')
    assert is_vendored("third_party/x/a.cc")
    assert is_vendored("web/node_modules/a.py")
    assert not is_vendored("src/vendoring.py")


def test_language_is_told_by_the_suffix() -> None:
    found = [language_of(path) for path in ("a.py", "A.java", "a.hpp", "a.h", "a.c", "Makefile")]
    assert found == ["python", "java", "cpp", "cpp", None, None]
    assert set(LANGUAGES) == {"python", "java", "cpp"}


# --- tokens, comments, capabilities ---------------------------------------------------------------


def texts(language: str, text: str) -> list[str]:
    source = text.encode()
    return [t.text or t.kind for t in tokens(language, source, Span(0, len(source)))]


def test_layout_and_comments_make_no_tokens() -> None:
    assert texts("python", "if x:  # c\n    f(a,\n      b)\n") == texts("python", "if x: f(a, b)\n")
    assert texts("java", "int /* c */ f( ){}") == ["int", "f", "(", ")", "{", "}"]
    assert texts("cpp", 'R"x(a // )" b)x" // c\n + 1\'000') == ['R"x(a // )" b)x"', "+", "1'000"]


def test_pythons_indentation_makes_tokens() -> None:
    inside = "if x:\n    f()\n    g()\n"
    outside = "if x:\n    f()\ng()\n"
    assert texts("python", inside) != texts("python", outside)


def test_method_tokens_and_comments_stay_inside_the_span() -> None:
    text = 'class A:\n    # no\n    def f(self):\n        """doc"""\n        return 1  # no\n'
    unit = units("python", text)[0]
    found = [t.text or t.kind for t in tokens("python", text.encode(), unit.span)]
    assert found[-5:] == ["return", "1", "newline", "dedent", "newline"]
    assert "indent" in found
    assert comments("python", text.encode(), unit.span) == ('"""doc"""',)


def test_comments_are_one_line_each_and_texts_hold_none() -> None:
    source = b'/** a\n  *  b */ String s = "// no"; // yes\n'
    assert comments("java", source, Span(0, len(source))) == ("/** a b */", "// yes")


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("python", "import subprocess as sp\ndef f(): sp.run([])", "call:subprocess.run"),
        ("python", "from os import system\ndef f(): system('x')", "call:os.system"),
        ("python", "def f(o): return setattr(o, 'a', 1)", "call:setattr"),
        ("python", "def f(o): return o.__globals__", "call:.__globals__"),
        ("python", "def f():\n    from a.b import c\n    return c", "import:a.b"),
        ("python", "def f():\n    import heapq, a.b as c\n    return c", "import:a.b"),
        ("python", "def f():\n    from . import c\n    return c", "import:."),
        ("python", "def f(a):\n    yield from a; import os", "import:os"),
        (
            "python",
            "def f():\n    from enum import (Enum,\n sys as c)\n    return c",
            "import:enum",
        ),
        (
            "python",
            "def f():\n    from collections import _sys\n    return _sys",
            "import:collections",
        ),
        ("python", "def f():\n    from math import *\n", "import:math"),
        ("python", "def f():\n    import re\n    return re.enum.sys.modules", "call:.sys"),
        ("python", "def f():\n    import json as j\n    return j.codecs.open(x)", "call:.codecs"),
        (
            "python",
            "def f():\n    from operator import attrgetter\n    return attrgetter(x)",
            "call:operator.attrgetter",
        ),
        ("python", "def f(): return 'http://a.b'", "text:url:http://a.b"),
        ("python", "def f():\n    é = 1\n    return é", "text:non-ascii-identifier:é"),
        ("python", "def f(): return '\u202e'", "text:bidi 1"),
        ("java", "class A { void f() { System.exit(1); } }", "call:System.exit"),
        (
            "java",
            "class A { void f() throws Exception { Class.forName(x); } }",
            "call:Class.forName",
        ),
        ("java", "class A { void f() { m.setAccessible(true); } }", "call:.setAccessible"),
        ("cpp", "void f() { ::exit(1); }", "call:exit"),
        ("cpp", 'void f() { std::system("x"); }', "call:system"),
        ("cpp", 'void f() { asm("nop"); }', "call:asm"),
        ("cpp", "void f() {\n#include <x.h>\n}", "directive:include < x . h"),
        ("cpp", "void f() { std::remove(path(1, 2)); }", "call:remove"),
    ],
)
def test_capability_is_seen(language: str, text: str, wanted: str) -> None:
    unit = units(language, text)[-1]
    assert wanted in capabilities(language, text.encode(), unit.span)


def test_plain_code_has_no_capabilities() -> None:
    plain = {
        "python": "import os\ndef f(p, system): return os.path.join(p, str(len(p)))",
        "java": "class A { int f(java.util.List<Integer> a) { return Math.max(a.size(), 1); } }",
        "cpp": "int f(const std::vector<int>& v) { return std::max(v.front(), 1); }",
    }
    for language, text in plain.items():
        assert capabilities(language, text.encode(), units(language, text)[0].span) == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "import itertools",
        "import heapq as h, bisect",
        "from collections import defaultdict as table, Counter",
        "from collections.abc import (\n        Iterable,\n    )",
        "from contextlib import closing",
    ],
)
def test_function_may_import_what_only_computes(text: str) -> None:
    source = f"def f(a):\n    {text}\n    return a\n"
    assert not capabilities("python", source.encode(), units("python", source)[0].span)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("void f() { std::queue<int> open; open.push(1); }", set()),
        ("int f(V v) { int n = 0; for (const char& read : v) n += read; return n; }", set()),
        ("int f(V v) { auto read = [](int a) { return a; }; return read(1); }", set()),
        ("int f() { const std::string time(a, b); return time.size(); }", set()),
        ("int f() { int time(3); return time; }", set()),
        ("int f() { QUIET system(s); return 0; }", {"call:system"}),
        ("int f() { return a < b > system(s); }", {"call:system"}),
        ("int f() { return std::memory_order_relaxed * system(s); }", {"call:system"}),
        ("void f() { auto read = open; }", {"call:open"}),
        ("void f() { g(&open); }", {"call:open"}),
        ("int f() { auto g = [](int* open) { return *open; }; return open(p, 0); }", {"call:open"}),
        ("int f() { for (int open = 0; open < 2; ++open) { } return open(p, 0); }", {"call:open"}),
        ("int f() { { int open = 0; } return open(p, 0); }", {"call:open"}),
        ("int f() { if (int close = g(); close) { } else { return g(close); } return 1; }", set()),
        ("int f(int a) { if (a) { int close = 1; } else { g(close); } }", {"call:close"}),
        ("int f() { if (int close = g()) { } return g(close); }", {"call:close"}),
    ],
)
def test_a_variable_of_a_cpp_function_is_no_capability_in_its_block(
    text: str, wanted: set[str]
) -> None:
    assert capabilities("cpp", text.encode(), units("cpp", text)[0].span) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("def f(x):\n    open = [x]\n    return open.pop() + len(open)\n", set()),
        ("def f(x):\n    open = g(x)\n    return open(x)\n", {"call:open"}),
        ("def f(x):\n    return g(x, open=1) or g(open)\n", {"call:open"}),
        ("def f(x):\n    x.open = 1\n    return g(open)\n", {"call:open"}),
        (
            "def f(code: str, *queue) -> str:\n    return code.upper(), queue.count(1)\n",
            {"call:queue"},
        ),
        ("def f(os=os):\n    return os.system('x')\n", {"call:os.system"}),
        ("def f(x, code):\n    import code\n    code.interact()\n", {"call:code.interact"}),
        ("def f(x=(1, code)):\n    return code.interact()\n", {"call:code.interact"}),
        ("def f(code, x=code.b()):\n    return code.upper()\n", {"call:code.b"}),
        ("def f(eval):\n    return eval('x')\n", {"call:eval"}),
    ],
)
def test_a_variable_of_a_python_function_is_no_capability(text: str, wanted: set[str]) -> None:
    found = capabilities("python", text.encode(), units("python", text)[0].span)
    assert {one for one in found if one.startswith("call:")} == wanted


def test_an_algorithm_that_is_named_as_a_file_function_is_no_capability() -> None:
    text = "void f(V& v) { v.erase(std::remove(v.begin(), v.end(), g(1, 2)), v.end()); }"
    assert capabilities("cpp", text.encode(), units("cpp", text)[0].span) == frozenset()


# --- place ----------------------------------------------------------------------------------------

PYTHON = b'''class A:
    @a
    @b
    def f(self):
        """d"""
        return 1  # c

    x = 1
'''


@pytest.mark.parametrize(
    "code",
    [
        '@a\n    @b\n    def f(self):\n        """d"""\n        return 2',
        'def f(self):\n        """d"""\n        return 2',
        'def f(self):\n    """d"""\n    return 2\n',
        '    @a\n    @b\n    def f(self):\n        """d"""\n        return 2\n',
        '@a\n@b\ndef f(self):\n    """d"""\n    return 2  # c\r\n',
    ],
)
def test_python_method_fits_however_it_is_indented(code: str) -> None:
    unit = units("python", PYTHON.decode())[0]
    assert place(unit, PYTHON, code) == PYTHON.replace(b"return 1", b"return 2")


def test_reindenting_leaves_the_inside_of_texts_alone() -> None:
    unit = units("python", PYTHON.decode())[0]
    changed = place(unit, PYTHON, 'def f(self):\n    s = """a\nb\n"""\n    return s')
    assert b'        s = """a\nb\n"""\n        return s' in changed


def test_java_method_without_annotations_keeps_the_originals_and_the_line_ends() -> None:
    source = (
        b"class A {\r\n    @Override\r\n    public int f() {\r\n        return 1;\r\n    }\r\n}\r\n"
    )
    unit = units("java", source.decode())[0]
    wanted = source.replace(b"return 1", b"return 2")
    for code in (
        "public int f() {\n    return 2;\n}\n",
        "@Override\n    public int f() {\n        return 2;\n    }",
        "    @Override\n    public int f() {\n        return 2;\n    }\n",
    ):
        assert place(unit, source, code) == wanted


def test_cpp_function_without_template_header_keeps_the_originals() -> None:
    header = b"struct A {\n  template <class T,\n            class U>\n"
    source = header + b"  int f(T t) {\n    return 1;\n  }\n};\n"
    unit = units("cpp", source.decode())[0]
    changed = place(unit, source, "int f(T t) {\n  return 2;\n}")
    assert changed == source.replace(b"return 1", b"return 2")


@pytest.mark.parametrize(
    ("language", "source", "code"),
    [
        ("python", PYTHON.decode(), "x = 1"),
        ("python", PYTHON.decode(), "def f(self): return 1\n\ndef g(self): return 2"),
        ("python", PYTHON.decode(), "def f(self):\n"),
        (
            "java",
            "class A { int f() { return 1; } }",
            "int f() { return 1; } int g() { return 2; }",
        ),
        ("java", "class A { int f() { return 1; } }", "int f() { return 1; /* }"),
        ("java", "class A { int f() { return 1; } }", "int f() { return 1; } int x = f();"),
        ("java", "class A { int f() { return 1; } }", "int f() { return 1; } } class B { int y;"),
        ("cpp", "int f() { return 1; }", "int f() { return 1; } int x = 3;"),
        ("cpp", "int f() { return 1; }", "int f();"),
    ],
)
def test_anything_but_one_function_has_no_place(language: str, source: str, code: str) -> None:
    unit = units(language, source)[0]
    with pytest.raises(ValueError, match="exactly one function"):
        place(unit, source.encode(), code)


def test_own_code_of_every_unit_is_its_own_place() -> None:
    sources = {
        "python": PYTHON.decode(),
        "java": "class A { @B int f() { return new I() { int g() { return 1; } }.g(); } }",
        "cpp": "template <class T> T f(T t) { struct L { int g() { return 1; } }; return t; }",
    }
    for language, text in sources.items():
        for unit in units(language, text):
            assert place(unit, text.encode(), unit.code) == text.encode()


# --- resolve --------------------------------------------------------------------------------------


def test_parameter_list_may_be_left_out_where_the_name_is_unique() -> None:
    found = units("java", "class A { int f(int a, String b) { } int g(int a) { } int g() { } }")
    assert resolve(found, "file", "A.f").parameters == "(int,String)"
    assert resolve(found, "file", "A.f( int, String )").name == "A.f"
    assert resolve(found, "file", "A.g()").parameters == "()"
    with pytest.raises(KeyError, match=r"ambiguous in file: A\.g\(int\), A\.g\(\)"):
        resolve(found, "file", "A.g")
    with pytest.raises(KeyError, match=r"no unit A\.fn"):
        resolve(found, "file", "A.fn")
    with pytest.raises(KeyError, match="the file has no units"):
        resolve(found, "other", "A.f")


def test_second_function_of_one_name_is_resolved_by_number() -> None:
    found = units("python", "if a:\n    def f(): return 1\nelse:\n    def f(): return 2\n")
    assert resolve(found, "file", "f#2").code.endswith("2")


@pytest.mark.parametrize(
    ("body", "swallows"),
    [
        ("close(); throw t;", False),
        ("if (a) { close(); } throw t;", False),
        ("if (a) throw t;", True),
        ("if (a) { return; } throw t;", True),
        ("", True),
    ],
)
def test_a_handler_that_catches_everything_may_only_throw_it_on(body: str, swallows: bool) -> None:
    files = {
        "java": f"class A {{ void f() {{ try {{ g(); }} catch (Throwable t) {{ {body} }} }} }}",
        "cpp": f"void f() {{ try {{ g(); }} catch (...) {{ {body} }} }}",
    }
    for language, text in files.items():
        assert swallowed(language, text) is swallows


def swallowed(language: str, text: str) -> bool:
    found = capabilities(language, text.encode(), units(language, text)[-1].span)
    return any(name.startswith("catch:") for name in found)


@pytest.mark.parametrize(
    ("body", "swallows"),
    [
        ("close()\n        raise", False),
        ("if a:\n            close()\n        raise Other from error", False),
        ("if a:\n            raise", True),
        ("if a:\n            return 1\n        raise", True),
        ("pass", True),
    ],
)
def test_the_same_holds_for_python(body: str, swallows: bool) -> None:
    text = (
        "def f(a):\n    try:\n        g()\n    except Exception as error:\n        " + body + "\n"
    )
    assert swallowed("python", text) is swallows


def test_a_finally_that_returns_swallows() -> None:
    python = "def f(a):\n    try:\n        g()\n    finally:\n        {}\n"
    java = "class A {{ int f() {{ try {{ g(); }} finally {{ {} }} return 1; }} }}"
    assert swallowed("python", python.format("return 1"))
    assert not swallowed("python", python.format("h()") + "    return 1\n")
    assert swallowed("java", java.format("return 2;"))
    assert not swallowed("java", java.format("h();"))


def test_a_word_of_text_is_known_in_the_plural_too() -> None:
    known = " other box rm"
    assert all(
        made_of(word, known) for word in ("other", "others", "boxes", "otherbox", "overflow")
    )
    assert not any(made_of(word, known) for word in ("otherwise", "secrets", "rms"))
