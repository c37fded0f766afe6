"""Bring a store to the schema of this version. Alembic is loaded only when there is work."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from codeaug.errors import StoreError
from codeaug.store.tables import REVISION, VERSION_TABLE, metadata

_MIGRATING = 0x6D696772617465  # "migrate"


def is_current(connection: sa.Connection, place: str) -> bool:
    """Whether the tables are there as this version needs them. Raises StoreError."""
    names = set(sa.inspect(connection).get_table_names())
    if VERSION_TABLE not in names:
        if names & set(metadata.tables) or (names and connection.dialect.name == "sqlite"):
            raise StoreError(f"{place} belongs to another program: give another with --store")
        return False
    version = connection.scalar(sa.text(f"SELECT version_num FROM {VERSION_TABLE}")) or "0000"
    if int(version) > int(REVISION):
        raise StoreError(
            f"{place} was written by a newer codeaug (its schema is {version}, this one knows "
            f"{REVISION}): upgrade codeaug, or give another with --store"
        )
    return version == REVISION


def wait_for_others(connection: sa.Connection) -> None:
    """Until this transaction ends nobody else migrates; on SQLite it is alone anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATING)))


def migrate(connection: sa.Connection, revision: str = "head") -> None:
    """Runs the missing migrations inside the transaction of `connection`: all or none."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
