"""GitHub's workflow commands: annotations at the lines of a pull request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from codeaug.ci.reports import left_out
from codeaug.notices import Level, Notice, printable
from codeaug.pipeline.changes import Report

MOST_OF_A_KIND = 10  # a step; 50 a job
_COMMAND = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}


def render(report: Report) -> str:
    return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    """Ten of each kind at most; where there are more, the last notice says so."""
    counts = Counter(notice.rule.level for notice in report.notices)
    room = {level: MOST_OF_A_KIND for level in Level}
    too_many = any(count > MOST_OF_A_KIND for count in counts.values())
    if too_many:
        room[Level.NOTE] -= 1
    left = 0
    for notice in report.notices:
        if room[notice.rule.level] == 0:
            left += 1
            continue
        room[notice.rule.level] -= 1
        yield _command(notice)
    if left:
        yield f"::notice title=codeaug::{left_out(left)}"


def _command(notice: Notice) -> str:
    facts = {"file": notice.path, "title": f"codeaug: {notice.rule.id}"}
    if notice.line:
        facts |= {"line": str(notice.line), "endLine": str(max(notice.line, notice.end_line))}
    words = ",".join(f"{name}={_property(value)}" for name, value in facts.items())
    return f"::{_COMMAND[notice.rule.level]} {words}::{_data(notice.message)}"


def _data(text: str) -> str:
    """Line ends as the runner reads them; other characters that a log would obey are shown."""
    lines = text.replace("%", "%25").replace("\r", "%0D").split("\n")
    return "%0A".join(map(printable, lines))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
