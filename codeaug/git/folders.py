"""A plain folder as objects of our own."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Sequence
from pathlib import Path

from codeaug.errors import RepositoryError
from codeaug.git.calling import require, run
from codeaug.git.cloning import init, is_own, put

CACHES = (
    "/.codeaug", ".venv", "venv", ".tox", ".nox", "node_modules", "__pycache__", ".mypy_cache",
    ".pytest_cache", ".ruff_cache", ".gradle",
)  # fmt: skip


def store_folder(folder: Path, git_dir: Path) -> str:
    """The files of a plain folder as objects of our own; the id of the tree.

    A folder is taken whole: its `.gitignore` speaks of a repository that is not there, and released
    archives hold files that it names. Only `CACHES` and nested repositories are left out. Raises
    RepositoryError when there is no file or one cannot be read.
    """
    if not is_own(git_dir, "sha1"):
        git_dir.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=git_dir.parent, prefix="clone-") as name:
            init(Path(name) / "git", "sha1")
            put(Path(name) / "git", git_dir)
    caches = [f"--exclude={name}/" for name in CACHES]
    listed = ["ls-files", "--others", "-z", *caches]
    outcome, found = run(listed, git_dir, work_tree=folder)
    require(outcome, f"{folder} cannot be read")
    paths = [path for path in found.split(b"\0") if path and not path.endswith(b"/")]
    if not paths:
        raise RepositoryError(f"{folder} holds no files.")
    return _write_tree(git_dir, folder, paths)


def _write_tree(git_dir: Path, folder: Path, paths: Sequence[bytes]) -> str:
    root = os.fsencode(folder)
    modes = {path: os.lstat(os.path.join(root, path)).st_mode for path in paths}
    files = [path for path in paths if stat.S_ISREG(modes[path])]
    for path in files:
        if not os.access(os.path.join(root, path), os.R_OK):
            name = os.fsdecode(os.path.join(root, path))
            raise RepositoryError(f"{name} cannot be read: check its permissions.")
    names = b"".join(_quoted(os.path.join(root, path)) + b"\n" for path in files)
    outcome, ids = run(["hash-object", "-w", "--no-filters", "--stdin-paths"], git_dir, names)
    require(outcome, f"{folder} cannot be read")
    lines = [
        b"%s %s\t%s" % (b"100755" if modes[path] & 0o100 else b"100644", blob, path)
        for path, blob in zip(files, ids.split(), strict=True)
    ]
    for path in paths:
        if stat.S_ISLNK(modes[path]):
            target = os.readlink(os.path.join(root, path))
            blob = run(["hash-object", "-w", "--stdin"], git_dir, target)[1].strip()
            lines.append(b"120000 %s\t%s" % (blob, path))
    with tempfile.TemporaryDirectory(dir=git_dir) as index:
        env = {"GIT_INDEX_FILE": f"{index}/index"}
        outcome, _ = run(
            ["update-index", "-z", "--index-info"], git_dir, b"\0".join([*lines, b""]), env=env
        )
        require(outcome, f"{folder} cannot be read")
        return run(["write-tree"], git_dir, env=env)[1].decode("ascii").strip()


def _quoted(path: bytes) -> bytes:
    """A path as git reads it from a line."""
    if b"\n" not in path and not path.startswith(b'"'):
        return path
    return b'"' + path.replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n") + b'"'
