"""What the pre-commit hook costs: `python benchmarks/hook.py`.

Installs the hooks from a clone of this checkout by a fresh pre-commit and a fresh prek and says how
large their environments are. Then stages 10 and 200 files of real projects in the three languages,
once as changes of a line each and once as all new, and times `codeaug hook check` in pre-commit's
environment, in turn with `ruff check` on the Python files of the same commit. Wall time, the best
and the median of so many runs; a loaded machine shows in the difference.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from corpora import fetch

from codeaug.hook.files import LANGUAGE

ROOT = Path(__file__).resolve().parent.parent
PROJECTS = (
    "boltons", "commons-codec", "double-conversion", "toolz", "commons-csv", "tinyxml2",
    "cachetools", "commons-cli", "libjsoncpp",
)  # fmt: skip
RUNS = 15
SIZES = (10, 200)
LIMITS = {10: 0.25, 200: 1.0}
LARGEST = 1024 * 1024  # the hook passes over larger files


def main() -> int:
    files = sources()
    with tempfile.TemporaryDirectory(prefix="codeaug-bench-") as name:
        work = Path(name)
        environments = {tool: installed(tool, work) for tool in ("pre_commit", "prek")}
        hook = environments["pre_commit"][0] / "bin" / "codeaug"
        rows = [
            measured(kind, chosen, hook, work / f"{kind}-{size}")
            for size in SIZES
            for chosen in (spread(files, size),)
            for kind in ("changed", "new")
        ]
    sizes = {tool: round(megabytes, 1) for tool, (_, megabytes) in environments.items()}
    print(json.dumps({"environment, MB": sizes, "cores": os.cpu_count(), "runs": rows}, indent=2))
    return int(any(row["hook, best"] > LIMITS[row["files"]] for row in rows))


def sources() -> list[Path]:
    """The files of the projects, one of each project in turn."""
    lists = [sorted(code_in(fetch(name))) for name in PROJECTS]
    longest = max(map(len, lists))
    return [files[n] for n in range(longest) for files in lists if n < len(files)]


def code_in(folder: Path) -> Iterator[Path]:
    """Without what an earlier run of codeaug left there."""
    for path in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.suffix in LANGUAGE and not hidden and 0 < path.stat().st_size <= LARGEST:
            yield path


def spread(files: Sequence[Path], size: int) -> list[Path]:
    """So many, from the whole list."""
    if len(files) < size:
        sys.exit(f"only {len(files)} files: {size} are needed")
    return [files[n * len(files) // size] for n in range(size)]


def git(folder: Path, *args: str) -> str:
    who = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org"]
    done = subprocess.run(
        ["git", *who, *args], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def installed(tool: str, work: Path) -> tuple[Path, float]:
    """The environment of the hooks that a framework makes, and its megabytes."""
    project, user, home = work / "project", work / f"{tool}-user", work / f"{tool}-home"
    if not project.exists():
        git(work, "clone", "-q", "--no-local", str(ROOT), str(project))
    user.mkdir()
    git(user, "init", "-q")
    config = f"repos: [{{repo: '{project}', rev: {git(project, 'rev-parse', 'HEAD')},"
    (user / ".pre-commit-config.yaml").write_text(f"{config} hooks: [{{id: codeaug-check}}]}}]\n")
    env = os.environ | {"PRE_COMMIT_HOME": str(home), "PREK_HOME": str(home)}
    command = [sys.executable, "-m", tool, "install-hooks"]
    subprocess.run(command, cwd=user, env=env, check=True, stdout=sys.stderr)
    (package,) = home.glob("**/site-packages/codeaug")
    folder = package.parents[3]
    size = sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_symlink())
    return folder, size / 1e6


def measured(kind: str, files: Sequence[Path], hook: Path, folder: Path) -> dict[str, Any]:
    """The times of the hook and of ruff for one commit."""
    folder.mkdir()
    git(folder, "init", "-q")
    paths = [folder / f"f{n}" / file.name for n, file in enumerate(files)]
    for path, file in zip(paths, files, strict=True):
        path.parent.mkdir()
        shutil.copy(file, path)
    git(folder, "add", "-A")
    if kind == "changed":
        git(folder, "commit", "-qm", "As it was")
        for path in paths:
            lines = path.read_bytes().split(b"\n")
            mark = b"#" if path.suffix == ".py" else b"//"
            path.write_bytes(b"\n".join([*lines[:-1], mark + b" changed", b""]))
        git(folder, "add", "-A")
    python = [str(path) for path in paths if path.suffix == ".py"]
    check = [str(hook), "hook", "check", "--strict"]
    ruff = [sys.executable, "-m", "ruff", "check", "--no-cache", "--isolated", "-q", *python]
    times: dict[str, list[float]] = {"hook": [], "ruff": []}
    for _ in range(RUNS):
        for name, command in (("hook", check), ("ruff", ruff)):
            started = time.perf_counter()
            done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
            times[name].append(time.perf_counter() - started)
            if done.returncode not in (0, 1):
                sys.exit(f"{command[0]} failed:\n{done.stderr.decode()}")
    return {
        "files": len(files),
        "commit": kind,
        "kB": sum(path.stat().st_size for path in paths) // 1000,
        **{
            f"{name}, {word}": round(choose(seconds), 3)
            for name, seconds in times.items()
            for word, choose in (("best", min), ("median", statistics.median))
        },
        "ruff's files": len(python),
    }


if __name__ == "__main__":
    sys.exit(main())
