"""How GCC changes the counters of coverage: atomically only where threads may be."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from codeaug.builds import Build, cmake, make
from codeaug.runners.hosts.native.threads import update_flag
from tests.native_bench import built

PLAIN = "int main() { return 0; }\n"
ATOMIC, SINGLE = "-fprofile-update=prefer-atomic", "-fprofile-update=single"


def compiled(folder: Path, code: str, *flags: str) -> str:
    """The flag for a folder in which one program was built."""
    source = folder / "a.cpp"
    source.write_text(code)
    subprocess.run(["g++", str(source), *flags, "-o", str(folder / "a.out")], check=True)
    return update_flag(folder)


def test_a_program_that_can_start_no_thread_counts_plainly(tmp_path: Path) -> None:
    assert compiled(tmp_path, PLAIN) == SINGLE
    assert compiled(tmp_path, "#include <iostream>\nint main() { std::cout << 1; }\n") == SINGLE


@pytest.mark.parametrize(
    "code",
    [
        "#include <thread>\nint main() { std::thread([] {}).join(); }\n",
        "#include <future>\nint main() { return std::async([] { return 0; }).get(); }\n",
        "#include <pthread.h>\nvoid *f(void *) { return 0; }\n"
        "int main() { pthread_t t; pthread_create(&t, 0, f, 0); pthread_join(t, 0); }\n",
    ],
)
def test_a_program_that_may_start_a_thread_counts_atomically(tmp_path: Path, code: str) -> None:
    assert compiled(tmp_path, code) == ATOMIC


def test_a_program_that_is_linked_with_a_library_that_starts_threads_counts_atomically(
    tmp_path: Path,
) -> None:
    assert compiled(tmp_path, PLAIN, "-Wl,--no-as-needed", "-fopenmp") == ATOMIC


def test_a_program_whose_library_is_not_to_be_found_counts_atomically(tmp_path: Path) -> None:
    away = tmp_path / "away"
    away.mkdir()
    library, here = away / "libodd.so", tmp_path / "here"
    here.mkdir()
    (away / "b.cpp").write_text("int b() { return 0; }\n")
    made = ["g++", "-shared", "-fPIC", str(away / "b.cpp"), "-o", str(library)]
    subprocess.run([*made, "-Wl,-soname,libodd.so.7"], check=True)
    code = "int b();\nint main() { return b(); }\n"
    assert compiled(here, code, f"-L{away}", "-lodd", f"-Wl,-rpath,{away}") == ATOMIC


def test_where_nothing_was_built_counters_are_atomic(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing\n")
    assert update_flag(tmp_path) == ATOMIC


def flags_of(name: str, build: Build, folder: Path, /, **options: str) -> set[str]:
    """How what is built with coverage counts, by what its objects say."""
    made = built(name, build, folder, **options)
    found = set()
    for note in (made.folder / "tree").rglob("*.o"):
        if note.with_suffix(".gcno").exists() or Path(f"{note.with_suffix('')}.gcno").exists():
            found.add(ATOMIC if is_atomic(note) else SINGLE)
    return found


def is_atomic(made: Path) -> bool:
    args = ["objdump", "-d", "--no-show-raw-insn", str(made)]
    shown = subprocess.run(args, check=True, capture_output=True, text=True).stdout
    return "lock " in shown


@pytest.mark.slow
def test_cmake_and_make_projects_without_threads_are_built_with_plain_counters(
    tmp_path: Path,
) -> None:
    for name, build in (("cpp-cmake", cmake.BUILD), ("cpp-make", make.BUILD)):
        folder = tmp_path / name
        folder.mkdir()
        assert flags_of(name, build, folder) == {SINGLE}


@pytest.mark.slow
def test_a_project_whose_tests_start_threads_is_built_with_atomic_counters(tmp_path: Path) -> None:
    assert flags_of("cpp-compare", cmake.BUILD, tmp_path) == {ATOMIC}
