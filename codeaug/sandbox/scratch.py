"""Private folders below a scratch folder, gone when their owner is, however it ended."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from codeaug import command
from codeaug.errors import OutOfSpace, UsageError

_LOCK = ".lock"


@contextlib.contextmanager
def private_folder(scratch: Path) -> Iterator[Path]:
    """A new folder below `scratch`, removed at exit with whatever programs left in it."""
    try:
        scratch.mkdir(parents=True, exist_ok=True)
        folder, lock = _locked_folder(scratch)
    except OSError as error:
        raise _explained(error, scratch) from error
    try:
        yield folder
    finally:
        _remove_locked(folder, lock)


def remove_stale(scratch: Path) -> int:
    """Remove the folders that killed runs left below `scratch`; their number."""
    removed = 0
    for path in sorted(scratch.glob("*" + _LOCK)):
        with contextlib.suppress(FileNotFoundError):
            lock = _lock(path, os.O_RDWR)
            if lock is not None:
                _remove_locked(path.with_suffix(""), lock)
                removed += 1
    return removed


def remove(folder: Path) -> None:
    """Remove a folder of untrusted programs' files: any mode, any depth, links not followed."""
    with contextlib.suppress(OSError):
        os.chmod(folder / "work" / "work", 0o700)  # the kernel makes it with mode 0
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        return
    except (OSError, RecursionError):
        command.run(["chmod", "-R", "u+rwX", "--", str(folder)])
        command.run(["rm", "-rf", "--", str(folder)])


def _locked_folder(scratch: Path) -> tuple[Path, int]:
    while True:
        folder = scratch / secrets.token_hex(6)
        lock = _lock(folder.with_suffix(_LOCK), os.O_RDWR | os.O_CREAT | os.O_EXCL)
        if lock is not None:
            folder.mkdir(mode=0o700)
            return folder, lock


def _remove_locked(folder: Path, lock: int) -> None:
    remove(folder)
    folder.with_suffix(_LOCK).unlink(missing_ok=True)
    os.close(lock)


def _lock(path: Path, flags: int) -> int | None:
    """The lock, which the kernel drops when its holder dies; None when another one holds it."""
    lock = os.open(path, flags | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.stat(path).st_ino == os.fstat(lock).st_ino:
            return lock
    except OSError:
        pass  # held, or removed by its holder in the meantime
    os.close(lock)
    return None


def _explained(error: OSError, scratch: Path) -> OutOfSpace | UsageError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return OutOfSpace(f"no space is left for {scratch}: free some and run again")
    return UsageError(f"{scratch} cannot be used for scratch files: {error.strerror}")
