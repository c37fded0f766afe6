"""What a clone holds: trees and blobs."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import IO

from codeaug.command import conversation
from codeaug.errors import OutOfSpace
from codeaug.git.calling import HINT, environment, require, run, words
from codeaug.model import Repository

_QUESTIONS = 50  # ids of 64 digits in the smallest pipe there is, a page
_LINK, _GITLINK, _EXECUTABLE = "120000", "160000", "100755"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file, symbolic link or submodule of a tree."""

    mode: str
    blob: str
    size: int
    path: str

    @property
    def is_file(self) -> bool:
        return self.mode not in (_LINK, _GITLINK)


def entries(git_dir: Path, commit: str) -> list[Entry]:
    """Everything in the tree of a commit, by path; undecodable names with surrogates."""
    args = ["ls-tree", "-r", "-z", "-l", "--full-tree", commit]
    outcome, listing = run(args, git_dir)
    require(outcome, f"{commit} cannot be listed")
    return [_entry(line) for line in listing.split(b"\0") if line]


def _entry(line: bytes) -> Entry:
    facts, path = line.split(b"\t", 1)
    mode, _, blob, size = facts.split()
    number = 0 if size == b"-" else int(size)
    return Entry(mode.decode(), blob.decode(), number, path.decode("utf-8", "surrogateescape"))


@lru_cache(maxsize=4)
def listing(git_dir: Path, commit: str) -> tuple[Entry, ...]:
    """As `entries`, kept: what a commit holds never changes."""
    return tuple(entries(git_dir, commit))


def submodules(git_dir: Path, commit: str) -> list[str]:
    """The paths at which a commit names another repository's commit."""
    return [entry.path for entry in listing(git_dir, commit) if entry.mode == _GITLINK]


class RepositoryTree:
    """The regular files of a repository at its commit; satisfies `codeaug.builds.Tree`."""

    def __init__(self, repository: Repository) -> None:
        self._git_dir = Path(repository.git_dir)
        self._commit = repository.commit

    @cached_property
    def _blobs(self) -> dict[str, str]:
        found = listing(self._git_dir, self._commit)
        return {entry.path: entry.blob for entry in found if entry.is_file}

    @property
    def paths(self) -> Sequence[str]:
        return list(self._blobs)

    def read(self, path: str) -> bytes:
        """The file's bytes. Raises KeyError for a path that is not in the tree."""
        blob = self._blobs[path]
        with blobs(self._git_dir) as read:
            return read(blob)


@contextlib.contextmanager
def blobs(git_dir: Path | str) -> Iterator[Callable[[str], bytes]]:
    """A function that reads blobs by id through one git process. It raises KeyError."""
    with _cat_file(git_dir) as (ask, answer):

        def read(blob: str) -> bytes:
            ask.write(blob.encode() + b"\n")
            ask.flush()
            return _blob(blob, answer)

        yield read


def contents(git_dir: Path | str, wanted: Sequence[str]) -> Generator[bytes, None, None]:
    """The blobs of these ids in order, read ahead by one git process. Raises KeyError.

    Few questions at a time fit into a pipe that git does not read just then: nobody waits.
    """
    with _cat_file(git_dir) as (ask, answer):
        for first in range(0, len(wanted), _QUESTIONS):
            some = wanted[first : first + _QUESTIONS]
            ask.write("".join(f"{blob}\n" for blob in some).encode())
            ask.flush()
            for blob in some:
                yield _blob(blob, answer)


def _cat_file(git_dir: Path | str) -> AbstractContextManager[tuple[IO[bytes], IO[bytes]]]:
    return conversation(words(["cat-file", "--batch"], Path(git_dir)), env=environment(), hint=HINT)


def _blob(blob: str, answer: IO[bytes]) -> bytes:
    header = answer.readline().split()
    if len(header) != 3 or header[1] != b"blob":
        raise KeyError(blob)
    return answer.read(int(header[2]) + 1)[:-1]


def export(git_dir: Path, commit: str, destination: Path) -> None:
    """Write the tree of a commit below a new folder, byte by byte as it is in the objects.

    No filter, no `export-ignore`, no line-end conversion; links stay links, submodules are empty
    folders. Raises OutOfSpace.
    """
    destination.mkdir(parents=True, exist_ok=True)
    listed = [entry for entry in entries(git_dir, commit) if _is_safe(entry.path)]
    try:
        with blobs(git_dir) as read:
            # Links come last, so that no file is ever written through one.
            for entry in sorted(listed, key=lambda entry: entry.mode == _LINK):
                _write(entry, destination / entry.path, read)
    except OSError as error:
        if error.errno != 28:
            raise
        raise OutOfSpace(f"the disk of {destination} is full: make room and run again.") from error


def _is_safe(path: str) -> bool:
    """A hostile tree may name `..` or `.git`."""
    return not any(part.lower() in ("", ".", "..", ".git") for part in path.split("/"))


def _write(entry: Entry, path: Path, read: Callable[[str], bytes]) -> None:
    if entry.mode == _GITLINK:
        path.mkdir(parents=True, exist_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    data = read(entry.blob)
    if entry.mode == _LINK:
        os.symlink(data, os.fsencode(path))
        return
    mode = 0o755 if entry.mode == _EXECUTABLE else 0o644
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode), "wb") as f:
        f.write(data)
