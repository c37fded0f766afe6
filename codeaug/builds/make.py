"""make with a `test` or `check` target.

The plain build happens in a copy of the repository, the covered one in /repo itself, with compilers
first in PATH that add `--coverage`. The target is one test, named after it; GoogleTest programs
that it runs have their cases as tests, `<target>::<Suite>.<Case>`; output that is the same twice is
the test `<target>::output=<hash>`.

Options ([build.make] of codeaug.toml):
    use         "false": this build is not for this repository
    arguments   arguments of every make, e.g. "config=debug"
    target      the target that runs the tests (`test`, else `check`)
    build       targets that build everything (make's default goal)
    environment "NAME=value ..." for building and testing
    cases       seconds that running GoogleTest cases one by one may take (600)

Coverage needs GCC, called by name (`g++`, `cc`, ...), not by its path.
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

_MAKEFILES = ("GNUmakefile", "makefile", "Makefile")  # in the order in which make looks for them
_TARGET = re.compile(rb"^(?P<names>[\w\-./ \t]*?)[ \t]*::?(?!=)", re.M)


def detect(tree: Tree, options: Mapping[str, str]) -> list[Project]:
    """One project for each outermost makefile that has a target for the tests."""
    if options.get("use") == "false":
        return []
    found: dict[str, str] = {}
    for path in tree.paths:
        root, _, name = path.rpartition("/")
        if name in _MAKEFILES and not is_foreign(path) and has_cpp(tree, root):
            target = options.get("target") or _target(tree.read(path))
            if target:
                found.setdefault(root, target)
    return [
        Project("make", root, ("cpp",), (("target", found[root]),)) for root in outermost(found)
    ]


def _target(makefile: bytes) -> str:
    names = {name for line in _TARGET.finditer(makefile) for name in line["names"].split()}
    return next((name for name in ("test", "check") if name.encode() in names), "")


def tools(project: Project) -> list[Tool]:
    return [
        Tool("make", "apt-get install make"),
        Tool("g++", "apt-get install g++"),
        Tool("gcov", "apt-get install gcc"),
        Tool("python3", "apt-get install python3"),
    ]


def fetch(project: Project) -> list[Command]:
    return []


def build(project: Project) -> list[Command]:
    described = {
        "copy_to": _home(project) + "/.codeaug-build/plain",
        "home": _home(project) + "/.codeaug-build",
        "builds": [[_make(project), _plain(project)]],
        "rehearse": [_test(project), _plain(project)],
        "env": environment(project),
    }
    return [job("build", described, 3600)]


def instrument(project: Project) -> list[Command]:
    described = _covered(project) | {
        "builds": [[_make(project), _home(project)]],
        "rehearse": [_test(project), _home(project)],
    }
    return [job("build", described, 3600)]


def test(project: Project) -> Step[TestReport]:
    described = _covered(project) | {"folder": _plain(project), "coverage": False}
    return Step((job("test", described),), read_tests)


def measure(project: Project) -> Step[Measurement]:
    cases = project.option("cases", CASES)
    described = _covered(project) | {"cases_seconds": cases}
    return Step((job("measure", described, 3600),), read_measurement)


def compile_(project: Project, path: str) -> Step[Diagnostics]:
    home = _home(project)
    # many makefiles build their test programs in `test` only, and many know no headers
    builds = [[_make(project), home], [_test(project), home, "tests"], [_make(project, "-B"), home]]
    described = _covered(project) | {"path": path, "builds": builds}
    return Step((job("compile", described),), read_diagnostics)


def rerun(project: Project, path: str, tests: Sequence[str]) -> Step[Rerun]:
    described = _covered(project) | {"path": path, "tests": list(tests)}
    return Step((job("rerun", described),), read_rerun)


def resident(project: Project) -> Command:
    return staying(_covered(project), f"{_home(project)}/.codeaug-build/lines")


def _covered(project: Project) -> dict[str, object]:
    home = _home(project)
    return {
        "suite": _test(project),
        "name": project.option("target"),
        "folder": home,
        "objects": home,
        "home": f"{home}/.codeaug-build",
        "coverage": True,
        "compiler": "g++",
        "env": environment(project),
    }


def _home(project: Project) -> str:
    return "/".join(filter(None, ("/repo", project.root)))


def _plain(project: Project) -> str:
    return "/".join(filter(None, (_home(project), ".codeaug-build/plain", project.root)))


def _make(project: Project, *extra: str) -> list[str]:
    arguments, targets = words(project, "arguments"), words(project, "build")
    return ["make", "-j2", *extra, *arguments, *targets]


def _test(project: Project) -> list[str]:
    return ["make", *words(project, "arguments"), project.option("target")]


BUILD = Build(
    name="make",
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
