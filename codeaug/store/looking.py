"""What a store is, found out without changing it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa

from codeaug.settings.secrets import shown
from codeaug.store.connection import connect, parse_url, plain_errors
from codeaug.store.schema import is_current
from codeaug.store.tables import REVISION, VERSION_TABLE

_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Looked:
    """Where a store is, the revision of its schema ("" before it is made), and the one we know."""

    place: str
    revision: str
    known: str = REVISION


def look(url: str) -> Looked:
    """Raises StoreError, MissingTool or UsageError with what is wrong."""
    parsed = parse_url(url)
    place = (
        shown(str(parsed)) if parsed.get_backend_name() == "postgresql" else str(parsed.database)
    )
    if parsed.get_backend_name() == "sqlite" and not Path(place).exists():
        return Looked(place, "")
    engine = _reading(parsed)
    try:
        with plain_errors(parsed), engine.connect() as connection:
            if not is_current(connection, place):
                names = sa.inspect(connection).get_table_names()
                if VERSION_TABLE not in names:
                    return Looked(place, "")
            found = connection.scalar(sa.text(f"SELECT version_num FROM {VERSION_TABLE}"))
            return Looked(place, str(found or "0000"))
    finally:
        engine.dispose()


def _reading(url: sa.URL) -> sa.Engine:
    if url.get_backend_name() == "postgresql":
        return connect(url.update_query_dict({"connect_timeout": str(_SECONDS)}))
    name = f"file:{quote(str(url.database))}?mode=ro"
    return sa.create_engine("sqlite://", creator=lambda: sqlite3.connect(name, _SECONDS, uri=True))
