"""A summary for people: GitHub's step summary, a comment, a page of any CI."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from codeaug.ci.reports import cut, left_out
from codeaug.languages import TITLES
from codeaug.model import Verdict
from codeaug.notices import Level, Notice, printable
from codeaug.pipeline.changes import Checked, Report

MOST_BYTES = 1 << 20  # of all summaries of a step
MOST = 200
_MARKS = {Level.ERROR: "❌", Level.WARNING: "⚠️", Level.NOTE: "i"}
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~@&!$])")


def render(report: Report, most_bytes: int = MOST_BYTES) -> str:
    most = MOST
    while True:
        text = "\n".join(_lines(report, most)) + "\n"
        if len(text.encode()) <= most_bytes:
            return text
        if most == 0:
            return ""
        most //= 2


def _lines(report: Report, most: int) -> Iterator[str]:
    yield f"## codeaug: {_count(len(report.units), 'changed function')}"
    yield ""
    where = f"`{report.commit[:12]}` against `{report.base[:12]}`"
    files = _count(report.files, "changed file")
    yield f"{where}: {files} with {_count(report.seen, 'function')}, {report.seconds:.0f} s."
    if report.trouble:
        yield ""
        yield f"**Not finished:** {plain(str(report.trouble))}"
    if report.units:
        yield ""
        yield from _funnel(report)
    if report.left:
        yield ""
        yield f"{_count(report.left, 'tested function')} more changed: left out by the limit."
    if report.notices:
        yield ""
        yield from _table(report.notices, most)
    if report.queued:
        yield ""
        yield f"{_count(report.queued, 'variant')} of this commit wait for review."
    if report.push:
        stays = sum(report.push["stays"].values())
        yield ""
        new, known = report.push["added"], report.push["known"]
        yield f"Pushed: {new} new, {known} known; {stays} stay here."


def _funnel(report: Report) -> Iterator[str]:
    columns = ("changed", "tested", "faults caught", "variants", "passed", "failed", "accepted")
    yield f"| | {' | '.join(columns)} |"
    yield f"|---|{'--:|' * len(columns)}"
    languages = sorted({one.unit.language for one in report.units})
    for language in languages:
        own = [one for one in report.units if one.unit.language == language]
        yield _row(report, TITLES.get(language, language), own)
    if len(languages) > 1:
        yield _row(report, "all", report.units)


def _row(report: Report, title: str, units: Sequence[Checked]) -> str:
    caught = sum(one.strength.caught for one in units if one.strength)
    judged = sum(one.strength.judged for one in units if one.strength)
    verdicts = [tried.verdict for one in units for tried in one.tried]
    cells = (
        len(units),
        sum(one.is_tested for one in units),
        f"{caught} of {judged}",
        len(verdicts),
        verdicts.count(Verdict.PASSED),
        verdicts.count(Verdict.FAILED),
        sum(one.accepted(report.bar) for one in units),
    )
    return f"| {title} | {' | '.join(map(str, cells))} |"


def _table(notices: Sequence[Notice], most: int) -> Iterator[str]:
    shown, left = cut(notices, most)
    if shown:
        yield "| | where | what |"
        yield "|---|---|---|"
    for notice in shown:
        line = f":{notice.line}" if notice.line else ""
        mark = f"{_MARKS[notice.rule.level]} {notice.rule.id}"
        yield f"| {mark} | {_code(notice.path + line)} | {plain(notice.message)} |"
    if left:
        yield ""
        yield left_out(left)
    yield ""
    yield from _helps(notices)


def _helps(notices: Sequence[Notice]) -> Iterator[str]:
    """What can be done, once a rule."""
    for rule in dict.fromkeys(notice.rule for notice in notices):
        yield f"- **{rule.id}**: {rule.help}"


def plain(text: str) -> str:
    """A text of which nothing is taken for markup, a link or a mention."""
    return _SPECIAL.sub(r"\\\1", printable(" ".join(text.split()))).replace("://", ":&#47;&#47;")


def _code(text: str) -> str:
    """A name in a code span, whatever is in it."""
    flat = printable("".join(" " if char.isspace() else char for char in text))
    flat = flat.replace("|", "\\|")
    ticks = "`" * (1 + max((len(run) for run in re.findall("`+", flat)), default=0))
    return f"{ticks} {flat} {ticks}" if "`" in flat else f"`{flat}`"


def _count(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")
