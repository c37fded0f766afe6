"""Files as a scanner read them, and commits as sets of such files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

from codeaug.model import (
    Repository,
    ScannedFile,
    Skip,
    SkipReason,
    SourceFile,
    Unit,
    content_id,
    unit_id,
)
from codeaug.store.rows import (
    UNIT_COLUMNS,
    add,
    add_plain,
    chunks,
    replace,
    unit_record,
)
from codeaug.store.tables import repository, scan, scan_file, skip, source_file, stored, unit

FileKey = tuple[str, str, str]
"""path, language, blob"""


def file_id(fingerprint: str, path: str, language: str, blob: str) -> int:
    """The key of a file as one version of the scanner read it."""
    # 60 bits of the hash: an integer key is an SQLite row's own address.
    return int(content_id(fingerprint, path, language, blob)[:15], 16)


# --- files ----------------------------------------------------------------------------------------


def cached(connection: sa.Connection, fingerprint: str, keys: Iterable[FileKey]) -> set[FileKey]:
    ids = {file_id(fingerprint, *key): key for key in keys}
    return {ids[known] for known in _known(connection, ids)}


def _known(connection: sa.Connection, ids: Iterable[int]) -> set[int]:
    known: set[int] = set()
    for some in chunks(ids):
        statement = sa.select(source_file.c.id).where(source_file.c.id.in_(some))
        known.update(connection.scalars(statement))
    return known


def put_files(connection: sa.Connection, fingerprint: str, files: Iterable[ScannedFile]) -> None:
    for some in chunks(files):
        by_id = {file_id(fingerprint, *_key(file.file)): file for file in some}
        known = _known(connection, by_id)
        new = {file_id: file for file_id, file in by_id.items() if file_id not in known}
        add_plain(connection, source_file, [_file_row(i, fingerprint, f) for i, f in new.items()])
        add_plain(connection, unit, [row for i, f in new.items() for row in _unit_rows(i, f)])
        add_plain(connection, skip, [row for i, f in new.items() for row in _skip_rows(i, f)])


def _key(file: SourceFile) -> FileKey:
    return file.path, file.language, file.blob


def _file_row(file_id: int, fingerprint: str, scanned: ScannedFile) -> tuple[Any, ...]:
    file = scanned.file
    where = (stored(file.path), file.language, file.blob)
    return file_id, fingerprint, *where, len(scanned.facts)


def _unit_rows(file_id: int, scanned: ScannedFile) -> Iterator[tuple[Any, ...]]:
    language, path = scanned.file.language, scanned.file.path
    for ordinal, facts in enumerate(sorted(scanned.facts, key=itemgetter(2, 3))):  # by place
        name, parameters, *places, code = facts
        yield (
            *(unit_id(language, path, name, parameters, code), file_id, ordinal),
            *(stored(name), stored(parameters), *places, stored(code)),
            int(places[0] in scanned.no_train),
        )


def _skip_rows(file_id: int, scanned: ScannedFile) -> Iterator[tuple[Any, ...]]:
    for ordinal, record in enumerate(scanned.skips):
        what = (record.reason.value, stored(record.name), stored(record.detail))
        yield file_id, ordinal, *what


# --- commits --------------------------------------------------------------------------------------


def put_repository(connection: sa.Connection, record: Repository) -> None:
    row = {
        "address": record.address,
        "commit_id": record.commit,
        "git_dir": record.git_dir,
        "license": record.license,
    }
    replace(connection, repository, [row])


def repository_of(connection: sa.Connection, commit: str) -> Repository | None:
    statement = sa.select(repository).where(repository.c.commit_id == commit).limit(1)
    row = connection.execute(statement.order_by(repository.c.address)).first()
    if row is None:
        return None
    return Repository(row.address, row.git_dir, row.commit_id, row.license)


def put_tree(
    connection: sa.Connection,
    commit: str,
    fingerprint: str,
    selection: str,
    files: Iterable[FileKey],
) -> None:
    key = {"commit_id": commit, "fingerprint": fingerprint, "selection": selection}
    add(connection, scan, [{**key, "used": 0}])
    seq = _scan_seq(connection, commit, fingerprint, selection)
    connection.execute(sa.delete(scan_file).where(scan_file.c.scan_seq == seq))
    for some in chunks(dict.fromkeys(files), 5000):
        ids = [file_id(fingerprint, *key) for key in some]
        add_plain(connection, scan_file, [(seq, file_id) for file_id in ids])
    use(connection, commit, fingerprint, selection)


def _scan_seq(
    connection: sa.Connection, commit: str, fingerprint: str, selection: str
) -> int | None:
    return connection.scalar(
        sa.select(scan.c.seq).where(
            scan.c.commit_id == commit,
            scan.c.fingerprint == fingerprint,
            scan.c.selection == selection,
        )
    )


def is_used(connection: sa.Connection, commit: str, fingerprint: str, selection: str) -> bool:
    """Whether this scan is known and the one that the commit's questions speak of."""
    seq = _scan_seq(connection, commit, fingerprint, selection)
    return seq is not None and seq == connection.scalar(current(commit))


