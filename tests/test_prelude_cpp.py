"""The header that all probes of C++ include: by the compiler, as it reads it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from codeaug.runners.hosts.native.comparison.prelude import Prelude
from codeaug.runners.hosts.native.comparison.writing import FLAGS
from codeaug.runners.hosts.native.resident.recipes import Recipe

UNIT = """
namespace codeaug { namespace {
const long long integers[] = {7}; const int integer_count = 1;
const double reals[] = {0.5}; const int real_count = 1;
const char *const strings[] = {"a"}; const int string_count = 1;
const char letters[] = "abc";
} }
int main() { return static_cast<int>(codeaug::integers[0]); }
"""


@pytest.fixture
def prelude(tmp_path: Path) -> Prelude:
    (tmp_path / "unit.cpp").write_text(UNIT)
    return Prelude(tmp_path / "prelude")


def recipe(folder: Path, *flags: str) -> Recipe:
    args = ("g++", "--coverage", *flags, "-c", "unit.cpp", "-o", "unit.o")
    return Recipe("compile", args, str(folder), str(folder / "unit.o"), ("unit.cpp",))


def compiled_ones(prelude: Prelude, of: Recipe, *more: str) -> list[str]:
    """The precompiled headers that the compiler takes for the unit's file."""
    args = [*of.args, *prelude.flags(), *FLAGS, *more, "-H"]
    ended = subprocess.run(args, cwd=of.folder, capture_output=True, text=True, check=True)
    return [line[2:] for line in ended.stderr.splitlines() if line.startswith("! ")]


def test_the_second_compilation_of_a_kind_finds_the_header_compiled(
    prelude: Prelude, tmp_path: Path
) -> None:
    prelude.prepare(recipe(tmp_path), {})
    assert compiled_ones(prelude, recipe(tmp_path)) == []
    prelude.prepare(recipe(tmp_path), {})
    assert len(compiled_ones(prelude, recipe(tmp_path))) == 1


def test_what_was_compiled_for_others_is_taken_only_where_nothing_that_matters_differs(
    prelude: Prelude, tmp_path: Path
) -> None:
    for _ in range(2):
        prelude.prepare(recipe(tmp_path, "-std=c++17"), {})
    assert compiled_ones(prelude, recipe(tmp_path, "-std=c++17", "-DOWN=1", "-Iown"))
    assert not compiled_ones(prelude, recipe(tmp_path, "-std=c++11"))
    assert not compiled_ones(prelude, recipe(tmp_path, "-std=c++17", "-fPIC", "-O0"))
    assert not compiled_ones(prelude, recipe(tmp_path, "-std=c++17"), "-DCODEAUG_PLAIN_COPIES")


def test_where_it_cannot_be_compiled_the_header_itself_is_read(
    prelude: Prelude, tmp_path: Path
) -> None:
    for _ in range(2):
        prelude.prepare(recipe(tmp_path, "-Dtemplate=class {"), {})
    assert compiled_ones(prelude, recipe(tmp_path)) == []
    assert not list(prelude.folder.rglob("*.gch/*"))


def test_no_more_than_so_many_kinds_are_compiled(
    prelude: Prelude, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("codeaug.runners.hosts.native.comparison.prelude.MOST", 1)
    for number in range(3):
        for _ in range(2):
            prelude.prepare(recipe(tmp_path, f"-DKIND={number}"), {})
    assert len(list(prelude.folder.rglob("*.gch/*"))) == 1
