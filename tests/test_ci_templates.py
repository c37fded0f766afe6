"""The files that `codeaug init --ci` writes: by the platforms' own schemas and linters."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from codeaug import __version__
from codeaug.bundled import bundled
from codeaug.ci.templates import PLACES, write
from codeaug.errors import UsageError
from tests.conftest import git

GITHUB = bundled("templates", "ci", "github")
GITLAB = bundled("templates", "ci", "gitlab", "codeaug.yml")
JENKINS = bundled("templates", "ci", "jenkins", "Jenkinsfile")


def satisfies(file: Path, schema: str) -> subprocess.CompletedProcess[str]:
    args = ["check-jsonschema", "--builtin-schema", f"vendor.{schema}", str(file)]
    code = "import sys; from check_jsonschema import main; sys.argv = sys.argv[1:]; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *args], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("name", "schema"), [("workflow.yml", "github-workflows"), ("action.yml", "github-actions")]
)
def test_github_files_satisfy_githubs_schemas(name: str, schema: str, tmp_path: Path) -> None:
    done = satisfies(GITHUB / name, schema)
    assert done.returncode == 0, done.stdout
    text = (GITHUB / name).read_text().replace("runs-on", "runs_on").replace("using", "usage")
    (tmp_path / name).write_text(text)
    assert satisfies(tmp_path / name, schema).returncode == 1


def test_the_gitlab_component_satisfies_gitlabs_schema(tmp_path: Path) -> None:
    head, job = GITLAB.read_text().split("\n---\n")
    (tmp_path / "job.yml").write_text(job)
    done = satisfies(tmp_path / "job.yml", "gitlab-ci")
    assert done.returncode == 0, done.stdout
    (tmp_path / "job.yml").write_text(job.replace("policy: $CODEAUG", "policy: often"))
    inputs = yaml.safe_load(head)["spec"]["inputs"]
    used = set(re.findall(r"\$\[\[ inputs\.([\w-]+) \]\]", job))
    assert used == inputs.keys()


@pytest.mark.parametrize("name", ["workflow.yml", "action.yml"])
def test_actions_are_pinned_by_commit_with_the_version_beside(name: str) -> None:
    for line in re.findall(r"uses: (.*)", (GITHUB / name).read_text()):
        assert line.startswith("./") or re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)


def test_no_input_is_written_into_a_script() -> None:
    for step in yaml.safe_load((GITHUB / "action.yml").read_text())["runs"]["steps"]:
        assert "${{" not in step["run"]
    assert "pull_request_target" not in (GITHUB / "workflow.yml").read_text()


@pytest.mark.parametrize("ci", PLACES)
def test_no_module_of_the_checkout_is_imported(ci: str, tmp_path: Path) -> None:
    """With `-m` and `-c` Python looks there first, and those of a change are anybody's."""
    for name in ("venv", "pip", "secrets"):
        (tmp_path / f"{name}.py").write_text("open('caught', 'w')\n")
    text = re.sub(r"[\"']", "", "\n".join(scripts(ci)))
    said = re.findall(r"(?:PYTHON|python3?) (-I )?-[mc] (?:import )?(\w+)", text)
    assert {"venv"} <= {name for _, name in said}
    for isolated, name in said:
        how = [*isolated.split(), "-c", f"import {name}"]
        subprocess.run([sys.executable, *how], cwd=tmp_path, check=True)
    assert not (tmp_path / "caught").exists()


def test_the_workflow_may_read_and_keeps_no_credentials() -> None:
    workflow = yaml.safe_load((GITHUB / "workflow.yml").read_text())
    (job,) = workflow["jobs"].values()
    assert workflow["permissions"] == {}
    assert job["permissions"] == {"contents": "read"}
    checkout = next(s for s in job["steps"] if s.get("uses", "").startswith("actions/checkout"))
    assert checkout["with"] == {"fetch-depth": 0, "persist-credentials": False}


def test_only_a_push_writes_the_cache() -> None:
    (job,) = yaml.safe_load((GITHUB / "workflow.yml").read_text())["jobs"].values()
    caches = [step for step in job["steps"] if "actions/cache" in step.get("uses", "")]
    assert {step["uses"].partition("@")[0]: step["if"] for step in caches} == {
        "actions/cache/restore": "github.event_name == 'pull_request'",
        "actions/cache": "github.event_name == 'push'",
    }


