"""The command line as a contract: exit codes, one sentence, JSON on standard output."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import command_line
from tests.conftest import git

Repository = Callable[[str], Path]


def codeaug(*args: object, **environ: str) -> subprocess.CompletedProcess[str]:
    return command_line.codeaug(*args, environ=os.environ | environ)


def refused(done: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "somewhere"
    made.mkdir()
    return made


@pytest.mark.parametrize(
    "verb", ["init", "doctor", "scan", "run", "check", "review", "export", "explain", "config"]
)
def test_every_verb_has_help(verb: str) -> None:
    done = codeaug(verb, "--help")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) > 3


@pytest.mark.parametrize("verb", ["scan", "run"])
def test_a_path_that_does_not_exist_is_one_sentence(verb: str, tmp_path: Path) -> None:
    refused(codeaug(verb, tmp_path / "nowhere"), 2, "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_an_empty_repository_is_one_sentence(folder: Path) -> None:
    git(folder, "init", "-q")
    refused(codeaug("scan", folder), 2, "commit")


def test_an_empty_folder_is_one_sentence(folder: Path) -> None:
    refused(codeaug("scan", folder), 2, "empty")


def test_a_repository_without_a_known_language_is_one_sentence(folder: Path) -> None:
    (folder / "notes.txt").write_text("nothing\n")
    refused(codeaug("scan", folder), 2, "no Java, C++ or Python")


def test_a_plain_folder_is_scanned(folder: Path) -> None:
    (folder / "a.py").write_text("def f(x):\n    return x\n")
    done = codeaug("scan", folder, "--json")
    assert done.returncode == 0, done.stderr
    (found,) = json.loads(done.stdout)["languages"]
    assert (found["language"], found["units"]) == ("python", 1)
    assert (folder / ".codeaug" / ".gitignore").read_text() == "*\n"


def test_odd_files_are_skipped_with_a_counted_reason(folder: Path) -> None:
    (folder / "good.py").write_text("def f(x):\n    return x\n")
    (folder / "binary.py").write_bytes(b"\0\1\2" * 100)
    (folder / "latin.py").write_bytes("def f():\n    return 'é'\n".encode("latin-1"))
    (folder / "large.py").write_text("x = '" + "a" * 5_000_000 + "'\n")
    (folder / "deep.py").write_text("x = " + "(" * 50_000 + "1" + ")" * 50_000 + "\n")
    (folder / "broken.py").write_text("def f(:\n    return\n")
    done = codeaug("scan", folder, "--json")
    assert done.returncode == 0, done.stderr
    (found,) = json.loads(done.stdout)["languages"]
    assert found["units"] == 1
    skipped = found["skipped"]
    for reason in ("binary", "not UTF-8", "too large", "nested too deeply", "unparseable"):
        assert skipped.get(reason), reason


def test_a_hostile_git_configuration_is_not_executed(folder: Path, tmp_path: Path) -> None:
    (folder / "a.py").write_text("def f(x):\n    return x\n")
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "One")
    mark = tmp_path / "executed"
    hook = tmp_path / "hook.sh"
    hook.write_text(f"#!/bin/sh\ntouch {mark}\ncat\n")
    hook.chmod(0o755)
    for key in ("core.fsmonitor", "filter.x.clean", "filter.x.smudge", "diff.external",
                "core.sshCommand", "uploadpack.packObjectsHook", "core.pager"):  # fmt: skip
        git(folder, "config", key, str(hook))
    (folder / ".git" / "info" / "attributes").write_text("* filter=x\n")
    done = codeaug("scan", folder)
    assert done.returncode == 0, done.stderr
    assert not mark.exists()


def test_workers_import_no_module_of_the_checkout(folder: Path, tmp_path: Path) -> None:
    mark = tmp_path / "executed"
    (folder / "multiprocessing.py").write_text(f"open({str(mark)!r}, 'w')\nraise SystemExit\n")
    for number in range(300):
        (folder / f"a{number}.py").write_text("def f(x):\n    return x\n")
    script = tmp_path / "script.py"  # as pip installs it
    script.write_text("from codeaug.cli import main\nif __name__ == '__main__':\n    main()\n")
    subprocess.run([sys.executable, script, "scan", "."], cwd=folder, check=True, timeout=60)
    assert not mark.exists()


def test_a_home_that_came_with_the_repository_is_refused(folder: Path, tmp_path: Path) -> None:
    (folder / "a.py").write_text("def f(x):\n    return x\n")
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "One")
    assert codeaug("scan", folder).returncode == 0
    mark = tmp_path / "executed"
    (clone,) = (folder / ".codeaug" / "work" / "clones").iterdir()
    (clone / "config").write_text(f'[core]\n\talternateRefsCommand = "touch {mark}; :"\n')
    git(folder, "add", "-f", ".codeaug")
    git(folder, "commit", "-qm", "Two")
    for verb in ("scan", "status", "ci --base HEAD~1", "report", "ledger", "init"):
        refused(codeaug(*verb.split(), folder), 2, "git tracks files in", ".codeaug")
    refused(codeaug("scan", folder, "--store", folder / ".codeaug" / "x.db"), 2, "git tracks files")
    assert not mark.exists()
    assert codeaug("scan", folder, "--store", tmp_path / "own" / "x.db").returncode == 0


@pytest.mark.parametrize("place", [".codeaug", ".codeaug/codeaug.db", ".codeaug/work/clones"])
def test_a_link_in_the_place_of_what_is_ours_is_refused(
    folder: Path, tmp_path: Path, place: str
) -> None:
    (folder / "a.py").write_text("def f(x):\n    return x\n")
    (tmp_path / "victim").mkdir()
    (folder / place).parent.mkdir(parents=True, exist_ok=True)
    (folder / place).symlink_to(tmp_path / "victim")
    refused(codeaug("scan", folder), 2, "is a link")
    assert list((tmp_path / "victim").iterdir()) == []


def test_a_store_of_a_newer_version_is_left_alone(folder: Path) -> None:
    import sqlite3

    (folder / "a.py").write_text("def f(x):\n    return x\n")
    assert codeaug("scan", folder).returncode == 0
    path = folder / ".codeaug" / "codeaug.db"
    connection = sqlite3.connect(path)
    connection.execute("update codeaug_version set version_num = '9999'")
    connection.commit()
    connection.close()
    refused(codeaug("scan", folder), 2, "newer")


def test_a_file_that_is_no_store_is_one_sentence(folder: Path, tmp_path: Path) -> None:
    (folder / "a.py").write_text("def f(x):\n    return x\n")
    wrong = tmp_path / "notes.db"
    wrong.write_text("these are my notes, please keep them\n" * 100)
    refused(codeaug("scan", folder, "--store", f"sqlite:///{wrong}"), 2, "notes.db")
    assert wrong.read_text().startswith("these are my notes")


def test_a_missing_sandbox_tool_is_exit_3_before_anything_is_built(
    folder: Path, tmp_path: Path
) -> None:
    (folder / "a.py").write_text("def f(x):\n    return x\n")
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("git", "sh", "env", "unshare", "mount"):
        found = shutil.which(name)
        assert found, name
        (tools / name).symlink_to(found)
    refused(codeaug("run", folder, PATH=str(tools)), 3, "bubblewrap")


def test_wrong_settings_are_exit_2(folder: Path) -> None:
    (folder / "codeaug.toml").write_text("per_units = 3\n")
    refused(codeaug("config", "validate", folder), 2, "did you mean 'per_unit'?")


def test_config_show_says_where_each_value_came_from(folder: Path) -> None:
    (folder / "codeaug.toml").write_text("per_unit = 7\n")
    done = codeaug("config", "show", folder, "--origin", CODEAUG_SEED="3")
    lines = {line.split(" = ")[0]: line for line in done.stdout.splitlines()}
    assert list(lines)[:2] == ["per_unit", "seed"], "what is set comes first"
    assert re.fullmatch(r"per_unit = 7 +# codeaug.toml", lines["per_unit"])
    assert re.fullmatch(r"seed = 3 +# environment CODEAUG_SEED", lines["seed"])
    assert lines["jobs"].endswith("# default")
    shown = tomllib.loads(done.stdout)
    assert (shown["per_unit"], shown["seed"], shown["languages"]) == (7, 3, [])


def test_config_show_of_a_profile_is_a_settings_file_without_passwords(folder: Path) -> None:
    (folder / "codeaug.toml").write_text(
        "seed = 1\n[profile.ci]\nseed = 2\n[profile.ci.build.cmake]\nconfigure = ['-DA=1']\n"
    )
    store = "postgresql+psycopg://ann:hidden@db.example/x"
    done = codeaug("config", "show", folder, "--profile", "ci", CODEAUG_STORE=store)
    shown = tomllib.loads(done.stdout)
    assert (shown["seed"], shown["build"]["cmake"]["configure"]) == (2, "-DA=1")
    assert "hidden" not in done.stdout + done.stderr
    as_json = codeaug("config", "show", folder, "--json", CODEAUG_STORE=store)
    assert json.loads(as_json.stdout)["seed"] == {"value": 1, "origin": "codeaug.toml"}
    assert "hidden" not in as_json.stdout
    refused(codeaug("config", "show", folder, "--profile", "cii"), 2, "did you mean 'ci'?")


def test_config_show_of_a_dataset_is_a_table_that_can_be_read_back(folder: Path) -> None:
    (folder / "codeaug.toml").write_text("[dataset]\nmax_per_unit = 2\n[build.cmake]\na = 'b'\n")
    done = codeaug("config", "show", folder)
    assert "\n[dataset]\nmax_per_unit = 2\n" in done.stdout, "what is set comes first"
    (folder / "codeaug.toml").write_text(
        re.sub(r"^(store|model|base_url|api_|prox|ca_|push|oidc|untested).*", "", done.stdout,
               flags=re.MULTILINE)
    )  # fmt: skip
    again = codeaug("config", "show", folder)
    assert tomllib.loads(again.stdout) == tomllib.loads(done.stdout)
    assert tomllib.loads(again.stdout)["dataset"]["tasks"] == ["rewrite", "completion"]


def test_a_warning_leaves_standard_output_alone(folder: Path) -> None:
    done = codeaug("config", "validate", folder, "--json", CODEAUG_JOB="3")
    assert json.loads(done.stdout) == {"valid": True, "profiles": ["robustness"]}
    assert "did you mean 'CODEAUG_JOBS'?" in done.stderr


@pytest.mark.parametrize("debug", [(), ("--debug",)])
def test_a_key_in_a_file_is_shown_nowhere(folder: Path, debug: tuple[str, ...]) -> None:
    (folder / "codeaug.toml").write_text('api_key = "sk-proj-Zq3Zq3Zq3Zq3Zq3Zq3Zq3"\n')
    done = codeaug("config", "show", folder, *debug)
    assert done.returncode != 0
    assert "api_key_env" in done.stderr
    assert "Zq3" not in done.stderr + done.stdout


def test_init_writes_all_or_nothing(folder: Path) -> None:
    (folder / ".codeaug").touch()
    refused(codeaug("init", folder), 2)
    assert not (folder / "codeaug.toml").exists()
    (folder / ".codeaug").unlink()
    (folder / "codeaug.toml").symlink_to("nowhere")
    refused(codeaug("init", folder), 2, "is there already and stays as it is")


def test_init_writes_what_validates_and_never_overwrites(folder: Path) -> None:
    (folder / "a.py").write_text("def f(x):\n    return x\n")
    assert codeaug("init", folder).returncode == 0
    written = (folder / "codeaug.toml").read_text()
    assert 'languages = ["python"]' in written
    assert codeaug("config", "validate", folder).returncode == 0
    refused(codeaug("init", folder), 2, "stays as it is")
    assert (folder / "codeaug.toml").read_text() == written


@pytest.mark.parametrize("language", ["python", "java", "cpp"])
def test_init_says_what_it_found_and_what_is_missing(
    language: str, repository: Repository, tmp_path: Path
) -> None:
    folder = repository(f"journey-{language}")
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("git", "sh"):
        (tools / name).symlink_to(str(shutil.which(name)))
    done = codeaug("init", folder, "--json", PATH=str(tools))
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    build = {"python": "pytest", "java": "maven", "cpp": "cmake"}[language]
    assert document["languages"] == [language]
    assert [project["build"] for project in document["projects"]] == [build]
    lacking = {"python": set(), "java": {"mvn", "javac"}, "cpp": {"cmake", "make", "g++"}}[language]
    assert document["missing"].keys() >= lacking | {"a sandbox"}
    written = (folder / "codeaug.toml").read_text()
    assert f"#   build {build} in .: {language}" in written
    assert all(f"missing on this machine: {name}" in written for name in lacking)
    assert str(folder) not in written
    done = codeaug("config", "show", folder, "--json")
    assert json.loads(done.stdout)["languages"] == {"value": [language], "origin": "codeaug.toml"}


def test_what_init_writes_serves_an_editor(folder: Path) -> None:
    (folder / "a.py").write_text("def f(x):\n    return x\n")
    assert codeaug("init", folder).returncode == 0
    file = folder / "codeaug.toml"
    first, *rest = file.read_text().splitlines()
    schema = folder / first.removeprefix("#:schema ")
    assert json.loads(schema.read_text())["title"] == "codeaug.toml"
    assert schema.is_relative_to(folder / ".codeaug"), "git leaves it alone"
    examples = [line[2:] for line in rest if re.match(r"# \w+ = |# \[", line)]
    file.write_text("\n".join([first, *examples]))
    assert len(examples) > 8
    assert codeaug("config", "validate", folder).returncode == 0, "every commented line is right"


def test_init_of_an_empty_repository_says_so(folder: Path) -> None:
    git(folder, "init", "-q")
    done = codeaug("init", folder)
    assert done.returncode == 0
    assert "commit something first" in done.stderr
    assert codeaug("config", "validate", folder).returncode == 0


@pytest.mark.parametrize("name", ["codeaug.toml", ".codeaug.toml", "pyproject.toml"])
def test_init_leaves_settings_of_every_kind_alone(folder: Path, name: str) -> None:
    text = "[tool.codeaug]\n" if name == "pyproject.toml" else ""
    (folder / name).write_text(text)
    refused(codeaug("init", folder), 2, f"{name} is there already")
    assert [path.name for path in folder.iterdir()] == [name]
    refused(codeaug("init", folder / "nowhere"), 2, "is no folder")


def test_explain_of_nothing_is_one_sentence(folder: Path) -> None:
    refused(codeaug("explain", "abcd", folder), 2, "no store")
    (folder / "a.py").write_text("def f(x):\n    return x\n")
    codeaug("scan", folder)
    refused(codeaug("explain", "zzzz", folder), 2, "zzzz")


@pytest.mark.slow
@pytest.mark.parametrize("language", ["python", "java", "cpp"])
def test_a_broken_build_stops_the_run_and_shows_its_own_error(
    language: str, fetched_repository: Repository
) -> None:
    folder = fetched_repository(f"journey-{language}")
    file = {
        "python": ("tests/test_shop.py", "assert grade(None)", "assert grade(None) !="),
        "java": ("src/main/java/shop/Shop.java", "return total;", "return totals;"),
        "cpp": ("shop.cpp", "return total;", "return totals;"),
    }[language]
    path = folder / file[0]
    path.write_text(path.read_text().replace(file[1], file[2]))
    git(folder, "commit", "-qam", "Break it")
    done = codeaug("run", folder)
    word = {"python": "test_shop", "java": "totals", "cpp": "totals"}[language]
    refused(done, 2, "The unchanged project does not pass", word)


@pytest.mark.slow
def test_a_failing_test_stops_the_run_until_it_is_named(fetched_repository: Repository) -> None:
    folder = fetched_repository("journey-python")
    tests = folder / "tests" / "test_shop.py"
    tests.write_text(tests.read_text() + "\n\ndef test_wrong():\n    assert grade(1) == 'good'\n")
    git(folder, "commit", "-qam", "Add a failing test")
    refused(codeaug("run", folder), 2, "test_wrong", "ignore_tests")
    (folder / "codeaug.toml").write_text('ignore_tests = ["*test_wrong"]\n')
    done = codeaug("run", folder, "--json")
    assert done.returncode == 0, done.stderr
    (project,) = json.loads(done.stdout)["projects"]
    assert list(project["quarantined_tests"].values()) == ["named in ignore_tests"]


@pytest.mark.slow
def test_a_hanging_test_stops_the_run(fetched_repository: Repository) -> None:
    folder = fetched_repository("journey-python")
    tests = folder / "tests" / "test_shop.py"
    tests.write_text(tests.read_text() + "\n\ndef test_hang():\n    while True:\n        pass\n")
    (folder / "codeaug.toml").write_text("test_seconds = 8\n")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "Hang")
    refused(codeaug("run", folder), 2, "did not end within", "test_seconds")


@pytest.mark.slow
def test_a_repository_without_tests_ends_well_and_says_so(fetched_repository: Repository) -> None:
    folder = fetched_repository("journey-python")
    git(folder, "rm", "-q", "tests/test_shop.py")
    git(folder, "commit", "-qm", "Remove the tests")
    done = codeaug("run", folder, "--json")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    (found,) = document["languages"]
    assert (found["with_oracle"], found["variants"]) == (0, 0)
    assert "no test" in document["projects"][0]["problem"]
