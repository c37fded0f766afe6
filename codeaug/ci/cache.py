"""Fetched dependencies of projects, kept from one job to the next: what costs most to make again.

An entry is one archive and a line beside it with its key and digest; an entry that does not agree
with its line is ignored. Neither verdicts nor anything that was measured is ever read from a cache.
What this does not protect against is in `docs/ci.md`.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import stat
import tarfile
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO, Any

from codeaug import git
from codeaug.errors import UsageError
from codeaug.home import require_inside

_MARK = ".fetched"
_BLOCK = 1 << 20
_LINE = 1 << 12
_FORMAT = 1


class Poisoned(Exception):
    """An entry that is not what it says. Never leaves this module."""


def restore(cache: Path, deps: Path) -> list[str]:
    """Put what a cache holds and `deps` lacks into `deps`; a sentence for each entry refused."""
    refused = []
    for line in sorted(cache.glob("*.json")):
        if (deps / line.stem / _MARK).exists():
            continue
        try:
            _restore(line, deps)
        except (Poisoned, OSError, ValueError, RecursionError, tarfile.TarError) as error:
            refused.append(f"the cache's entry {line.stem!r} is ignored: {error}")
    return refused


def _restore(line: Path, deps: Path) -> None:
    archive = line.with_suffix(".tar")
    said = _said(line)
    deps.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=deps, prefix=".cache-") as folder:
        # What is verified is our own copy: nobody changes it in between.
        copy = Path(folder) / "copy.tar"
        with _plain_file(archive) as source, copy.open("wb") as target:
            shutil.copyfileobj(source, target, _BLOCK)
        _require(_digest(copy) == said.get("sha256"), "its digest is another")
        fresh = Path(folder) / "fresh"
        _unpack(copy, fresh)
        _require((fresh / _MARK).is_file(), "it is not whole")
        fresh.rename(deps / line.stem)


def _said(line: Path) -> dict[str, Any]:
    """What the line of an entry says."""
    _require(line.stem.isalnum(), "its key is no key")
    with _plain_file(line) as file:
        said = json.loads(file.read(_LINE))
    _require(isinstance(said, dict), "its line is no record")
    _require(said.get("format") == _FORMAT, "it is of another version")
    _require(said.get("key") == line.stem, "it was made for another key")
    return dict(said)


@contextlib.contextmanager
def _plain_file(path: Path) -> Iterator[IO[bytes]]:
    """Neither a link nor a pipe, at which one would wait."""
    with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
        _require(stat.S_ISREG(os.fstat(file.fileno()).st_mode), f"{path.name} is no plain file")
        yield file


def _unpack(archive: Path, folder: Path) -> None:
    """Files first and links last, so that nothing is ever written through a link: not even a link,
    since what lies behind one in the archive is refused."""
    folder.mkdir()
    links: dict[Path, str] = {}
    with tarfile.open(archive, "r:") as tar:
        for member in tar:
            path = _inside(folder, member.name)
            if member.isdir():
                path.mkdir(parents=True, exist_ok=True)
            elif member.issym():
                _require(path not in links, "it holds a link twice")
                links[path] = member.linkname
            elif member.isreg():
                path.parent.mkdir(parents=True, exist_ok=True)
                _write(tar, member, path)
            else:
                raise Poisoned("it holds what is neither file, folder nor link")
    for path in links:
        _require(links.keys().isdisjoint(path.parents), "it holds something behind a link")
    for path, target in links.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(target)


def _write(tar: tarfile.TarFile, member: tarfile.TarInfo, path: Path) -> None:
    mode = 0o755 if member.mode & stat.S_IXUSR else 0o644
    source = tar.extractfile(member)
    assert source is not None
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    with source, open(os.open(path, flags, mode), "wb") as target:
        shutil.copyfileobj(source, target, _BLOCK)


def _inside(folder: Path, name: str) -> Path:
    parts = name.split("/")
    _require(not name.startswith("/") and ".." not in parts, "it names a place outside")
    return folder.joinpath(*parts)


def require_own(cache: Path) -> None:
    """Raises UsageError for a cache that is a link, or came with the repository."""
    if cache.is_symlink():
        raise UsageError(f"{cache} is a link: give --cache the folder itself.")
    require_inside(cache, None)
    if cache.is_dir() and git.tracks(cache):
        raise UsageError(f"git tracks files in {cache}: give --cache a folder of its own.")


def save(cache: Path, deps: Path, used: Collection[str]) -> None:
    """Keep these dependencies, and no others: a cache does not grow for ever."""
    cache.mkdir(parents=True, exist_ok=True)
    for line in cache.glob("*.json"):
        if line.stem not in used and _is_entry(line):
            line.unlink()
            line.with_suffix(".tar").unlink(missing_ok=True)
    for key in used:
        if (deps / key / _MARK).exists() and not (cache / f"{key}.json").exists():
            _save(cache, deps / key)


def _is_entry(line: Path) -> bool:
    """Whether a file says that it is an entry of ours."""
    try:
        _said(line)
    except (Poisoned, OSError, ValueError, RecursionError):
        return False
    return True


def _save(cache: Path, folder: Path) -> None:
    with tempfile.TemporaryDirectory(dir=cache, prefix=".new-") as place:
        archive, line = Path(place) / "entry.tar", Path(place) / "entry.json"
        with tarfile.open(archive, "w", format=tarfile.PAX_FORMAT) as tar:
            for path in sorted(folder.rglob("*")):
                _add(tar, path, path.relative_to(folder).as_posix())
        said = {"format": _FORMAT, "key": folder.name, "sha256": _digest(archive)}
        line.write_text(json.dumps(said) + "\n", encoding="utf-8")
        archive.rename(cache / f"{folder.name}.tar")
        line.rename(cache / f"{folder.name}.json")


def _add(tar: tarfile.TarFile, path: Path, name: str) -> None:
    """A path by itself: hard links become files, times and owners are left out."""
    facts, info = path.lstat(), tarfile.TarInfo(name)
    info.mode = stat.S_IMODE(facts.st_mode)
    if stat.S_ISLNK(facts.st_mode):
        info.type, info.linkname = tarfile.SYMTYPE, os.readlink(path)
        tar.addfile(info)
    elif stat.S_ISDIR(facts.st_mode):
        info.type = tarfile.DIRTYPE
        tar.addfile(info)
    elif stat.S_ISREG(facts.st_mode):
        info.size = facts.st_size
        with path.open("rb") as file:
            tar.addfile(info, file)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise Poisoned(otherwise)
