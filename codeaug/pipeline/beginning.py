"""`codeaug init`: look at a repository, and write down what was found as its settings."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from codeaug.errors import MissingTool, NoSandbox, RepositoryError, UsageError
from codeaug.home import put, require_own
from codeaug.model import Project
from codeaug.oracles import detect, missing_tools
from codeaug.repository import RepositoryTree, open_repository, source_files
from codeaug.sandbox import probe
from codeaug.settings import PROJECT_FILES, SCHEMAS, Settings, has_settings
from codeaug.store import default_url, make_folder

_NAME = "codeaug.toml"
_SCHEMA = f".codeaug/{SCHEMAS[False].name}"
_HEAD = f"""\
#:schema ./{_SCHEMA}
# Settings of codeaug for this repository. Every line may be left out.
# `codeaug config show --origin` says what holds and why, docs/settings.md what each setting does.
# Editors that know TOML schemas read the line above; after a fresh clone, make the file anew by
# `codeaug config schema > {_SCHEMA}`.
schema_version = 1
"""
_EXAMPLES = {
    "paths": '["src/"]',
    "skip": '["legacy/"]',
    "per_unit": "3",
    "bar": '"compared"',
    "ignore_tests": '["test_network*"]',
    "test_seconds": "900",
    "never_send": '["secret/"]',
}
_PROFILE = """
# A profile holds when it is chosen by name: --profile ci, or CODEAUG_PROFILE=ci.
# [profile.ci]
# jobs = 2
"""


@dataclass(frozen=True, slots=True)
class Found:
    """What a repository holds and this machine has: languages with the number of their files,
    projects, the sandbox ("" when there is none) and, for each thing that is missing, what mends
    it."""

    languages: dict[str, int]
    projects: tuple[Project, ...]
    sandbox: str
    missing: dict[str, str]
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Begun:
    """The file that was written, and what it was written for."""

    written: str
    found: Found

    def told(self) -> Iterator[str]:
        """What was found, and what is missing, line by line."""
        return _told(self.found)

    def document(self) -> dict[str, object]:
        found = self.found
        return {
            "written": self.written,
            "languages": sorted(found.languages),
            "files": found.languages,
            "projects": [asdict(p) | {"options": dict(p.options)} for p in found.projects],
            "sandbox": found.sandbox,
            "missing": found.missing,
            "empty": found.empty,
        }


def begin(root: Path) -> Begun:
    """Write `codeaug.toml`, and its schema beside the store. Raises UsageError when there are
    settings already, or no folder."""
    if there := next((name for name in PROJECT_FILES if has_settings(root / name)), ""):
        raise UsageError(f"{root / there} is there already and stays as it is.")
    home = Path(default_url(root)).parent
    require_own(home)
    found = look(root)
    target = root / _NAME
    make_folder(Path(default_url(root)))
    put(root / _SCHEMA, SCHEMAS[False].read_text(encoding="utf-8"), root)
    try:
        with target.open("x", encoding="utf-8") as file:
            file.write(_text(found))
    except FileExistsError as error:  # what is no file, or leads to none
        raise UsageError(f"{target} is there already and stays as it is.") from error
    return Begun(str(target), found)


def look(root: Path) -> Found:
    """An empty repository is one in which nothing was found yet. Raises RepositoryError when there
    is no folder."""
    files: Counter[str] = Counter()
    projects: list[Project] = []
    missing: dict[str, str] = {}
    empty = ""
    if not root.is_dir():
        raise RepositoryError(f"{root} is no folder: name the repository's.")
    with tempfile.TemporaryDirectory(prefix="codeaug-") as work:
        try:
            repository = open_repository(str(root), Path(work))
        except RepositoryError as error:
            empty = str(error)
        else:
            files.update(file.language for file in source_files(repository))
            for project, build in detect(RepositoryTree(repository), Settings()):
                projects.append(project)
                missing.update(missing_tools(build, project))
    sandbox, advice = _sandbox()
    return Found(dict(files), tuple(projects), sandbox, missing | advice, empty)


def _sandbox() -> tuple[str, dict[str, str]]:
    try:
        return probe().level, {}
    except (NoSandbox, MissingTool) as error:
        return "", {"a sandbox": str(error)}


def _text(found: Found) -> str:
    head = "# Found when this file was written; a table [build.<name>] sets options of that build:"
    told = [f"#   {line}" for line in _told(found)]
    return "\n".join([_HEAD, *_settings(found), "", head, *told]) + "\n" + _PROFILE


def _settings(found: Found) -> Iterator[str]:
    helps = {f.name: f.metadata["help"] for f in fields(Settings)}
    listed = ", ".join(f'"{language}"' for language in sorted(found.languages))
    yield f"{f'languages = [{listed}]':<36}# {helps['languages']}"
    for name, example in _EXAMPLES.items():
        yield f"# {f'{name} = {example}':<34}# {helps[name]}"


def _told(found: Found) -> Iterator[str]:
    if found.empty:
        yield "nothing to make variants of yet"
    for language, number in sorted(found.languages.items()):
        yield f"{number} files of {language}"
    for p in found.projects:
        yield f"build {p.build} in {p.root or '.'}: {', '.join(p.languages)}"
    if found.languages and not found.projects:
        yield "no build: say in [build.custom] how to build and test, see docs/commands.md"
    if found.sandbox:
        yield f"sandbox {found.sandbox}"
    for name, fix in found.missing.items():
        yield f"missing on this machine: {name} ({fix})"
