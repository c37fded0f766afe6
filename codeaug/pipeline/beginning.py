"""`codeaug init`, and what `doctor` asks of a repository: its builds, before anything is made."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from codeaug.builds import Build
from codeaug.errors import UsageError
from codeaug.model import Project
from codeaug.oracles import detect
from codeaug.repository import RepositoryTree, open_repository, source_files
from codeaug.settings import Settings, load_settings

TEMPLATE = """\
# Settings of codeaug for this repository. Every line may be left out.
# `codeaug config show --origin` says what holds and why; `codeaug config schema` lists everything.
schema_version = 1

languages = [{languages}]    # languages to look at; empty: all
# paths = ["src/"]           # gitignore-style patterns of the files to look at
# skip = ["legacy/"]         # and of those to leave out
# per_unit = 3               # variants for a unit, at most
# bar = "tested"             # rung from which a passed variant is put before people
# ignore_tests = []          # patterns of tests that are known not to pass
# test_seconds = 900         # wall time for the whole test suite

# Builds found here; a table [build.<name>] sets options of that build.
{builds}
"""


def projects_of(repo: str) -> list[tuple[Project, Build]]:
    """The projects of a repository, found in a clone that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="codeaug-") as work:
        repository = open_repository(repo, Path(work))
        root = Path(repo) if Path(repo).is_dir() else None
        return detect(RepositoryTree(repository), load_settings(root, {}).settings)


def begin(root: Path) -> dict[str, Any]:
    """Write `codeaug.toml`. Raises UsageError when there is one, or no folder."""
    target = root / "codeaug.toml"
    if target.exists():
        raise UsageError(f"{target} is there already and stays as it is.")
    with tempfile.TemporaryDirectory(prefix="codeaug-") as work:
        repository = open_repository(str(root), Path(work))
        languages = sorted({file.language for file in source_files(repository)})
        projects = [p for p, _ in detect(RepositoryTree(repository), Settings())]
    text = TEMPLATE.format(
        languages=", ".join(f'"{language}"' for language in languages),
        builds="\n".join(_comment(project) for project in projects) or "# none",
    )
    with target.open("x", encoding="utf-8") as file:
        file.write(text)
    return {
        "written": str(target),
        "languages": languages,
        "projects": [
            {"build": p.build, "root": p.root, "languages": list(p.languages)} for p in projects
        ],
    }


def _comment(project: Project) -> str:
    return f"#   {project.build} in {project.root or '.'} ({', '.join(project.languages)})"
