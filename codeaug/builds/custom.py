"""Commands of the user's own, for any other build of C++ and Python whose tests write JUnit XML.

Options ([build.custom] of codeaug.toml), commands as a shell takes them:
    root         folder of the project (the repository's top)
    languages    "cpp", "python" (those that are there)
    prepare      run once with the network; what it leaves in /deps stays
    build        compiles the project; run again after a change
    test         runs all tests
    report       pattern of the JUnit XML files that `test` writes, e.g. "build/reports/*.xml"
    environment  "NAME=value ..." for all of them

The tests are those of the reports, and cannot be run one by one: each counts as executing what the
whole suite executes. C++ is compiled by a GCC called by name (`g++`, `cc`); Python's lines are
those of processes that end normally.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from codeaug.builds import Build, Measurement, Step, Tool, Tree
from codeaug.builds.native import (
    environment,
    job,
    read_diagnostics,
    read_measurement,
    read_rerun,
    read_tests,
)
from codeaug.builds.places import has_cpp
from codeaug.errors import UsageError
from codeaug.model import Command, Diagnostics, Project, Rerun, TestReport

KEYS = ("root", "languages", "prepare", "build", "test", "report", "environment")
LANGUAGES = ("cpp", "python")
_PRISTINE = "/repo/.codeaug-build/pristine"


def detect(tree: Tree, options: Mapping[str, str]) -> list[Project]:
    """The project that the user describes. Raises UsageError for a description that cannot work."""
    if not options:
        return []
    _check(options)
    root = options.get("root", "").strip("/").removeprefix("./")
    root = "" if root == "." else root
    if root and not any(path.startswith(root + "/") for path in tree.paths):
        raise UsageError(f"[build.custom]: the repository has no folder {root!r}.")
    languages = tuple(options.get("languages", "").split()) or _languages(tree, root)
    for language in languages:
        if language not in LANGUAGES:
            known = " and ".join(LANGUAGES)
            raise UsageError(f"[build.custom]: languages are {known}, not {language!r}.")
    return [Project("custom", root, languages)]


def _check(options: Mapping[str, str]) -> None:
    for key in options:
        if key not in KEYS:
            near = difflib.get_close_matches(key, KEYS, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise UsageError(f"[build.custom]: unknown option {key!r}{hint}.")
    if not options.get("test"):
        raise UsageError("[build.custom] needs `test`, the command that runs all tests.")
    report = options.get("report", "")
    if not report or PurePosixPath(report).is_absolute() or ".." in PurePosixPath(report).parts:
        raise UsageError(
            "[build.custom] needs `report`, a pattern below its root of the JUnit XML files that "
            "`test` writes: results are never read from a program's text."
        )


def _languages(tree: Tree, root: str) -> tuple[str, ...]:
    python = any(p.endswith(".py") and (not root or p.startswith(root + "/")) for p in tree.paths)
    there = {"cpp": has_cpp(tree, root), "python": python}
    return tuple(language for language in LANGUAGES if there[language])


def tools(project: Project) -> list[Tool]:
    needed = [Tool("python3", "apt-get install python3")]
    if "cpp" in project.languages:
        needed += [Tool("g++", "apt-get install g++"), Tool("gcov", "apt-get install gcc")]
    return needed


def fetch(project: Project) -> list[Command]:
    prepare = project.option("prepare")
    if not prepare:
        return []
    env = tuple(environment(project).items())
    return [Command(("sh", "-c", prepare), _home(project), env, 3600, network=True)]


def build(project: Project) -> list[Command]:
    pristine = {"copy_to": _PRISTINE} if "cpp" in project.languages else {}
    return [job("build", {**_job(project), **pristine, "coverage": False}, 3600)]


def instrument(project: Project) -> list[Command]:
    if "cpp" not in project.languages:
        return []
    described = {**_job(project), "restore": _PRISTINE}
    if "build" not in dict(project.options):
        described["rehearse"] = [_shell(project, "test"), _home(project)]
    return [job("build", described, 3600)]


def test(project: Project) -> Step[TestReport]:
    return Step((job("test", {**_job(project), "coverage": False}),), read_tests)


def measure(project: Project) -> Step[Measurement]:
    return Step((job("measure", {**_job(project), "cases_seconds": 0}, 3600),), read_measurement)


def compile_(project: Project, path: str) -> Step[Diagnostics]:
    described = _job(project) | {"path": path}
    described["builds"] = [*_builds(project), [_shell(project, "test"), _home(project), "tests"]]
    return Step((job("compile", described),), read_diagnostics)


def rerun(project: Project, path: str, tests: Sequence[str]) -> Step[Rerun]:
    return Step((job("rerun", _job(project) | {"path": path, "tests": list(tests)}),), read_rerun)


def _job(project: Project) -> dict[str, object]:
    home = _home(project)
    return {
        "suite": _shell(project, "test"),
        "name": "test",
        "reports": project.option("report"),
        "folder": home,
        "objects": home,
        "home": f"{home}/.codeaug-build",
        "builds": _builds(project),
        "compiler": "g++",
        "coverage": "cpp" in project.languages,
        "python": "python" in project.languages,
        "env": environment(project),
    }


def _home(project: Project) -> str:
    return "/".join(filter(None, ("/repo", project.root)))


def _builds(project: Project) -> list[list[object]]:
    return [[_shell(project, "build"), _home(project)]] if project.option("build") else []


def _shell(project: Project, option: str) -> list[str]:
    return ["sh", "-c", project.option(option)]


BUILD = Build(
    name="custom",
    languages=LANGUAGES,
    detect=detect,
    tools=tools,
    fetch=fetch,
    build=build,
    test=test,
    instrument=instrument,
    measure=measure,
    compile=compile_,
    rerun=rerun,
)
