"""A variant may rename a parameter of Java or C++ that nothing outside of it can go by."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from codeaug.checks import Trial
from codeaug.checks.signature import signature
from codeaug.languages import find_units, place
from codeaug.model import Finding, Origin, Unit, Variant, Verdict

IN_CLASS = "class A {{\n    {}\n}}\n"


def judged(language: str, source: str, names: Mapping[str, str]) -> Finding:
    """The finding on the last function of the file with each of these patterns for another text."""
    text = source.encode()
    unit = [u for u in find_units(language, text, "a", "") if isinstance(u, Unit)][-1]
    new = dict(zip("abcd", names.values(), strict=False))
    words = [rf"(?P<{key}>(?<!\w){old}(?!\w))" for key, old in zip("abcd", names, strict=False)]
    code = re.sub("|".join(words), lambda found: new[found.lastgroup or ""], unit.code)
    assert code != unit.code
    changed = place(unit, text, code)
    return signature(Trial(unit, Variant(unit.id, code, Origin("given")), text, changed))


KEPT = {
    "a plain method": ("java", IN_CLASS.format("int f(final int a) {{ return a; }}")),
    "a generic method": ("java", IN_CLASS.format("<T> T f(T a, int... b) {{ return a; }}")),
    "an overriding method": ("java", IN_CLASS.format("@Override int f(int a) {{ return a; }}")),
    "a description of the rest": (
        "java",
        IN_CLASS.format("/** Twice the value. */ int f(int a) {{ return a + a; }}"),
    ),
    "a private method of an annotated class": (
        "java",
        "@Service " + IN_CLASS.format("private int f(int a) {{ return a; }}"),
    ),
    "a plain function": ("cpp", "static int f(const int &a, int b) { return a + b; }\n"),
    "a member function": ("cpp", "struct A { int f(int a) const { return a; } };\n"),
    "a constructor with a list": ("cpp", "struct A { A(int a) : n(a) { use(a); } int n; };\n"),
    "a default value": ("cpp", "int f(int a, int b = sizeof(a)) { return a + b; }\n"),
    "a trailing type": ("cpp", "template <class T> auto f(T a) -> decltype(a.n()) { use(a); }\n"),
    "noexcept": ("cpp", "template <class T> void f(T a) noexcept(noexcept(a.n())) { a.n(); }\n"),
    "requires": ("cpp", "template <class T> void f(T a) requires(sizeof(a) > 1) { a.n(); }\n"),
}


@pytest.mark.parametrize("case", KEPT)
def test_a_parameter_that_only_the_function_names_may_be_renamed(case: str) -> None:
    language, source = KEPT[case]
    found = judged(language, source, {"a": "amount"})
    assert found.verdict is Verdict.PASSED, found.detail


REFUSED = {
    "python": ("python", "def f(a):\n    return a\n", {"a": "amount"}, ""),
    "a constructor": ("java", "class A { A(int a) { use(a); } }", {"a": "b"}, "constructor"),
    "a constructor of a record": (
        "java",
        "record A(int a) { A(int a) { this.a = a; } }",
        {"a": "b"},
        "constructor",
    ),
    "an annotated method": (
        "java",
        'class A { @Get("/x") int f(int a) { return a; } }',
        {"a": "b"},
        "annotation",
    ),
    "an annotated parameter": (
        "java",
        "class A { int f(@Named int a) { return a; } }",
        {"a": "b"},
        "annotation",
    ),
    "a parameter beside an annotated one": (
        "java",
        'class A { int f(@Path("i") int i, int a) { return a + i; } }',
        {"a": "b"},
        "annotation",
    ),
    "a method of an annotated class": (
        "java",
        "@RestController class A { @Override public int f(int a) { return a; } }",
        {"a": "b"},
        "annotation",
    ),
    "@param": (
        "java",
        "class A { /** @param a what */ int f(int a) { return a; } }",
        {"a": "b"},
        "description",
    ),
    "{@code}": (
        "java",
        "class A { /** Twice {@code a}. */ int f(int a) { return a + a; } }",
        {"a": "b"},
        "description",
    ),
    "a line comment": (
        "java",
        "class A {\n// takes amount\n\n// and so on\nint f(int amount) { return amount; } }",
        {"amount": "sum"},
        "description",
    ),
    "a comment in the header": (
        "java",
        "class A { int f(int a /* a is small */) { return a; } }",
        {r"int a": "int b", "return a": "return b"},
        "description",
    ),
    "a message": (
        "java",
        'class A { int f(Object item) { requireNonNull(item, "item"); return 1; } }',
        {"Object item": "Object thing", "requireNonNull\\(item": "requireNonNull(thing"},
        "message",
    ),
    "another type in java": ("java", "class A { int f(int a) { return a; } }",
                             {"int a": "long b", "return a": "return b"}, "more than names"),
    "another modifier in java": ("java", "class A { int f(int a) { return a; } }",
                                 {"int a": "final int b", "return a": "return b"},
                                 "more than names"),
    "another number in java": ("java", "class A { int f(int a) { return 1; } }",
                               {"int a": "int b, int c"}, "more than names"),
    "a permutation in java": ("java", "class A { int f(int a, int b) { return a - b; } }",
                              {"a": "b", "b": "a"}, "something else"),
    "a shift in java": ("java", "class A { int f(int a, int b) { return a - b; } }",
                        {"a": "b", "b": "c"}, "something else"),
    "a permutation in c++": ("cpp", "int f(int a, int b) { return a - b; }\n",
                             {"a": "b", "b": "a"}, "something else"),
    "a shift in c++": ("cpp", "int f(int a, int b) { return a - b; }\n",
                       {"a": "b", "b": "c"}, "something else"),
    "another type in c++": ("cpp", "int f(int a) { return a; }\n",
                            {"int a": "long b", "return a": "return b"}, "more than names"),
    "another default": ("cpp", "int f(int a = 1) { return a; }\n",
                        {"int a = 1": "int b = 2", "return a": "return b"}, "more than names"),
    "no name": ("cpp", "int f(int a) { return 1; }\n", {"int a": "int"}, "more than names"),
    "\\param": ("cpp", "/// \\param a what\nint f(int a) { return a; }\n",
                {"a": "b"}, "description"),
    "a description of the template": (
        "cpp", "/** @param a what */\ntemplate <class T>\nint f(T a) { return a; }\n",
        {"a": "b"}, "description"),
    "a description before the linkage": (
        "cpp", "// `a` is small\nextern \"C\" int f(int a) { return a; }\n",
        {"a": "b"}, "description"),
    "a description of the declaration": (
        "cpp", "/// @param a what\nint f(int a);\n\nint f(int a) { return a; }\n",
        {"a": "b"}, "description"),
    "a description in the class": (
        "cpp", "struct A {\n  /// @param a what\n  int f(int a);\n};\n"
        "int A::f(int a) { return a; }\n",
        {"a": "b"}, "description"),
    "a pragma": ("cpp", "#pragma omp declare simd uniform(a)\nint f(int a) { return a; }\n",
                 {"a": "b"}, "description"),
    "a name in another sense": ("cpp", "struct a {}; int f(struct a *a) { return !a; }\n",
                                {r"\*a": "*b", "!a": "!b"}, "another sense"),
    "a name that the header has": ("cpp", "int f(value a) { return a.n; }\n",
                                   {"a": "value"}, "something else"),
    "a default value that means something else": (
        "cpp", "extern int a; int f(int b = a, int a = 1) { return a + b; }\n",
        {"int a": "int c", r"a \+": "c +"}, "another sense"),
    "a trailing type left behind": (
        "cpp", "template <class T> auto f(T a) -> decltype(a.n()) { return a.n(); }\n",
        {"T a": "T b", "return a": "return b"}, "more than names"),
    "noexcept left behind": (
        "cpp", "template <class T> void f(T a) noexcept(noexcept(a.n())) { a.n(); }\n",
        {"T a": "T b", "{ a": "{ b"}, "more than names"),
    "a macro in the header": (
        "cpp", "#define NONNULL(x) __attribute__((nonnull))\n"
        "NONNULL(a) static int f(int *a) { return *a; }\n",
        {r"int \*a": "int *b", r"return \*a": "return *b"}, ""),
    "a message in c++": ("cpp", 'int f(int size) { return say("size", size); }\n',
                         {"int size": "int width", ", size": ", width"}, "message"),
}  # fmt: skip
"""Case: language, file, words changed in the last function, and a word of the reason."""


@pytest.mark.parametrize("case", REFUSED)
def test_any_other_name_stays(case: str) -> None:
    language, source, names, why = REFUSED[case]
    finding = judged(language, source, names)
    assert finding.verdict is Verdict.FAILED
    assert "the header changed from" in finding.detail
    assert why in finding.detail


def test_a_function_of_the_old_style_is_no_unit() -> None:
    found = find_units("cpp", b"int f(a) int a; { return a; }\n", "a.cpp", "")
    assert not any(isinstance(unit, Unit) for unit in found)
