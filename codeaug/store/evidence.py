"""What tests can tell, what engines made, what checks found."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from codeaug.model import (
    Evidence,
    Fault,
    FaultOutcome,
    Finding,
    Oracle,
    Rung,
    Strength,
    Variant,
    Verdict,
)
from codeaug.store.rows import add, cut, get_texts, put_texts, replace, variant_row
from codeaug.store.tables import (
    baseline,
    evidence,
    finding,
    gold,
    held,
    oracle,
    site,
    strength,
    variant,
)

SiteCount = tuple[str, str, str, int]
"""transform, `applied` or `declined`, predicate, how many sites"""


# --- what the tests can tell ----------------------------------------------------------------------


def put_baseline(
    connection: sa.Connection,
    commit: str,
    project_id: str,
    document: Mapping[str, Any],
    essence: str,
) -> None:
    (text_id,) = put_texts(connection, [json.dumps(document, sort_keys=True)])
    row = {"commit_id": commit, "project_id": project_id, "text_id": text_id, "essence": essence}
    replace(connection, baseline, [row])


def get_baseline(connection: sa.Connection, commit: str, project_id: str) -> dict[str, Any] | None:
    text_id = connection.scalar(
        sa.select(baseline.c.text_id).where(
            baseline.c.commit_id == commit, baseline.c.project_id == project_id
        )
    )
    if text_id is None:
        return None
    document: dict[str, Any] = json.loads(get_texts(connection, [text_id])[text_id])
    return document


def alike(connection: sa.Connection, project_id: str, essence: str) -> list[str]:
    """The commits at which a baseline of this essence was put."""
    same = (baseline.c.project_id == project_id, baseline.c.essence == essence)
    statement = sa.select(baseline.c.commit_id).where(*same).order_by(baseline.c.commit_id)
    return list(connection.scalars(statement))


def get_baselines(connection: sa.Connection, commit: str) -> list[dict[str, Any]]:
    ids = connection.scalars(sa.select(baseline.c.text_id).where(baseline.c.commit_id == commit))
    return [json.loads(body) for body in get_texts(connection, ids).values()]


def put_oracles(connection: sa.Connection, oracles: Sequence[Oracle]) -> None:
    tests = put_texts(connection, (json.dumps(o.tests) for o in oracles))
    lines = put_texts(connection, (json.dumps(o.lines) for o in oracles))
    rows = [
        {
            "unit_id": record.unit_id,
            "commit_id": record.commit,
            "tests": len(record.tests),
            "tests_id": tests_id,
            "lines_id": lines_id,
            "reason": record.reason,
        }
        for record, tests_id, lines_id in zip(oracles, tests, lines, strict=True)
    ]
    replace(connection, oracle, rows)


def get_oracles(connection: sa.Connection, where: sa.ColumnElement[bool]) -> dict[str, Oracle]:
    """Oracles by unit. Equal lists of tests are one object."""
    rows = connection.execute(sa.select(oracle).where(where)).all()
    bodies = get_texts(connection, (i for row in rows for i in (row.tests_id, row.lines_id)))
    lists = {text_id: tuple(json.loads(body)) for text_id, body in bodies.items()}
    return {
        row.unit_id: Oracle(
            row.unit_id, row.commit_id, lists[row.tests_id], lists[row.lines_id], row.reason
        )
        for row in rows
    }


def put_strengths(connection: sa.Connection, strengths: Sequence[Strength], key: str) -> None:
    faults = put_texts(connection, (json.dumps([asdict(f) for f in s.faults]) for s in strengths))
    for record, faults_id in zip(strengths, faults, strict=True):
        row: dict[str, Any] = {"unit_id": record.unit_id, "commit_id": record.commit, "key": key}
        same = sa.and_(*(strength.c[name] == value for name, value in row.items()))
        connection.execute(sa.delete(strength).where(same))
        row |= {"faults_id": faults_id, "problem": record.problem}
        row |= {"caught": record.caught, "judged": record.judged}
        connection.execute(sa.insert(strength).values(row))


def get_strengths(connection: sa.Connection, commit: str) -> dict[str, Strength]:
    """Strengths by unit, the newest at the commit."""
    here = strength.c.commit_id == commit
    return {found.unit_id: found for found in _strengths(connection, here)}


def measured(
    connection: sa.Connection, commit: str, keys: Mapping[str, str]
) -> dict[str, Strength]:
    """Of these units, the strengths that were measured under the unit's key, wherever: from now on
    they stand at this commit, too."""
    statement = sa.select(strength).where(strength.c.unit_id.in_(keys)).order_by(strength.c.seq)
    rows = [row for row in connection.execute(statement) if row.key == keys[row.unit_id]]
    here = {row.unit_id for row in rows if row.commit_id == commit}
    newest = {row.unit_id: row for row in rows}
    names = [column.name for column in strength.c if column.name not in ("seq", "commit_id")]
    copies = [
        {"commit_id": commit} | {name: getattr(row, name) for name in names}
        for row in newest.values()
        if row.unit_id not in here
    ]
    if copies:
        connection.execute(sa.insert(strength), copies)
    found = strength.c.seq.in_([row.seq for row in newest.values()])
    return {record.unit_id: record for record in _strengths(connection, found)}


def get_strength(connection: sa.Connection, unit_id: str) -> Strength | None:
    """The one that was put last."""
    found = _strengths(connection, strength.c.unit_id == unit_id)
    return found[-1] if found else None


def _strengths(connection: sa.Connection, where: sa.ColumnElement[bool]) -> list[Strength]:
    rows = connection.execute(sa.select(strength).where(where).order_by(strength.c.seq)).all()
    bodies = get_texts(connection, (row.faults_id for row in rows))
    return [
        Strength(
            row.unit_id,
            row.commit_id,
            tuple(_fault(fault) for fault in json.loads(bodies[row.faults_id])),
            row.problem,
        )
        for row in rows
    ]


def _fault(document: dict[str, Any]) -> Fault:
    return Fault(**(document | {"outcome": FaultOutcome(document["outcome"])}))


def is_gold(variant_id: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """Of a variant: it is there only to see how people decide; see store/gold.py."""
    return variant_id.in_(sa.select(gold.c.variant_id))


# --- what engines made ----------------------------------------------------------------------------


def put_variants(connection: sa.Connection, variants: Iterable[Variant]) -> None:
    add(connection, variant, [variant_row(record) for record in variants])


def put_sites(
    connection: sa.Connection, unit_id: str, fingerprint: str, sites: Iterable[SiteCount]
) -> None:
    rows = [
        {
            "unit_id": unit_id,
            "fingerprint": fingerprint,
            "transform": transform,
            "outcome": outcome,
            "predicate": predicate,
            "sites": count,
        }
        for transform, outcome, predicate, count in sites
    ]
    replace(connection, site, rows)


def get_sites(connection: sa.Connection, unit_id: str) -> list[SiteCount]:
    statement = (
        sa.select(site.c.transform, site.c.outcome, site.c.predicate, site.c.sites)
        .where(site.c.unit_id == unit_id)
        .order_by(site.c.transform, site.c.outcome, site.c.predicate, site.c.fingerprint)
    )
    return [(r.transform, r.outcome, r.predicate, r.sites) for r in connection.execute(statement)]


def get_outcomes(connection: sa.Connection, fingerprint: str) -> list[tuple[str, str, int]]:
    total = sa.func.sum(site.c.sites)
    statement = sa.select(site.c.transform, site.c.predicate, total)
    statement = statement.where(site.c.fingerprint == fingerprint)
    rows = connection.execute(statement.group_by(site.c.transform, site.c.predicate))
    return [(transform, predicate, int(count)) for transform, predicate, count in rows]


# --- what checks found ----------------------------------------------------------------------------


def put_evidence(connection: sa.Connection, record: Evidence, key: str, unit_id: str) -> None:
    place = (
        evidence.c.variant_id == record.variant_id,
        evidence.c.commit_id == record.commit,
        evidence.c.key == key,
    )
    connection.execute(sa.delete(evidence).where(*place))
    row = {
        "variant_id": record.variant_id,
        "commit_id": record.commit,
        "key": key,
        "rung": int(record.rung),
        "holds": bits(record.holds),
        "verdict": record.verdict.value,
        "parameters": json.dumps(record.parameters),
        "environment": json.dumps(record.environment),
    }
    seq = connection.scalar(sa.insert(evidence).values(row).returning(evidence.c.seq))
    own = sa.select(variant.c.unit_id).where(variant.c.id == record.variant_id)
    of = unit_id or connection.scalars(own).one()
    stands: dict[str, Any] = {"commit_id": record.commit, "variant_id": record.variant_id}
    stands |= {"unit_id": of, "evidence_seq": seq}
    replace(connection, held, [stands])
    logs = put_texts(connection, (cut(f.log) for f in record.findings))
    found = zip(record.findings, logs, strict=True)
    add(connection, finding, [_finding_row(seq, n, f, log) for n, (f, log) in enumerate(found)])


def _finding_row(seq: int | None, ordinal: int, record: Finding, log_id: str) -> dict[str, Any]:
    return {
        "evidence_seq": seq,
        "ordinal": ordinal,
        "check_name": record.check,
        "verdict": record.verdict.value,
        "detail": record.detail,
        "seconds": record.seconds,
        "command": record.command,
        "exit_code": record.exit_code,
        "log_id": log_id,
    }


def bits(rungs: Iterable[Rung]) -> int:
    """Rungs as one number, so that a query can ask for any of them."""
    return sum(1 << rung for rung in rungs)


def rungs(number: int) -> frozenset[Rung]:
    """The rungs that `bits` made a number of."""
    return frozenset(rung for rung in Rung if number & bits([rung]))


def reaches(bar: Rung) -> sa.ColumnElement[bool]:
    """Of evidence: no check failed and it holds a rung that the bar admits."""
    held = evidence.c.holds.op("&", return_type=sa.Integer())(bits(bar.admits))
    return (evidence.c.verdict != Verdict.FAILED.value) & (held != 0)


def at_the_bar(
    bar: Rung, commit: str | None = None, of: Sequence[str] | None = None
) -> sa.ColumnElement[bool]:
    """Of evidence: it is a variant's newest (at a commit; of these variants), and reaches the bar;
    gold items are no part of what does."""
    newest = evidence.c.seq.in_(newest_evidence(commit, of))
    return newest & reaches(bar) & ~is_gold(evidence.c.variant_id)


def newest_evidence(commit: str | None, of: Sequence[str] | None = None) -> sa.Select[int]:
    """The `seq` of each variant's (or of these variants') newest evidence (that stands at a
    commit)."""
    statement = sa.select(sa.func.max(evidence.c.seq)).group_by(evidence.c.variant_id)
    if of is not None:
        statement = statement.where(evidence.c.variant_id.in_(of))
    if commit is not None:
        here = held.c.commit_id == commit
        statement = statement.join(held, held.c.evidence_seq == evidence.c.seq).where(here)
    return statement


def get_evidence(
    connection: sa.Connection, variant_id: str, commit: str | None, key: str | None
) -> Evidence | None:
    """The newest that stands at a commit; with a key, that was made there under it."""
    if key is None:
        statement = newest_evidence(commit)
    else:
        made = sa.true() if commit is None else evidence.c.commit_id == commit
        statement = newest_evidence(None).where(evidence.c.key == key, made)
    statement = statement.where(evidence.c.variant_id == variant_id)
    seq = connection.scalar(statement)
    row = connection.execute(sa.select(evidence).where(evidence.c.seq == seq)).first()
    if row is None:
        return None
    return Evidence(
        variant_id=row.variant_id,
        commit=row.commit_id,
        findings=_findings(connection, row.seq),
        holds=rungs(row.holds),
        parameters=tuple((k, v) for k, v in json.loads(row.parameters)),
        environment=tuple((k, v) for k, v in json.loads(row.environment)),
    )


def _findings(connection: sa.Connection, seq: int) -> tuple[Finding, ...]:
    statement = sa.select(finding).where(finding.c.evidence_seq == seq)
    rows = connection.execute(statement.order_by(finding.c.ordinal)).all()
    logs = get_texts(connection, (row.log_id for row in rows))
    return tuple(
        Finding(
            check=row.check_name,
            verdict=Verdict(row.verdict),
            detail=row.detail,
            seconds=row.seconds,
            command=row.command,
            exit_code=row.exit_code,
            log=logs[row.log_id],
        )
        for row in rows
    )
