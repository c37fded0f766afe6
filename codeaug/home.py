"""The folders in which codeaug keeps what is its own, and what it writes into a repository."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from codeaug import git
from codeaug.errors import UsageError


def require_own(folder: Path) -> None:
    """What lies in such a folder is believed: raises UsageError for one that somebody else made,
    a link, one that holds a link or one of which git tracks anything."""
    if link := next(_links(folder), ""):
        raise UsageError(f"{link} is a link: remove it, codeaug keeps its own files there.")
    if folder.is_dir() and git.tracks(folder):
        raise UsageError(
            f"git tracks files in {folder}, where codeaug keeps its own: take them out of the "
            "repository, or give another place."
        )


def _links(folder: Path, depth: int = 2) -> Iterator[Path]:
    """The folder itself, what lies in it and in its folders, as far as it is links."""
    if folder.is_symlink():
        yield folder
    elif depth and folder.is_dir():
        for entry in folder.iterdir():
            yield from _links(entry, depth - 1)


def put(path: Path, text: str, root: Path | None) -> None:
    """Write a file that a person named, whole; one in a repository never through a link.

    Raises OSError, and UsageError as `require_inside`.
    """
    if not require_inside(path, root):
        path.write_text(text, encoding="utf-8")  # perhaps a device, or a link of the person's own
        return
    fresh = path.with_name(f".codeaug-{secrets.token_hex(8)}")
    try:
        with fresh.open("x", encoding="utf-8") as file:
            file.write(text)
        fresh.replace(path)
    finally:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)


def require_inside(path: Path, root: Path | None) -> bool:
    """Whether a path lies in a repository, `root` or one that git knows, as it is written.

    Raises UsageError when a link on its way leads out of that.
    """
    folder = Path(os.path.abspath(path)).parent
    above = (folder, *folder.parents)
    tops = {top for top in above if os.path.lexists(top / ".git")}
    if root is not None:
        tops |= {top for top in (root.absolute(), root.resolve()) if top in above}
    for top in tops:
        if not folder.resolve().is_relative_to(top.resolve()):
            raise UsageError(f"{path} leads out of {top} by a link: give another place.")
    return bool(tops)
