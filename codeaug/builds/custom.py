"""Commands of the user's own, for any other build whose tests write JUnit XML.

Options ([build.custom] of codeaug.toml), commands as a shell takes them:
    root         folder of the project (the repository's top)
    languages    "cpp", "python" (those that are there), or "java"
    prepare      run once with the network; what it leaves in /deps stays
    build        compiles the project; run again after a change
    compile      Java: compiles one changed file, "$FILE" below root (by `build`, which may be slow)
    test         runs all tests
    report       pattern of the JUnit XML files that `test` writes, e.g. "build/reports/*.xml"
    environment  "NAME=value ..." for all of them

The tests are those of the reports. In C++ and Python they cannot be run one by one: each counts as
executing what the whole suite executes. C++ is compiled by a GCC called by name (`g++`, `cc`);
Python's lines are those of processes that end normally.

In Java (Ant, Gradle, scripts of javac) they are run one by one, under JaCoCo, in JVMs of ours that
are started as those that `test` starts (`custom_java`). For that
    - the tests are of JUnit 3 or 4, run by JUnit 4, or of the JUnit Platform, and `test` passes
      JAVA_TOOL_OPTIONS on to its JVMs and lets them end by themselves;
    - classes lie in folders below the repository after `build` and `test`, and name their source
      file (javac's default);
    - a report names a test by its method or by what the JUnit Platform shows for it. A test that
      is not found again under its name is set aside, and so counts for nothing.
Not held: the module path, configuration that is no file on the class path and no system property.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from codeaug.builds import (
    Build,
    Measurement,
    Step,
    Tool,
    Tree,
    custom_java,
    custom_native,
)
from codeaug.builds.places import has_cpp
from codeaug.errors import UsageError
from codeaug.model import Command, Diagnostics, Project, Rerun, TestReport

KEYS = ("root", "languages", "prepare", "build", "compile", "test", "report", "environment")
NATIVE = ("cpp", "python")
LANGUAGES = (*NATIVE, "java")


def detect(tree: Tree, options: Mapping[str, str]) -> list[Project]:
    """The project that the user describes. Raises UsageError for a description that cannot work."""
    if not options:
        return []
    _check(options)
    root = options.get("root", "").strip("/").removeprefix("./")
    root = "" if root == "." else root
    if root and not any(path.startswith(root + "/") for path in tree.paths):
        raise UsageError(f"[build.custom]: the repository has no folder {root!r}.")
    return [Project("custom", root, _languages(tree, root, options))]


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


def _languages(tree: Tree, root: str, options: Mapping[str, str]) -> tuple[str, ...]:
    named = tuple(options.get("languages", "").split())
    for language in named:
        if language not in LANGUAGES:
            known = ", ".join(LANGUAGES)
            raise UsageError(f"[build.custom]: languages are {known}, not {language!r}.")
    languages = named or _there(tree, root)
    if "java" in languages and len(languages) > 1:
        raise UsageError(
            f"[build.custom]: commands are for Java or for other languages, but "
            f"{', '.join(languages)} are {'named' if named else 'there'}; "
            'say which, e.g. languages = "java".'
        )
    if "compile" in options and languages != ("java",):
        raise UsageError("[build.custom]: `compile` is for Java; `build` compiles what changed.")
    return languages


def _there(tree: Tree, root: str) -> tuple[str, ...]:
    here = [path for path in tree.paths if not root or path.startswith(root + "/")]
    there = {
        "cpp": has_cpp(tree, root),
        "python": any(path.endswith(".py") for path in here),
        "java": any(path.endswith(".java") for path in here),
    }
    return tuple(language for language in LANGUAGES if there[language])


def _is_java(project: Project) -> bool:
    return "java" in project.languages


def tools(project: Project) -> list[Tool]:
    return custom_java.tools(project) if _is_java(project) else custom_native.tools(project)


def fetch(project: Project) -> list[Command]:
    return custom_java.fetch(project) if _is_java(project) else custom_native.fetch(project)


def build(project: Project) -> list[Command]:
    return custom_java.build(project) if _is_java(project) else custom_native.build(project)


def instrument(project: Project) -> list[Command]:
    if _is_java(project):
        return custom_java.instrument(project)
    return custom_native.instrument(project)


def test(project: Project) -> Step[TestReport]:
    return custom_java.test(project) if _is_java(project) else custom_native.test(project)


def measure(project: Project) -> Step[Measurement]:
    return custom_java.measure(project) if _is_java(project) else custom_native.measure(project)


def compile_(project: Project, path: str) -> Step[Diagnostics]:
    if _is_java(project):
        return custom_java.compile_(project, path)
    return custom_native.compile_(project, path)


def rerun(project: Project, path: str, tests: Sequence[str]) -> Step[Rerun]:
    if _is_java(project):
        return custom_java.rerun(project, path, tests)
    return custom_native.rerun(project, path, tests)


def resident(project: Project) -> Command | None:
    return custom_java.resident(project) if _is_java(project) else None


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
    resident=resident,
)
