"""What is waiting and what there is to see: questions, not statuses."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from codeaug.model import Rung
from codeaug.store.decisions import objected
from codeaug.store.edits import dropped
from codeaug.store.evidence import at_the_bar, is_gold, newest_evidence, rungs
from codeaug.store.scans import current
from codeaug.store.tables import (
    evidence,
    finding,
    generated,
    held,
    scan,
    scan_file,
    site,
    source_file,
    unit,
    variant,
)


@dataclass(frozen=True, slots=True)
class Match:
    """A unit or variant that an id's beginning or a `path::name` means."""

    kind: str
    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Told:
    """A variant's newest evidence in short: what its findings said, without their logs."""

    language: str
    path: str
    unit: str
    engine: str
    recipe: tuple[str, ...]
    verdict: str
    holds: frozenset[Rung]
    parameters: Mapping[str, str]
    findings: tuple[tuple[str, str, str, float], ...]


# --- waiting --------------------------------------------------------------------------------------


def not_generated(fingerprint: str) -> sa.ColumnElement[bool]:
    """Of units: this engine has not been asked."""
    asked = sa.exists().where(
        generated.c.unit_id == unit.c.id, generated.c.fingerprint == fingerprint
    )
    return ~asked


def has_variants(engine: str, model: str) -> sa.ColumnElement[bool]:
    """Of units: this engine has made variants, with this model."""
    return sa.exists().where(
        variant.c.unit_id == unit.c.id, variant.c.engine == engine, variant.c.model == model
    )


def queue(connection: sa.Connection, commit: str | None, bar: Rung) -> list[str]:
    statement = (
        sa.select(variant.c.id)
        .join(evidence, evidence.c.variant_id == variant.c.id)
        .where(at_the_bar(bar, commit))
        .order_by(evidence.c.rung, variant.c.seq)
    )
    return list(connection.scalars(statement))


def not_rejected(connection: sa.Connection, bar: Rung) -> list[str]:
    """Variants whose evidence reaches the bar without a failure, and that nobody objected to or
    took back."""
    statement = sa.select(evidence.c.variant_id).where(
        at_the_bar(bar),
        ~objected(evidence.c.variant_id),
        evidence.c.variant_id.not_in(dropped()),
    )
    return list(connection.scalars(statement.order_by(evidence.c.variant_id)))


# --- to see ---------------------------------------------------------------------------------------


def told(connection: sa.Connection, commit: str) -> list[Told]:
    """The newest evidence at the commit of each variant of its units.

    A finding is check, verdict, detail, seconds.
    """
    rows = connection.execute(
        sa.select(evidence, held.c.unit_id, variant.c.engine, variant.c.recipe)
        .join(variant, variant.c.id == evidence.c.variant_id)
        .join(held, (held.c.evidence_seq == evidence.c.seq) & (held.c.commit_id == commit))
        .where(evidence.c.seq.in_(newest_evidence(commit)), ~is_gold(variant.c.id))
        .order_by(variant.c.seq)
    ).all()
    words: dict[int, list[tuple[str, str, str, float]]] = {}
    said = sa.select(finding).where(finding.c.evidence_seq.in_(newest_evidence(commit)))
    for row in connection.execute(said.order_by(finding.c.evidence_seq, finding.c.ordinal)):
        word = (row.check_name, row.verdict, row.detail, row.seconds)
        words.setdefault(row.evidence_seq, []).append(word)
    places = {
        row.id: row
        for row in connection.execute(
            sa.select(unit.c.id, unit.c.name, source_file.c.path, source_file.c.language)
            .join(source_file, source_file.c.id == unit.c.file_id)
            .join(scan_file, scan_file.c.file_id == source_file.c.id)
            .where(scan_file.c.scan_seq == current(commit).scalar_subquery())
        )
    }
    return [
        Told(
            places[row.unit_id].language,
            places[row.unit_id].path,
            places[row.unit_id].name,
            row.engine,
            tuple(json.loads(row.recipe)),
            row.verdict,
            rungs(row.holds),
            dict(json.loads(row.parameters)),
            tuple(words.get(row.seq, ())),
        )
        for row in rows
        if row.unit_id in places
    ]


def site_totals(connection: sa.Connection, commit: str) -> list[tuple[str, str, str, str, int]]:
    """Language, transform, `applied` or `declined`, predicate, sites: over the commit's units."""
    total = sa.func.sum(site.c.sites)
    columns = (source_file.c.language, site.c.transform, site.c.outcome, site.c.predicate)
    statement = (
        sa.select(*columns, total)
        .join_from(site, unit, unit.c.id == site.c.unit_id)
        .join(source_file, source_file.c.id == unit.c.file_id)
        .join(scan_file, scan_file.c.file_id == source_file.c.id)
        .where(scan_file.c.scan_seq == current(commit).scalar_subquery())
        .group_by(*columns)
        .order_by(*columns)
    )
    return [(r[0], r[1], r[2], r[3], int(r[4])) for r in connection.execute(statement)]


def find(connection: sa.Connection, words: str) -> list[Match]:
    """Units and variants whose id begins with `words`, or the units called `path::name`: of those
    with other texts in other commits the one in the newest commit that was scanned."""
    if "::" in words and "/" in words.split("::", 1)[0] + "/":
        by_name = _units_called(connection, *words.split("::", 1))
        if by_name:
            return by_name
    return _by_prefix(connection, words) if len(words) >= 4 else []


def _units_called(connection: sa.Connection, path: str, name: str) -> list[Match]:
    qualified = unit.c.name + unit.c.parameters
    called = (source_file.c.path == path) & ((unit.c.name == name) | (qualified == name))
    last = (
        sa.select(scan.c.seq)
        .join(scan_file, scan_file.c.scan_seq == scan.c.seq)
        .join(source_file, source_file.c.id == scan_file.c.file_id)
        .join(unit, unit.c.file_id == source_file.c.id)
        .where(called)
        .order_by(scan.c.used.desc())
        .limit(1)
    )
    files = sa.select(scan_file.c.file_id).where(scan_file.c.scan_seq == last.scalar_subquery())
    newest = _units(connection, called & source_file.c.id.in_(files))
    return newest or _units(connection, called)


def _units(connection: sa.Connection, where: sa.ColumnElement[bool]) -> list[Match]:
    statement = (
        sa.select(unit.c.id, source_file.c.path, unit.c.name, unit.c.parameters)
        .join(source_file, source_file.c.id == unit.c.file_id)
        .where(where)
        .order_by(source_file.c.path, unit.c.ordinal)
    )
    found = {r.id: f"{r.path}::{r.name}{r.parameters}" for r in connection.execute(statement)}
    return [Match("unit", unit_id, label) for unit_id, label in found.items()]


def _by_prefix(connection: sa.Connection, prefix: str) -> list[Match]:
    units = _units(connection, unit.c.id.startswith(prefix, autoescape=True))
    statement = sa.select(variant.c.id, variant.c.unit_id, variant.c.engine, variant.c.recipe)
    statement = statement.where(variant.c.id.startswith(prefix, autoescape=True))
    variants = [
        Match("variant", row.id, f"{row.engine} {row.recipe} of {row.unit_id}")
        for row in connection.execute(statement.order_by(variant.c.seq))
    ]
    return units + variants
