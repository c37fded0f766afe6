"""Records to rows and back, and the statements that SQLite and PostgreSQL spell alike."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import cache, lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from codeaug.model import Origin, Span, Unit, Variant
from codeaug.store import tables
from codeaug.store.tables import source_file, text, unit, variant

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

Row = Mapping[str, Any]
Transaction = Callable[[], AbstractContextManager[sa.Connection]]
Item = TypeVar("Item")

LONGEST_LOG = 64 * 1024
_CHUNK = 500


def chunks(items: Iterable[Item], size: int = _CHUNK) -> Iterator[list[Item]]:
    """`items` in lists of at most `size`, below both databases' limit of parameters."""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk


def add(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """Inserts the rows that are not there yet."""
    if rows:
        connection.execute(_adding(connection.dialect.name, table), rows)


def add_plain(connection: sa.Connection, table: sa.Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """As `add`, for very many rows of all columns but `seq`, in order; texts are `stored` already.

    SQLAlchemy's own work on each row costs twice what the database does with it.
    """
    if not rows:
        return
    names = [column.name for column in table.c if column.name != "seq"]
    insert = _adding(connection.dialect.name, table)
    compiled = insert.compile(dialect=connection.dialect, column_keys=names, for_executemany=True)
    values: Any = rows
    if compiled.positiontup is None:  # the driver takes names, not `?`
        values = [dict(zip(names, row, strict=True)) for row in rows]
    connection.exec_driver_sql(compiled.string, values)


def add_one(connection: sa.Connection, table: sa.Table, row: Row) -> bool:
    """Inserts the row unless it is there already; whether it was new."""
    return connection.execute(_adding_one(connection.dialect.name, table), row).first() is not None


# Statements are made once: making one costs several times what running it does.


@cache
def _adding(dialect: str, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
    return _insert(dialect, table).on_conflict_do_nothing()


@cache
def _adding_one(dialect: str, table: sa.Table) -> sa.sql.dml.ReturningInsert[Any]:
    return _adding(dialect, table).returning(sa.literal(1))


def replace(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """Inserts rows; one with the same primary key gets the new values."""
    if rows:
        connection.execute(_replacing(connection.dialect.name, table), rows)


@cache
def _replacing(dialect: str, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
    statement = _insert(dialect, table)
    keys = [column.name for column in table.primary_key]
    values = {c.name: statement.excluded[c.name] for c in table.columns if c.name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=values)


def _insert(dialect: str, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
    if dialect == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)


def request_of(person: str, request_id: str) -> str:
    """Two people may use the same id for a request. No name has a line's end in it."""
    return f"{person}\n{request_id}"


def secret(connection: sa.Connection, name: str) -> bytes:
    """32 random bytes that stay the same in this store and are never exported."""
    statement = sa.select(tables.secret.c.value).where(tables.secret.c.name == name)
    found = connection.scalar(statement)
    if found is None:
        add(connection, tables.secret, [{"name": name, "value": os.urandom(32)}])
        found = connection.scalars(statement).one()
    return bytes(found)


# --- long texts -----------------------------------------------------------------------------------


def put_texts(connection: sa.Connection, texts: Iterable[str]) -> list[str]:
    """Keeps long texts by their hash and returns the ids, in order."""
    ids, rows = [], {}
    for body in texts:
        data = body.encode("utf-8", "surrogatepass")
        ids.append(hashlib.sha256(data).hexdigest()[:32])
        rows[ids[-1]] = data
    known = _known_texts(connection, rows)
    new = [{"id": i, "body": zlib.compress(data)} for i, data in rows.items() if i not in known]
    add(connection, text, new)
    return ids


def _known_texts(connection: sa.Connection, ids: Iterable[str]) -> set[str]:
    known: set[str] = set()
    for some in chunks(ids):
        known.update(connection.scalars(sa.select(text.c.id).where(text.c.id.in_(some))))
    return known


def get_texts(connection: sa.Connection, ids: Iterable[str]) -> dict[str, str]:
    """The texts of these ids."""
    found: dict[str, str] = {}
    for some in chunks(set(ids)):
        for row in connection.execute(sa.select(text).where(text.c.id.in_(some))):
            found[row.id] = zlib.decompress(row.body).decode("utf-8", "surrogatepass")
    return found


def cut(log: str) -> str:
    """The beginning and the end of a log of more than 64 Ki characters."""
    if len(log) <= LONGEST_LOG:
        return log
    left_out = f"\n... {len(log) - LONGEST_LOG} characters left out ...\n"
    half = (LONGEST_LOG - len(left_out)) // 2
    return log[:half] + left_out + log[-half:]


# --- units and variants ---------------------------------------------------------------------------

UNIT_COLUMNS = (*unit.c, source_file.c.path, source_file.c.language, source_file.c.blob)


def unit_record(row: sa.Row[Any]) -> Unit:
    """A row with `UNIT_COLUMNS`."""
    return Unit(
        path=row.path,
        language=row.language,
        name=row.name,
        parameters=row.parameters,
        span=Span(row.start_byte, row.end_byte),
        body=Span(row.body_start, row.body_end),
        line=row.line,
        body_line=row.body_line,
        end_line=row.end_line,
        blob=row.blob,
        code=row.code,
    )


def variant_row(record: Variant) -> Row:
    return {
        "id": record.id,
        "unit_id": record.unit_id,
        "code": record.code,
        "engine": record.origin.engine,
        "recipe": json.dumps(record.origin.recipe),
        "seed": record.origin.seed,
        "model": record.origin.model,
        "prompt": record.origin.prompt,
        "parent": record.origin.parent,
    }


@lru_cache(maxsize=4096)  # a million variants have few recipes
def _recipe(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def variant_record(row: sa.Row[Any]) -> Variant:
    made_by = (sys.intern(row.engine), _recipe(row.recipe), row.seed, sys.intern(row.model))
    origin = Origin(*made_by, row.prompt, row.parent)
    return Variant(row.unit_id, row.code, origin)


_MADE = sa.func.length(variant.c.code)
_OF = sa.select(sa.func.max(sa.func.length(unit.c.code))).where(unit.c.id == variant.c.unit_id)
_LARGER = sa.case((_OF.scalar_subquery() > _MADE, _OF.scalar_subquery()), else_=_MADE)
_SIZE = sa.select(_LARGER).where(variant.c.id == sa.bindparam("variant"))
_VARIANT = sa.select(variant.c.seq).where(variant.c.id == sa.bindparam("variant"))

HAS_VARIANT = _VARIANT.exists()


def size_of(connection: sa.Connection, variant_id: str) -> int:
    """Characters of a variant's code or its unit's, the larger; 0 when there is none."""
    return connection.scalar(_SIZE, {"variant": variant_id}) or 0


def has_variant(connection: sa.Connection, variant_id: str) -> bool:
    return connection.scalar(_VARIANT, {"variant": variant_id}) is not None


def get_variants(connection: sa.Connection, where: sa.ColumnElement[bool]) -> list[Variant]:
    """Variants in the order in which they were made."""
    rows = connection.execute(sa.select(variant).where(where).order_by(variant.c.seq))
    return [variant_record(row) for row in rows]
