"""Connections to SQLite and PostgreSQL, and what to tell the user when there is none."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, NoSuchModuleError

from codeaug.errors import Busy, CodeaugError, MissingTool, OutOfSpace, StoreError, UsageError
from codeaug.settings.secrets import shown

_SECONDS_TO_WAIT = 30
A_MOMENT = 0.05  # seconds: several times what a decision takes
_BETWEEN_LOOKS = 0.0005  # seconds, while others write
_TOO_LITTLE = 1 << 20


def parse_url(url: str) -> sa.URL:
    """A store's URL; a bare path means SQLite. Raises UsageError for anything else."""
    if "://" not in url:
        return sa.URL.create("sqlite", database=str(Path(url).absolute()))
    try:
        parsed = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError) as error:
        raise UsageError(f"the store's URL cannot be read: {_usage()}") from error
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise UsageError(f"no store of kind {parsed.get_backend_name()!r}: {_usage()}")
    # Read otherwise than it is meant, a part of the password would be the host, which is shown.
    if parsed.password is not None and "@" in f"{parsed.host}{parsed.database}":
        raise UsageError(
            "the store's URL cannot be read: write @ and / in its password as %40 and %2F."
        )
    return parsed


def _usage() -> str:
    return "give a path, sqlite:///PATH or postgresql+psycopg://USER@HOST/DATABASE"


def connect(url: sa.URL) -> sa.Engine:
    """An engine whose transactions are safe beside other processes. Opens nothing yet."""
    try:
        if url.get_backend_name() == "postgresql":
            return sa.create_engine(url, connect_args={"application_name": _who()})
        engine = sa.create_engine(url, connect_args={"timeout": _SECONDS_TO_WAIT})
    except NoSuchModuleError as error:
        raise UsageError(f"no driver for {url.drivername!r}: {_usage()}") from error
    except ModuleNotFoundError as error:
        raise MissingTool(
            f"{error.name} is needed for this store: install codeaug[postgresql]"
        ) from error
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _who() -> str:
    return f"codeaug {os.getpid()}@{socket.gethostname()}"[:63]


def make_hasty(engine: sa.Engine) -> sa.Engine:
    """The same place, where transactions wait for others' for a moment only, then raise Busy."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(hasty=True)
    hasty = connect(engine.url)
    event.listen(hasty, "connect", _wait_for_a_moment)
    return hasty


def _wait_for_a_moment(connection: DBAPIConnection, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute(f"SET lock_timeout = {round(1000 * A_MOMENT)}")
    cursor.close()
    connection.commit()


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # Transactions are ours to begin: the driver would begin late and without IMMEDIATE.
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    # FULL keeps a decision or a paid reply through a power cut, for one fsync a transaction.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cache_size = -32768")


def _begin_sqlite(connection: sa.Connection) -> None:
    # IMMEDIATE takes the write lock at once, where waiting works; later upgrades fail at once.
    if not connection.get_execution_options().get("writing"):
        connection.exec_driver_sql("BEGIN")
        return
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    hasty = connection.get_execution_options().get("hasty")
    _take_turn(driver, A_MOMENT if hasty else _SECONDS_TO_WAIT)


def _take_turn(connection: sqlite3.Connection, patience: float) -> None:
    """Begins to write as soon as nobody else does. SQLite's own waiting sleeps longer each time, to
    100 ms, although others need the lock for one or two: who has waited long then waits longer."""
    end = time.monotonic() + patience
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                    raise
            time.sleep(_BETWEEN_LOOKS)
    finally:
        connection.execute(f"PRAGMA busy_timeout = {1000 * _SECONDS_TO_WAIT}")


def make_folder(path: Path) -> None:
    """The folder for an SQLite file; `.codeaug` is hidden from git. Raises StoreError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        ignore = path.parent / ".gitignore"
        if path.parent.name == ".codeaug" and not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")
    except OSError as error:
        raise StoreError(
            f"cannot write to {path.parent} ({error.strerror}): "
            "give another place with --store PATH"
        ) from error


@contextmanager
def plain_errors(url: sa.URL) -> Iterator[None]:
    """Turns the database's errors into one sentence."""
    try:
        yield
    except sqlite3.Error as error:  # from preparing a new connection
        raise _sqlite_sentence(url.database or "", error) from error
    except DBAPIError as error:
        raise _sentence(url, error.orig) from error


def _sentence(url: sa.URL, error: BaseException | None) -> CodeaugError:
    if isinstance(error, sqlite3.Error):
        return _sqlite_sentence(url.database or "", error)
    place = shown(str(url))
    first_line = str(error).strip().split("\n", 1)[0]
    if getattr(error, "sqlstate", None) == "55P03":
        return Busy(f"the store {place} is locked by another program: {first_line}")
    if getattr(error, "sqlstate", None) == "53100":
        return OutOfSpace(f"the disk of {place} is full: what was finished is kept")
    return StoreError(f"the store {place} does not answer: {first_line}")


def _sqlite_sentence(place: str, error: sqlite3.Error) -> CodeaugError:
    name = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_FULL" or (name.startswith("SQLITE_IOERR") and _disk_is_full(place)):
        return OutOfSpace(
            f"no space left for {place}: what was finished is kept, free some and run again"
        )
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Busy(f"{place} is locked by another program: run again when that has ended")
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return StoreError(f"cannot write to {place}: give another place with --store PATH")
    if name in ("SQLITE_NOTADB", "SQLITE_CORRUPT"):
        return StoreError(f"{place} is not a codeaug store, or damaged: give another with --store")
    return StoreError(f"the store {place} cannot be used: {error}")


def _disk_is_full(place: str) -> bool:
    folder = Path(place).parent
    return folder.exists() and shutil.disk_usage(folder).free < _TOO_LITTLE
