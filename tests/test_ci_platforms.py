"""What each CI's own variables say of a job."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from codeaug.ci.platforms import Job, job_of

OWN = {"full_name": "acme/shop", "default_branch": "main"}


def github(tmp_path: Path, event: Any, **more: str) -> Job:
    (tmp_path / "event.json").write_text(json.dumps(event))
    facts = {"GITHUB_ACTIONS": "true", "GITHUB_EVENT_PATH": str(tmp_path / "event.json")}
    return job_of(facts | more)


def pull(repo: str | None) -> dict[str, Any]:
    head = {"sha": "2" * 40, "repo": repo and {"full_name": repo}}
    return {"repository": OWN, "pull_request": {"base": {"sha": "1" * 40}, "head": head}}


def test_nothing_is_known_where_no_ci_runs() -> None:
    assert job_of({"CI": "true", "PATH": "/bin"}) == Job()


@pytest.mark.parametrize(
    ("repo", "is_foreign"), [("acme/shop", False), ("eve/shop", True), (None, True)]
)
def test_a_pull_request_is_compared_with_its_base(
    tmp_path: Path, repo: str | None, is_foreign: bool
) -> None:
    job = github(tmp_path, pull(repo), GITHUB_BASE_REF="main")
    assert job == Job("github", ("origin/main", "1" * 40), is_foreign, False)


def test_a_pull_request_is_never_protected_whatever_the_ref_is(tmp_path: Path) -> None:
    event = pull("eve/shop")
    named = {"GITHUB_EVENT_NAME": "pull_request_target", "GITHUB_REF": "refs/heads/main"}
    job = github(tmp_path, event, GITHUB_REF_PROTECTED="true", **named)
    assert job.is_foreign
    assert not job.is_protected


def test_a_pull_request_whose_event_cannot_be_read_is_foreign() -> None:
    job = job_of({"GITHUB_ACTIONS": "true", "GITHUB_BASE_REF": "main", "GITHUB_EVENT_PATH": "/no"})
    assert job == Job("github", ("origin/main",), True, False)


@pytest.mark.parametrize("odd", ["x", 1, [], {"head": "x", "base": 3}, {"head": {"repo": [1]}}])
def test_an_event_of_odd_kinds_says_nothing(odd: Any, tmp_path: Path) -> None:
    event = {"repository": odd, "merge_group": odd, "before": odd}
    assert github(tmp_path, event).bases in ((), ("x",))
    job = github(tmp_path, event | {"pull_request": odd}, GITHUB_BASE_REF="main")
    assert job == Job("github", ("origin/main",), True, False)


def test_a_push_is_compared_with_what_was_there_before(tmp_path: Path) -> None:
    event = {"repository": OWN, "before": "1" * 40}
    job = github(tmp_path, event, GITHUB_REF="refs/heads/main")
    assert job == Job("github", ("1" * 40, "origin/main"), False, True)
    other = github(tmp_path, {**event, "before": "0" * 40}, GITHUB_REF="refs/heads/topic")
    assert other == Job("github", ("origin/main",), False, False)


def test_a_merge_queue_is_compared_with_its_base(tmp_path: Path) -> None:
    event = {"repository": OWN, "merge_group": {"base_sha": "3" * 40}}
    assert github(tmp_path, event).bases == ("3" * 40, "origin/main")


def test_gitlab_names_the_merge_base_itself() -> None:
    facts = {
        "GITLAB_CI": "true",
        "CI_MERGE_REQUEST_IID": "7",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": "1" * 40,
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
        "CI_MERGE_REQUEST_PROJECT_ID": "5",
        "CI_MERGE_REQUEST_SOURCE_PROJECT_ID": "5",
        "CI_COMMIT_REF_PROTECTED": "true",
    }
    assert job_of(facts) == Job("gitlab", ("1" * 40, "origin/main"), False, False)
    assert job_of(facts | {"CI_MERGE_REQUEST_SOURCE_PROJECT_ID": "6"}).is_foreign


def test_gitlab_branches_are_protected_or_not() -> None:
    facts = {
        "GITLAB_CI": "true",
        "CI_COMMIT_BEFORE_SHA": "0" * 40,
        "CI_DEFAULT_BRANCH": "main",
        "CI_COMMIT_BRANCH": "topic",
        "CI_COMMIT_REF_PROTECTED": "false",
    }
    assert job_of(facts) == Job("gitlab", ("origin/main",), False, False)
    assert job_of(facts | {"CI_COMMIT_BRANCH": "main"}).is_protected
    assert job_of(facts | {"CI_COMMIT_REF_PROTECTED": "true"}).is_protected


def test_jenkins_names_the_target_or_the_commit_before() -> None:
    facts = {"JENKINS_URL": "https://ci.example/", "BRANCH_IS_PRIMARY": "true"}
    change = facts | {"CHANGE_ID": "4", "CHANGE_TARGET": "main"}
    assert job_of(change) == Job("jenkins", ("origin/main",), False, False)
    assert job_of(change | {"CHANGE_FORK": "eve"}).is_foreign
    branch = facts | {"GIT_PREVIOUS_COMMIT": "1" * 40}
    assert job_of(branch) == Job("jenkins", ("1" * 40,), False, True)
