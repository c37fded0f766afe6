"""SourceFile -> Units, in killable worker processes: no input may crash or hang a run.

Files go out in batches of about a megabyte. A batch that kills its worker, takes too long or too
much memory is cut in two until the guilty file is alone; that one is skipped.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from codeaug import __version__, languages, syntax
from codeaug.bundled import bundled
from codeaug.git import RepositoryTree
from codeaug.languages import is_test
from codeaug.model import Repository, ScannedFile, Skip, SkipReason, SourceFile
from codeaug.units.rules import PathRules, path_rules, rule_files
from codeaug.units.workers import find_in_file, find_in_workers

if TYPE_CHECKING:
    from codeaug.settings import Settings

__all__ = ["find_all", "find_in_file", "fingerprint", "selected"]


def fingerprint(tree: RepositoryTree | None = None) -> str:
    """Changes whenever the same file could give other units: grammars, queries, our own code, and
    the ignore and attribute files of `tree`."""
    digest = hashlib.sha256(f"{__version__} {syntax.grammar_versions()}".encode())
    for path in (*_own_files(), Path(syntax.__file__)):
        digest.update(path.read_bytes())
    for name in rule_files(tree) if tree is not None else ():
        digest.update(name.encode("utf-8", "surrogateescape"))
        digest.update(tree.read(name) if tree is not None else b"")
    return digest.hexdigest()[:20]


def _own_files() -> Iterator[Path]:
    folders = (bundled("grammars"), Path(languages.__file__).parent, Path(__file__).parent)
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".py", ".scm", ".txt", ".toml"):
                yield path


def selected(files: Iterable[SourceFile], settings: Settings) -> list[SourceFile]:
    """The files that the settings let through: `languages`, `paths` and `skip`."""
    from pathspec import GitIgnoreSpec

    wanted = GitIgnoreSpec.from_lines(settings.paths) if settings.paths else None
    unwanted = GitIgnoreSpec.from_lines(settings.skip)
    return [
        file
        for file in files
        if (not settings.languages or file.language in settings.languages)
        and (wanted is None or wanted.match_file(file.path))
        and not unwanted.match_file(file.path)
    ]


def find_all(
    repository: Repository, files: Iterable[SourceFile], settings: Settings
) -> Iterator[ScannedFile]:
    """What is in each file, one result a file; few results are held at a time."""
    rules = path_rules(RepositoryTree(repository))
    to_read: list[SourceFile] = []
    for file in files:
        if skip := _before_reading(file, rules, settings.max_file_kib * 1024):
            yield ScannedFile(file, (), (skip,))
        else:
            to_read.append(file)
    if to_read:
        yield from find_in_workers(repository.git_dir, to_read, settings.jobs)


def _before_reading(file: SourceFile, rules: PathRules, largest: int) -> Skip | None:
    """What a file's path and size alone decide."""
    reason, detail = rules.reason(file.path), ""
    if reason is None and is_test(file.language, file.path, b""):
        reason = SkipReason.TEST
    if reason is None and file.size > largest:
        reason, detail = SkipReason.TOO_LARGE, f"{file.size} bytes"
    return Skip(file.path, file.language, reason, detail=detail) if reason else None
