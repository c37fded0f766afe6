"""One run at a time on a store. The kernel or the server lets go when a run is killed."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from codeaug.errors import StoreError

_ADVISORY_KEY = 0x636F6465617567  # "codeaug"
_held: set[str] = (
    set()
)  # a process may take a record lock twice, so this process keeps its own list


@contextmanager
def lock_file(path: Path) -> Iterator[None]:
    """Holds `path` for this process. Raises StoreError when another one has it.

    A record lock, not flock: worker processes must not inherit it and outlive us with it.
    """
    if str(path) in _held:
        raise _in_use(f"pid {os.getpid()}")
    try:
        file = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise StoreError(
            f"cannot write to {path.parent} ({error.strerror}): "
            "give another place with --store PATH"
        ) from error
    with file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError) as error:
            file.seek(0)
            raise _in_use(f"pid {file.read().strip() or 'unknown'}") from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        _held.add(str(path))
        try:
            yield
        finally:
            _held.discard(str(path))


@contextmanager
def lock_server(engine: sa.Engine) -> Iterator[None]:
    """Holds PostgreSQL's advisory lock of this database while its connection lives."""
    with engine.connect() as connection:
        if not connection.scalar(sa.select(sa.func.pg_try_advisory_lock(_ADVISORY_KEY))):
            raise _in_use(_holder(connection))
        connection.commit()
        try:
            yield
        finally:
            connection.execute(sa.select(sa.func.pg_advisory_unlock(_ADVISORY_KEY)))
            connection.commit()


def _holder(connection: sa.Connection) -> str:
    name = connection.scalar(
        sa.text(
            "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid"
            " WHERE l.locktype = 'advisory' AND l.granted AND l.objid = :low"
        ),
        {"low": _ADVISORY_KEY & 0xFFFFFFFF},
    )
    return f"pid {str(name or 'unknown').removeprefix('codeaug ')}"


def _in_use(who: str) -> StoreError:
    return StoreError(
        f"another codeaug run ({who}) is using this store: wait for it, or give another --store"
    )
