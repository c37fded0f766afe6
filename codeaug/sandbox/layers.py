"""Reading and writing a tree that untrusted programs changed, without following any link.

The tree is one folder, or an overlay's two (the changes above the original): the kernel need not
mount anything for us to look. Folders are opened one by one, each relative to the one before.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from codeaug.errors import OutOfSpace, UsageError

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_OPAQUE = "user.overlay.opaque"
_DEPTH = 40  # folders; every level holds a descriptor or two, and programs may nest without end


@dataclass(frozen=True, slots=True)
class Layers:
    """A tree as its programs see it: `top` first, then what lies below. The Harvest of a workspace.

    With one layer there is nothing to merge. `cap` is the largest file that is read, in bytes.
    """

    layers: tuple[Path, ...]
    cap: int

    def find(self, pattern: str) -> Sequence[str]:
        """Regular files matching a `pathlib` glob, as relative paths, sorted."""
        with _opened(self.layers) as roots:
            return sorted(set(_match(roots, _parts(pattern), "")))

    def read(self, path: str) -> bytes:
        """A regular file's bytes. Raises FileNotFoundError, also for links and beyond the cap."""
        *folders, name = _parts(path)
        with _opened(self.layers) as roots, contextlib.ExitStack() as stack:
            here = roots
            for folder in folders:
                here = stack.enter_context(_enter(here, folder))
            found = _look(here, name)
            if found is None or not stat.S_ISREG(found[1].st_mode):
                raise FileNotFoundError(f"{path} is not a regular file of the tree")
            return self._content(found[0], name, path)

    def write(self, path: str, data: bytes) -> None:
        """Put a file into the top layer. Raises UsageError when a link is in the way."""
        try:
            *folders, name = _parts(path)
            with _opened(self.layers) as roots, contextlib.ExitStack() as stack:
                here = roots
                for folder in folders:
                    here = stack.enter_context(_make(here, folder, path))
                _replace(here, name, data, path)
        except FileNotFoundError as error:
            raise UsageError(f"{path!r} cannot be written: {error}") from error
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise OutOfSpace("the disk is full: free some space and run again") from error
            raise

    def changed(self) -> frozenset[tuple[str, int, int]]:
        """Path, bytes and time of change (ns) of all that is in the top layer but folders.

        Nothing with a single layer, where what was changed cannot be told from what was there.
        """
        if len(self.layers) == 1:
            return frozenset()
        found, folders = set(), [""]
        while folders:
            here = folders.pop()
            with contextlib.suppress(OSError), os.scandir(self.layers[0] / here) as entries:
                for entry in entries:
                    path = f"{here}{entry.name}"
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(path + "/")
                        continue
                    state = entry.stat(follow_symlinks=False)
                    found.add((path, state.st_size, state.st_mtime_ns))
        return frozenset(found)

    def _content(self, folder: int, name: str, path: str) -> bytes:
        try:
            file = os.open(name, _FILE, dir_fd=folder)
        except OSError as error:
            raise FileNotFoundError(f"{path} cannot be read: {error.strerror}") from error
        with open(file, "rb") as stream:
            state = os.fstat(file)
            if not stat.S_ISREG(state.st_mode) or state.st_size > self.cap:
                raise FileNotFoundError(f"{path} is larger than {self.cap} bytes or no file")
            return stream.read(self.cap)


def _parts(path: str) -> tuple[str, ...]:
    parts = PurePosixPath(path).parts
    outside = path.startswith("/") or ".." in parts or "\0" in path
    if not parts or outside or len(parts) > _DEPTH:
        raise FileNotFoundError(f"{path!r} is not a path inside the tree")
    return parts


@contextlib.contextmanager
def _opened(layers: tuple[Path, ...]) -> Iterator[tuple[int, ...]]:
    with contextlib.ExitStack() as stack:
        fds = []
        for layer in layers:
            fds.append(os.open(layer, _FOLDER))
            stack.callback(os.close, fds[-1])
        yield tuple(fds)