def use(connection: sa.Connection, commit: str, fingerprint: str, selection: str) -> bool:
    """Makes this scan the one that questions about the commit speak of; False: not known."""
    seq = _scan_seq(connection, commit, fingerprint, selection)
    newest = connection.scalar(sa.select(sa.func.coalesce(sa.func.max(scan.c.used), 0)))
    connection.execute(sa.update(scan).where(scan.c.seq == seq).values(used=(newest or 0) + 1))
    return seq is not None


def current(commit: str) -> sa.Select[int]:
    """The scan that questions about `commit` speak of."""
    newest = sa.select(scan.c.seq).where(scan.c.commit_id == commit)
    return newest.order_by(scan.c.used.desc()).limit(1)


def files_of(connection: sa.Connection, commit: str) -> list[int]:
    """The ids of a commit's files by path."""
    statement = (
        sa.select(source_file.c.id)
        .join(scan_file, scan_file.c.file_id == source_file.c.id)
        .where(scan_file.c.scan_seq == current(commit).scalar_subquery())
        .order_by(source_file.c.path, source_file.c.language, source_file.c.id)
    )
    return list(connection.scalars(statement))


def units_in(
    connection: sa.Connection, files: Sequence[int], *where: sa.ColumnElement[bool]
) -> Iterator[Unit]:
    """The units of some files by place; of twins with one id only the first."""
    rows = connection.execute(
        sa.select(*UNIT_COLUMNS)
        .join(source_file, source_file.c.id == unit.c.file_id)
        .where(unit.c.file_id.in_(files), *where)
        .order_by(source_file.c.path, source_file.c.language, unit.c.file_id, unit.c.ordinal)
    )
    seen: set[str] = set()
    for row in rows:
        if row.id not in seen:
            seen.add(row.id)
            yield unit_record(row)


def no_train(connection: sa.Connection, commit: str, unit_id: str = "") -> set[str]:
    """The ids of the commit's units (or this one of them) that a mark keeps out of datasets."""
    statement = (
        sa.select(unit.c.id)
        .join(scan_file, scan_file.c.file_id == unit.c.file_id)
        .where(scan_file.c.scan_seq == current(commit).scalar_subquery(), unit.c.no_train == 1)
    )
    if unit_id:
        statement = statement.where(unit.c.id == unit_id)
    return set(connection.scalars(statement))


def skips_of(connection: sa.Connection, commit: str) -> Iterator[Skip]:
    rows = connection.execute(
        sa.select(skip, source_file.c.path, source_file.c.language)
        .join(source_file, source_file.c.id == skip.c.file_id)
        .join(scan_file, scan_file.c.file_id == source_file.c.id)
        .where(scan_file.c.scan_seq == current(commit).scalar_subquery())
        .order_by(source_file.c.path, source_file.c.language, skip.c.ordinal)
    )
    for row in rows:
        yield Skip(row.path, row.language, SkipReason(row.reason), row.name, row.detail)


def find_unit(connection: sa.Connection, unit_id: str, commit: str | None) -> Unit | None:
    statement = (
        sa.select(*UNIT_COLUMNS)
        .join(source_file, source_file.c.id == unit.c.file_id)
        .where(unit.c.id == unit_id)
    )
    if commit is not None:
        statement = statement.join(scan_file, scan_file.c.file_id == source_file.c.id).where(
            scan_file.c.scan_seq == current(commit).scalar_subquery()
        )
    row = connection.execute(statement.order_by(unit.c.seq.desc()).limit(1)).first()
    return None if row is None else unit_record(row)


def newest_unit(unit_id: sa.ColumnElement[str]) -> sa.ScalarSelect[int]:
    """The row of a unit where it was seen last: it can be in more files than one."""
    seen = unit.alias("seen")
    newest = sa.select(sa.func.max(seen.c.seq)).where(seen.c.id == unit_id)
    return newest.correlate_except(seen).scalar_subquery()
