"""A repository of somebody, and the hooks run in it as pre-commit runs them."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from codeaug.cli.hook import hook
from codeaug.languages import find_units_once
from codeaug.model import (
    Decision,
    Origin,
    Repository,
    ScannedFile,
    SourceFile,
    Unit,
    Variant,
    Word,
)
from codeaug.store import Store
from tests.conftest import git

BROKEN = {
    "a.py": "def f(x)\n    return x\n",
    "A.java": "class A {\n    int f(int x) { return x }\n}\n",
    "a.cpp": "int f(int x) {\n    int y x;\n    return y;\n}\n",
}
WHOLE = {
    "a.py": "def f(x):\n    return x\n",
    "A.java": "class A {\n    int f(int x) { return x; }\n}\n",
    "a.cpp": "int f(int x) {\n    int y = x;\n    return y;\n}\n",
}
CHANGED = {
    "a.py": WHOLE["a.py"].replace("return x", "return -x"),
    "A.java": WHOLE["A.java"].replace("return x", "return -x"),
    "a.cpp": WHOLE["a.cpp"].replace("y = x", "y = -x"),
}
TOKEN = "ghp_" + "a1B2c3D4e5F6" * 3


@dataclass
class Somebodys:
    """A repository, and what the hooks say in it."""

    folder: Path
    monkeypatch: pytest.MonkeyPatch

    def git(self, *args: str) -> str:
        return git(self.folder, *args)

    def write(self, files: dict[str, str]) -> None:
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8", "surrogateescape"))

    def stage(self, files: dict[str, str]) -> None:
        self.write(files)
        self.git("add", "-A")

    def commit(self, files: dict[str, str]) -> str:
        self.stage(files)
        self.git("commit", "-qm", "More")
        return self.git("rev-parse", "HEAD")

    def run(self, *args: str, code: int = 0, cwd: str = ".") -> list[str]:
        """The lines that `codeaug hook ...` prints; it has to end with this exit code."""
        with self.monkeypatch.context() as patch:
            patch.chdir(self.folder / cwd)
            done = CliRunner().invoke(hook, [*args, *(["--strict"] * (args[0] != "enqueue"))])
        assert done.exit_code == code, (done.output, done.exception)
        return done.output.splitlines()

    def told(self, *args: str, code: int = 0, cwd: str = ".") -> list[str]:
        """`path:line rule` of each notice of `check`."""
        found = self.notices(*args, code=code, cwd=cwd)
        return [f"{one['path']}:{one['line']} {one['rule']}" for one in found]

    def notices(self, *args: str, code: int = 0, cwd: str = ".") -> list[dict[str, Any]]:
        (line,) = self.run("check", "--json", *args, code=code, cwd=cwd)
        document = json.loads(line)
        assert document["stopped"] is bool(code)
        found: list[dict[str, Any]] = document["notices"]
        return found


def somebodys_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Somebodys:
    """An empty repository, without a commit, and nothing of a hook around us."""
    for name in [name for name in os.environ if name.startswith(("GIT_", "PRE_COMMIT"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "nowhere"))
    here = folder / "somebodys"
    here.mkdir()
    git(here, "init", "-q", "-b", "main")
    return Somebodys(here, monkeypatch)


def approve(here: Somebodys, files: dict[str, str], times: int = 1) -> None:
    """Each function of these files gets so many approved variants."""
    made_at = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    with Store.open(str(here.folder / ".codeaug" / "codeaug.db")) as store:
        commit = here.git("rev-parse", "HEAD")
        store.put_repository(Repository(str(here.folder), "", commit))
        language = {"py": "python", "java": "java", "cpp": "cpp"}
        for path, text in files.items():
            kind = language[path.rsplit(".", 1)[1]]
            found = find_units_once(kind, text.encode(), path, path)
            units = [one for one in found if isinstance(one, Unit)]
            file = SourceFile(path, kind, path, len(text))
            store.put_scan("v1", [ScannedFile(file, tuple(u.facts for u in units), ())])
            for number in range(times):
                for unit in units:
                    variant = Variant(unit.id, f"{unit.code} {number}", Origin("rules"))
                    store.put_variants([variant])
                    store.put_decision(
                        Decision(variant.id, "ann", Word.APPROVED, made_at), variant.id
                    )
