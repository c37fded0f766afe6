from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from codeaug.builds import Build, cmake, make
from codeaug.builds.native import job as command
from codeaug.runners.hosts.native.proof import job
from codeaug.runners.hosts.native.proof.asked import Function
from codeaug.runners.hosts.native.proof.lines import Line, lines_of, read_lines
from tests.native_bench import built
from tests.proof_pairs_cpp import BEHIND, EQUAL, UNEQUAL

INCLUDES = """\
#include <cassert>
#include <climits>
#include <cmath>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>
"""
FLAGS = ("-std=c++17",)


def answers(
    pairs: Mapping[str, tuple[str, str, str]], folder: Path, *, others: tuple[str, ...] = ()
) -> dict[str, job.Answer]:
    """All pairs in one file, each in a namespace of its own."""
    text = INCLUDES
    functions = []
    for number, (name, (before, original, changed)) in enumerate(pairs.items()):
        text += f"namespace n{number} {{\n{before}\n"
        body = original.index("{")
        functions.append(
            Function(len(text), len(text) + len(original), len(text) + body, (changed,))
        )
        text += f"{original}\n{BEHIND.get(name, '')}\n}}\n"
    path = folder / "pairs.cpp"
    path.write_text(text)
    proof = job.prove(
        str(path), text, functions, [Line("g++", FLAGS, str(path), str(folder))], others
    )
    assert path.read_text() == text
    return {name: proof.answers[number, 0] for number, name in enumerate(pairs)}


def test_equal_functions_are_proved(tmp_path: Path) -> None:
    found = answers(EQUAL, tmp_path)
    assert {name: each.detail for name, each in found.items() if not each.proved} == {}


def test_no_unequal_function_is_proved(tmp_path: Path) -> None:
    found = answers(UNEQUAL, tmp_path)
    assert {name: each.proved for name, each in found.items() if each.proved} == {}
    assert all(each.detail for each in found.values())
    assert not [name for name, each in found.items() if "be marked" in each.detail]


def test_one_compilation_answers_for_many_functions(tmp_path: Path) -> None:
    """A variant that does not compile or differs takes no other with it."""
    mixed = {**EQUAL, "wrong": UNEQUAL["string"], "broken": UNEQUAL["does not compile"]}
    found = answers(mixed, tmp_path)
    assert {name for name, each in found.items() if not each.proved} == {"wrong", "broken"}


def test_compile_lines_keep_what_shapes_the_code(tmp_path: Path) -> None:
    source = tmp_path / "a.cpp"
    source.write_text("")
    command = f"ccache g++ -Ox -O3 -g -DX=1 -I inc -MD -MF a.d -o a.o -c {source} --coverage"
    entry = {"directory": str(tmp_path), "command": command, "file": str(source)}
    database = tmp_path / "compile_commands.json"
    database.write_text(json.dumps([entry, entry]))
    expected = Line("g++", ("-DX=1", "-I", "inc"), str(source), str(tmp_path))
    assert read_lines(database) == [expected]


def test_header_is_compiled_within_a_source_that_includes_it(tmp_path: Path) -> None:
    (tmp_path / "a.h").write_text("inline int f(int a) { return a / 2; }\n")
    (tmp_path / "a.cpp").write_text('#include "a.h"\n')
    line = Line("g++", (), str(tmp_path / "a.cpp"), str(tmp_path))
    assert lines_of([line], str(tmp_path / "a.h")) == [line]
    assert lines_of([line], str(tmp_path / "b.h")) == []


def test_header_function_that_nobody_calls_is_proved_where_it_is_included(tmp_path: Path) -> None:
    text = "struct S { int n; int f(int a) { return a / n; } };\n"
    (tmp_path / "a.h").write_text(text)
    (tmp_path / "a.cpp").write_text('#include "a.h"\n')
    start, end = text.index("int f"), text.index(" };")
    good = "int f(int b) { int r = b / n; return r; }"
    bad = "int f(int b) { int r = n / b; return r; }"
    function = Function(start, end, text.index("{ return"), (good, bad))
    line = Line("g++", (), str(tmp_path / "a.cpp"), str(tmp_path))
    proof = job.prove(str(tmp_path / "a.h"), text, [function], [line], ())
    assert [bool(proof.answers[0, k].proved) for k in (0, 1)] == [True, False]


def test_file_that_no_target_compiles_is_unknown(tmp_path: Path) -> None:
    (tmp_path / "a.cpp").write_text("int f() { return 1; }")
    function = Function(0, 21, 8, ("int f() { return 1; }",))
    proof = job.prove(str(tmp_path / "a.cpp"), "int f() { return 1; }", [function], [], ())
    assert proof.answers[0, 0] == job.Answer("", "no compile line of the project has this file")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "build", "path", "lines", "equal", "other"),
    [
        ("cpp-make", make.BUILD, "area.cpp", "lines",
         ("if (width < 0 || height < 0) {", "if (!(width >= 0 && height >= 0)) {"),
         ("width < 0", "width < -1")),
        ("cpp-cmake", cmake.BUILD, "src/clamp.cpp", "plain/compile_commands.json",
         ("if (value < low)", "if (!(value >= low))"),
         ("value > high", "value > high + 1")),
    ],
)  # fmt: skip
def test_variants_are_proved_in_the_sandbox_by_the_projects_own_compile_lines(
    name: str,
    build: Build,
    path: str,
    lines: str,
    equal: tuple[str, str],
    other: tuple[str, str],
    tmp_path: Path,
) -> None:
    project = built(name, build, tmp_path)
    original = project.text(path)
    start, end = original.index("int "), original.rindex("}") + 1
    codes = [original[start:end].replace(*change) for change in (equal, other)]
    unit = {"start": start, "end": end, "body": original.index("{"), "codes": codes}
    asked = {
        "home": "/repo/.codeaug-build",
        "lines": f"/repo/.codeaug-build/{lines}",
        "path": path,
        "original": original,
        "units": [unit],
    }
    with project.copy() as workspace:
        outcome = workspace.run(command("prove", asked))
    told = [json.loads(line) for line in outcome.report.splitlines()]
    assert outcome.ok, outcome.out + outcome.err
    assert [bool(line["proved"]) for line in told[:2]] == [True, False], told
