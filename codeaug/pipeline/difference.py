"""What a change is made of: files and units that are not as they were where it began."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from codeaug import git, units
from codeaug.languages import content
from codeaug.model import Repository, Skip, SourceFile, Unit
from codeaug.pipeline.session import Session
from codeaug.repository import RepositoryTree, source_files


@dataclass(frozen=True, slots=True)
class Difference:
    """From `base` to the session's commit.

    `files` are changed source files as they are now, `seen` their units, `units` those that
    changed, `skips` what became no unit and was none before. `before` are the units that the
    changed and the removed files had, `gone` the paths of these files. `former` says which of these
    a changed file was, there or where it was moved from; `read_before` gives the bytes of one.
    """

    base: str
    files: tuple[SourceFile, ...]
    seen: tuple[Unit, ...]
    units: tuple[Unit, ...]
    skips: tuple[Skip, ...]
    before: tuple[Unit, ...]
    gone: tuple[str, ...]
    former: Mapping[str, str]
    read_before: Callable[[str], bytes]


def difference(session: Session, base: str) -> Difference:
    """What changed since `base`, a commit in our clone. The session's commit is scanned.

    A unit is unchanged when its very text was in the file, or when a unit of its language and
    qualified name in the files before said the same: one that was moved or laid out anew.
    """
    now = {f.path: f for f in _files(session, session.repository)}
    earlier = replace(session.repository, commit=base)
    then = {f.path: f for f in _files(session, earlier)}
    blobs = {file.blob for file in then.values()}
    changed = [file for file in now.values() if file.blob not in blobs]
    touched = {file.path for file in changed} | (then.keys() - now.keys())
    gone = sorted(touched & then.keys())
    before, skipped = _read(session, earlier, [then[path] for path in gone])
    paths = {file.path for file in changed}
    moved = git.renamed(Path(session.repository.git_dir), base, session.commit)
    seen = tuple(unit for path in sorted(paths) for unit in session.units_in(path))
    known = {(skip.path, skip.name, skip.reason) for skip in skipped}
    return Difference(
        base=base,
        files=tuple(sorted(changed, key=lambda file: file.path)),
        seen=seen,
        units=tuple(_changed(seen, before)),
        skips=tuple(
            skip
            for skip in session.skips
            if skip.path in paths and (skip.path, skip.name, skip.reason) not in known
        ),
        before=tuple(before),
        gone=tuple(gone),
        former={
            path: place
            for path in sorted(paths)
            if (place := path if path in then else moved.get(path, "")) in then
        },
        read_before=RepositoryTree(earlier).read,
    )


def _files(session: Session, repository: Repository) -> list[SourceFile]:
    return units.selected(source_files(repository), session.settings)


def _read(
    session: Session, repository: Repository, files: Sequence[SourceFile]
) -> tuple[list[Unit], list[Skip]]:
    found: list[Unit] = []
    skips: list[Skip] = []
    for scanned in units.find_all(repository, files, session.settings):
        found += scanned.units
        skips += scanned.skips
    return sorted(found, key=lambda unit: (unit.path, unit.span.start)), skips


def _changed(now: Sequence[Unit], before: Sequence[Unit]) -> list[Unit]:
    ids = {unit.id for unit in before}
    named: dict[tuple[str, str], set[str]] = {}
    fresh = [unit for unit in now if unit.id not in ids]
    wanted = {(unit.language, unit.qualified_name) for unit in fresh}
    for unit in before:
        key = (unit.language, unit.qualified_name)
        if key in wanted:
            named.setdefault(key, set()).add(content(unit))
    return [
        unit
        for unit in fresh
        if content(unit) not in named.get((unit.language, unit.qualified_name), ())
    ]
