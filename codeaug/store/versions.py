"""Units at whatever commit they were seen: every version that a store has of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

import sqlalchemy as sa

from codeaug.model import Repository, Unit
from codeaug.store.rows import UNIT_COLUMNS, chunks, unit_record
from codeaug.store.tables import repository, scan, scan_file, source_file, unit, variant


def called(connection: sa.Connection, names: Collection[str]) -> list[Unit]:
    """The versions of units with one of these qualified names, anywhere."""
    statement = (
        sa.select(*UNIT_COLUMNS)
        .join(source_file, source_file.c.id == unit.c.file_id)
        .where((unit.c.name + unit.c.parameters).in_(names))
        .order_by(unit.c.seq)
    )
    return list({row.id: unit_record(row) for row in connection.execute(statement)}.values())


def in_paths(connection: sa.Connection, holds: Callable[[str], bool]) -> set[str]:
    """The ids of units in files whose path `holds` takes."""
    paths = connection.scalars(sa.select(source_file.c.path).distinct())
    return _of_files(
        connection, (source_file.c.path.in_(some) for some in chunks(filter(holds, paths)))
    )


def in_repositories(connection: sa.Connection, holds: Callable[[Repository], bool]) -> set[str]:
    """The ids of units that were seen in repositories that `holds` takes."""
    rows = connection.execute(sa.select(repository))
    commits = {
        row.commit_id
        for row in rows
        if holds(Repository(row.address, row.git_dir, row.commit_id, row.license))
    }
    seen = sa.select(scan_file.c.file_id).join(scan, scan.c.seq == scan_file.c.scan_seq)
    return _of_files(
        connection,
        (source_file.c.id.in_(seen.where(scan.c.commit_id.in_(some))) for some in chunks(commits)),
    )


def _of_files(connection: sa.Connection, wheres: Iterable[sa.ColumnElement[bool]]) -> set[str]:
    statement = sa.select(unit.c.id).join(source_file, source_file.c.id == unit.c.file_id)
    found: set[str] = set()
    for where in wheres:
        found.update(connection.scalars(statement.where(where)))
    return found


def variants_of(connection: sa.Connection, unit_ids: Iterable[str]) -> Iterator[str]:
    """The ids of all variants of these units."""
    for some in chunks(unit_ids):
        yield from connection.scalars(sa.select(variant.c.id).where(variant.c.unit_id.in_(some)))
