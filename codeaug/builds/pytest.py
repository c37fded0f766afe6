"""Python projects whose tests run through pytest, or through unittest where pytest finds less.

Options of `[build.pytest]`:

    python        interpreter to make the environment with (default: the one codeaug runs on, else
                  the newest under /usr that `requires-python` admits)
    venv          an environment that is there already, with the project's dependencies, pytest and
                  coverage; nothing is fetched. It must lie where the sandbox can read it.
    runner        `pytest` or `unittest`
    arguments     further arguments of pytest; the folders in which unittest discovers
    environment   `NAME=value ...` for the tests
    extras        further extras of the project to install, e.g. `test redis`
    requirements  further requirements to install, e.g. `pytest-mock "numpy<2"`
    files         further requirement files, relative to the project

Limits: lines executed in other processes than pytest's own count for no test, nor do those of a
fixture that several tests share but for the first of them. Compiled extensions are built once: a
variant of a source that was compiled into one is never executed, and so has no oracle.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import sys
from collections.abc import Mapping, Sequence
from glob import glob
from typing import Any

from codeaug.builds import Build, Measurement, Step, Tool, Tree
from codeaug.builds import python_projects as found
from codeaug.builds import python_reports as reports
from codeaug.model import Command, Diagnostics, Project, Rerun, TestReport

VENV = "/deps/venv"
ENVIRONMENT = (
    ("HYPOTHESIS_STORAGE_DIRECTORY", "/tmp/hypothesis"),
    ("PYTHONDONTWRITEBYTECODE", "1"),
    ("PYTHONHASHSEED", "0"),
    ("PYTHONNOUSERSITE", "1"),
)
FETCH_SECONDS = 1800.0
SUITE_SECONDS = 1800.0
RERUN_SECONDS = 300.0
RESIDENT_SECONDS = 7 * 86400.0

Record = dict[str, Any]


def detect(tree: Tree, options: Mapping[str, str]) -> Sequence[Project]:
    """One project for each root with Python tests; see `python_projects`."""
    roots = found.projects(tree)
    return [_project(tree, root, found.nested(root, roots), options) for root in roots]


def _project(tree: Tree, root: str, others: Sequence[str], options: Mapping[str, str]) -> Project:
    runner = options.get("runner") or found.runner(tree, root, others)
    facts = {"runner": runner}
    if runner == "unittest":
        facts["arguments"] = shlex.join(found.unittest_folders(tree, root, others))
    elif others:
        facts["arguments"] = shlex.join(f"--ignore={other}" for other in others)
    return Project("pytest", root, ("python",), tuple(sorted(facts.items())))


def tools(project: Project) -> Sequence[Tool]:
    return [Tool("python3", "apt install python3 python3-venv")]


def fetch(project: Project) -> Sequence[Command]:
    if project.option("venv"):
        return []
    job = {
        "root": _root(project),
        "pythons": _interpreters(project),
        "extras": project.option("extras").replace(",", " ").split(),
        "requirements": shlex.split(project.option("requirements")),
        "files": shlex.split(project.option("files")),
    }
    python = str(job["pythons"][0])
    return [_command(project, python, "fetch", job, FETCH_SECONDS, network=True)]


def build(project: Project) -> Sequence[Command]:
    return [_command(project, _python(project), "build", {"root": _root(project)}, SUITE_SECONDS)]


def test(project: Project) -> Step[TestReport]:
    command = _command(project, _python(project), "test", _suite(project), SUITE_SECONDS)
    return Step((command,), lambda outcomes, harvest: reports.tests(outcomes))


def instrument(project: Project) -> Sequence[Command]:
    return []


def measure(project: Project) -> Step[Measurement]:
    command = _command(project, _python(project), "measure", _suite(project), SUITE_SECONDS)
    return Step((command,), reports.measurement)


def compile(project: Project, path: str) -> Step[Diagnostics]:
    job = {"path": f"/repo/{path}"}
    return Step((_command(project, _python(project), "check", job, 60.0),), reports.diagnostics)


def rerun(project: Project, path: str, tests: Sequence[str]) -> Step[Rerun]:
    """Until the first test that does not pass; the tests after it are absent."""
    job = {**_suite(project), "path": f"/repo/{path}"}
    stdin = json.dumps(list(tests))
    command = _command(project, _python(project), "rerun", job, RERUN_SECONDS, stdin=stdin)
    return Step((command,), reports.rerun)


def resident(project: Project) -> Command:
    return _command(project, _python(project), "resident", _suite(project), RESIDENT_SECONDS)


def _root(project: Project) -> str:
    return f"/repo/{project.root}".rstrip("/")


def _python(project: Project) -> str:
    return f"{project.option('venv', VENV)}/bin/python"


def _interpreters(project: Project) -> list[str]:
    """The interpreters to try, in order."""
    if project.option("python"):
        return [project.option("python")]
    ours = os.path.realpath(getattr(sys, "_base_executable", sys.executable))
    others = [
        p for p in glob("/usr/bin/python3.*") + glob("/usr/local/bin/python3.*") if _is_python(p)
    ]
    newest = sorted(others, key=lambda path: int(path.rsplit(".", 1)[1]), reverse=True)
    return list(dict.fromkeys([ours, *newest]))


def _is_python(path: str) -> bool:
    return re.fullmatch(r"python3\.\d+", os.path.basename(path)) is not None


def _suite(project: Project) -> Record:
    return {
        "root": _root(project),
        "runner": project.option("runner", "pytest"),
        "arguments": shlex.split(project.option("arguments")),
    }


def _command(
    project: Project,
    python: str,
    verb: str,
    job: Record,
    seconds: float,
    *,
    network: bool = False,
    stdin: str = "",
) -> Command:
    own = (pair.partition("=")[::2] for pair in shlex.split(project.option("environment")))
    return Command(
        args=(python, "-m", "pyhost", verb, json.dumps(job)),
        cwd="/host",
        env=(*ENVIRONMENT, *((name, value) for name, value in own)),
        seconds=seconds,
        network=network,
        stdin=stdin,
    )


BUILD = Build(
    name="pytest",
    languages=("python",),
    detect=detect,
    tools=tools,
    fetch=fetch,
    build=build,
    test=test,
    instrument=instrument,
    measure=measure,
    compile=compile,
    rerun=rerun,
    resident=resident,
)
