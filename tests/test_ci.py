"""`codeaug ci` from the command line: journeys in three languages, gates, forks, hostile places."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from junitparser import JUnitXml

from codeaug.bundled import bundled
from codeaug.ci.cache import restore
from codeaug.model import Origin, Variant
from codeaug.store import Store
from tests import command_line
from tests.conftest import REPOS, Fetched, git
from tests.model_server import ModelServer
from tests.shop_replies import shop

SCHEMAS = Path(__file__).parent / "schemas"
KEY = "AKIA" + "2E0A8F3B244C9986"

CHANGES = {
    "python": ("shop.py", "score > 10", "score >= 11", "return 1\n", "return 1 + 0\n"),
    "java": ("src/main/java/shop/Shop.java", "score > 10", "score >= 11", "return 1;", "return 3;"),
    "cpp": ("shop.cpp", "*score > 10", "*score >= 11", "return 1;", "return 3;"),
}
NAMES = {
    "python": ("grade", "untested"),
    "java": ("Shop.grade(Integer)", "Shop.untested(boolean)"),
    "cpp": ("shop::grade(const int*)", "shop::Basket::untested(bool) const"),
}


def codeaug(*args: object, code: int = 0, **environ: str) -> subprocess.CompletedProcess[str]:
    """A verb that ends with exit code `code`, where no CI runs but the one that `environ` says."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("GITHUB_", "CI_", "GITLAB_", "JENKINS_", "CHANGE_"))
    }
    done = command_line.codeaug(*args, environ=kept | environ)
    assert done.returncode == code, done.stdout + done.stderr
    return done


def changed(tmp_path: Path, language: str) -> Path:
    """A shop whose tested and whose untested function changed, with a secret beside."""
    folder = tmp_path / language
    shutil.copytree(REPOS / f"journey-{language}", folder)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "Everything")
    path, old, new, untested, other = CHANGES[language]
    text = (folder / path).read_text()
    assert old in text
    assert untested in text
    (folder / path).write_text(text.replace(old, new).replace(untested, other))
    (folder / "key.py").write_text(f"KEY = '{KEY}'\n")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "Change")
    return folder


def give_wrong(folder: Path) -> None:
    """A variant that behaves differently waits in the store."""
    codeaug("scan", folder)
    with Store.open(f"sqlite:///{folder}/.codeaug/codeaug.db") as store:
        units = store.units(git(folder, "rev-parse", "HEAD"))
        unit = next(unit for unit in units if unit.qualified_name == NAMES[folder.name][0])
        code = unit.code.replace(">= 11", ">= 12").replace("label", "ODD_NAME")
        store.put_variants([Variant(unit.id, code, Origin("given"))])


@dataclass
class Ran:
    """What one job wrote."""

    folder: Path
    files: Path
    done: subprocess.CompletedProcess[str]
    json: dict[str, Any]


@pytest.fixture(scope="module", params=CHANGES)
def ran(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, fetched: Fetched
) -> Iterator[Ran]:
    """One job a language: everything is asked of it."""
    tmp_path = tmp_path_factory.mktemp("ci")
    folder, files = changed(tmp_path, request.param), tmp_path / "reports"
    files.mkdir()
    with fetched.lent(f"journey-{request.param}", folder):
        give_wrong(folder)
        done = codeaug(
            *("ci", folder, "--base", "HEAD~1", "--json", "--fail-on", "secret"),
            *("--fail-on", "diverges"),
            *("--sarif", files / "sarif", "--junit", files / "junit", "--cache", files / "cache"),
            *("--code-quality", files / "quality", "--summary", files / "summary"),
            code=1,
        )
        yield Ran(folder, files, done, json.loads(done.stdout))


