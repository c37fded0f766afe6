"""The standard mutation testers, on the same units: how many faults a second they judge.

Python: mutmut, in an environment of its own. Java: PIT, through its Maven plug-in. C++:
universalmutator; Mull and Dextool are in none of the package registries. Each with one worker, on
a copy of the project outside any sandbox, and timed only while it judges: mutants made, tests
collected and measured before that do not count against it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from plain import configure, maven
from projects import Able

from codeaug.model import Unit
from codeaug.pipeline import Session

MUTMUT = "mutmut==3.8.1"
UNIVERSAL = "universalmutator==1.14.1"
PIT, PIT_JUNIT5 = "1.22.1", "1.2.3"
SECONDS = 3600


@dataclass(frozen=True)
class Judged:
    """What a tester judged in how many seconds; `problem` says why it judged nothing."""

    tester: str
    items: int = 0
    seconds: float = 0.0
    problem: str = ""

    @property
    def rate(self) -> float | None:
        return self.items / self.seconds if self.items and self.seconds else None


def tested(scratch: Path, session: Session, chosen: Sequence[Able], wanted: int) -> Judged:
    """The tester of the units' language on a copy of their project; about `wanted` faults."""
    copy = scratch / "tester" / Path(session.repository.address).name
    shutil.copytree(session.repository.address, copy)
    try:
        return TESTERS[chosen[0].unit.language](copy, chosen, wanted)
    except subprocess.SubprocessError as error:
        said = getattr(error, "stderr", None) or getattr(error, "output", None) or ""
        return Judged(type(error).__name__, problem=f"{error}: {str(said).strip()[-300:]}")
    finally:
        shutil.rmtree(copy.parent)


