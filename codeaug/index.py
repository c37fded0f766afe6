"""What a commit changes, in the repository in which a hook runs: from its index and its objects.

Nothing is read from the work tree, nothing is written, nothing is fetched.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from codeaug.errors import RepositoryError
from codeaug.git import ask_here, env_here, objects_here

_REGULAR = ("100644", "100755")
_NOTHING = re.compile(r"0+")
_EMPTY_TREE = {
    "sha1": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    "sha256": "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
}
_RAW = ("--raw", "-r", "-z", "--no-abbrev", "--no-ext-diff", "--no-textconv")
_MERGING = re.compile(r"GITHEAD_([0-9a-f]{40,64})")
_ASKED = 50  # questions that fit into the smallest pipe there is
_CHUNK = 1 << 20
_MERGE_HEADS = 1 << 16


@dataclass(frozen=True, slots=True)
class Change:
    """A regular file that a commit adds, changes or deletes (`blob` is empty then).

    `olds` are the blobs that it had before, one for each parent that has it (under `old_path`);
    what it has in common with any parent is no change.
    """

    path: str
    blob: str
    olds: tuple[str, ...] = ()
    old_path: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """The repository around us: its work tree (None: it has none) and the folder that all of its
    work trees share."""

    top: Path | None
    prefix: str
    git_dir: Path
    common: Path
    object_format: str
    env: Mapping[str, str]


class Objects:
    """The objects of a repository, by one git process."""

    def __init__(self, ask: IO[bytes], answer: IO[bytes], root: str) -> None:
        self._ask, self._answer, self._root = ask, answer, root

    def read(self, blobs: Sequence[str], largest: int) -> list[bytes | None]:
        """The texts of blobs; None for one that is missing, as in a partial clone, or larger."""
        found: list[bytes | None] = []
        for first in range(0, len(blobs), _ASKED):
            some = blobs[first : first + _ASKED]
            self._ask.write("".join(f"{blob}\n" for blob in some).encode("ascii"))
            self._ask.flush()
            found += [self._answered(largest) for _ in some]
        return found

    def at(self, path: str, largest: int = 1 << 20) -> bytes | None:
        """The text of the file that the commit has at `path`, if there is one of that size.

        A link is read as git keeps it, as the text of its target: nothing follows it.
        """
        if "\n" in path:
            return None
        name = f"{self._root}:{path}\n"
        self._ask.write(name.encode("utf-8", "surrogateescape"))
        self._ask.flush()
        return self._answered(largest)

    def commit(self, name: str) -> tuple[str, bytes] | None:
        """The id and the text of a commit."""
        self._ask.write(f"{name}^{{commit}}\n".encode())
        self._ask.flush()
        header = self._answer.readline().split()
        if len(header) != 3 or header[1] != b"commit":
            return None
        text = self._answer.read(int(header[2]) + 1)
        return header[0].decode("ascii"), text[:-1]

    def _answered(self, largest: int) -> bytes | None:
        header = self._answer.readline().split()
        if not header:
            raise RepositoryError("git cat-file ended early.")
        if len(header) != 3 or not header[2].isdigit():
            return None
        size = int(header[2])
        if size <= largest and header[1] == b"blob":
            return self._answer.read(size + 1)[:-1]
        left = size + 1
        while left:
            left -= len(self._answer.read(min(left, _CHUNK))) or left
        return None


def place(environ: Mapping[str, str]) -> Place:
    """The repository around us. Raises RepositoryError."""
    env = env_here(_with_work_tree(environ))
    asked = ["--show-object-format", "--absolute-git-dir", "--git-common-dir"]
    told = ask_here(["rev-parse", *asked, "--is-inside-work-tree", "--show-prefix"], env)
    object_format, git_dir, common, inside, prefix, *_ = told.decode(
        "utf-8", "surrogateescape"
    ).split("\n")
    top = Path.cwd().joinpath(*[".."] * prefix.count("/")).resolve()
    if "GIT_INDEX_FILE" in env and inside == "true":
        env["GIT_INDEX_FILE"] = _index_file(env["GIT_INDEX_FILE"], top)
    whole = Path(git_dir), Path(os.path.abspath(common))
    return Place(top if inside == "true" else None, prefix, *whole, object_format, env)


def _with_work_tree(environ: Mapping[str, str]) -> Mapping[str, str]:
    """git tells a hook in a linked work tree where its own folder is, and that makes any folder
    below look like the top of the work tree."""
    if "GIT_DIR" not in environ or "GIT_WORK_TREE" in environ:
        return environ
    here = Path.cwd()
    tops = (folder for folder in (here, *here.parents) if (folder / ".git").exists())
    top = next(tops, None)
    return environ if top is None or top == here else {**environ, "GIT_WORK_TREE": str(top)}


def _index_file(name: str, top: Path) -> str:
    """git names it from the top of the work tree, in which a hook need not be any more."""
    return name if os.path.isabs(name) or os.path.exists(name) else str(top / name)


@contextlib.contextmanager
def staged(where: Place) -> Iterator[tuple[list[Change], Objects]]:
    """What is about to be committed, against HEAD; in a merge against all that is merged."""
    with objects_here(where.env) as (ask, answer):
        objects = Objects(ask, answer, "")
        head = objects.commit("HEAD")
        parents = [head[0], *_merged(where)] if head else [_EMPTY_TREE[where.object_format]]
        yield _against(["diff-index", "--cached"], parents, where), objects


@contextlib.contextmanager
def everything(where: Place) -> Iterator[tuple[list[Change], Objects]]:
    """All that the index holds, as if it were new."""
    with objects_here(where.env) as (ask, answer):
        listed = ask_here(["ls-files", "--stage", "-z", "--full-name", ":/"], where.env)
        yield [*_entries(listed)], Objects(ask, answer, "")


@contextlib.contextmanager
def ranged(where: Place, old: str, new: str) -> Iterator[tuple[list[Change], Objects]]:
    """What `new` has that the commit where it parted from `old` had not. Raises RepositoryError."""
    with objects_here(where.env) as (ask, answer):
        one, other = (_resolved(where, name) for name in (old, new))
        try:
            base = ask_here(["merge-base", one, other], where.env).decode("ascii").split()
        except RepositoryError:  # none, or a shallow clone ends before it
            base = []
        root = Objects(ask, answer, other)
        yield _against(["diff-tree"], [*base[:1]] or [one], where, other), root


@contextlib.contextmanager
def committed(where: Place) -> Iterator[tuple[str, list[Change], Objects]]:
    """The commit that HEAD is, and what it has that none of its parents had.

    Raises RepositoryError, also when a parent is not there, as where a shallow clone ends.
    """
    with objects_here(where.env) as (ask, answer):
        objects = Objects(ask, answer, "HEAD")
        head = objects.commit("HEAD")
        if head is None:
            raise RepositoryError("there is no commit yet.")
        header = head[1].split(b"\n\n", 1)[0].decode("utf-8", "replace")
        parents = re.findall(r"^parent ([0-9a-f]+)$", header, re.MULTILINE)
        if not all(objects.commit(parent) for parent in parents):
            raise RepositoryError("the clone is shallow: what HEAD changes cannot be told.")
        parents = parents or [_EMPTY_TREE[where.object_format]]
        yield head[0], _against(["diff-tree"], parents, where, head[0]), objects


def _merged(where: Place) -> list[str]:
    """The commits that are being merged into HEAD. While the hook `pre-merge-commit` runs, git has
    them in variables alone."""
    try:
        with (where.git_dir / "MERGE_HEAD").open("rb") as file:
            text = file.read(_MERGE_HEADS).decode("ascii", "replace")
    except OSError:
        names = map(_MERGING.fullmatch, where.env)
        return [name[1] for name in names if name]
    return re.findall(r"^[0-9a-f]{40,64}$", text, re.MULTILINE)


def _resolved(where: Place, name: str) -> str:
    asked = ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"]
    try:
        return ask_here(asked, where.env).decode("ascii").strip().split("\n")[-1]
    except RepositoryError as error:
        raise RepositoryError(f"there is no commit {name!r}: fetch it.") from error


def _against(
    verb: Sequence[str], parents: Sequence[str], where: Place, new: str = ""
) -> list[Change]:
    """What differs from every one of `parents`."""
    found: dict[str, Change] = {}
    for number, parent in enumerate(parents):
        sides = [parent, new] if new else [parent]
        listed = ask_here([*verb, *_RAW, "-M", *sides, "--"], where.env)
        here = {change.path: change for change in _changes(listed)}
        if number == 0:
            found = here
            continue
        found = {
            path: Change(path, change.blob, change.olds + here[path].olds, change.old_path)
            for path, change in found.items()
            if path in here
        }
    return list(found.values())


def _changes(listed: bytes) -> Iterator[Change]:
    words = iter(listed.decode("utf-8", "surrogateescape").split("\0"))
    for facts in words:
        if not facts.startswith(":"):
            continue
        old_mode, new_mode, old, new, status = facts[1:].split(" ")
        old_path = path = next(words)
        if status[0] in "RC":
            path = next(words)
        olds = (old,) if old_mode in _REGULAR and not _NOTHING.fullmatch(old) else ()
        blob = new if new_mode in _REGULAR and not _NOTHING.fullmatch(new) else ""
        if status[0] != "U" and (blob or olds):
            yield Change(path, blob, olds, old_path)


def _entries(listed: bytes) -> Iterator[Change]:
    for line in listed.decode("utf-8", "surrogateescape").split("\0"):
        if line:
            facts, path = line.split("\t", 1)
            mode, blob, stage = facts.split(" ")
            if mode in _REGULAR and stage == "0":
                yield Change(path, blob, (), path)
