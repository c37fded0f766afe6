"""GitLab's Code Quality report: a list in a part of Code Climate's form."""

from __future__ import annotations

import json
from typing import Any

from codeaug.ci.reports import cut, left_out, numbered
from codeaug.notices import Level, Notice
from codeaug.pipeline.changes import Report

MOST = 5000  # GitLab names no limit but the size of an artifact; nobody reads more
SEVERITY = {Level.ERROR: "major", Level.WARNING: "minor", Level.NOTE: "info"}


def render(report: Report) -> str:
    room = MOST if len(report.notices) <= MOST else MOST - 1  # the line that says so is one
    shown, left = cut(list(numbered(report.notices)), room)
    issues = [_issue(notice, name) for notice, name in shown]
    if left:
        last = report.notices[0].path
        issues.append(_entry("left-out", left_out(left), "left-out", Level.NOTE, last, 1))
    return json.dumps(issues, indent=1) + "\n"


def _issue(notice: Notice, name: str) -> dict[str, Any]:
    rule, line = notice.rule, max(1, notice.line)
    return _entry(rule.id, notice.message, name, rule.level, notice.path, line)


def _entry(
    check: str, text: str, fingerprint: str, level: Level, path: str, line: int
) -> dict[str, Any]:
    return {
        "description": text,
        "check_name": check,
        "fingerprint": fingerprint,
        "severity": SEVERITY[level],
        "location": {"path": path, "lines": {"begin": line}},
    }