def _run(args: Sequence[str], cwd: Path, **env: str) -> str:
    """Standard output and error of a program. Raises SubprocessError."""
    done = subprocess.run(
        args, cwd=cwd, env={**os.environ, **env}, text=True, timeout=SECONDS, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    if done.returncode:
        raise subprocess.CalledProcessError(done.returncode, args[0], done.stdout)
    return done.stdout


# --- Python ---------------------------------------------------------------------------------------

_RATE = re.compile(r"([\d.]+) mutations/second")
_COUNT = re.compile(r"\b(\d+)/(\d+)\b")


def _mutmut(copy: Path, chosen: Sequence[Able], wanted: int) -> Judged:
    """mutmut's own figure: mutants of the units a second, after it has collected its statistics.

    `wanted` does not bound it: it judges all mutants of the functions that it is asked for.
    """
    deps = chosen[0].prepared.deps / "venv"
    own = copy.parent / "venv"
    _run([str(deps / "bin" / "python"), "-m", "venv", str(own)], copy)
    python = str(own / "bin" / "python")
    _run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", MUTMUT], copy)
    for packages in own.glob("lib/python*/site-packages"):
        theirs = deps / packages.relative_to(own)
        (packages / "zz_project.pth").write_text(f"{theirs}\n")  # what the project needs
    units = [one.unit for one in chosen]
    tops = {"/".join(unit.path.split("/")[: 2 if unit.path.startswith("src/") else 1])
            for unit in units}  # fmt: skip
    _configure_mutmut(copy, sorted(tops), sorted({unit.path for unit in units}))
    names = [name for unit in units for name in _patterns(unit)]
    said = _run([python, "-m", "mutmut", "run", "--max-children", "1", *names], copy)
    rate, counts = _RATE.findall(said), _COUNT.findall(said)
    if not rate or not counts:
        return Judged("mutmut", problem=f"no figure in what it said: {said.strip()[-300:]}")
    items = int(counts[-1][0])
    return Judged("mutmut", items, items / float(rate[-1]) if float(rate[-1]) else 0.0)


def _configure_mutmut(copy: Path, sources: Sequence[str], files: Sequence[str]) -> None:
    """In pyproject.toml, which it reads before setup.cfg."""
    place = copy / "pyproject.toml"
    text = place.read_text() if place.exists() else ""
    table = f"\n[tool.mutmut]\nsource_paths = {list(sources)!r}\nonly_mutate = {list(files)!r}\n"
    place.write_text(text + table + 'pytest_add_cli_args = ["-p", "no:randomly"]\n')


def _module(path: str) -> str:
    name = path.removeprefix("src/").removesuffix(".py").removesuffix("/__init__")
    return name.replace("/", ".")


def _patterns(unit: Unit) -> list[str]:
    """mutmut's names for the mutants of a function, of a method, of the function around it."""
    outer, *inner = unit.name.split(".")
    mangled = [f"x_{outer}", *(f"xǁ{outer}ǁ{method}" for method in inner[:1])]
    return [f"{_module(unit.path)}.{name}__mutmut_*" for name in mangled]


# --- Java -----------------------------------------------------------------------------------------

_GENERATED = re.compile(r">> Generated (\d+) mutations")


def _pit(copy: Path, chosen: Sequence[Able], wanted: int) -> Judged:
    """From PIT's last word before it starts to judge, to its first after.

    `wanted` does not bound it: it judges all mutants of the classes of the units.
    """
    deps = chosen[0].prepared.deps
    repository = copy.parent / "m2"
    shutil.copytree(deps / "m2", repository)  # PIT is fetched into a copy of what the build has
    pom = copy / "pom.xml"
    pom.write_text(_with_pit(pom.read_text(), _uses_platform(pom.read_text())))
    classes = sorted({_class(one.unit.path) for one in chosen})
    online = [arg for arg in maven(copy.parent, "test-compile") if arg not in ("-o", "-q")]
    goal = "org.pitest:pitest-maven:mutationCoverage"
    args = [*online, goal, "-Dthreads=1", f"-DtargetClasses={','.join(classes)}", "-Dverbose=false"]
    process = subprocess.Popen(
        args, cwd=copy, text=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert process.stdout
    began = ended = 0.0
    said: list[str] = []
    for line in process.stdout:
        now = time.monotonic()
        said.append(line)
        if "mutation test units" in line and "Created" in line:
            began = now
        elif began and not ended and "Completed in" in line:
            ended = now
    if process.wait():
        raise subprocess.CalledProcessError(process.returncode, "mvn", "".join(said))
    found = _GENERATED.findall("".join(said))
    if not found or not ended:
        return Judged("PIT", problem=f"no figure in what it said: {''.join(said)[-300:]}")
    return Judged("PIT", int(found[-1]), ended - began)


def _uses_platform(pom: str) -> bool:
    return "junit-jupiter" in pom or "junit-platform" in pom


def _with_pit(pom: str, platform: bool) -> str:
    """The project's own POM with the plug-in, which has to stand there for its JUnit 5 part."""
    junit5 = (
        "<dependencies><dependency><groupId>org.pitest</groupId>"
        f"<artifactId>pitest-junit5-plugin</artifactId><version>{PIT_JUNIT5}</version>"
        "</dependency></dependencies>"
    )
    plugin = (
        "<plugin><groupId>org.pitest</groupId><artifactId>pitest-maven</artifactId>"
        f"<version>{PIT}</version>{junit5 if platform else ''}</plugin>"
    )
    # the build's own list, not one of a profile, of reports or of plug-in management
    build = pom.index("<build>")
    managed = pom.find("</pluginManagement>", build)
    place = pom.index("<plugins>", max(build, managed)) + len("<plugins>")
    return pom[:place] + plugin + pom[place:]


def _class(path: str) -> str:
    return re.sub(r"^.*?src/main/java/|\.java$", "", path).replace("/", ".")


# --- C++ ------------------------------------------------------------------------------------------


def _universal(copy: Path, chosen: Sequence[Able], wanted: int) -> Judged:
    """Mutants of the units' lines; each is built, the tests run, whatever it changes.

    A mutant that does not compile counts as judged, as the tool itself counts it.
    """
    own = copy.parent / "venv"
    _run(["python3", "-m", "venv", str(own)], copy)
    pip = [str(own / "bin" / "python"), "-m", "pip"]
    _run([*pip, "install", "-q", "--disable-pip-version-check", UNIVERSAL], copy)
    _run(configure(copy), copy)
    _run(["cmake", "--build", "build", "-j2"], copy)
    path = chosen[0].unit.path
    numbers = [str(n) for one in chosen if one.unit.path == path
               for n in range(one.unit.body_line, one.unit.end_line + 1)]  # fmt: skip
    (copy.parent / "lines").write_text("\n".join(numbers) + "\n")
    mutants = copy.parent / "mutants"
    mutants.mkdir()
    _run([str(own / "bin" / "mutate"), path, "cpp", "--noCheck", "--lines",
          str(copy.parent / "lines"), "--mutantDir", str(mutants)], copy)  # fmt: skip
    some = min(wanted, len(list(mutants.iterdir())))
    judge = "cmake --build build -j2 && ctest --test-dir build --stop-on-failure"
    started = time.monotonic()
    _run([str(own / "bin" / "analyze_mutants"), path, judge, "--mutantDir", str(mutants),
          "--numMutants", str(wanted), "--seed", "0", "--timeout", "300"], copy)  # fmt: skip
    return Judged("universalmutator", some, time.monotonic() - started)


TESTERS: dict[str, Callable[[Path, Sequence[Able], int], Judged]] = {
    "python": _mutmut,
    "java": _pit,
    "cpp": _universal,
}
