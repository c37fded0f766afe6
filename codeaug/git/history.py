"""Where a commit stands: what it left, what it moved, when it was made."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from codeaug.errors import RepositoryError
from codeaug.git.calling import require, rows, run, said
from codeaug.git.cloning import upload_pack

WHOLE = "fetch the whole history (GitHub: fetch-depth: 0 of actions/checkout; GitLab: GIT_DEPTH: 0)"
_DEPTHS = ("64", "1024", "2147483647")  # the last is what git calls infinite
_REVISION = re.compile(r"(?P<name>[^-~^:{}\s][^~^:{}\s]*)(?P<way>[~^\d]*)")


def merge_base(address: str, git_dir: Path, head: str, base: str) -> str:
    """The commit at which `head` left `base`, with its files, in our clone.

    `base` is a branch, a tag or a commit of the repository at `address`, or what git calls its
    ancestors (`HEAD~2`). As much history is fetched as it takes to be certain. Raises
    RepositoryError: there is no such commit, or none is common, or the checkout is shallow.
    """
    tip, way = _tip(address, base)
    for depth in _DEPTHS:
        options = [f"--depth={depth}", "--no-tags", "--no-write-fetch-head", "--quiet"]
        # A ref that is there already is not deepened.
        wanted = [f"+{commit}:refs/codeaug/deep-{depth}/{commit}" for commit in {head, tip}]
        fetch = ["fetch", *options, *upload_pack(address), "--", address, *wanted]
        what = f"{base} cannot be fetched ({WHOLE})"
        require(run(fetch, git_dir, remote=address)[0], what)
        other = said(git_dir, "rev-parse", "--verify", "--quiet", f"{tip}{way}^{{commit}}")
        found = said(git_dir, "merge-base", head, other) if other else ""
        if found and not _is_cut(git_dir, head, other, found):
            return found
    if (git_dir / "shallow").exists():
        raise RepositoryError(
            f"this checkout is shallow, so nobody can tell where {base} was left: {WHOLE}."
        )
    what = "shares no commit with HEAD" if other else "is no commit"
    raise RepositoryError(f"{base} {what}: name another with --base.")


def renamed(git_dir: Path, old: str, new: str) -> dict[str, str]:
    """The paths of files that a change moves, edited or not, with where each was before."""
    args = ["diff-tree", "-r", "-z", "-M", "--diff-filter=R", "--name-status", "--no-ext-diff"]
    outcome, listed = run([*args, old, new, "--"], git_dir)
    require(outcome, f"{new} cannot be compared with {old}")
    words = listed.decode("utf-8", "surrogateescape").split("\0")
    return dict(zip(words[2::3], words[1::3], strict=True))


def _tip(address: str, base: str) -> tuple[str, str]:
    """The commit that a name stands for, and the way from there that follows the name."""
    match = _REVISION.fullmatch(base)
    if match is None:
        raise RepositoryError(f"{base} names no commit: use a branch, a tag, an id or HEAD~1.")
    name, way = match["name"], match["way"]
    listed = ["ls-remote", *upload_pack(address), "--", address]
    outcome, said = run(listed, remote=address)
    require(outcome, f"{address} cannot be read")
    refs = {ref: commit for commit, _, ref in (row.partition("\t") for row in rows(said))}
    for prefix in (
        "",
        "refs/",
        "refs/remotes/",
        "refs/heads/",
        "refs/tags/",
        "refs/remotes/origin/",
    ):
        if found := refs.get(prefix + name):
            return found, way
    if re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", name):
        return name, way
    raise RepositoryError(
        f"{address} has no branch, tag or whole commit id {name}: name another with --base, or "
        f"{WHOLE}."
    )


def _is_cut(git_dir: Path, head: str, other: str, found: str) -> bool:
    """Whether history ends early between a common ancestor and either side: there may be a nearer
    one on a way that is not here."""
    shallow = git_dir / "shallow"
    ends = set(shallow.read_text().split()) if shallow.exists() else set()
    seen = ["rev-list", head, other, f"^{found}"]
    return bool(ends) and not ends.isdisjoint(rows(run(seen, git_dir)[1]))


def day_of(git_dir: Path, commit: str) -> str:
    """The day (UTC, ISO 8601) on which a commit was made; "" for what is no commit here."""
    seconds = said(git_dir, "show", "--no-patch", "--format=%ct", f"{commit}^{{commit}}")
    day = datetime.fromtimestamp(int(seconds), UTC) if seconds.isdigit() else None
    return day.date().isoformat() if day else ""
