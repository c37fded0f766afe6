from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from codeaug.runners.hosts.native.proof import job
from codeaug.runners.hosts.native.proof.asked import Function
from codeaug.runners.hosts.native.proof.compiling import Compiler
from codeaug.runners.hosts.native.proof.definitions import Definition, definitions, without
from codeaug.runners.hosts.native.proof.dialects import dialects
from codeaug.runners.hosts.native.proof.job import tools_of
from codeaug.runners.hosts.native.proof.known import learned
from codeaug.runners.hosts.native.proof.lines import Line
from codeaug.runners.hosts.native.proof.placing import Placing

FILE = """\
#include <string>
#define TWICE(x) ((x) + (x))
struct A { int n; A(int); ~A(); int get() const; static int shared; int once(); bool operator!(); };
int A::shared = 3;
static int counter = 1;
static const int table[] = {1, 2, 3};
namespace { int hidden = 2; int own() { return hidden; } }
inline void bump() { ++counter; }
static void step() { bump(); }
A::A(int a) : n{a} { n += TWICE(a); }
A::~A() { step(); }
int A::get() const { return n + table[n & 1] + shared; }
int A::once() { static int calls = 0; return ++calls; }
bool A::operator!() { return n == 0; }
void reset() { counter = 0; }
void again() { reset(); }
int peek() { return hidden + 1; }
template <class T> T same(T a) { return a; }
namespace inner { std::string text(int a = 1) { return std::string(a, 'x'); } int last(int a) {
#if defined(NOWHERE)
    return 2;
#else
    return a;
#endif
} }
extern "C" { int plain(int a) { struct Local { int b; }; return Local{a}.b; } }
"""


def line_of(file: Path) -> Line:
    return Line("g++", ("-std=c++17",), str(file), str(file.parent))


def names(found: Iterable[Definition]) -> list[str]:
    return [FILE[each.start : each.end].partition("(")[0] for each in found]


def test_definitions_are_found_where_nothing_else_depends_on_their_text() -> None:
    assert names(definitions(FILE, {})) == [
        "A::A", "A::~A", "int A::get", "int A::once", "void reset", "void again", "int peek",
        "int last",
    ]  # fmt: skip


def test_functions_that_share_a_variable_of_their_file_stay(tmp_path: Path) -> None:
    """`~A` and `reset` reach `counter`; `again` calls what everybody can; `calls` is one's own."""
    file = tmp_path / "file.cpp"
    file.write_text(FILE)
    line, place = line_of(file), Placing(str(file))
    tool = tools_of(line, ())[0]
    known = learned(FILE, line, place, tool, tmp_path)
    plain = dialects(tool, str(tmp_path))[0][1][0]
    found = names(known.left_out(Compiler(tool, line, place, tmp_path), plain))
    assert found == ["A::A", "int A::get", "int A::once", "void again", "int last"]


def test_what_is_left_out_leaves_lines_and_offsets_as_they_are() -> None:
    text = without(FILE, definitions(FILE, {}))
    assert len(text) == len(FILE)
    assert [n for n, c in enumerate(text) if c == "\n"] == [
        n for n, c in enumerate(FILE) if c == "\n"
    ]
    assert "int last(int a)" in text
    assert "A::once" not in text


UNEQUAL = {
    "a variable that another function writes": (
        "static int state = 3;",
        "int f() { return state; }",
        "int f() { return 3; }",
        "void other(int a) { state = a; }",
    ),
    "a variable that is written by a helper": (
        "static int state = 3; static void put(int a) { state = a; }",
        "int f() { return state; }",
        "int f() { return 3; }",
        "void other(int a) { put(a); }",
    ),
    "a variable that a call may change": (
        "static int state; void call();",
        "int f() { state = 1; call(); return state; }",
        "int f() { state = 1; call(); return 1; }",
        "void call() { state = 2; }",
    ),
    "a flag of a function that others call": (
        "static int seen(bool put) { static int n = 0; if (put) n = 1; return n; }",
        "int f() { return seen(false); }",
        "int f() { return 0; }",
        "void other() { seen(true); }",
    ),
    "a function that is a constant elsewhere": (
        "",
        "constexpr int f(int a) { return a * 2; }",
        "constexpr int f(int a) { return a + a + (a == 7); }",
        "int other() { int t[f(7)]; return sizeof t; }",
    ),
}


def proof_of(folder: Path, text: str, original: str, codes: tuple[str, ...]) -> job.Proof:
    """Of texts for the function `original` of a file that is compiled in one way."""
    file = folder / "file.cpp"
    file.write_text(text)
    start = text.index(original)
    function = Function(start, start + len(original), start + original.index("{"), codes)
    return job.prove(str(file), text, [function], [line_of(file)], ())


@pytest.mark.parametrize("name", UNEQUAL)
def test_no_function_is_proved_by_what_was_left_out(name: str, tmp_path: Path) -> None:
    before, original, changed, behind = UNEQUAL[name]
    text = f"{before}\n{original}\n{behind}\n"
    proof = proof_of(tmp_path, text, original, (changed, original + " "))
    assert [bool(proof.answers[0, k].proved) for k in (0, 1)] == [False, True]


def test_tree_of_another_function_that_changes_is_a_reason(tmp_path: Path) -> None:
    original = "constexpr int f(int a) { return a / 2; }"
    changed = "constexpr int f(int a) { int half = a / 2; return half; }"
    text = f"{original}\nint other() {{ return f(8) + sizeof(int[f(8)]); }}\n"
    proof = proof_of(tmp_path, text, original, (changed, changed.replace("2", "4")))
    assert proof.answers[0, 0].proved
    assert "tree of another function changed: int other()" in proof.answers[0, 1].detail


def test_two_ways_to_compile_a_file_are_one_where_only_names_differ_that_nobody_uses(
    tmp_path: Path,
) -> None:
    text = "#ifdef WIDE\n#endif\nint f(int a) { return a / 2; }\n"
    start = text.index("int f")
    file = tmp_path / "file.cpp"
    file.write_text(text)
    line = line_of(file)
    other = replace(line, flags=(*line.flags, "-fPIC", "-DNAME=3"))
    codes = ("int f(int a) { int b = a / 2; return b; }", "int f(int a) { return a / (NAME - 1); }")
    costs = []
    for code in codes:
        function = Function(start, len(text) - 1, text.index("{"), (code,))
        proof = job.prove(str(file), text, [function], [line, other], ())
        costs.append((bool(proof.answers[0, 0].proved), proof.compilations))
    alone = job.prove(str(file), text, [replace(function, codes=codes[:1])], [line], ())
    assert costs[0] == (True, alone.compilations)
    assert costs[1][0] is False


def test_constants_that_are_folded_where_code_is_made_are_no_other_meaning(tmp_path: Path) -> None:
    original = "unsigned f(unsigned a) { if (a > 4) return a > 9 ? a : most; return 1; }"
    changed = "unsigned f(unsigned a) { if (!(a <= 4)) return a > 9 ? a : most; return 1; }"
    text = f"static const unsigned most = 99;\n{original}\nint other() {{ return 2; }}\n"
    proof = proof_of(tmp_path, text, original, (changed, changed.replace("9 ?", "8 ?")))
    assert [bool(proof.answers[0, k].proved) for k in (0, 1)] == [True, False]
