"""What scanning costs over parsing: `python benchmarks/scan.py [FOLDER ...]`.

CPU time (children included) of `find_all`, with git reading and the start of workers, and of the
verb `codeaug scan`, with clone and store, over bare tree-sitter parsing of the same files in one
process; the parent's peak memory; and a second `codeaug scan`. Without folders it takes what the
machine has: Python's standard library and site-packages, the JDK's `src.zip` (Debian:
openjdk-17-source) and the C++ headers in /usr/include, up to 22 MB a language and at least 50 MB
together.
"""

from __future__ import annotations

import json
import multiprocessing
import resource
import shutil
import sys
import sysconfig
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from codeaug import command, git, syntax, units
from codeaug.languages import language_of
from codeaug.model import Repository, SourceFile
from codeaug.repository import open_repository, source_files
from codeaug.settings import Settings

ENOUGH = 50_000_000
SHARE = 22_000_000
LARGEST = 1024 * 1024


def main(folders: Sequence[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="codeaug-bench-") as name:
        work = Path(name)
        source = work / "source"
        size = assemble([Path(folder) for folder in folders], source)
        if size < ENOUGH:
            print(f"only {size / 1e6:.0f} MB of sources are on this machine: name more folders")
            return 2
        commit(source)
        repository = open_repository(str(source), work)
        files = source_files(repository)
        bare = in_child(bare_parse, repository, files)
        found = in_child(find, repository, files)
        first, peak = whole_scan(source, work / "store.db")
        second, _ = whole_scan(source, work / "store.db")
    result = {
        "MB": round(size / 1e6, 1),
        "files": len(files),
        "bare parsing, CPU seconds": round(bare, 2),
        "find_all, CPU seconds": round(found, 2),
        "find_all over bare parsing": round(found / bare, 2),
        "codeaug scan with clone and store, CPU seconds": round(first, 2),
        "codeaug scan over bare parsing": round(first / bare, 2),
        "codeaug scan again, CPU seconds": round(second, 2),
        "again over first": round(second / first, 3),
        "parent's peak memory, MB": round(peak / 1e6),
    }
    print(json.dumps(result, indent=2))
    return 0 if found / bare <= 1.6 and second / first <= 0.05 and peak <= 300e6 else 1


# --- what to scan ---------------------------------------------------------------------------------


def assemble(folders: Sequence[Path], target: Path) -> int:
    """Copy sources below `target`, names changed so that none looks like a test; their bytes."""
    if folders:
        return sum(
            copy(found(folder), target / str(number)) for number, folder in enumerate(folders)
        )
    java = target / "java"
    total = extract_jdk(java)
    total += copy(limited(found(Path(sysconfig.get_path("stdlib"))), ".py"), target / "python")
    return total + copy(limited(found(Path("/usr/include")), ".h"), target / "cpp")


def found(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path


def limited(paths: Iterator[Path], suffix: str) -> Iterator[Path]:
    """Files of one language, or C++ headers without a suffix, up to the share of a language."""
    total = 0
    for path in paths:
        if path.suffix == suffix or (suffix == ".h" and language_of(path.name) == "cpp"):
            total += path.stat().st_size
            yield path
            if total > SHARE:
                return


def copy(paths: Iterator[Path], target: Path) -> int:
    target.mkdir(parents=True)
    total = 0
    for number, path in enumerate(paths):
        if language_of(path.name) and path.stat().st_size <= LARGEST:
            shutil.copyfile(path, target / f"f{number}{path.suffix}")
            total += path.stat().st_size
    return total


def extract_jdk(target: Path) -> int:
    target.mkdir(parents=True)
    total = 0
    for archive in sorted(Path("/usr/lib/jvm").glob("*/lib/src.zip")):
        with zipfile.ZipFile(archive) as sources:
            for number, member in enumerate(sources.infolist()):
                if member.filename.endswith(".java") and total < SHARE:
                    (target / f"f{number}.java").write_bytes(sources.read(member))
                    total += member.file_size
        return total
    return total


def commit(folder: Path) -> None:
    identity = ("-c", "user.name=bench", "-c", "user.email=bench@localhost", "-c", "gc.auto=0")
    for args in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "sources")):
        outcome = command.run(["git", *identity, *args], cwd=folder)
        assert outcome.ok, outcome.err


# --- what is measured, each in a process of its own -----------------------------------------------


def in_child(function: Callable[..., float], *args: object) -> float:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(function, *args).result()


def bare_parse(repository: Repository, files: Sequence[SourceFile]) -> float:
    """CPU seconds of nothing but `Parser.parse`."""
    parsers = {name: syntax.bare_parser(name) for name in ("python", "java", "cpp")}
    with git.blobs(repository.git_dir) as read:
        texts = [(parsers[file.language], read(file.blob)) for file in files]
    started = time.process_time()
    for parser, text in texts:
        parser.parse(text)
    return time.process_time() - started


def find(repository: Repository, files: Sequence[SourceFile]) -> float:
    """CPU seconds of `find_all` with its workers and git."""
    before = cpu()
    for _ in units.find_all(repository, files, Settings()):
        pass
    return cpu() - before


def cpu(*, own: bool = True) -> float:
    mine = resource.getrusage(resource.RUSAGE_SELF)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime + own * (mine.ru_utime + mine.ru_stime)


def whole_scan(folder: Path, store: Path) -> tuple[float, float]:
    """CPU seconds of `codeaug scan` and the peak memory of its first process in bytes."""
    peak = 0

    def look(pid: int) -> str:
        nonlocal peak
        status = Path(f"/proc/{pid}/status").read_text()
        found = [line for line in status.splitlines() if line.startswith("VmHWM:")]
        peak = max(peak, *(int(line.split()[1]) * 1024 for line in found), 0)
        return ""

    before = cpu(own=False)
    program = "from codeaug.cli import main; main()"
    args = [sys.executable, "-c", program, "scan", str(folder), "--store", str(store), "--json"]
    outcome = command.run(args, watch=look)
    assert outcome.ok, outcome.err
    return cpu(own=False) - before, peak


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
