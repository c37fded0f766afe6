"""The folders in which codeaug keeps what is its own, and what it writes into a repository."""

from __future__ import annotations

import os
from pathlib import Path

from codeaug import git
from codeaug.errors import UsageError


def require_own(folder: Path) -> None:
    """What lies in such a folder is believed: raises UsageError for one that somebody else made,
    a link, one that holds a link or one of which git tracks anything."""
    if folder.is_symlink():
        raise UsageError(f"{folder} is a link: remove it, codeaug keeps its own files there.")
    if not folder.is_dir():
        return
    with os.scandir(folder) as found:
        link = next((entry.path for entry in found if entry.is_symlink()), "")
    if link:
        raise UsageError(f"{link} is a link: remove it, codeaug keeps its own files there.")
    if git.tracks(folder):
        raise UsageError(
            f"git tracks files in {folder}, where codeaug keeps its own: take them out of the "
            "repository, or give another place with --store."
        )
