"""Folders and files are put back: what tests leave behind must not reach the next run."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping

State = tuple[int, int, int, int]


class Folder:
    """A folder's content at one moment. Only what is new since can be taken away again."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.kept = dict(_content(root))

    def restore(self) -> str:
        """Remove what is new; a path that was changed or removed and cannot be put back, or "" ."""
        now = dict(_content(self.root, self.kept))
        for path in self._new(now):
            _remove(path)
        return next((path for path in self.kept if now.get(path) != self.kept[path]), "")

    def has_more(self) -> bool:
        """Whether anything is new."""
        return bool(self._new(dict(_content(self.root, self.kept))))

    def _new(self, now: Mapping[str, State]) -> list[str]:
        """What is new, what lies in a folder before the folder."""
        return sorted(now.keys() - self.kept.keys(), key=len, reverse=True)


def _content(root: str, kept: Mapping[str, State] | None = None) -> Iterator[tuple[str, State]]:
    """Each path below `root`, with its inode, mode, size and time of change (of a file).

    Folders that cannot be read are opened when they are not among those `kept`.
    """
    folders = [root]
    while folders:
        here = folders.pop()
        try:
            entries = list(os.scandir(here))
        except PermissionError:
            if kept is None or here in kept or here == root:
                continue
            os.chmod(here, 0o700)
            entries = list(os.scandir(here))
        except FileNotFoundError:
            continue
        for entry in entries:
            found = entry.stat(follow_symlinks=False)
            if stat.S_ISDIR(found.st_mode):
                folders.append(entry.path)
                yield entry.path, (found.st_ino, found.st_mode, 0, 0)
            else:
                state = (found.st_ino, found.st_mode, found.st_size, found.st_mtime_ns)
                yield entry.path, state


def _remove(path: str) -> None:
    """A file, link or empty folder. Raises OSError: a folder that cannot be emptied is no room."""
    if os.path.isdir(path) and not os.path.islink(path):
        os.rmdir(path)
        return
    try:
        os.unlink(path)
    except PermissionError:
        os.chmod(os.path.dirname(path), 0o700)
        os.unlink(path)


class Descriptors:
    """The files that a process has open, which those that it forks share with it."""

    def __init__(self) -> None:
        self.kept = {fd: _state(fd) for fd in _regular()}

    def restore(self) -> str:
        """Put positions back and empty unnamed files again; what cannot be put back, or "" ."""
        for fd, (position, size, changed) in self.kept.items():
            found = os.fstat(fd)
            if not found.st_nlink and not size:
                os.ftruncate(fd, 0)
            elif (found.st_size, found.st_mtime_ns) != (size, changed):
                return os.readlink(f"/proc/self/fd/{fd}")
            os.lseek(fd, position, os.SEEK_SET)
        return ""


def _state(fd: int) -> tuple[int, int, int]:
    found = os.fstat(fd)
    return os.lseek(fd, 0, os.SEEK_CUR), found.st_size, found.st_mtime_ns


def open_descriptors() -> Iterator[tuple[int, int]]:
    """Each descriptor of this process with its file's mode."""
    for name in os.listdir("/proc/self/fd"):
        try:
            yield int(name), os.fstat(int(name)).st_mode
        except OSError:  # the one of the listing itself
            continue


def _regular() -> list[int]:
    return [fd for fd, mode in open_descriptors() if stat.S_ISREG(mode)]
