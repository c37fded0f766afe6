"""The tables that end a scan and a run, and the line of one verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from codeaug.languages import TITLES
from codeaug.model import Repository, Rung
from codeaug.report.terminal import line, table
from codeaug.store import LanguageSummary

_SHOWN = 20  # units that are not fresh


def show_scan(repository: Repository, summaries: Sequence[LanguageSummary]) -> None:
    """Files, units and skips of each language."""
    rows = [(_title(s.language), s.files, s.units, _counted(s.skipped)) for s in summaries]
    title = f"{repository.name} at {repository.commit[:12]}"
    table(title, ("language", "files", "units", "skipped"), rows)


def show_run(document: Mapping[str, Any], repo: str) -> None:
    """How far each language came, each project's tests, and what to do next."""
    reached = {rung for found in document["languages"] for rung in found["rungs"]}
    judged = [rung.label for rung in Rung if rung >= Rung.TESTED and rung.label in reached]
    columns = ("language", "units", "oracle", "variants", "failed", "unknown", *judged)
    rows = [
        (
            _title(found["language"]),
            found["units"],
            found["with_oracle"],
            found["variants"],
            found["verdicts"].get("failed", 0),
            found["verdicts"].get("unknown", 0),
            *(found["rungs"].get(rung, 0) for rung in judged),
        )
        for found in document["languages"]
    ]
    seconds = sum(document["seconds"].values())
    table(f"{document['repository']} at {document['commit'][:12]}, {seconds:.0f} s", columns, rows)
    say = line
    for project in document["projects"]:
        say(_project(project))
    for found in document["languages"]:
        for what in ("skipped", "failing"):
            if found[what]:
                say(f"{_title(found['language'])} {what}: {_counted(found[what])}")
    if document["carried"]:
        say(f"{document['carried']} variants stand by evidence of earlier commits")
    say(f"{document['queued']} variants wait for review: codeaug review {repo}")


def show_status(document: Mapping[str, Any]) -> None:
    """How many variants of each language are fresh, stale or orphaned; then which are not fresh."""
    states = ("fresh", "stale", "orphaned")
    rows = [
        (
            _title(found["language"]),
            *(found[state]["variants"] for state in states),
            *(found[state]["approved"] for state in states),
        )
        for found in document["languages"]
    ]
    columns = ("language", *states, *(f"approved {state}" for state in states))
    table(f"{document['repository']} at {document['commit'][:12]}, variants", columns, rows)
    say = line
    told = [unit for unit in document["units"] if unit["state"] != "fresh"]
    for unit in told[:_SHOWN]:
        where = f"{unit['path']}::{unit['unit']}"
        now = f", now in {unit['now']}" if unit["now"] not in ("", unit["path"]) else ""
        approved = f", {unit['approved']} approved" if unit["approved"] else ""
        say(f"{unit['state']}: {where} ({unit['variants']} variants{approved}){now}")
    if len(told) > _SHOWN:
        say(f"and {len(told) - _SHOWN} more: --json lists them all")
    if any(unit["state"] == "stale" for unit in told):
        say("`codeaug run` makes and checks variants of what changed")


def show_changes(document: Mapping[str, Any]) -> None:
    """A change's functions by language, and what there is to tell about them."""
    columns = ("language", "changed", "tested", "faults", "caught", "variants", "failed")
    rows = []
    for language in sorted({unit["language"] for unit in document["units"]}):
        own = [unit for unit in document["units"] if unit["language"] == language]
        verdicts = [variant["verdict"] for unit in own for variant in unit["variants"]]
        rows.append(
            (
                _title(language),
                len(own),
                sum(unit["tests"] > 0 for unit in own),
                sum(unit["faults"] for unit in own),
                sum(unit["caught"] for unit in own),
                len(verdicts),
                verdicts.count("failed"),
            )
        )
    title = f"{document['repository']} at {document['commit'][:12]} since {document['base'][:12]}"
    table(title, columns, rows)
    for notice in document["notices"]:
        place = f"{notice['path']}:{notice['line']}" if notice["line"] else notice["path"]
        line(f"{notice['level']}: {place}: {notice['rule']}: {notice['message']}")


def show_push(document: Mapping[str, Any]) -> None:
    """What was sent to another codeaug, and what stays here."""
    new = f"{document['added']} new, {document['known']} known, {document['queued']} into the queue"
    say = line
    say(f"pushed to {document['to']}: {new}, of {document['samples']}")
    for reason, number in document["stays"].items():
        say(f"{number} stay here: {reason}")


def show_oracles(document: Mapping[str, Any]) -> None:
    """For each language: units, those that tests execute, and the faults that the tests catch."""
    columns = ("language", "units", "executed", "measured", "faults", "caught", "no fault caught")
    units = document["units"]
    rows = []
    for language in sorted({unit["language"] for unit in units}):
        own = [unit for unit in units if unit["language"] == language]
        measured = [unit for unit in own if unit["measured"]]
        judged, caught = (sum(unit[key] for unit in measured) for key in ("judged", "caught"))
        rows.append(
            (
                _title(language),
                len(own),
                sum(unit["tests"] > 0 for unit in own),
                len(measured),
                judged,
                f"{caught} ({caught / judged:.0%})" if judged else "0",
                sum(unit["judged"] > 0 and not unit["caught"] for unit in measured),
            )
        )
    table(f"{document['repository']} at {document['commit'][:12]}", columns, rows)
    for project in document["projects"]:
        line(_project(project))


def show_weak(document: Mapping[str, Any], most: int = 20) -> None:
    """The units most worth a test, with what it would have to check."""
    say = line
    for unit in worth_a_test(document["units"])[:most]:
        place = f"{unit['path']}:{unit['line']} {unit['unit']}"
        if not unit["tests"]:
            say(f"{place}: {unit['reason']}")
            continue
        say(f"{place}: {unit['caught']} of {unit['judged']} faults caught")
        missed = [fault for fault in unit["faults"] if fault["outcome"] == "survived"]
        for fault in missed[:3]:
            say(f"    line {fault['line']}: {fault['description']}: {fault['hint']}")


def worth_a_test(units: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Units whose tests miss faults, those that miss most first; then those without a test."""
    weak = [u for u in units if u["judged"] > u["caught"] or not u["tests"]]
    return sorted(weak, key=lambda u: (not u["tests"], u["caught"] - u["judged"], u["path"]))


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
