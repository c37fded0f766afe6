"""What tests leave behind: processes are ended, new files removed, changed ones noticed."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import time
from collections.abc import Collection, Iterator

State = tuple[int, ...]
PATIENCE = 5.0  # seconds in which processes that are killed must be gone


class Folder:
    """A folder's content at one moment, without `apart`. Only what is new can be taken away."""

    def __init__(self, root: str, apart: Collection[str] = ()) -> None:
        self.root, self.apart = root, frozenset(apart)
        self.keep()

    def keep(self) -> None:
        """What is here now is to stay."""
        self.kept = dict(self._content())

    def restore(self) -> str:
        """Remove what is new; a path that was changed or removed, "" if there is none."""
        now = dict(self._content())
        if now == self.kept:
            return ""
        for path in sorted(now.keys() - self.kept.keys(), key=len, reverse=True):
            _remove(path)
        return next((path for path in self.kept if now.get(path) != self.kept[path]), "")

    def _content(self) -> Iterator[tuple[str, State]]:
        """Each path, with its inode, mode, size and times (of a file)."""
        folders = [self.root]
        while folders:
            here = folders.pop()
            try:
                entries = list(os.scandir(here))
            except PermissionError:
                os.chmod(here, 0o700)
                entries = list(os.scandir(here))
            except FileNotFoundError:
                continue
            for entry in entries:
                if entry.path in self.apart:
                    continue
                found = entry.stat(follow_symlinks=False)
                if stat.S_ISDIR(found.st_mode):
                    folders.append(entry.path)
                    yield entry.path, (found.st_ino, found.st_mode)
                else:
                    times = (found.st_mtime_ns, found.st_ctime_ns)
                    yield entry.path, (found.st_ino, found.st_mode, found.st_size, *times)


def _remove(path: str) -> None:
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path, ignore_errors=True)
        return
    try:
        os.unlink(path)
    except PermissionError:
        os.chmod(os.path.dirname(path), 0o700)
        os.unlink(path)


def others(family: Collection[int] = ()) -> list[int]:
    """Living processes of the sandbox but its first, us and `family`."""
    found = [int(name) for name in os.listdir("/proc") if name.isdigit()]
    ours = {1, os.getpid(), *family}
    return [pid for pid in found if pid not in ours and _is_alive(pid)]


def end_others(family: Collection[int]) -> bool:
    """Kill all `others`; False when one does not go."""
    deadline = time.monotonic() + PATIENCE
    while rest := others(family):
        if time.monotonic() > deadline:
            return False
        for pid in rest:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        time.sleep(0.0005)
    return True


def _is_alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            return file.read().rpartition(b")")[2].split()[0] not in (b"Z", b"X")
    except OSError:
        return False
