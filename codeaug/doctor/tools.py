"""Programs on this machine: whether they are there, and new enough."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from codeaug.builds import Build, Tree
from codeaug.builds.needs import Need, Version, needs, version
from codeaug.command import run, which
from codeaug.doctor.line import Line
from codeaug.model import Project
from codeaug.oracles import missing_tools

TOOLS = (
    ("bwrap", "apt-get install bubblewrap", ("--version",)),
    ("javac", "apt-get install default-jdk-headless", ("-version",)),
    ("mvn", "apt-get install maven", ("-v",)),
    ("g++", "apt-get install g++", ("--version",)),
    ("gcov", "apt-get install gcc", ("--version",)),
    ("cmake", "apt-get install cmake", ("--version",)),
    ("make", "apt-get install make", ("--version",)),
)
_FLAGS = {program: flags for program, _, flags in TOOLS}
GIT: Version = (2, 30)
CTEST: Version = (3, 21)  # the first that writes reports
# CMake 4 refuses projects that were written for one older than this.
_FORGOTTEN: Version = (3, 5)
_NEWER = {
    "javac": "apt-get install openjdk-{0}-jdk-headless, or set JAVA_HOME and PATH to a JDK {0}",
    "cmake": "pip install 'cmake>={0}', before the old one on PATH",
    "python": "install codeaug with Python {0}: pipx install --python python{0} codeaug",
}


def git() -> Iterator[Line]:
    """Git, which everything needs."""
    found = _tool("git", "apt-get install git", ("--version",))
    number = version(found.detail) if found.ok else GIT
    if number < GIT:
        detail = f"{found.detail} is too old: {_dotted(GIT)} or newer is needed"
        found = Line("git", False, detail, "apt-get install git, of a newer release of the system")
    yield found


def all_builds() -> Iterator[Line]:
    """What some build of some repository needs."""
    return (_tool(program, fix, flags) for program, fix, flags in TOOLS)


def of_projects(tree: Tree, projects: Sequence[tuple[Project, Build]]) -> Iterator[Line]:
    """What the builds of a repository need."""
    program, fix, flags = TOOLS[0]
    yield _tool(program, fix, flags)
    if not projects:
        yield Line(
            "builds",
            True,
            "none that codeaug knows: no variant can be tested here",
            "say how to build and test in [build.custom] of codeaug.toml, see docs/commands.md",
        )
    for project, build in projects:
        yield from _project(tree, project, build)


def _project(tree: Tree, project: Project, build: Build) -> Iterator[Line]:
    name = f"{build.name} in {project.root or '.'}"
    wrong = [
        Line(name, False, f"needs {program}", hint)
        for program, hint in missing_tools(build, project)
    ]
    absent = {line.detail.removeprefix("needs ") for line in wrong}
    asked = list(needs(tree, project))
    if build.name == "cmake":
        asked.append(Need("cmake", CTEST, "codeaug's reading of ctest"))
    for need in asked:
        if need.program not in absent and (line := _too_old(name, need)):
            wrong.append(line)
    yield from wrong or [Line(name, True, f"builds and tests {', '.join(project.languages)}")]


def _too_old(name: str, need: Need) -> Line | None:
    here = _version_here(need.program)
    if not here:
        return None
    if here < need.least:
        found = f"{need.program} {_dotted(here)} is too old"
        detail = f"{found}: {need.file} asks for {_dotted(need.least)}"
        return Line(name, False, detail, _NEWER[need.program].format(_dotted(need.least)))
    if need.program == "cmake" and here >= (4,) and need.least < _FORGOTTEN:
        detail = f"cmake {_dotted(here)} refuses projects for {_dotted(need.least)} ({need.file})"
        fix = '[build.cmake] configure = ["-DCMAKE_POLICY_VERSION_MINIMUM=3.5"] in codeaug.toml'
        return Line(name, False, detail, fix)
    return None


def _version_here(program: str) -> Version:
    """What runs here: Python projects run under the Python that codeaug runs under."""
    if program == "python":
        return sys.version_info[:3]
    return version(_tool(program, "", _FLAGS[program]).detail) if which(program) else ()


def _tool(program: str, fix: str, flags: Sequence[str]) -> Line:
    path = which(program)
    if path is None:
        return Line(program, False, "not on PATH", fix)
    outcome = run([path, *flags], seconds=30)
    words = (outcome.out or outcome.err).strip().splitlines()
    if not outcome.ok:
        told = words[-1].strip() if words else f"it ends with {outcome.exit_code}"
        return Line(program, False, f"{path} does not work: {told}", fix)
    return Line(program, True, words[0].strip() if words else path)


def _dotted(number: Version) -> str:
    return ".".join(map(str, number))
