"""CMake with ctest: GoogleTest, Catch2, doctest or plain test programs.

Built in /repo/<root>/.codeaug-build/plain and, with `--coverage` added to the project's own flags,
in .../covered. A test's id is its ctest name; where a program reports GoogleTest cases they are
the tests, `<ctest name>::<Suite>.<Case>`; a plain program that writes the same output twice has
also `<ctest name>::output=<hash>`, for an early `exit(0)` looks like success to ctest.

Options ([build.cmake] of codeaug.toml):
    use         "false": this build is not for this repository (make is, say)
    configure   arguments of the configuring cmake, e.g. "-DYAML_CPP_BUILD_TESTS=ON"
    build       arguments of `cmake --build`, e.g. "--target all tests"
    environment "NAME=value ..." for building and testing
    cases       seconds that running GoogleTest cases one by one may take (600)

After a change every program, and all that it links, is made again. A library that ends up in no
program is not: its objects are compiled to nowhere, for their diagnostics, and its archive is
removed. With the option `build`, or another generator than makefiles, all is made as always.

FetchContent works offline after `fetch`; ExternalProject_Add, which downloads while building, does
not. Coverage needs GCC.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from codeaug.builds import Build, Measurement, Step, Tool, Tree
from codeaug.builds.native import (
    CASES,
    environment,
    job,
    read_diagnostics,
    read_measurement,
    read_rerun,
    read_tests,
    words,
)
from codeaug.builds.native import resident as staying
from codeaug.builds.places import has_cpp, is_foreign, outermost
from codeaug.model import Command, Diagnostics, Project, Rerun, TestReport

LISTS = "CMakeLists.txt"
_PROJECT = re.compile(rb"^[ \t]*project[ \t]*\(", re.I | re.M)
_COMMENT = re.compile(rb"#[^\n]*")
_FETCHES = re.compile(rb"\b(?:FetchContent_|CPMAddPackage|CPMFindPackage)", re.I)


def detect(tree: Tree, options: Mapping[str, str]) -> list[Project]:
    """One project for each outermost CMakeLists.txt that calls project()."""
    if options.get("use") == "false":
        return []
    lists = [path for path in tree.paths if path.rpartition("/")[2] == LISTS]
    own = [path for path in lists if not is_foreign(path) and _is_project(tree, path)]
    roots = outermost(path.rpartition("/")[0] for path in own)
    fetches = any(_FETCHES.search(tree.read(path)) for path in tree.paths if _is_cmake(path))
    facts = (("fetches", "yes"),) if fetches else ()
    return [Project("cmake", root, ("cpp",), facts) for root in roots if has_cpp(tree, root)]


def _is_cmake(path: str) -> bool:
    return path.endswith((LISTS, ".cmake"))


def _is_project(tree: Tree, path: str) -> bool:
    return bool(_PROJECT.search(_COMMENT.sub(b"", tree.read(path))))


def tools(project: Project) -> list[Tool]:
    return [
        Tool("cmake", "apt-get install cmake"),
        Tool("ctest", "apt-get install cmake (3.21 or newer)"),
        Tool("make", "apt-get install make"),
        Tool("g++", "apt-get install g++"),
        Tool("gcov", "apt-get install gcc"),
        Tool("python3", "apt-get install python3"),
    ]


def fetch(project: Project) -> list[Command]:
    if not project.option("fetches"):
        return []
    base = "-DFETCHCONTENT_BASE_DIR=/deps/cmake"
    configure = _configure(project, "/tmp/fetch", base)
    return [Command((*configure, *words(project, "configure")), env=_env(project), network=True)]


def build(project: Project) -> list[Command]:
    return _built(project, "plain")


def instrument(project: Project) -> list[Command]:
    return _built(project, "covered", "-DCMAKE_PROJECT_INCLUDE=/host/native/coverage.cmake")


def test(project: Project) -> Step[TestReport]:
    return Step((job("test", _suite(project, "plain")),), read_tests)


def measure(project: Project) -> Step[Measurement]:
    cases = project.option("cases", CASES)
    described = _suite(project, "covered") | {"cases_seconds": cases}
    return Step((job("measure", described, 3600),), read_measurement)


def compile_(project: Project, path: str) -> Step[Diagnostics]:
    builds = [[_build(project, "covered"), _folder(project, "covered")]]
    described = _suite(project, "covered") | {"path": path, "builds": builds}
    if not words(project, "build"):
        described["choose"] = [*_build(project, "covered"), "--target"]
    return Step((job("compile", described),), read_diagnostics)


def rerun(project: Project, path: str, tests: Sequence[str]) -> Step[Rerun]:
    described = _suite(project, "covered") | {"path": path, "tests": list(tests)}
    return Step((job("rerun", described),), read_rerun)


def resident(project: Project) -> Command:
    return staying(
        _suite(project, "covered"), f"{_folder(project, 'covered')}/compile_commands.json"
    )


def _suite(project: Project, kind: str) -> dict[str, object]:
    folder = _folder(project, kind)
    return {
        "suite": "ctest",
        "folder": folder,
        "objects": folder,
        "home": _folder(project, ""),
        "compiler": f"{folder}/CMakeCache.txt",
        "env": environment(project),
    }


def _folder(project: Project, kind: str) -> str:
    return "/".join(filter(None, ("/repo", project.root, ".codeaug-build", kind)))


def _built(project: Project, kind: str, *added: str) -> list[Command]:
    folder, env = _folder(project, kind), _env(project)
    offline = ("-C", "/host/native/offline.cmake", *added)
    configure = (*_configure(project, folder, *offline), *words(project, "configure"))
    return [
        Command(configure, env=env),
        Command(_build(project, kind), env=env, seconds=3600),
    ]


def _configure(project: Project, folder: str, *added: str) -> tuple[str, ...]:
    source = "/".join(filter(None, ("/repo", project.root)))
    return ("cmake", "-S", source, "-B", folder, *added, "-DBUILD_TESTING=ON")


def _build(project: Project, kind: str) -> tuple[str, ...]:
    return ("cmake", "--build", _folder(project, kind), "--parallel", "2", *words(project, "build"))


def _env(project: Project) -> tuple[tuple[str, str], ...]:
    return tuple(environment(project).items())


BUILD = Build(
    name="cmake",
    languages=("cpp",),
    detect=detect,
    tools=tools,
    fetch=fetch,
    build=build,
    test=test,
    instrument=instrument,
    measure=measure,
    compile=compile_,
    rerun=rerun,
    resident=resident,
    together=lambda project: True,
)
