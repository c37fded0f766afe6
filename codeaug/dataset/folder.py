"""The folder of a dataset, and the hidden one in which an export lies until it is whole."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from codeaug.dataset.manifest import KIND, MANIFEST
from codeaug.dataset.writing import put
from codeaug.errors import CodeaugError, OutOfSpace, UsageError

PLAN = "plan.json"
_OWN = {"key", "key.new", "new", "old", PLAN, f"{PLAN}.new", "signatures"}
"""What lies in the hidden folder of an export that is under way."""
_NO_SPACE = (28, 122)  # ENOSPC, EDQUOT


def refuse_foreign(out: Path) -> None:
    if not out.exists():
        return
    if not out.is_dir():
        raise UsageError(f"{out} is a file: give a folder with --out")
    if any(out.iterdir()) and not _is_ours(out):
        raise UsageError(f"{out} holds other files than a dataset of codeaug: give another --out")


def _is_ours(out: Path) -> bool:
    """Whether the folder holds an export and nothing else that a new one would delete."""
    try:
        manifest = json.loads((out / MANIFEST).read_bytes())
        if manifest["kind"] != KIND:
            return False
        listed = {one["name"] for one in (*manifest["files"], *manifest.get("documents", ()))}
    except (OSError, ValueError, KeyError, TypeError):
        return False
    there = {path.relative_to(out).as_posix() for path in out.rglob("*") if not path.is_dir()}
    return there <= listed | {MANIFEST, "manifest.dsse.json"}


def hidden(out: Path) -> Path:
    """Where an export to the folder `out` lies until it is whole."""
    return out.parent / f".{out.name}.partial"


@contextmanager
def held(partial: Path) -> Iterator[None]:
    """The hidden folder is ours alone. Raises UsageError where another export is under way."""
    while True:
        partial.mkdir(parents=True, exist_ok=True)
        folder = os.open(partial, os.O_RDONLY)
        try:
            try:
                fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise UsageError(f"another export is writing {partial}: wait for it.") from error
            if partial.exists() and os.path.samestat(os.fstat(folder), os.stat(partial)):
                yield
                return
        finally:
            os.close(folder)


def begin(partial: Path, key: str) -> bool:
    """Whether there is something to go on with; what belongs to another export is thrown away."""
    mark = partial / "key"
    if mark.exists() and mark.read_text() == key:
        return True
    if not {path.name for path in partial.iterdir()} <= _OWN:
        raise UsageError(f"{partial} is not ours: remove it, or give another --out.")
    mark.unlink(missing_ok=True)  # first: what is half removed is nobody's
    for path in partial.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    (partial / "new").mkdir()
    put(mark, key.encode())
    return False


def take_place(partial: Path, out: Path) -> None:
    """The new dataset takes the place of the old one."""
    if (partial / "old").exists():
        shutil.rmtree(partial / "old")
    if out.exists():
        out.rename(partial / "old")
    (partial / "new").rename(out)
    shutil.rmtree(partial)


@contextmanager
def space(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _cannot_write(out, error) from error


def _cannot_write(out: Path, error: OSError) -> CodeaugError:
    if error.errno in _NO_SPACE:
        return OutOfSpace(f"no space left for {out}: free some and run again, it goes on")
    return UsageError(f"cannot write to {out} ({error.strerror}): give another folder with --out")
