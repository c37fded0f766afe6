"""The plain way to judge a variant: copy the tree, build everything, run all tests.

The same builds as ours, outside any sandbox and with the tools warm, so that no comparison with
them flatters us.
"""

from __future__ import annotations

import shutil
import subprocess
import time
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

from codeaug.languages import place
from codeaug.model import Unit
from codeaug.pipeline import Session

SECONDS = 1800


def plain_way(scratch: Path, session: Session, language: str) -> Callable[[Unit, str], float]:
    """Seconds of a full copy, a full build and the whole suite, for the code of one variant."""
    deps = next((scratch / "work" / "deps").iterdir())

    def seconds(unit: Unit, code: str) -> float:
        started = time.monotonic()
        copy = scratch / "plain"
        shutil.copytree(session.repository.address, copy)
        (copy / unit.path).write_bytes(place(unit, session.read(unit.path), code))
        for args in COMMANDS[language](copy, deps):
            subprocess.run(args, cwd=copy, check=True, capture_output=True, timeout=SECONDS)
        shutil.rmtree(copy)
        return time.monotonic() - started

    return seconds


def python_commands(copy: Path, deps: Path) -> list[list[str]]:
    path = f"PYTHONPATH={copy / 'src'}:{copy}"
    python = str(deps / "venv" / "bin" / "python")
    return [["env", path, python, "-m", "pytest", "-q", "-p", "no:cacheprovider"]]


def maven(deps: Path, *arguments: str) -> list[str]:
    """A call of Maven, offline, with what was fetched and without what judges style."""
    return ["mvn", "-o", "-q", "-B", f"-Dmaven.repo.local={deps / 'm2'}", "-Drat.skip",
            "-Dcheckstyle.skip", "-Denforcer.skip", "-Danimal.sniffer.skip",
            *arguments]  # fmt: skip


def java_commands(copy: Path, deps: Path) -> list[list[str]]:
    return [maven(deps, "test")]


def cpp_commands(copy: Path, deps: Path) -> list[list[str]]:
    return [configure(copy), ["cmake", "--build", "build", "-j2"], ["ctest", "--test-dir", "build"]]


def configure(copy: Path) -> list[str]:
    """The configuring call of CMake, with the arguments that the project's settings name."""
    settings = copy / "codeaug.toml"
    table = tomllib.loads(settings.read_text()) if settings.exists() else {"build": {"cmake": {}}}
    own: Sequence[str] = table["build"]["cmake"].get("configure", [])
    return ["cmake", "-S", ".", "-B", "build", "-DBUILD_TESTING=ON", *own]


COMMANDS = {"python": python_commands, "java": java_commands, "cpp": cpp_commands}
