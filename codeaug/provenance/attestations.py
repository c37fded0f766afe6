"""`attestations.jsonl`: in-toto statements, one a line.

The first is SLSA provenance of the data files. Then there is one test result a variant, in the
order of the lineage: its subject is the digest of the variant's text, its tests are codeaug's
checks, and its configuration is the repository at the commit where they ran.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from codeaug.provenance import comparison
from codeaug.provenance.dossier import Dossier, Place, Record, key
from codeaug.provenance.statements import (
    PROVENANCE,
    STATEMENT,
    TEST_RESULT,
    violations,
)

NAME = "attestations.jsonl"

_BUILD = "urn:codeaug:export:2"
_JUDGED = frozenset({"tested", "guarded", "compared", "proved"})
"""Rungs where something could judge the behaviour."""
_LISTS = {"passed": "passedTests", "unknown": "warnedTests", "failed": "failedTests"}


def write(dossier: Dossier, file: BinaryIO) -> None:
    for statement in statements(dossier):
        file.write(_line(statement))


def check(dossier: Dossier, path: Path) -> Iterator[str]:
    return comparison.guarded(NAME, dossier, lambda: _problems(dossier, path))


def statements(dossier: Dossier) -> Iterator[Record]:
    yield dataset_statement(dossier)
    for variant in dossier.variants():
        yield variant_statement(variant, dossier.places[key(variant["unit"])])


def _line(statement: Record) -> bytes:
    return orjson.dumps(statement) + b"\n"


# --- what is stated -------------------------------------------------------------------------------


def dataset_statement(dossier: Dossier) -> Record:
    return _statement(
        [{"name": f["name"], "digest": {"sha256": f["sha256"]}} for f in dossier.files],
        PROVENANCE,
        {
            "buildDefinition": {
                "buildType": _BUILD,
                "externalParameters": {"name": dossier.name, **dossier.manifest["settings"]},
                "resolvedDependencies": [
                    _configured(Place(r["name"], r["commit"], r["license"]))
                    for r in dossier.repositories
                ],
            },
            "runDetails": {
                "builder": {"id": "urn:codeaug", "version": {"codeaug": dossier.version}},
                "metadata": {"invocationId": dossier.identifier, "finishedOn": dossier.moment},
                "byproducts": [
                    {
                        "name": "left out",
                        "uri": "lineage/left_out.jsonl",
                        "annotations": dossier.left_out_counts,
                    }
                ],
            },
        },
    )


def variant_statement(variant: Record, place: Place) -> Record:
    """The checks ran where the lineage says so, else where the unit was taken from."""
    place = replace(place, commit=variant.get("commit") or place.commit)
    return _statement(
        [
            {
                "name": variant["id"],
                "digest": {"sha256": variant["sha256"]},
                "annotations": _about(variant),
            }
        ],
        TEST_RESULT,
        {
            "result": result(variant),
            "configuration": [_configured(place, {**variant["parameters"]})],
            **_tests(variant["checks"]),
        },
    )


def result(variant: Mapping[str, Any]) -> str:
    """Passed only where something could judge, by the verdict and by the rung."""
    if variant["verdict"] == "failed":
        return "FAILED"
    judged = variant["verdict"] == "passed" and variant["rung"] in _JUDGED
    return "PASSED" if judged else "WARNED"


def _about(variant: Record) -> Record:
    about = {"unit": variant["unit"], "use": variant["use"], "rung": variant["rung"]}
    return about | ({"why": variant["why"]} if variant["why"] else {})


def _tests(checks: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {name: [] for name in _LISTS.values()}
    for check_name, verdict in checks.items():
        found[_LISTS[verdict]].append(check_name)
    return found


def _configured(place: Place, figures: Record | None = None) -> Record:
    about = {"license": place.license, **(figures or {})}
    return {
        "name": place.repository,
        "digest": {"gitCommit": place.commit},
        "annotations": {name: value for name, value in about.items() if value != ""},
    }


def _statement(subject: list[Record], kind: str, predicate: Record) -> Record:
    return {"_type": STATEMENT, "subject": subject, "predicateType": kind, "predicate": predicate}


# --- what is checked ------------------------------------------------------------------------------


def _problems(dossier: Dossier, path: Path) -> Iterator[str]:
    """Line by line beside what the lineage gives, so a million lines need no memory."""
    with path.open("rb") as file:
        for number, (line, wanted) in enumerate(zip_longest(file, statements(dossier)), start=1):
            if line is None:
                yield f"ends before line {number}: {_subject(wanted)} and what follows is missing"
                return
            if wanted is None:
                yield f"line {number} and what follows are of nothing that is in the lineage"
                return
            if line == _line(wanted):
                yield from (f"line {number}: {problem}" for problem in violations(wanted))
                continue
            yield from (f"line {number}: {problem}" for problem in _differing(line, wanted))
            if _name(line) != _name(_line(wanted)):
                yield f"line {number} should be {_subject(wanted)}: the rest is not compared"
                return


def _differing(line: bytes, wanted: Record) -> Iterator[str]:
    try:
        found = orjson.loads(line)
    except ValueError:
        yield "no JSON"
        return
    yield from violations(found)
    told = False
    for problem in comparison.differences(found, wanted):
        told = True
        yield problem
    if not told:
        yield "other bytes than codeaug writes (order, layout, a key twice, no line end)"


def _subject(statement: Record) -> str:
    if statement["predicateType"] == TEST_RESULT:
        return f"the statement of variant {statement['subject'][0]['name']}"
    return "the statement of the dataset"


def _name(line: bytes) -> str:
    """The name of the first subject, "" where there is none."""
    try:
        return str(orjson.loads(line)["subject"][0]["name"])
    except (ValueError, KeyError, IndexError, TypeError):
        return ""
