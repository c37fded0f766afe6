from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from filelock import FileLock
from sqlalchemy import URL

from codeaug.builds import Prepared, cmake
from tests import java_bench
from tests.command_line import codeaug
from tests.native_bench import Bench, built
from tests.postgres import database, server
from tests.test_resident_cpp import Yard, yard

REPOS = Path(__file__).parent / "repos"


# A shell that starts us in the background has Ctrl-C ignored, and programs of tests inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of several processes none is to be left alone with a long file: those go first."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        slow = {item.path for item in items if item.get_closest_marker("slow")}
        items.sort(key=lambda item: item.path not in slow)


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
        return committed(name, tmp_path / name)

    return make


def committed(name: str, folder: Path) -> Path:
    """A git repository with that content of tests/repos in a new folder, in one commit."""
    shutil.copytree(REPOS / name, folder)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "Everything")
    return folder


class Fetched:
    """Dependencies that an earlier test fetched, for the next one that runs the same project.

    codeaug finds them by the project's build files, as a second run of its own would. The first
    test to run a project still fetches; those that are about fetching begin without.
    """

    def __init__(self, kept: Path) -> None:
        self._kept = kept
        kept.mkdir(exist_ok=True)

    @contextmanager
    def lent(self, name: str, repository: Path) -> Iterator[None]:
        """Put what is known of `name` into a repository's own folder; keep what comes there."""
        kept, deps = self._kept / name, repository / ".codeaug" / "work" / "deps"
        with FileLock(f"{kept}.lock"):
            kept.mkdir(exist_ok=True)
            shutil.copytree(kept, deps, symlinks=True, copy_function=os.link)
        (repository / ".codeaug" / ".gitignore").write_text("*\n")
        yield
        with FileLock(f"{kept}.lock"):
            for mark in deps.glob("*/.fetched"):
                if not (kept / mark.parent.name).exists():
                    mark.parent.rename(kept / mark.parent.name)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of one run of the tests have in common."""
    home = tmp_path_factory.getbasetemp()
    return home.parent if "PYTEST_XDIST_WORKER" in os.environ else home


@pytest.fixture(scope="session")
def fetched(shared: Path) -> Fetched:
    return Fetched(shared / "fetched")


@pytest.fixture
def fetched_repository(
    repository: Callable[[str], Path], fetched: Fetched
) -> Iterator[Callable[[str], Path]]:
    """The same, with the dependencies that an earlier test fetched."""
    with ExitStack() as stack:

        def make(name: str) -> Path:
            folder = repository(name)
            stack.enter_context(fetched.lent(name, folder))
            return folder

        yield make


class Judgeable:
    """Repositories for which `codeaug oracle` has run once: built, measured, their faults judged.

    What it found is in the repository's own folder, where the next run looks for it.
    """

    def __init__(self, home: Path, fetched: Fetched) -> None:
        self._home, self._fetched = home, fetched
        home.mkdir(exist_ok=True)

    def copied(self, name: str, folder: Path) -> Path:
        kept = self._home / name
        with FileLock(f"{kept}.lock"):
            if not kept.exists():
                made = committed(name, self._home / f"{name}.new")
                with self._fetched.lent(name, made):
                    codeaug("oracle", made).check_returncode()
                    made.rename(kept)  # with the dependencies, which are not lent on
        return Path(shutil.copytree(kept, folder, symlinks=True))


@pytest.fixture(scope="session")
def judgeable(shared: Path, fetched: Fetched) -> Judgeable:
    return Judgeable(shared / "judgeable", fetched)


@pytest.fixture
def judgeable_repository(tmp_path: Path, judgeable: Judgeable) -> Callable[[str], Path]:
    """A repository for tests of what comes behind the oracle, which is there already."""

    def make(name: str) -> Path:
        return judgeable.copied(name, tmp_path / name)

    return make


@pytest.fixture(scope="session")
def cpp_compare(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """tests/repos/cpp-compare, built: what resident programs do leaves it as it is."""
    return built("cpp-compare", cmake.BUILD, tmp_path_factory.mktemp("cpp-compare"))


@pytest.fixture(scope="module")
def cpp_desk(cpp_compare: Bench) -> Iterator[Yard]:
    """Where texts of tests/repos/cpp-compare are compared, by a resident program of its own."""
    opened = yard(cpp_compare)
    yield opened
    opened.residents.close()


@pytest.fixture(scope="session")
def java_compare(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """The same of tests/repos/java-compare."""
    return java_bench.built(tmp_path_factory.mktemp("java-compare"))


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