def _look(folders: tuple[int, ...], name: str) -> tuple[int, os.stat_result] | None:
    """The layer's folder that decides about `name`, and its state; None where it does not exist."""
    for folder in folders:
        try:
            state = os.stat(name, dir_fd=folder, follow_symlinks=False)
        except FileNotFoundError:
            continue
        except OSError:
            return None
        return None if _is_whiteout(state) else (folder, state)
    return None


def _is_whiteout(state: os.stat_result) -> bool:
    return stat.S_ISCHR(state.st_mode) and state.st_rdev == 0


@contextlib.contextmanager
def _enter(folders: tuple[int, ...], name: str) -> Iterator[tuple[int, ...]]:
    """The folder `name` in every layer that shows it, top first; none where it is no folder."""
    opened: list[int] = []
    try:
        for folder in folders:
            try:
                opened.append(os.open(name, _FOLDER, dir_fd=folder))
            except FileNotFoundError:
                continue
            except OSError:
                break  # a file, link or whiteout hides what lies below
            if _is_opaque(opened[-1]):
                break
        yield tuple(opened)
    finally:
        for fd in opened:
            os.close(fd)


def _is_opaque(folder: int) -> bool:
    try:
        return os.getxattr(folder, _OPAQUE) == b"y"
    except OSError:
        return False


def _names(folders: tuple[int, ...]) -> list[str]:
    names: set[str] = set()
    for folder in folders:
        with contextlib.suppress(PermissionError):
            names.update(os.listdir(folder))
    return sorted(names)


def _match(folders: tuple[int, ...], parts: tuple[str, ...], prefix: str) -> Iterator[str]:
    """Paths of regular files below `folders` that match `parts`."""
    head, rest = parts[0], parts[1:]
    if head == "**":
        yield from _match(folders, rest or ("*",), prefix)
    for name in _candidates(folders, head):
        found = _look(folders, name)
        if found is None:
            continue
        if stat.S_ISDIR(found[1].st_mode) and (rest or head == "**"):
            if prefix.count("/") >= _DEPTH:
                continue
            with _enter(folders, name) as inner:
                below = parts if head == "**" else rest
                yield from _match(inner, below, f"{prefix}{name}/")
        elif stat.S_ISREG(found[1].st_mode) and not rest and head != "**":
            yield prefix + name


def _candidates(folders: tuple[int, ...], head: str) -> list[str]:
    if head == "**":
        return _names(folders)
    if not any(character in head for character in "*?["):
        return [head]
    return [name for name in _names(folders) if fnmatchcase(name, head)]


@contextlib.contextmanager
def _make(folders: tuple[int, ...], name: str, path: str) -> Iterator[tuple[int, ...]]:
    """As `_enter`, with the folder present in the top layer."""
    top, found = folders[0], _look(folders, name)
    if found is not None and not stat.S_ISDIR(found[1].st_mode):
        raise UsageError(f"{path} passes through {name}, which is not a folder")
    if found is None or found[0] != top:
        _make_in_top(folders, name, found)
    with _enter(folders, name) as inner:
        yield inner


def _make_in_top(
    folders: tuple[int, ...], name: str, below: tuple[int, os.stat_result] | None
) -> None:
    top = folders[0]
    with contextlib.suppress(FileNotFoundError):
        os.unlink(name, dir_fd=top)  # a whiteout
    os.mkdir(name, stat.S_IMODE(below[1].st_mode) | 0o700 if below else 0o755, dir_fd=top)
    if below is None and len(folders) > 1:
        made = os.open(name, _FOLDER, dir_fd=top)
        try:
            os.setxattr(made, _OPAQUE, b"y")
        finally:
            os.close(made)


def _replace(folders: tuple[int, ...], name: str, data: bytes, path: str) -> None:
    top, found = folders[0], _look(folders, name)
    if found is not None and not stat.S_ISREG(found[1].st_mode):
        raise UsageError(f"{path} is not a regular file, so it is not overwritten")
    # A new file, never the old one: what is there may be linked to other names.
    with contextlib.suppress(FileNotFoundError):
        os.unlink(name, dir_fd=top)
    mode = stat.S_IMODE(found[1].st_mode) if found else 0o644
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    with open(os.open(name, flags, mode, dir_fd=top), "wb") as stream:
        os.fchmod(stream.fileno(), mode & 0o777)
        stream.write(data)
