"""Seconds a checked variant, against the plain way: copy the tree, build everything, run all tests.

One real project a language; the same variants both ways, in the same run. The plain way runs the
same builds outside any sandbox with the tools warm, so that the comparison does not flatter us.

    python benchmarks/check.py [--variants N] [--projects NAME ...]
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

from corpora import CORPORA, fetch

from codeaug.executors.local import Local
from codeaug.languages import place
from codeaug.model import Unit, Variant
from codeaug.pipeline import Session, open_session, run
from codeaug.report.terminal import Progress
from codeaug.repository import open_repository
from codeaug.settings import load_settings

PROJECTS = ("boltons", "commons-csv", "libjsoncpp")
TARGET = 3.0


def main() -> None:
    """Prints one row a language and the ratio; exits 1 when a ratio is below the target."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--variants", type=int, default=6, help="variants a project")
    arguments.add_argument("--projects", nargs="+", default=PROJECTS, choices=CORPORA)
    chosen = arguments.parse_args()
    print(f"{'project':<14}{'variants':>9}{'codeaug s':>11}{'plain s':>9}{'ratio':>7}")
    ratios = []
    for name in chosen.projects:
        with tempfile.TemporaryDirectory(prefix="codeaug-bench-") as scratch:
            ours, plain = measure(name, Path(scratch), chosen.variants)
        ratios.append(statistics.median(plain) / statistics.median(ours))
        print(
            f"{name:<14}{len(ours):>9}{statistics.median(ours):>11.2f}"
            f"{statistics.median(plain):>9.2f}{ratios[-1]:>7.1f}"
        )
    sys.exit(min(ratios) < TARGET)


def measure(name: str, scratch: Path, wanted: int) -> tuple[list[float], list[float]]:
    """Seconds of each variant, our way (one at a time) and the plain way."""
    session = prepared(name, scratch, wanted)
    language = CORPORA[name].language
    pairs = [
        (unit, variant)
        for unit in session.store.units(session.commit)
        if unit.language == language
        for variant in session.store.variants(unit.id)
    ][:wanted]
    ours = [spent(session, variant) for _, variant in pairs]
    runner = plain_way(scratch, session, language)
    plain = [runner(unit, variant) for unit, variant in pairs]
    return ours, plain


def prepared(name: str, scratch: Path, wanted: int) -> Session:
    """The project with its variants, all checked by one worker."""
    folder = scratch / name
    shutil.copytree(fetch(name), folder, ignore=shutil.ignore_patterns(".codeaug"))
    loaded = load_settings(folder, {"limit": wanted, "per_unit": 1, "jobs": 1})
    session = open_session(
        open_repository(str(folder), scratch / "work"),
        loaded.settings,
        f"sqlite:///{scratch / 'codeaug.db'}",
        scratch / "work",
        Progress(quiet=True),
        Local(1),
    )
    run(session)
    return session


def spent(session: Session, variant: Variant) -> float:
    """Seconds that one worker spent on the variant, all its checks and its workspace included."""
    evidence = session.store.evidence(variant.id, session.commit)
    assert evidence is not None, "the run has checked every variant"
    return float(dict(evidence.parameters)["seconds"])


def plain_way(scratch: Path, session: Session, language: str) -> Callable[[Unit, Variant], float]:
    """Seconds of a full copy, a full build and the whole suite for one variant."""
    deps = next((scratch / "work" / "deps").iterdir())

    def seconds(unit: Unit, variant: Variant) -> float:
        started = time.monotonic()
        copy = scratch / "plain"
        shutil.copytree(session.repository.address, copy)
        source = session.read(unit.path)
        (copy / unit.path).write_bytes(place(unit, source, variant.code))
        for args in COMMANDS[language](copy, deps):
            subprocess.run(args, cwd=copy, check=True, capture_output=True, timeout=1800)
        shutil.rmtree(copy)
        return time.monotonic() - started

    return seconds


def python_commands(copy: Path, deps: Path) -> list[list[str]]:
    path = f"PYTHONPATH={copy / 'src'}:{copy}"
    python = str(deps / "venv" / "bin" / "python")
    return [["env", path, python, "-m", "pytest", "-q", "-p", "no:cacheprovider"]]


def java_commands(copy: Path, deps: Path) -> list[list[str]]:
    return [
        ["mvn", "-o", "-q", "-B", f"-Dmaven.repo.local={deps / 'm2'}", "-Drat.skip",
         "-Dcheckstyle.skip", "-Denforcer.skip", "-Danimal.sniffer.skip", "test"]
    ]  # fmt: skip


def cpp_commands(copy: Path, deps: Path) -> list[list[str]]:
    settings = copy / "codeaug.toml"
    table = tomllib.loads(settings.read_text()) if settings.exists() else {"build": {"cmake": {}}}
    configure = table["build"]["cmake"].get("configure", [])
    return [
        ["cmake", "-S", ".", "-B", "build", "-DBUILD_TESTING=ON", *configure],
        ["cmake", "--build", "build", "-j2"],
        ["ctest", "--test-dir", "build"],
    ]


COMMANDS = {"python": python_commands, "java": java_commands, "cpp": cpp_commands}

if __name__ == "__main__":
    main()
