"""Another's repository, asked without running anything of it."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO

from codeaug.command import conversation, run_bytes
from codeaug.git.calling import HINT, OUTPUT, QUIET, SECONDS, require, run, said, words

_SECONDS_HERE = 60.0  # a hook's user waits

# Where git itself says that the repository lies in which a hook runs, and the user's own word for
# what git may trust.
_PLACE = frozenset(
    {"GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"}
    | {"GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_QUARANTINE_PATH", "GIT_CEILING_DIRECTORIES"}
    | {"GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_COUNT"}
)
_OWN_WORD = re.compile(r"GIT_CONFIG_(?:KEY|VALUE)_\d+")


def is_git(path: Path) -> bool:
    """Whether a folder is a work tree's root or a bare repository."""
    return (path / ".git").exists() or all(
        (path / name).exists() for name in ("HEAD", "objects", "refs")
    )


def distrusted(folder: Path) -> str:
    """Why the user's git does not touch a repository (it belongs to somebody else), or ""."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    args = ["git", "-C", str(folder), "rev-parse", "--git-dir"]
    outcome, _ = run_bytes(args, env={**kept, "LC_ALL": "C"}, seconds=SECONDS, hint=HINT)
    lines = outcome.err.strip().splitlines()
    return lines[0].removeprefix("fatal: ") if "dubious ownership" in outcome.err else ""


def is_shallow(folder: Path) -> bool:
    """Whether history ends before its beginning."""
    return _asked(folder, "--is-shallow-repository") == "true"


def hooks(folder: Path) -> Path:
    """Where pre-commit puts its hooks."""
    return folder / (_asked(folder, "--git-common-dir") or ".git") / "hooks"


def _asked(folder: Path, question: str) -> str:
    allowed = f"safe.directory={folder.resolve()}"
    args = ["-c", allowed, "-C", str(folder.resolve()), "rev-parse", question]
    outcome, answer = run(args)
    return answer.decode("utf-8", "surrogateescape").strip() if outcome.ok else ""


def tracks(folder: Path) -> bool:
    """Whether HEAD or the index of the repository around a folder holds anything of that folder.

    Raises RepositoryError when git cannot tell.
    """
    place = folder.parent.resolve()
    if not any((above / ".git").exists() for above in (place, *place.parents)):
        return False
    here = ["-c", "safe.directory=*", "-C", str(place)]
    listed = [*here, "ls-files", "--stage", "-z", "--", f":(literal){folder.name}"]
    outcome, staged = run(listed)
    if "not a git repository" in outcome.err:
        return False
    require(outcome, f"git cannot tell whose {folder} is")
    return bool(staged) or bool(said(None, *here, "rev-parse", "--quiet", "--verify",
                                      f"HEAD:./{folder.name}"))  # fmt: skip


def ask_here(args: Sequence[str], env: Mapping[str, str]) -> bytes:
    """What a question about the objects or the index of the repository around us gives.

    `env` is of `env_here`. Only for `rev-parse`, `merge-base`, `ls-files --stage`, `diff-index
    --cached --raw` and `diff-tree --raw`: with our settings these run nothing, whatever the
    repository's own configuration, hooks and attributes say; a test tries each of them. Raises
    RepositoryError.
    """
    outcome, out = run_bytes(
        words(args, None), env=env, seconds=_SECONDS_HERE, output_limit=OUTPUT, hint=HINT
    )
    require(outcome, f"git {args[0]}")
    return out


def objects_here(env: Mapping[str, str]) -> AbstractContextManager[tuple[IO[bytes], IO[bytes]]]:
    """A conversation with `git cat-file --batch` about the repository around us."""
    return conversation(words(["cat-file", "--batch"], None), env=env, hint=HINT)


def env_here(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment for questions about the repository around us: nothing is fetched."""
    kept = {n: v for n, v in environ.items() if not n.startswith("GIT_") or _is_of_place(n)}
    return {**kept, **QUIET, "GIT_ALLOW_PROTOCOL": "none"}


def _is_of_place(name: str) -> bool:
    return name in _PLACE or _OWN_WORD.fullmatch(name) is not None
