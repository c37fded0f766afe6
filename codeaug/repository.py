"""A path or address -> Repository, and its source files."""

from __future__ import annotations

import os
import re
from pathlib import Path

from codeaug import git
from codeaug.errors import RepositoryError
from codeaug.git import RepositoryTree
from codeaug.languages import language_of
from codeaug.model import Repository, SourceFile, content_id

__all__ = ["RepositoryTree", "open_repository", "source_files"]

_LICENSE_FILE = re.compile(r"(?:LICEN[CS]E|COPYING|UNLICENSE)(?:[-.][\w.]+)?", re.IGNORECASE)
_MANIFEST_LICENSE = re.compile(
    r"^\s*license\s*=\s*(?:\{\s*text\s*=\s*)?[\"']([\w.+() -]{2,60})[\"']", re.MULTILINE
)
# The first that matches counts; each is a phrase that only this license has.
_LICENSES = (
    ("Apache-2.0", r"Apache License,?\s+Version 2\.0"),
    ("AGPL-3.0", r"GNU AFFERO GENERAL PUBLIC LICENSE"),
    ("LGPL-3.0", r"GNU LESSER GENERAL PUBLIC LICENSE\s+Version 3"),
    ("LGPL-2.1", r"GNU LESSER GENERAL PUBLIC LICENSE\s+Version 2\.1"),
    ("GPL-3.0", r"GNU GENERAL PUBLIC LICENSE\s+Version 3"),
    ("GPL-2.0", r"GNU GENERAL PUBLIC LICENSE\s+Version 2"),
    ("MPL-2.0", r"Mozilla Public License,?\s+(?:Version|v\.?) ?2\.0"),
    ("EPL-2.0", r"Eclipse Public License\s+-\s+v ?2\.0"),
    ("BSL-1.0", r"Boost Software License\s+-\s+Version 1\.0"),
    ("Unlicense", r"free and unencumbered software released into the public domain"),
    ("PSF-2.0", r"PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2"),
    ("ISC", r"Permission to use, copy, modify, and(?:/or)? distribute this software for any"),
    ("Zlib", r"The origin of this software must not be misrepresented"),
    (
        "BSD-3-Clause",
        r"(?s)Redistribution and use in source and binary.*"
        r"(?:Neither the name|may not be used to endorse)",
    ),
    ("BSD-2-Clause", r"Redistribution and use in source and binary"),
    ("MIT", r"Permission is hereby granted, free of charge, to any person obtaining a copy"),
)


def open_repository(address: str, work: Path) -> Repository:
    """Our own clone of a path, plain folder or server's address below `work`, made or refreshed.

    Raises RepositoryError with one sentence.
    """
    address = address.removeprefix("file://")
    remote = git.is_remote(address) and not os.path.exists(address)
    folder = None if remote else _folder(address)
    name = address if folder is None else str(folder)
    git_dir = work.resolve() / "clones" / f"{content_id(name)}.git"
    if folder is None or git.is_git(folder):
        commit = git.clone(name, git_dir)
    else:
        commit = git.store_folder(folder, git_dir)
    return Repository(name, str(git_dir), commit, _license(git_dir, commit))


def _folder(address: str) -> Path:
    path = Path(address).expanduser()
    if "://" in address or "::" in address:
        raise RepositoryError(
            f"{address} is no address that codeaug takes: use https, ssh or a path."
        )
    try:
        found = path.resolve(strict=True)
    except PermissionError as error:
        raise RepositoryError(f"{address} cannot be read: check its permissions.") from error
    except (OSError, RuntimeError) as error:
        raise RepositoryError(f"{address} does not exist: check the path.") from error
    if not found.is_dir():
        raise RepositoryError(f"{address} is a file: name the repository's folder.")
    if not os.access(found, os.R_OK | os.X_OK):
        raise RepositoryError(f"{address} cannot be read: check its permissions.")
    return found


def source_files(repository: Repository) -> list[SourceFile]:
    """Every regular file of a language that codeaug knows, by path; names are UTF-8."""
    files = []
    for entry in git.listing(Path(repository.git_dir), repository.commit):
        language = language_of(entry.path) if entry.is_file and _is_text(entry.path) else None
        if language:
            files.append(SourceFile(entry.path, language, entry.blob, entry.size))
    return files


def _is_text(path: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" for char in path)


def _license(git_dir: Path, commit: str) -> str:
    """A guess from the license file, else from what the manifest says; "" when unknown."""
    top = {e.path: e.blob for e in git.listing(git_dir, commit) if e.is_file and "/" not in e.path}
    names = sorted(name for name in top if _LICENSE_FILE.fullmatch(name))
    with git.blobs(git_dir) as read:
        for name in names:
            text = read(top[name])[:100_000].decode("utf-8", "replace")
            if found := _known_license(text):
                return found
        if "pyproject.toml" in top:
            manifest = read(top["pyproject.toml"]).decode("utf-8", "replace")
            if match := _MANIFEST_LICENSE.search(manifest):
                return match[1].strip()
    return ""


def _known_license(text: str) -> str:
    joined = re.sub(r"[ \t\r\n]+", " ", text)
    for name, pattern in _LICENSES:
        if re.search(pattern.replace(r"\s+", " "), joined, re.IGNORECASE):
            return name
    return ""
