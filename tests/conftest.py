from __future__ import annotations

import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import URL

from tests.postgres import database, server

REPOS = Path(__file__).parent / "repos"


# A shell that starts us in the background has Ctrl-C ignored, and programs of tests inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)


def git(folder: Path, *args: str) -> str:
    """Run git in `folder` as somebody, and give its standard output."""
    who = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org"]
    done = subprocess.run(
        ["git", *who, *args], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Callable[[str], Path]:
    """`repository("python-pytest")`: a private git repository with that content, committed."""

    def make(name: str) -> Path:
        folder = tmp_path / name
        shutil.copytree(REPOS / name, folder)
        git(folder, "init", "-q")
        git(folder, "add", "-A")
        git(folder, "commit", "-qm", "Everything")
        return folder

    return make


@pytest.fixture(scope="session")
def postgres() -> Iterator[URL]:
    """The address of a PostgreSQL server."""
    with server() as started:
        yield started


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where an empty store can be made, of either kind."""
    if request.param == "sqlite":
        yield str(tmp_path / "store.db")
        return
    with database(request.getfixturevalue("postgres"), f"d{uuid4().hex}") as url:
        yield url