@pytest.mark.slow
def test_a_job_looks_at_the_changed_functions_only(ran: Ran) -> None:
    language = ran.folder.name
    graded, untested = NAMES[language]
    units = {unit["unit"]: unit for unit in ran.json["units"]}
    assert units.keys() == {graded, untested}
    assert units[graded]["tests"] > 0
    assert units[graded]["caught"] > 0
    assert units[graded]["variants"]
    verdicts = {(v["engine"], v["verdict"]) for v in units[graded]["variants"]}
    assert verdicts == {("given", "failed"), ("rules", "passed")}
    assert units[untested]["tests"] == units[untested]["faults"] == 0
    rules = {notice["rule"]: notice for notice in ran.json["notices"]}
    assert rules["no-oracle"]["unit"] == untested
    assert rules["secret"]["path"] == "key.py"
    assert rules["diverges"]["unit"] == graded
    assert "codeaug explain" in rules["diverges"]["message"]
    assert "--fail-on does not allow: diverges, secret" in ran.done.stderr
    assert "faults: 1 done" in ran.done.stderr


@pytest.mark.slow
def test_every_report_of_a_job_is_one(ran: Ran) -> None:
    def schema(path: Path) -> Any:
        return json.loads(path.read_text())

    sarif = json.loads((ran.files / "sarif").read_text())
    jsonschema.validate(sarif, schema(SCHEMAS / "sarif-2.1.0.json"))
    quality = json.loads((ran.files / "quality").read_text())
    jsonschema.validate(quality, schema(SCHEMAS / "code-quality.json"))
    jsonschema.validate(ran.json, schema(bundled("templates", "ci", "report.schema.json")))
    assert len(quality) == len(sarif["runs"][0]["results"]) == len(ran.json["notices"])
    (suite,) = JUnitXml.fromfile(str(ran.files / "junit"))
    assert {case.name for case in suite} == set(NAMES[ran.folder.name])
    assert suite.failures == suite.skipped == 1
    summary = (ran.files / "summary").read_text()
    assert summary.startswith("## codeaug: 2 changed functions\n")
    said = "".join(path.read_text() for path in ran.files.iterdir() if path.is_file())
    assert KEY not in said + ran.done.stdout + ran.done.stderr
    assert "ODD_NAME" not in said + ran.done.stdout + ran.done.stderr


@pytest.mark.slow
def test_the_cache_brings_the_dependencies_back(ran: Ran, tmp_path: Path) -> None:
    (line,) = (ran.files / "cache").glob("*.json")
    assert restore(ran.files / "cache", tmp_path) == []
    own = ran.folder / ".codeaug" / "work" / "deps" / line.stem
    done = subprocess.run(
        ["diff", "-r", own, tmp_path / line.stem], capture_output=True, check=False
    )
    assert done.stdout == b""


# --- what needs no build --------------------------------------------------------------------------


@pytest.fixture
def quiet(tmp_path: Path) -> Path:
    """A change without a function, so that nothing is built: a secret in a new file."""
    folder = tmp_path / "quiet"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    (folder / "shop.py").write_text("def f():\n    return 1\n")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "Everything")
    (folder / "key.py").write_text(f"\nKEY = '{KEY}'\n")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "Change")
    return folder


def test_nothing_fails_unless_it_is_asked_for(quiet: Path) -> None:
    codeaug("ci", quiet, "--base", "HEAD~1", "--fail-on", "diverges")
    done = codeaug("ci", quiet, "--base", "HEAD~1", "--fail-on", "warning", code=1)
    assert done.stderr.endswith("1 notice(s) that --fail-on does not allow: secret.\n")
    done = codeaug("ci", quiet, "--base", "HEAD~1", "--fail-on", "error", "--soft-fail")
    assert "exit code 0 by --soft-fail, else 1" in done.stderr


def test_github_gets_annotations_and_its_summary_grows(quiet: Path, tmp_path: Path) -> None:
    event = tmp_path / "event.json"
    sha = git(quiet, "rev-parse", "HEAD~1")
    event.write_text(json.dumps({"before": sha, "repository": {"full_name": "a/b"}}))
    step = tmp_path / "step.md"
    step.write_text("before\n")
    said = {"GITHUB_ACTIONS": "true", "GITHUB_EVENT_PATH": str(event)}
    done = codeaug("ci", quiet, "--github", **said, GITHUB_STEP_SUMMARY=str(step))
    assert done.stdout == (
        "::error file=key.py,title=codeaug%3A secret,line=2,endLine=2"
        "::the line holds an AWS access key\n"
    )
    assert step.read_text().startswith("before\n## codeaug: 0 changed functions\n")


