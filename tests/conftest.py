from __future__ import annotations

import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

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
