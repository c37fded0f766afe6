"""The tables that end a scan and a run, and the line of one verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from codeaug.model import Repository
from codeaug.report.terminal import console, table
from codeaug.store import LanguageSummary

TITLES = {"python": "Python", "java": "Java", "cpp": "C++"}


def show_scan(repository: Repository, summaries: Sequence[LanguageSummary]) -> None:
    """Files, units and skips of each language."""
    rows = [(_title(s.language), s.files, s.units, _counted(s.skipped)) for s in summaries]
    title = f"{repository.name} at {repository.commit[:12]}"
    table(title, ("language", "files", "units", "skipped"), rows)


def show_run(document: Mapping[str, Any], repo: str) -> None:
    """How far each language came, each project's tests, and what to do next."""
    columns = ("language", "units", "with oracle", "variants", "failed", "unknown", "tested")
    rows = [
        (
            _title(found["language"]),
            found["units"],
            found["with_oracle"],
            found["variants"],
            found["verdicts"].get("failed", 0),
            found["verdicts"].get("unknown", 0),
            found["rungs"].get("tested", 0),
        )
        for found in document["languages"]
    ]
    seconds = sum(document["seconds"].values())
    table(f"{document['repository']} at {document['commit'][:12]}, {seconds:.0f} s", columns, rows)
    say = console().print
    for project in document["projects"]:
        say(_project(project), markup=False)
    for found in document["languages"]:
        for what in ("skipped", "failing"):
            if found[what]:
                say(f"{_title(found['language'])} {what}: {_counted(found[what])}", markup=False)
    say(f"{document['queued']} variants wait for review: codeaug review {repo}", markup=False)


def verdict_line(answer: Mapping[str, Any]) -> str:
    """`passed  tested  path::unit` and, unless it passed, the finding that decided it."""
    verdict = answer["verdict"]
    deciding = next((f for f in answer["findings"] if f["verdict"] == verdict), None)
    why = f"  {deciding['check']}: {deciding['detail']}" if deciding and verdict != "passed" else ""
    return f"{verdict:<8} {answer['rung']:<9} {answer['path']}::{answer['unit']}{why}"


def _project(project: Mapping[str, Any]) -> str:
    where = project["root"] or "."
    quarantined = project["quarantined_tests"]
    text = f"{project['build']} in {where}: {project['stable_tests']} stable tests"
    if quarantined:
        text += f", {len(quarantined)} set aside ({_counted(_reasons(quarantined))})"
    return text + (f"; {project['problem']}" if project["problem"] else "")


def _reasons(quarantined: Mapping[str, str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for reason in quarantined.values():
        counts[reason] = counts.get(reason, 0) + 1
    return counts


def _title(language: str) -> str:
    return TITLES.get(language, language)


def _counted(counts: Mapping[str, int]) -> str:
    """`3 test, 1 generated`, most frequent first."""
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{number} {what}" for what, number in ordered)
