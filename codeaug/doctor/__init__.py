"""What this machine has, what is missing, and the command that mends it.

`installed`     Python and the packages
`tools`         programs, those of the repository's builds, and whether they are new enough
`configuration` settings, their profiles and build tables
`checkout`      the repository as git sees it, and its hook
`places`        the store and the disk that it lies on
`surroundings`  the sandbox, and what the environment says of networks
`models`        keys that are named and not there; the endpoint of a model
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from codeaug.builds import Build
from codeaug.doctor import checkout, configuration, installed, models, places, surroundings, tools
from codeaug.doctor.line import Line, first_error
from codeaug.doctor.models import examine_model
from codeaug.errors import CodeaugError
from codeaug.model import Project, Repository
from codeaug.oracles import detect
from codeaug.repository import RepositoryTree, open_repository
from codeaug.settings import Settings

__all__ = ["Line", "attack", "examine", "examine_model", "first_error"]


def examine(repo: str | None, settings: Settings, problem: str, store: str) -> Iterator[Line]:
    """Everything that can be missing, of this machine and, when one is named, for a repository.

    `problem` says why the settings cannot be used; then `settings` are the defaults. `store` is the
    URL of the store, or empty.
    """
    yield from installed.lines(settings)
    yield from tools.git()
    yield from configuration.lines(settings, problem)
    if repo is None:
        yield from tools.all_builds()
    else:
        with _opened(repo, settings) as (repository, projects, wrong):
            yield from checkout.lines(repo, repository, wrong)
            if repository is not None:
                tree = RepositoryTree(repository)
                yield from tools.of_projects(tree, projects)
    if store:
        yield from places.lines(store)
    yield from models.keys(settings)
    yield from surroundings.network(settings)
    yield surroundings.sandbox()


@contextlib.contextmanager
def _opened(
    repo: str, settings: Settings
) -> Iterator[tuple[Repository | None, list[tuple[Project, Build]], CodeaugError | None]]:
    """The repository and its projects, in a clone that is thrown away; or why there is none."""
    with tempfile.TemporaryDirectory(prefix="codeaug-") as work:
        try:
            repository = open_repository(repo, Path(work))
            found = detect(RepositoryTree(repository), settings)
        except CodeaugError as error:
            yield None, [], error
            return
        yield repository, found, None


def attack(scratch: Path) -> Iterator[Line]:
    """Each escape attempt, really made inside a sandbox, and whether it was refused."""
    from codeaug.sandbox import probe
    from codeaug.sandbox.attacks import attack as attempts

    for name, refused, detail in attempts(probe(), scratch):
        yield Line(name, refused, detail, "" if refused else "see docs/sandbox.md")
