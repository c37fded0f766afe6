"""Our own bare clone."""

from __future__ import annotations

import os
import shlex
import shutil
import tempfile
from pathlib import Path

from codeaug.errors import RepositoryError
from codeaug.git.calling import SAFE, is_remote, require, run
from codeaug.model import Outcome

# All that our clones are configured to be: git reads programs and other places from there.
_CONFIG = {
    "sha1": "[core]\n\trepositoryformatversion = 0\n\tbare = true\n",
    "sha256": "[core]\n\trepositoryformatversion = 1\n\tbare = true\n"
    "[extensions]\n\tobjectformat = sha256\n",
}
# By these a git directory leads elsewhere, or runs something.
_LEADING = (
    *("commondir", "config.worktree", "hooks", "info/attributes", "info/grafts", "refs/replace"),
    *("objects/info/alternates", "objects/info/http-alternates"),
)


def clone(address: str, git_dir: Path) -> str:
    """Make or refresh our bare clone of `address` (a path or a server's); the commit of its HEAD.

    Raises RepositoryError with git's own last line, or when there is no commit.
    """
    head = _head(address)
    if not is_own(git_dir, _format(head)) or not _has(git_dir, head):
        _fetch(address, head, git_dir)
    return head


def _head(address: str) -> str:
    result = run(["ls-remote", *upload_pack(address), "--", address, "HEAD"], remote=address)
    require(result[0], f"{address} cannot be read")
    if not result[1].strip():
        raise RepositoryError(f"{address} is an empty repository: commit something first.")
    return result[1].split()[0].decode("ascii")


def _format(commit: str) -> str:
    return "sha256" if len(commit) == 64 else "sha1"


def is_own(git_dir: Path, object_format: str) -> bool:
    """Whether a clone is there that leads nowhere else; whatever it said, it is configured as ours.

    It may lie in a folder that somebody else gave away.
    """
    if git_dir.is_symlink() or not (git_dir / "HEAD").is_file() or _holds_link(git_dir):
        return False
    if any((git_dir / name).exists() for name in _LEADING):
        return False
    try:
        _configure(git_dir, object_format)
    except OSError:  # such as a folder in its place
        return False
    return True


def _holds_link(folder: Path) -> bool:
    """At any depth, however deep."""
    left = [str(folder)]
    while left:
        with os.scandir(left.pop()) as found:
            for entry in found:
                if entry.is_symlink():
                    return True
                if entry.is_dir():
                    left.append(entry.path)
    return False


def _configure(git_dir: Path, object_format: str) -> None:
    """Another run may read the file meanwhile."""
    with tempfile.TemporaryDirectory(dir=git_dir, prefix="config-") as folder:
        fresh = Path(folder) / "config"
        fresh.write_text(_CONFIG[object_format], encoding="ascii")
        fresh.replace(git_dir / "config")


def _has(git_dir: Path, commit: str) -> bool:
    return run(["cat-file", "-e", f"{commit}^{{tree}}"], git_dir)[0].ok


def _fetch(address: str, head: str, git_dir: Path) -> None:
    """Into the clone, or into a new one that gets its name only when it is whole."""
    if is_own(git_dir, _format(head)) and _fetched(address, head, git_dir).ok:
        return
    git_dir.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=git_dir.parent, prefix="clone-") as folder:
        fresh = Path(folder) / "git"
        init(fresh, _format(head))
        require(_fetched(address, head, fresh), f"{address} cannot be cloned")
        put(fresh, git_dir)


def _fetched(address: str, head: str, git_dir: Path) -> Outcome:
    refspec = f"+HEAD:refs/codeaug/{head}"
    options = ["--depth=1", "--no-tags", "--no-write-fetch-head", "--quiet"]
    args = ["fetch", *options, *upload_pack(address), "--", address, refspec]
    return run(args, git_dir, remote=address)[0]


def upload_pack(address: str) -> list[str]:
    """Another user's repository is no danger when only asked for objects: exactly it is allowed.

    What is not packed there yet is handed over as it is: looking for deltas and compressing would
    cost more than parsing, every reading would have to undo it, and a tree's size is little here.
    """
    if is_remote(address):
        return []
    allowed = [f"safe.directory={path}" for path in (Path(address), Path(address) / ".git")]
    wanted = "uploadpack.allowAnySHA1InWant=true"
    settings = (*SAFE, *allowed, wanted, "pack.window=0", "pack.compression=0")
    config = [word for setting in settings for word in ("-c", setting)]
    return [f"--upload-pack={shlex.join(['git', *config, 'upload-pack'])}"]


def init(git_dir: Path, object_format: str) -> None:
    """A new clone that holds nothing yet."""
    args = ["init", "--bare", "--quiet", "--template=", f"--object-format={object_format}"]
    require(run([*args, str(git_dir)])[0], "a clone cannot be made")
    _configure(git_dir, object_format)
    (git_dir / "info").mkdir(exist_ok=True)


def put(fresh: Path, git_dir: Path) -> None:
    """Give a new clone its name. Two runs may race: the second replaces what is not of use."""
    if os.path.lexists(git_dir):
        fresh_name = git_dir.with_name(f"{fresh.parent.name}-old")
        git_dir.rename(fresh_name)
        if fresh_name.is_symlink():
            fresh_name.unlink()
        else:
            shutil.rmtree(fresh_name, ignore_errors=True)
    fresh.rename(git_dir)
