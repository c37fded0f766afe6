"""Own commands that build and test C++ and Python: jobs for the host program `native`."""

from __future__ import annotations

from collections.abc import Sequence

from codeaug.builds import Measurement, Step, Tool
from codeaug.builds.native import (
    environment,
    job,
    read_diagnostics,
    read_measurement,
    read_rerun,
    read_tests,
)
from codeaug.model import Command, Diagnostics, Project, Rerun, TestReport

_PRISTINE = "/repo/.codeaug-build/pristine"


def tools(project: Project) -> list[Tool]:
    needed = [Tool("python3", "apt-get install python3")]
    if "cpp" in project.languages:
        needed += [Tool("g++", "apt-get install g++"), Tool("gcov", "apt-get install gcc")]
    return needed


def fetch(project: Project) -> list[Command]:
    return prepared(project)


def build(project: Project) -> list[Command]:
    pristine = {"copy_to": _PRISTINE} if "cpp" in project.languages else {}
    return [job("build", {**_job(project), **pristine, "coverage": False}, 3600)]


def instrument(project: Project) -> list[Command]:
    if "cpp" not in project.languages:
        return []
    described = {**_job(project), "restore": _PRISTINE}
    if "build" not in dict(project.options):
        described["rehearse"] = [shell(project, "test"), home(project)]
    return [job("build", described, 3600)]


def test(project: Project) -> Step[TestReport]:
    return Step((job("test", {**_job(project), "coverage": False}),), read_tests)


def measure(project: Project) -> Step[Measurement]:
    return Step((job("measure", {**_job(project), "cases_seconds": 0}, 3600),), read_measurement)


def compile_(project: Project, path: str) -> Step[Diagnostics]:
    described = _job(project) | {"path": path}
    described["builds"] = [*_builds(project), [shell(project, "test"), home(project), "tests"]]
    return Step((job("compile", described),), read_diagnostics)


def rerun(project: Project, path: str, tests: Sequence[str]) -> Step[Rerun]:
    return Step((job("rerun", _job(project) | {"path": path, "tests": list(tests)}),), read_rerun)


def _job(project: Project) -> dict[str, object]:
    folder = home(project)
    return {
        "suite": shell(project, "test"),
        "name": "test",
        "reports": project.option("report"),
        "folder": folder,
        "objects": folder,
        "home": f"{folder}/.codeaug-build",
        "builds": _builds(project),
        "compiler": "g++",
        "coverage": "cpp" in project.languages,
        "python": "python" in project.languages,
        "env": environment(project),
    }


def prepared(project: Project) -> list[Command]:
    """The user's command that brings what the project needs, if there is one."""
    if not project.option("prepare"):
        return []
    env = tuple(environment(project).items())
    return [Command(tuple(shell(project, "prepare")), home(project), env, 3600, network=True)]


def home(project: Project) -> str:
    """The project's folder in the sandbox."""
    return "/".join(filter(None, ("/repo", project.root)))


def _builds(project: Project) -> list[list[object]]:
    return [[shell(project, "build"), home(project)]] if project.option("build") else []


def shell(project: Project, option: str) -> list[str]:
    """The user's command of that name, as the sandbox's shell takes it."""
    return ["sh", "-c", project.option(option)]
