"""The one way to call git."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from codeaug.command import run_bytes
from codeaug.errors import OutOfSpace, RepositoryError
from codeaug.model import Outcome

HINT = "install git (Debian, Ubuntu: apt install git)"
SECONDS = 3600.0
OUTPUT = 1 << 31

SAFE = (
    "protocol.ext.allow=never",
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.attributesFile=/dev/null",
    "core.excludesFile=/dev/null",
    "core.alternateRefsCommand=true",  # the program: it names no refs
    "fetch.bundleURI=",
    "transfer.bundleURI=false",
    "safe.bareRepository=explicit",
    "submodule.recurse=false",
    "fetch.recurseSubmodules=false",
    "gc.auto=0",
    "maintenance.auto=false",
)
# How the user reaches the server; everything else of GIT_* is scrubbed.
_TRANSPORT = frozenset(
    {"GIT_SSH", "GIT_SSH_COMMAND", "GIT_ASKPASS", "GIT_SSL_CAINFO", "GIT_SSL_CAPATH"}
)
QUIET = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_PROTOCOL_FROM_USER": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "LC_ALL": "C",
}
_REMOTE = re.compile(r"(?:https|ssh)://[^-\s]|(?:[\w.-]+@)?[\w][\w.-]*:(?!:|//)[^-\s]")


def is_remote(address: str) -> bool:
    """Whether an address is one of a server: https, ssh or `user@host:path`."""
    return bool(_REMOTE.match(address))


def run(
    args: Sequence[str],
    git_dir: Path | None = None,
    stdin: bytes = b"",
    *,
    work_tree: Path | None = None,
    env: dict[str, str] | None = None,
    remote: str = "",
) -> tuple[Outcome, bytes]:
    """git with these arguments, in no repository but `git_dir`; nothing is fetched but `remote`."""
    return run_bytes(
        words(args, git_dir, work_tree),
        env={**environment(remote), **(env or {})},
        cwd=work_tree or "/",
        stdin=stdin,
        seconds=SECONDS,
        output_limit=OUTPUT,
        hint=HINT,
    )


def words(args: Sequence[str], git_dir: Path | None, work_tree: Path | None = None) -> list[str]:
    """The command: with our settings git runs nothing that a repository names."""
    config = [word for setting in SAFE for word in ("-c", setting)]
    place = [f"--git-dir={git_dir}"] if git_dir else []
    if work_tree:
        place.append(f"--work-tree={work_tree}")
    return ["git", *config, *place, *args]


def environment(remote: str = "") -> dict[str, str]:
    """The user's environment without git's own; a server may need the user's credentials, so
    there, and only there, the user's own configuration counts."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GIT_") or k in _TRANSPORT}
    server = bool(remote) and is_remote(remote)
    if not server:
        kept["GIT_CONFIG_GLOBAL"] = "/dev/null"
        kept["GIT_CONFIG_NOSYSTEM"] = "1"
    allowed = "https:ssh" if server else "file" if remote else "none"
    return {**kept, **QUIET, "GIT_ALLOW_PROTOCOL": allowed}


def require(outcome: Outcome, what: str) -> None:
    """Raises with git's own last line when it failed."""
    if outcome.ok:
        return
    # git ends with general advice; what happened stands before it.
    said_before = outcome.err.partition("fatal: Could not read from remote")[0] or outcome.err
    lines = [line for line in said_before.strip().splitlines() if line.strip()]
    fatal = [line for line in lines if line.startswith(("fatal:", "error:"))]
    said = (fatal or lines or ["git gave no reason"])[-1]
    said = "it took too long" if outcome.timed_out else said.removeprefix("fatal: ")
    if "No space left on device" in outcome.err:
        raise OutOfSpace(f"{what}: the disk is full.")
    raise RepositoryError(f"{what}: {said.rstrip('.')}.")


def said(git_dir: Path | None, *args: str) -> str:
    """The first line that git answers; "" when it cannot."""
    outcome, out = run(args, git_dir)
    return next(iter(rows(out)), "") if outcome.ok else ""


def rows(out: bytes) -> list[str]:
    """The lines of an answer that are not empty."""
    return [row for row in out.decode("utf-8", "surrogateescape").split("\n") if row]
