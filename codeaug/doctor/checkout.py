"""The repository as git sees it, and whether the hook is there."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from pathlib import Path

from codeaug import git
from codeaug.doctor.line import Line
from codeaug.errors import CodeaugError, MissingTool
from codeaug.model import Repository

_CONFIG = ".pre-commit-config.yaml"


def lines(repo: str, repository: Repository | None, wrong: CodeaugError | None) -> Iterator[Line]:
    """`repository` is our clone of `repo`; where there is none, `wrong` says why."""
    if repository is None:
        yield Line(
            "repository", False, str(wrong), _mended(repo, wrong), type(wrong or CodeaugError())
        )
        return
    yield Line("repository", True, f"{repository.address} at {repository.commit[:12]}")
    folder = Path(repo)
    if folder.is_dir() and git.is_git(folder):
        yield from _ownership(folder)
        yield from _history(folder)
        yield from _hook(folder)
    yield from _submodules(repository)


def _mended(repo: str, wrong: CodeaugError | None) -> str:
    if isinstance(wrong, MissingTool):
        return git.HINT
    place = shlex.quote(repo)
    if git.is_git(Path(repo)):
        return f"git -C {place} add -A && git -C {place} commit"
    return "name the folder of a repository, or its https or ssh address"


def _ownership(folder: Path) -> Iterator[Line]:
    """codeaug itself only asks for objects, which any owner may have."""
    if said := git.distrusted(folder):
        place = shlex.quote(str(folder.resolve()))
        detail = f"{said}: codeaug reads it all the same, a hook in it cannot"
        yield Line("git's trust", True, detail, f"git config --global --add safe.directory {place}")


def _history(folder: Path) -> Iterator[Line]:
    if git.is_shallow(folder):
        detail = "a shallow clone: `codeaug ci` needs the commit where a branch began"
        fix = f"git -C {shlex.quote(str(folder))} fetch --unshallow (in CI: fetch-depth: 0)"
        yield Line("history", True, detail, fix)


def _submodules(repository: Repository) -> Iterator[Line]:
    for path in git.submodules(Path(repository.git_dir), repository.commit):
        detail = "a submodule: its files are left out, so a build that needs them does not pass"
        yield Line(path, True, detail, f"keep a copy instead: git subtree add --prefix {path}")


def _hook(folder: Path) -> Iterator[Line]:
    config = folder / _CONFIG
    text = ""
    if config.is_file() and not config.is_symlink():
        text = config.read_text(encoding="utf-8", errors="replace")
    if "codeaug-" not in text:
        yield Line("hook", True, f"{_CONFIG} names none of codeaug's", "see docs/hook.md")
    elif not os.access(git.hooks(folder) / "pre-commit", os.X_OK):
        yield Line("hook", True, f"named in {_CONFIG} and not installed", "pre-commit install")
    else:
        yield Line("hook", True, f"named in {_CONFIG} and installed")