def written(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q")
    write(tmp_path, "github")
    return tmp_path


def test_zizmor_finds_nothing_in_the_workflow(tmp_path: Path) -> None:
    zizmor = shutil.which("zizmor", path=str(Path(sys.executable).parent)) or shutil.which("zizmor")
    if zizmor is None:
        pytest.fail("zizmor is missing: pip install zizmor")
    place = written(tmp_path)
    done = subprocess.run(
        [zizmor, "--offline", "--quiet", "--no-progress", "--min-severity=medium", "."],
        cwd=place, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    workflow = place / ".github" / "workflows" / "codeaug.yml"
    workflow.write_text(workflow.read_text().replace("pull_request:", "pull_request_target:"))
    done = subprocess.run(
        [zizmor, "--offline", "--quiet", "--no-progress", "--min-severity=medium", "."],
        cwd=place, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode != 0


def test_actionlint_finds_nothing_in_the_workflow(tmp_path: Path) -> None:
    actionlint = shutil.which("actionlint")
    if actionlint is None:
        pytest.skip("actionlint is missing: go install github.com/rhysd/actionlint/cmd/actionlint")
    done = subprocess.run(
        [actionlint], cwd=written(tmp_path), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


# --- what the templates run -----------------------------------------------------------------------


def scripts(ci: str) -> list[str]:
    """The shell in a template; the last one runs codeaug."""
    if ci == "github":
        return [
            s["run"] for s in yaml.safe_load((GITHUB / "action.yml").read_text())["runs"]["steps"]
        ]
    if ci == "gitlab":
        job = yaml.safe_load(GITLAB.read_text().split("\n---\n")[1])["codeaug"]
        return ["\n".join(job["before_script"]), "\n".join(job["script"])]
    return re.findall(r"sh '''(.*?)'''", JENKINS.read_text(), re.DOTALL)


@pytest.mark.parametrize("ci", PLACES)
def test_shell_in_the_templates_is_shell(ci: str) -> None:
    assert len(scripts(ci)) == 2
    for script in scripts(ci):
        shell = "bash" if ci == "github" else "sh"
        subprocess.run([shell, "-n"], input=script, text=True, check=True)


@pytest.mark.parametrize("ci", PLACES)
def test_a_template_says_what_is_to_be_set_first(ci: str) -> None:
    done = subprocess.run(
        [shutil.which("sh") or "sh", "-e"], input=scripts(ci)[0], text=True, capture_output=True,
        env={"PATH": "/nowhere", "REQUIREMENT": "", "CODEAUG_REQUIREMENT": ""}, check=False,
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert done.stdout.startswith("codeaug: say first what pip installs, in ")


def test_init_says_what_is_still_to_be_done(tmp_path: Path) -> None:
    for ci in PLACES:
        args = [sys.executable, "-m", "codeaug", "init", str(tmp_path), "--ci", ci]
        done = subprocess.run(args, capture_output=True, text=True, check=True)
        assert "what pip installs" in done.stderr


@pytest.mark.parametrize("ci", PLACES)
def test_the_template_runs_codeaug_and_fails_by_what_it_finds(ci: str, tmp_path: Path) -> None:
    folder, tools = tmp_path / "repo", tmp_path / "codeaug" / "bin"
    folder.mkdir()
    tools.mkdir(parents=True)
    (tools / "codeaug").write_text(f'#!/bin/sh\nexec {sys.executable} -m codeaug "$@"\n')
    (tools / "codeaug").chmod(0o755)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "commit", "-q", "--allow-empty", "-m", "First")
    before = git(folder, "rev-parse", "HEAD")
    (folder / "x\n::error::y.py").write_text("KEY = 'AKIA" + "2E0A8F3B244C9986'\n")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "Change")
    said = {
        "github": {"GITHUB_ACTIONS": "1", "GITHUB_OUTPUT": "/dev/null", "BASE": "HEAD~1",
                   "RUNNER_TEMP": str(tmp_path), "FAIL_ON": "secret unparseable",
                   "SOFT_FAIL": "false", "GENERATE": "never", "CACHE": ""},
        "gitlab": {"GITLAB_CI": "1", "CI_COMMIT_BEFORE_SHA": before, "CODEAUG_WHEN": "never",
                   "CODEAUG_FAIL_ON": "secret unparseable"},
        "jenkins": {"JENKINS_URL": "x", "GIT_PREVIOUS_COMMIT": before,
                    "WORKSPACE_TMP": str(tmp_path), "CODEAUG_FAIL_ON": "secret unparseable"},
    }[ci]  # fmt: skip
    done = subprocess.run(
        ["bash" if ci == "github" else "sh", "-e"],
        input=scripts(ci)[-1].replace("/opt/codeaug", str(tmp_path / "codeaug")),
        cwd=folder, env=os.environ | said, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stdout + done.stderr
    assert "--fail-on does not allow: secret" in done.stdout + done.stderr
    assert list(tmp_path.rglob("*.sarif"))
    if ci == "github":
        first, *rest = done.stdout.splitlines()
        assert first.startswith("::stop-commands::")
        assert rest[0] == f"::{first.rpartition('::')[2]}::"
        assert [line.partition(" ")[0] for line in rest[1:]] == ["::error"]


# --- codeaug init --ci ----------------------------------------------------------------------------


@pytest.mark.parametrize("ci", PLACES)
def test_init_writes_the_files_and_never_over_others(ci: str, tmp_path: Path) -> None:
    paths = write(tmp_path, ci)
    assert sorted(p for p in tmp_path.rglob("*") if p.is_file()) == sorted(paths)
    said = "".join(path.read_text() for path in paths)
    assert said.count("codeaug[ci]") == said.count(f"codeaug[ci]=={__version__}") == 1
    paths[0].write_text("mine")
    with pytest.raises(UsageError, match="is there already and stays as it is"):
        write(tmp_path, ci)
    assert paths[0].read_text() == "mine"


def test_init_writes_nothing_when_one_file_is_there(tmp_path: Path) -> None:
    mine = tmp_path / PLACES["github"]["action.yml"]
    mine.parent.mkdir(parents=True)
    mine.symlink_to("nowhere")
    with pytest.raises(UsageError, match="is there already"):
        write(tmp_path, "github")
    assert not (tmp_path / ".github" / "workflows").exists()


@pytest.mark.parametrize("is_link", [False, True])
def test_init_says_what_is_in_the_way(is_link: bool, tmp_path: Path) -> None:
    if is_link:
        (tmp_path / ".github").symlink_to("nowhere")
    else:
        (tmp_path / ".github").touch()
    with pytest.raises(UsageError, match="a file is in its way"):
        write(tmp_path, "github")


def test_init_follows_no_link_out_of_the_repository(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "repo").mkdir()
    (tmp_path / "repo" / ".github").symlink_to(tmp_path / "outside")
    with pytest.raises(UsageError, match="leads out of"):
        write(tmp_path / "repo", "github")
    assert list((tmp_path / "outside").iterdir()) == []
