"""`codeaug doctor`: each thing is really made missing, and the line says what mends it."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from codeaug.doctor import (
    Line,
    examine,
    first_error,
    installed,
    models,
    places,
    surroundings,
    tools,
)
from codeaug.errors import MissingTool, NoSandbox, OutOfSpace, StoreError, UsageError
from codeaug.settings import Settings
from codeaug.store import Store
from codeaug.store.looking import look
from tests.conftest import git
from tests.test_cli import codeaug

Repository = Callable[[str], Path]


def examined(repo: Path | None = None, *, store: str = "", **settings: Any) -> dict[str, Line]:
    where = None if repo is None else str(repo)
    return {line.name: line for line in examine(where, Settings(**settings), "", store)}


@pytest.fixture
def on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """`on_path("git", cmake="cmake version 3.1")`: PATH holds these programs, and nothing else."""

    def make(*real: str, **fake: str) -> Path:
        folder = tmp_path / "bin"
        folder.mkdir()
        for name in real:
            found = shutil.which(name)
            assert found, name
            (folder / name).symlink_to(found)
        for name, says in fake.items():
            (folder / name).write_text(f"#!{shutil.which('sh')}\necho '{says}'\n")
            (folder / name).chmod(0o755)
        monkeypatch.setenv("PATH", str(folder))
        return folder

    return make


def test_a_machine_with_an_empty_path_lacks_every_tool_and_says_what_brings_it(
    on_path: Callable[..., Path],
) -> None:
    on_path()
    found = examined()
    for name in ("git", "bwrap", "javac", "mvn", "g++", "gcov", "cmake", "make"):
        assert not found[name].ok
        assert found[name].fix.startswith("apt-get install")
    assert not found["sandbox"].ok
    assert isinstance(first_error(list(found.values())), MissingTool)


def test_without_git_no_command_of_git_is_advised(
    repository: Repository, on_path: Callable[..., Path]
) -> None:
    folder = repository("python-pytest")
    on_path()
    line = examined(folder)["repository"]
    assert not line.ok
    assert line.fix.startswith("install git")


def test_a_git_that_is_too_old_is_told(on_path: Callable[..., Path]) -> None:
    on_path(git="git version 2.20.1")
    (line,) = tools.git()
    assert not line.ok
    assert "2.20.1 is too old: 2.30 or newer" in line.detail


def test_a_program_that_does_not_work_is_told(on_path: Callable[..., Path]) -> None:
    folder = on_path("git")
    (folder / "javac").write_text(f"#!{shutil.which('true')}\n")
    (folder / "javac").write_text("#!/bin/sh\necho no such library >&2\nexit 1\n")
    (folder / "javac").chmod(0o755)
    line = next(line for line in tools.all_builds() if line.name == "javac")
    assert not line.ok
    assert line.detail.endswith("does not work: no such library")


REAL = ("git", "sh", "bwrap")


@pytest.mark.parametrize(
    ("name", "file", "old", "new", "fake", "words", "fix"),
    [
        ("journey-java", "pom.xml", "<maven.compiler.source>11", "<maven.compiler.source>21",
         {"javac": "javac 17.0.1", "mvn": "Apache Maven 3.8"},
         "javac 17.0.1 is too old: pom.xml asks for 21", "openjdk-21-jdk-headless"),
        ("journey-cpp", "CMakeLists.txt", "VERSION 3.16", "VERSION 3.29",
         {"cmake": "cmake version 3.25.1", "ctest": "", "make": "", "g++": "", "gcov": ""},
         "cmake 3.25.1 is too old: CMakeLists.txt asks for 3.29", "cmake>=3.29"),
        ("journey-cpp", "CMakeLists.txt", "VERSION 3.16", "VERSION 3.1",
         {"cmake": "cmake version 4.1.0", "ctest": "", "make": "", "g++": "", "gcov": ""},
         "cmake 4.1.0 refuses projects for 3.1", "CMAKE_POLICY_VERSION_MINIMUM"),
        ("journey-cpp", "CMakeLists.txt", "VERSION 3.16", "VERSION 3.16",
         {"cmake": "cmake version 3.18.0", "ctest": "", "make": "", "g++": "", "gcov": ""},
         "codeaug's reading of ctest asks for 3.21", "cmake>=3.21"),
        ("journey-python", "pyproject.toml", "[project]",
         '[project]\nrequires-python = ">=3.99"', {}, "pyproject.toml asks for 3.99", "python3.99"),
    ],
)  # fmt: skip
def test_what_is_too_old_for_the_project_is_told(
    name: str, file: str, old: str, new: str, fake: dict[str, str], words: str, fix: str,
    repository: Repository, on_path: Callable[..., Path],
) -> None:  # fmt: skip
    folder = repository(name)
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new))
    git(folder, "commit", "-qam", "Ask for something newer", "--allow-empty")
    on_path(*REAL, *(["python3"] if name == "journey-cpp" else []), **fake)
    wrong = [line for line in examined(folder).values() if " in ." in line.name]
    assert [line.ok for line in wrong] == [False]
    assert words in wrong[0].detail
    assert fix in wrong[0].fix


@pytest.mark.parametrize(
    ("name", "program"),
    [("journey-java", "javac"), ("journey-cpp", "cmake"), ("journey-cpp", "g++")],
)
def test_what_a_repositorys_builds_lack_is_told_and_nothing_else(
    name: str, program: str, repository: Repository, on_path: Callable[..., Path]
) -> None:
    folder = repository(name)
    cpp = ("cmake", "ctest", "make", "g++", "gcov", "python3")
    every = ("javac", "mvn") if name == "journey-java" else cpp
    on_path(*REAL, *(tool for tool in every if tool != program))
    wrong = [line for line in examined(folder).values() if not line.ok and line.name != "sandbox"]
    assert [line.detail for line in wrong] == [f"needs {program}"]
    assert "install" in wrong[0].fix


def test_a_repository_with_all_that_it_needs_is_well(repository: Repository) -> None:
    folder = repository("journey-python")
    found = examined(folder, store=str(folder / ".codeaug" / "codeaug.db"))
    assert [line for line in found.values() if not line.ok] == []
    assert found["pytest in ."].detail == "builds and tests python"
    assert "none yet" in found["store"].detail
    assert not (folder / ".codeaug").exists(), "it only looks"


def test_a_repository_without_a_build_is_told(repository: Repository) -> None:
    folder = repository("custom-java")
    line = examined(folder)["builds"]
    assert (line.ok, line.word) == (True, "note")
    assert "[build.custom]" in line.fix


# --- packages and settings ------------------------------------------------------------------------


def test_packages_of_extras_in_use_are_needed_and_others_are_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = importlib.util.find_spec
    gone = {"langchain", "openai", "libcst", "fastapi", "psycopg"}
    monkeypatch.setattr(importlib.util, "find_spec", lambda n: None if n in gone else real(n))
    plain = {line.name: line for line in installed.lines(Settings())}
    assert not plain["packages of run"].ok
    assert plain["packages of run"].fix == "pip install 'codeaug[run]'"
    for extra in ("llm", "review", "postgresql"):
        assert plain[f"packages of {extra}"].word == "note"
    asking = Settings(engine="llm", model="openai:x", store="postgresql+psycopg://db/x")
    needed = {line.name: line for line in installed.lines(asking)}
    assert needed["packages of llm"].detail == "missing: langchain, openai"
    assert not needed["packages of llm"].ok
    assert not needed["packages of postgresql"].ok


def test_every_package_that_is_looked_for_is_one_of_its_extra() -> None:
    project = Path(__file__).parent.parent / "pyproject.toml"
    text = project.read_text(encoding="utf-8").lower().replace("-", "_")
    odd = {"markdown_it": "markdown_it_py", "crosshair": "crosshair_tool"}
    for packages in installed.EXTRAS.values():
        for package in packages:
            assert f'"{odd.get(package, package)}' in text, package


def test_wrong_settings_are_one_line_of_many(repository: Repository) -> None:
    folder = repository("journey-python")
    (folder / "codeaug.toml").write_text("[profile.ci]\nper_units = 3\n")
    done = codeaug("doctor", folder, "--json")
    assert done.returncode == 2, done.stderr
    lines = {line["name"]: line for line in json.loads(done.stdout)["lines"]}
    assert not lines["settings"]["ok"]
    assert "did you mean 'per_unit'?" in lines["settings"]["detail"]
    assert lines["pytest in ."]["ok"]


def test_a_table_for_no_build_is_told() -> None:
    found = examined(build=(("cmke", (("configure", "-DA=1"),)),))
    line = found["[build.cmke]"]
    assert (line.ok, line.error) == (False, UsageError)
    assert "did you mean 'cmake'?" in line.detail


# --- the repository -------------------------------------------------------------------------------


def test_an_empty_repository_is_told(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    line = examined(tmp_path)["repository"]
    assert not line.ok
    assert "commit" in line.fix


@pytest.mark.skipif(os.getuid() != 0, reason="only root gives a folder to somebody else")
def test_a_repository_of_another_user_is_told(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = repository("journey-python")
    monkeypatch.setenv("HOME", str(tmp_path))  # a machine may trust every folder
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.delenv("SUDO_UID", raising=False)
    assert "git's trust" not in examined(folder)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, 12345, 12345, follow_symlinks=False)
    line = examined(folder)["git's trust"]
    assert line.word == "note"
    assert line.fix == f"git config --global --add safe.directory {folder}"


def test_a_shallow_clone_is_told(repository: Repository, tmp_path: Path) -> None:
    folder = repository("journey-python")
    git(folder, "commit", "-q", "--allow-empty", "-m", "Two")
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{folder}", str(shallow))
    assert "history" not in examined(folder)
    assert "fetch --unshallow" in examined(shallow)["history"].fix


def test_submodules_are_told(repository: Repository, tmp_path: Path) -> None:
    folder, other = repository("journey-python"), tmp_path / "other"
    other.mkdir()
    git(other, "init", "-q")
    git(other, "commit", "-q", "--allow-empty", "-m", "One")
    add = ("submodule", "--quiet", "add", str(other), "third_party/other")
    git(folder, "-c", "protocol.file.allow=always", *add)
    git(folder, "commit", "-qm", "Add a submodule")
    line = examined(folder)["third_party/other"]
    assert line.word == "note"
    assert "subtree" in line.fix


def test_the_hook_is_told_until_it_is_named_and_installed(repository: Repository) -> None:
    folder = repository("journey-python")
    assert examined(folder)["hook"].fix == "see docs/hook.md"
    (folder / ".pre-commit-config.yaml").write_text("repos: [{hooks: [{id: codeaug-check}]}]\n")
    assert examined(folder)["hook"].fix == "pre-commit install"
    hook = folder / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\n")
    hook.chmod(0o755)
    assert examined(folder)["hook"].word == "ok"


def test_a_hostile_repository_runs_nothing(repository: Repository, tmp_path: Path) -> None:
    folder, mark = repository("journey-python"), tmp_path / "executed"
    script = tmp_path / "evil.sh"
    script.write_text(f"#!/bin/sh\ntouch {mark}\ncat\n")
    script.chmod(0o755)
    for key in ("core.fsmonitor", "filter.x.clean", "filter.x.smudge", "diff.external",
                "core.sshCommand", "uploadpack.packObjectsHook", "core.pager", "alias.rev-parse",
                "core.editor", "gpg.program"):  # fmt: skip
        git(folder, "config", key, f"!{script}" if key.startswith("alias") else str(script))
    (folder / ".git" / "info" / "attributes").write_text("* filter=x\n")
    (folder / ".pre-commit-config.yaml").symlink_to("/etc/passwd")
    assert examined(folder)["repository"].ok
    assert not mark.exists()


# --- the store and its disk -----------------------------------------------------------------------


def lines_of(url: object) -> dict[str, Line]:
    return {line.name: line for line in places.lines(str(url))}


def test_a_store_that_is_there_is_looked_at_and_left_as_it_is(store_url: str) -> None:
    assert look(store_url).revision == ""
    Store.open(store_url).close()
    found = look(store_url)
    assert found.revision == found.known
    assert f"schema {found.known}" in lines_of(store_url)["store"].detail


def test_a_store_of_a_newer_codeaug_is_told(tmp_path: Path) -> None:
    path = tmp_path / "codeaug.db"
    Store.open(str(path)).close()
    _versioned(path, "9999")
    line = lines_of(path)["store"]
    assert (line.ok, line.error) == (False, StoreError)
    assert "newer codeaug" in line.detail


def test_a_store_of_an_older_codeaug_is_told_and_not_changed(tmp_path: Path) -> None:
    path = tmp_path / "codeaug.db"
    Store.open(str(path)).close()
    _versioned(path, "0003")
    line = lines_of(path)["store"]
    assert (line.ok, line.word) == (True, "note")
    assert "schema 0003: this codeaug makes it" in line.detail
    assert look(str(path)).revision == "0003"


def _versioned(path: Path, revision: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute("update codeaug_version set version_num = ?", (revision,))
    connection.commit()
    connection.close()


def test_a_file_that_is_no_store_is_told(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("these are my notes\n" * 100)
    assert not lines_of(path)["store"].ok


def test_a_server_that_does_not_answer_is_told() -> None:
    line = lines_of("postgresql+psycopg://ann:hidden@127.0.0.1:1/codeaug")["store"]
    assert (line.ok, line.error) == (False, StoreError)
    assert "does not answer" in line.detail
    assert "hidden" not in line.detail


def test_a_place_that_cannot_be_written_to_is_told() -> None:
    line = lines_of("/proc/codeaug/codeaug.db")["store's folder"]
    assert (line.ok, line.error) == (False, StoreError)
    assert "--store" in line.fix


def test_a_disk_with_little_space_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "LEAST_FREE", 1 << 62)
    line = lines_of(tmp_path / "codeaug.db")["store's folder"]
    assert (line.ok, line.error) == (False, OutOfSpace)


def test_a_disk_with_another_clock_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "clock" not in lines_of(tmp_path / "codeaug.db")
    real = places.time.time
    monkeypatch.setattr(places.time, "time", lambda: real() + 3600)
    assert lines_of(tmp_path / "codeaug.db")["clock"].word == "note"


# --- networks, keys, the sandbox ------------------------------------------------------------------


def test_what_the_environment_says_of_networks_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*surroundings.TRACING, *surroundings.ENDPOINTS, *surroundings.PROXIES):
        monkeypatch.delenv(name, raising=False)
    assert [line.detail for line in surroundings.network(Settings())] == ["nothing"]
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    monkeypatch.setenv("HTTPS_PROXY", "http://ann:hidden@proxy.example")
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/ca.pem")
    found = list(surroundings.network(Settings(ca_file="/nowhere/own.pem")))
    told = {line.name: line for line in found}
    assert told["tracing and endpoints of the environment"].detail.startswith("LANGSMITH_TRACING")
    assert told["proxy"].detail.startswith("HTTPS_PROXY")
    wrong = [line for line in found if not line.ok]
    assert [line.detail.split()[0] for line in wrong] == ["SSL_CERT_FILE", "ca_file"]
    assert "hidden" not in repr(found)


def test_a_key_that_is_named_and_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "CODEAUG_PUSH_KEY"):
        monkeypatch.delenv(name, raising=False)
    url = "https://models.example/v1"
    asking = {"engine": "llm", "model": "openai:x", "base_url": url, "endpoints": (url,)}
    line = examined(**asking)["model"]
    assert (line.ok, line.error) == (False, UsageError)
    assert "OPENAI_API_KEY" in line.fix
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    assert examined(**asking)["model"].detail == url
    pushing = examined(push="http://127.0.0.1:1")["push"]
    assert not pushing.ok
    assert "CODEAUG_PUSH_KEY" in pushing.fix


def test_a_secret_of_sign_in_that_is_named_and_not_there_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("OUR_SECRET", raising=False)
    signing = Settings(oidc_issuer="https://id.example", oidc_client_secret_env="OUR_SECRET")
    (line,) = models.keys(signing)
    assert (line.ok, line.error) == (False, UsageError)
    assert "OUR_SECRET" in line.fix
    monkeypatch.setenv("OUR_SECRET", "s")
    assert [line.word for line in models.keys(signing)] == ["ok"]


def test_a_model_that_may_not_be_asked_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    assert "endpoint" in examined(engine="llm", model="openai:x")["model"].detail


def test_no_sandbox_is_told_last_and_is_exit_5(on_path: Callable[..., Path]) -> None:
    on_path("git", bwrap="0.1")
    line = surroundings.sandbox()
    assert (line.ok, line.error) == (False, NoSandbox)
    assert isinstance(first_error([Line("a", True, ""), line]), NoSandbox)
    missing = Line("b", False, "not on PATH", "install it")
    assert isinstance(first_error([line, missing]), MissingTool)


def test_the_sandboxs_line_says_what_was_tried() -> None:
    line = surroundings.sandbox()
    assert line.ok, line.detail
    assert "network" in line.detail
