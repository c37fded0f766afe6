"""A PostgreSQL server of this test run's own, on a socket in a temporary folder."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

PROGRAMS = Path("/usr/lib/postgresql")


@contextmanager
def server() -> Iterator[sa.URL]:
    """Its address, of a database that is there always."""
    found = sorted(PROGRAMS.glob("*/bin/initdb"))
    program = shutil.which("initdb") or (str(found[-1]) if found else "")
    assert program, "these tests need PostgreSQL: apt-get install postgresql"
    with tempfile.TemporaryDirectory(prefix="codeaug-pg-") as folder:
        data = Path(folder) / "data"
        owner = _owner(Path(folder))
        _run([program, "-D", str(data), "-U", "tests", "--auth=trust", "--no-sync"], owner)
        options = f"-c listen_addresses= -c unix_socket_directories={folder}"
        control = [str(Path(program).with_name("pg_ctl")), "-D", str(data), "-w"]
        _run([*control, "-o", options, "-l", str(data / "log"), "start"], owner)
        try:
            yield sa.URL.create(
                "postgresql+psycopg", "tests", database="postgres", query={"host": folder}
            )
        finally:
            _run([*control, "-m", "immediate", "stop"], owner)


def _owner(folder: Path) -> str | None:
    """PostgreSQL refuses to run as root: then who its package says owns it."""
    if os.geteuid() != 0:
        return None
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return user.pw_name


def _run(command: list[str], user: str | None) -> None:
    groups: list[int] | None = [] if user else None
    subprocess.run(
        command, user=user, extra_groups=groups, cwd="/", check=True, capture_output=True
    )


@contextmanager
def database(address: sa.URL, name: str) -> Iterator[str]:
    """The URL of a new, empty database."""
    engine = sa.create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    try:
        yield address.set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
        engine.dispose()