def test_a_wrong_base_and_none_are_one_sentence_each(quiet: Path) -> None:
    done = codeaug("ci", quiet, "--base", "nowhere", "--soft-fail", code=2)
    assert len(done.stderr.splitlines()) == 1
    done = codeaug("ci", quiet, code=2)
    assert "name the commit to compare with, such as --base origin/main" in done.stderr


def test_a_folder_that_is_no_repository_is_told_its_own(quiet: Path, tmp_path: Path) -> None:
    (quiet / "sub").mkdir()
    done = codeaug("ci", quiet / "sub", "--base", "HEAD~1", code=2)
    assert f"{quiet / 'sub'} is no git repository" in done.stderr
    assert f"name {quiet}, in which it lies." in done.stderr
    (tmp_path / "plain").mkdir()
    done = codeaug("ci", tmp_path / "plain", "--base", "HEAD~1", code=2)
    assert "nothing to compare: name a clone." in done.stderr


def test_a_report_without_a_folder_is_told_before_anything_is_done(quiet: Path) -> None:
    done = codeaug("ci", quiet, "--base", "HEAD~1", "--sarif", "/nowhere/x", code=2)
    assert "/nowhere/x cannot be written" in done.stderr
    assert not (quiet / ".codeaug").exists()


def test_no_report_is_written_through_a_link_of_the_repository(quiet: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim.txt"
    victim.write_text("precious")
    (quiet / "codeaug.md").symlink_to("../victim.txt")
    (quiet / "docs").symlink_to("..")
    where = ["ci", quiet, "--base", "HEAD~1", "--summary"]
    codeaug(*where, quiet / "codeaug.md")
    assert not (quiet / "codeaug.md").is_symlink()
    done = codeaug(*where, quiet / "docs" / "victim.txt", code=2)
    assert "leads out of" in done.stderr
    done = codeaug(
        "export", quiet, "--format", "openai-chat", "--out", quiet / "docs" / "x", code=2
    )
    assert "leads out of" in done.stderr
    codeaug(*where, "/dev/stdout")
    assert victim.read_text() == "precious"


def test_a_fork_gets_no_model_and_pushes_nothing(quiet: Path, tmp_path: Path) -> None:
    own = {"full_name": "acme/shop", "default_branch": "main"}
    head = {"repo": {"full_name": "eve/shop"}}
    base = {"sha": git(quiet, "rev-parse", "HEAD~1")}
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"repository": own, "pull_request": {"head": head, "base": base}}))
    said = {"GITHUB_ACTIONS": "true", "GITHUB_EVENT_PATH": str(event), "OPENAI_API_KEY": "k"}
    model = ("--engine", "llm", "--model", "openai:x", "--base-url", "http://127.0.0.1:9/v1")
    there = "http://127.0.0.1:9"
    done = codeaug(
        "ci", quiet, *model, "--generate", "always", "--push", there, **said, CODEAUG_PUSH_KEY="k"
    )
    assert "nothing is pushed: the change comes from a fork" in done.stderr
    assert "no model is asked: the change comes from a fork" in done.stderr


def test_a_model_is_asked_on_protected_branches_only_if_so_said(quiet: Path) -> None:
    model = ("--engine", "llm", "--model", "openai:x", "--base-url", "http://127.0.0.1:9/v1")
    said = {"GITLAB_CI": "true", "CI_COMMIT_BRANCH": "topic", "CI_DEFAULT_BRANCH": "main"}
    options = (*model, "--base", "HEAD~1", "--generate", "protected")
    done = codeaug("ci", quiet, *options, **said)
    assert "no model is asked: this is no protected and no default branch" in done.stderr
    done = codeaug("ci", quiet, *options, **(said | {"CI_COMMIT_BRANCH": "main"}))
    assert "no model is asked" not in done.stderr
    done = codeaug("ci", quiet, "--base", "HEAD~1", "--generate", "always", code=2)
    assert "--generate needs a model" in done.stderr


def test_the_repository_cannot_choose_a_model_for_the_job(quiet: Path) -> None:
    (quiet / "codeaug.toml").write_text('engine = "llm"\nmodel = "openai:x"\n')
    done = codeaug("ci", quiet, "--base", "HEAD~1", "--generate", "always", code=2)
    assert "may not set 'model'" in done.stderr


