"""What each CI says of the job it runs: one function a CI, from its own variables."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Environ = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Job:
    """A job of a CI.

    `bases` are names of what to compare with, the best first. `is_foreign`: the change comes from
    a fork, or nobody can tell. `is_protected`: it runs on a protected or the default branch, for
    no merge or pull request.
    """

    ci: str = ""
    bases: tuple[str, ...] = ()
    is_foreign: bool = False
    is_protected: bool = False


def job_of(environ: Environ) -> Job:
    """The CI's job that this process is part of; Job() where no known CI runs."""
    for variable, read in _PLATFORMS.items():
        if environ.get(variable):
            return read(environ)
    return Job()


def _github(environ: Environ) -> Job:
    event = _event(environ.get("GITHUB_EVENT_PATH", ""))
    pull, target = "pull_request", environ.get("GITHUB_BASE_REF", "")
    default = _at(event, "repository", "default_branch")
    if event.get(pull) or target or environ.get("GITHUB_EVENT_NAME", "").startswith("pull_request"):
        head = _at(event, pull, "head", "repo", "full_name")
        named = (_remote(target), _at(event, pull, "base", "sha"))
        is_foreign = not head or head != _at(event, "repository", "full_name")
        return Job("github", _names(*named), is_foreign)
    group = _at(event, "merge_group", "base_sha")
    is_default = bool(default) and environ.get("GITHUB_REF") == f"refs/heads/{default}"
    is_protected = environ.get("GITHUB_REF_PROTECTED") == "true" or is_default
    names = _names(group, _at(event, "before"), _remote(default))
    return Job("github", names, False, is_protected)


def _event(path: str) -> dict[str, Any]:
    try:
        event = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return event if isinstance(event, dict) else {}


def _at(event: dict[str, Any], *names: str) -> str:
    """The text at a place of an event; "" when there is none."""
    found: Any = event
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    return found if isinstance(found, str) else ""


def _gitlab(environ: Environ) -> Job:
    default = environ.get("CI_DEFAULT_BRANCH", "")
    if environ.get("CI_MERGE_REQUEST_IID"):
        target = environ.get("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "")
        named = (environ.get("CI_MERGE_REQUEST_DIFF_BASE_SHA"), _remote(target))
        source = environ.get("CI_MERGE_REQUEST_SOURCE_PROJECT_ID")
        is_foreign = not source or source != environ.get("CI_MERGE_REQUEST_PROJECT_ID")
        return Job("gitlab", _names(*named), is_foreign)
    is_default = bool(default) and environ.get("CI_COMMIT_BRANCH") == default
    is_protected = environ.get("CI_COMMIT_REF_PROTECTED") == "true" or is_default
    return Job(
        "gitlab", _names(environ.get("CI_COMMIT_BEFORE_SHA"), _remote(default)), False, is_protected
    )


def _jenkins(environ: Environ) -> Job:
    if environ.get("CHANGE_ID") or environ.get("CHANGE_TARGET"):
        bases = _names(_remote(environ.get("CHANGE_TARGET", "")))
        return Job("jenkins", bases, bool(environ.get("CHANGE_FORK")))
    named = ("GIT_PREVIOUS_SUCCESSFUL_COMMIT", "GIT_PREVIOUS_COMMIT")
    is_protected = environ.get("BRANCH_IS_PRIMARY") == "true"
    return Job("jenkins", _names(*map(environ.get, named)), False, is_protected)


_PLATFORMS: dict[str, Callable[[Environ], Job]] = {
    "GITHUB_ACTIONS": _github,
    "GITLAB_CI": _gitlab,
    "JENKINS_URL": _jenkins,
}


def _remote(branch: str) -> str:
    return f"origin/{branch}" if branch else ""


def _names(*names: str | None) -> tuple[str, ...]:
    """Those that name something: a new branch's push comes from commit 0."""
    return tuple(name for name in names if name and name.strip("0"))
