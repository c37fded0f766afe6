"""The real pre-commit and the real prek install the hooks from a clone of the project."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import git
from tests.hooking import BROKEN, CHANGED, TOKEN, WHOLE, Somebodys, approve

ROOT = Path(__file__).parent.parent
MOST = 40_000_000  # bytes of an installed environment
IDS = ("codeaug-check", "codeaug-config", "codeaug-dataset", "codeaug-enqueue")


@dataclass
class Framework:
    """pre-commit or prek with the hooks installed in a repository."""

    name: str
    home: Path
    here: Somebodys

    def run(self, *args: str) -> subprocess.CompletedProcess[str]:
        return self._do([sys.executable, "-m", self.name, *args])

    def commit(self, files: dict[str, str]) -> subprocess.CompletedProcess[str]:
        self.here.stage(files)
        return self.commit_staged()

    def commit_staged(self) -> subprocess.CompletedProcess[str]:
        who = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org"]
        return self._do(["git", *who, "commit", "-qm", "More"])

    def _do(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=self.here.folder, capture_output=True, text=True, check=False
        )


def project(folder: Path) -> str:
    """The project as it lies here, committed somewhere else; the commit."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).exists() and not name.startswith("tests/"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name, follow_symlinks=False)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "The project")
    return git(folder, "rev-parse", "HEAD")


def told_in(page: str) -> str:
    """The configuration that a page tells its reader to write."""
    (config,) = re.findall(r"```yaml\n(.*?)```", (ROOT / page).read_text(), re.DOTALL)
    return str(config)


@pytest.fixture(scope="module", params=["pre_commit", "prek"])
def framework(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Framework]:
    top = tmp_path_factory.mktemp(request.param)
    (top / "project").mkdir()
    commit = project(top / "project")
    (top / "here").mkdir()
    git(top / "here", "init", "-q", "-b", "main")
    with pytest.MonkeyPatch.context() as patch:
        home = top / "home"
        for name in [name for name in os.environ if name.startswith(("GIT_", "PRE_COMMIT"))]:
            patch.delenv(name)
        for name in ("PRE_COMMIT_HOME", "PREK_HOME"):
            patch.setenv(name, str(home))
        # What is installed has to run, not what lies here.
        paths = os.environ.get("PYTHONPATH", "").split(os.pathsep)
        patch.setenv("PYTHONPATH", os.pathsep.join(p for p in paths if p != str(ROOT)))
        made = Framework(request.param, home, Somebodys(top / "here", patch))
        config = told_in("docs/hook.md").replace(
            "https://git.example.com/codeaug", f"{top}/project"
        )
        config = config.replace('"0.1.0"', commit)
        made.here.stage({**WHOLE, ".pre-commit-config.yaml": config, ".gitignore": "/.codeaug/\n"})
        git(made.here.folder, "commit", "-qm", "Before the hooks")
        for kind in ("pre-commit", "pre-merge-commit", "post-commit"):
            done = made.run("install", "--install-hooks", "--hook-type", kind)
            assert done.returncode == 0, done.stdout + done.stderr
        yield made


@pytest.mark.slow
def test_the_environment_is_small(framework: Framework) -> None:
    (package,) = framework.home.glob("**/site-packages/codeaug")
    environment = package.parents[3]
    size = sum(path.lstat().st_size for path in environment.rglob("*") if not path.is_symlink())
    assert 2_000_000 < size <= MOST
    there = {path.name for path in package.parent.iterdir()}
    assert not there & {"sqlalchemy", "libcst", "rich", "openai", "fastapi", "pydantic", "git"}


@pytest.mark.slow
def test_a_commit_is_stopped_told_about_or_let_be(framework: Framework) -> None:
    here = framework.here
    stopped = framework.commit({**BROKEN, "b.py": f"key = '{TOKEN}'\n"})
    said = stopped.stdout + stopped.stderr
    assert stopped.returncode == 1
    places = (
        r"a\.py:1: .*\[unparseable\]",
        r"A\.java:2: ",
        r"a\.cpp:2: ",
        r"b\.py:1: .*\[secret\]",
    )
    for line in places:
        assert re.search(line, said), said
    assert TOKEN not in said

    git(here.folder, "reset", "-q", "--hard")
    approve(here, WHOLE)
    here.stage({"a.py": CHANGED["a.py"]})
    here.write({"a.py": BROKEN["a.py"], "A.java": BROKEN["A.java"]})  # not staged
    told = framework.commit_staged()
    assert told.returncode == 0, told.stdout + told.stderr
    assert "its 1 approved variant becomes stale" in told.stdout + told.stderr
    assert (here.folder / "a.py").read_text() == BROKEN["a.py"]
    queue = here.folder / ".git" / "codeaug" / "queue.jsonl"
    (pointer,) = map(json.loads, queue.read_text().splitlines())
    assert (pointer["commit"], pointer["unit"]) == (here.git("rev-parse", "HEAD"), "f")

    here.git("reset", "-q", "--hard")
    here.git("rm", "-q", "a.cpp")
    gone = framework.commit_staged()
    assert "its 1 approved variant stays without a function" in gone.stdout + gone.stderr

    wrong = framework.commit({"codeaug.toml": "per_units = 1\n"})
    assert wrong.returncode == 1
    assert "did you mean 'per_unit'?" in wrong.stdout + wrong.stderr
    git(here.folder, "reset", "-q", "--hard")


@pytest.mark.slow
def test_a_range_of_commits_is_looked_at(framework: Framework) -> None:
    here = framework.here
    first = here.git("rev-parse", "HEAD")
    here.stage({"c.py": BROKEN["a.py"]})
    here.git("commit", "-qnm", "Past the hooks")
    done = framework.run("run", "--from-ref", first, "--to-ref", "HEAD")
    assert done.returncode == 1
    assert "c.py:1: " in done.stdout
    assert framework.run("run", "--all-files").returncode == 0  # the commit itself is nothing new
    git(here.folder, "reset", "-q", "--hard", first)


@pytest.mark.slow
def test_a_merge_brings_nothing_new(framework: Framework) -> None:
    here = framework.here
    here.git("checkout", "-qb", "side")
    here.stage({"d.py": BROKEN["a.py"]})
    here.git("commit", "-qnm", "Past the hooks")
    here.git("checkout", "-q", "main")
    here.stage({"e.py": WHOLE["a.py"]})
    here.git("commit", "-qnm", "Past the hooks")
    done = here.git("merge", "--no-edit", "side")
    assert "unparseable" not in done
    assert here.git("log", "-1", "--format=%p").count(" ") == 1


def test_what_the_readme_tells_to_write_is_short_and_names_hooks() -> None:
    config = told_in("README.md")
    assert len(config.splitlines()) <= 8
    named = set(re.findall(r"- id: (\S+)", config))
    assert named
    assert named <= set(IDS)
    assert re.findall(r"- id: (\S+)", told_in("docs/hook.md")) == list(IDS)


def test_the_hooks_run_also_where_files_are_only_deleted() -> None:
    manifest = (ROOT / ".pre-commit-hooks.yaml").read_text()
    assert tuple(re.findall(r"^- id: (\S+)", manifest, re.MULTILINE)) == IDS
    hooks = dict(zip(IDS, manifest.split("- id: ")[1:], strict=True))
    for name in ("codeaug-check", "codeaug-dataset", "codeaug-enqueue"):
        assert "always_run: true" in hooks[name]
    for key in ("additional_dependencies", "minimum_prek_version", "env:", "shell:"):
        assert key not in manifest