def test_a_change_that_leaves_itself_out_is_told_and_reported(quiet: Path, tmp_path: Path) -> None:
    (quiet / "shop.py").write_text(f"KEY = '{KEY}'\n")
    (quiet / "codeaug.toml").write_text('skip = ["shop.py"]\n[profile.ci]\nbar = "tested"\n')
    git(quiet, "add", "-A", "-f", "shop.py", "codeaug.toml")
    git(quiet, "commit", "-qm", "Look away")
    done = codeaug("ci", quiet, "--base", "HEAD~1", "--fail-on", "settings-changed", code=1)
    assert "codeaug.toml: settings-changed: " in done.stderr
    assert "changes itself: profile, skip" in done.stderr
    (quiet / "codeaug.toml").write_text('skip = ["*"]\n')
    git(quiet, "commit", "-qam", "Look nowhere")
    sarif = tmp_path / "sarif"
    codeaug("ci", quiet, "--base", "HEAD~1", "--sarif", sarif, code=2)
    (run,) = json.loads(sarif.read_text())["runs"]
    assert [result["ruleId"] for result in run["results"]] == ["settings-changed"]
    (quiet / ".codeaugignore").write_text("shop.py\n")
    git(quiet, "rm", "-q", "codeaug.toml")
    git(quiet, "add", "-f", ".codeaugignore")
    git(quiet, "commit", "-qm", "Look past it")
    told = json.loads(codeaug("ci", quiet, "--base", "HEAD~1", "--json").stdout)["notices"]
    assert [one["path"] for one in told] == [".codeaugignore", "codeaug.toml"]


@pytest.mark.slow
def test_a_broken_project_is_reported_without_what_its_tests_printed(
    fetched_repository: Callable[[str], Path], tmp_path: Path
) -> None:
    folder = fetched_repository("journey-python")
    path = folder / "shop.py"
    path.write_text(path.read_text().replace('"good"', '"wrong"'))
    git(folder, "commit", "-qam", "Break it")
    files = {name: tmp_path / name for name in ("sarif", "junit", "summary")}
    options = [word for name, path in files.items() for word in (f"--{name}", path)]
    done = codeaug("ci", folder, "--base", "HEAD~1", "--soft-fail", *options, code=2)
    assert "The unchanged project does not pass" in done.stderr
    (run,) = json.loads(files["sarif"].read_text())["runs"]
    (result,) = run["results"]
    assert result["ruleId"] == "broken-baseline"
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert place == "pyproject.toml"
    assert "**Not finished:**" in files["summary"].read_text()
    assert JUnitXml.fromfile(str(files["junit"])).tests == 1
    said = "".join(path.read_text() for path in files.values()) + done.stderr
    assert "assert " not in said


@pytest.mark.slow
def test_a_model_is_asked_about_the_changed_functions_only(
    fetched_repository: Callable[[str], Path], tmp_path: Path
) -> None:
    folder = fetched_repository("journey-python")
    path = folder / "shop.py"
    path.write_text(path.read_text().replace("total += price - rebate", "total += -rebate + price"))
    git(folder, "commit", "-qam", "Change")
    (tmp_path / "codeaug").mkdir()
    (tmp_path / "codeaug" / "codeaug.toml").write_text(
        '[prices."openai:test-model"]\ninput = 0.15\noutput = 0.60\n'
    )
    with ModelServer(shop) as server:
        model = ("--engine", "llm", "--model", "openai:test-model", "--base-url", server.base_url)
        done = codeaug(
            *("ci", folder, "--base", "HEAD~1", "--generate", "always", "--json", "--budget", 1),
            *model,
            XDG_CONFIG_HOME=str(tmp_path),
        )
    document = json.loads(done.stdout)
    (unit,) = document["units"]
    assert unit["unit"] == "Basket.total"
    assert document["asked"]
    assert "llm" in {variant["engine"] for variant in unit["variants"]}
    sent = codeaug("ledger", folder, "--json").stdout.splitlines()
    assert {json.loads(line)["unit_id"] for line in sent} == {unit["id"]}
