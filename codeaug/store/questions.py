"""What is waiting and what there is to see: questions, not statuses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from codeaug.model import Rung
from codeaug.store.evidence import newest_evidence, reaches, standing
from codeaug.store.tables import (
    evidence,
    generated,
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
class Listed:
    """One row of the list of variants."""

    variant_id: str
    language: str
    path: str
    name: str
    engine: str
    recipe: str
    verdict: str
    rung: Rung


# --- waiting --------------------------------------------------------------------------------------


def not_generated(fingerprint: str) -> sa.ColumnElement[bool]:
    """Of units: this engine has not been asked."""
    asked = sa.exists().where(
        generated.c.unit_id == unit.c.id, generated.c.fingerprint == fingerprint
    )
    return ~asked


def variants_waiting(unit_ids: Iterable[str], commit: str, key: str) -> sa.ColumnElement[bool]:
    """Of variants: they belong to these units and have no evidence for this commit and key."""
    checked = sa.exists().where(
        evidence.c.variant_id == variant.c.id,
        evidence.c.commit_id == commit,
        evidence.c.key == key,
    )
    return variant.c.unit_id.in_(list(unit_ids)) & ~checked


def queue(
    connection: sa.Connection, commit: str | None, bar: Rung, reviewer: str | None
) -> dict[str, bool]:
    word = standing()
    decided = sa.exists().where(word.c.variant_id == variant.c.id, word.c.reviewer == reviewer)
    statement = (
        sa.select(variant.c.id, sa.case((decided, 1), else_=0))
        .join(evidence, evidence.c.variant_id == variant.c.id)
        .where(
            evidence.c.seq.in_(newest_evidence(commit, None)),
            reaches(bar),
        )
        .order_by(evidence.c.rung, variant.c.seq)
    )
    return {row[0]: not row[1] for row in connection.execute(statement)}


def approved(connection: sa.Connection) -> list[str]:
    """Variants that somebody approved and nobody rejected."""
    word = standing()
    statement = (
        sa.select(word.c.variant_id)
        .group_by(word.c.variant_id)
        .having(sa.func.sum(sa.case((word.c.word == "rejected", 1), else_=0)) == 0)
        .order_by(word.c.variant_id)
    )
    return list(connection.scalars(statement))


def not_rejected(connection: sa.Connection, bar: Rung) -> list[str]:
    """Variants whose evidence reaches the bar without a failure, and that nobody rejected."""
    word = standing()
    against = sa.exists().where(
        word.c.variant_id == evidence.c.variant_id, word.c.word == "rejected"
    )
    statement = sa.select(evidence.c.variant_id).where(
        evidence.c.seq.in_(newest_evidence(None, None)),
        reaches(bar),
        ~against,
    )
    return list(connection.scalars(statement.order_by(evidence.c.variant_id)))


# --- to see ---------------------------------------------------------------------------------------


def listed(connection: sa.Connection, commit: str | None) -> list[Listed]:
    """Every variant with its newest evidence, in the order of making."""
    place = (
        sa.select(unit.c.id, unit.c.name, unit.c.parameters, source_file.c.path)
        .add_columns(source_file.c.language)
        .join(source_file, source_file.c.id == unit.c.file_id)
        .where(unit.c.seq.in_(sa.select(sa.func.max(unit.c.seq)).group_by(unit.c.id)))
        .subquery("place")
    )
    word = sa.select(evidence).where(evidence.c.seq.in_(newest_evidence(commit, None))).subquery()
    rows = connection.execute(
        sa.select(variant, place.c.name, place.c.parameters, place.c.path, place.c.language)
        .add_columns(word.c.verdict, word.c.rung)
        .join(place, place.c.id == variant.c.unit_id)
        .outerjoin(word, word.c.variant_id == variant.c.id)
        .order_by(variant.c.seq)
    )
    return [
        Listed(
            variant_id=row.id,
            language=row.language,
            path=row.path,
            name=row.name + row.parameters,
            engine=row.engine,
            recipe=row.recipe,
            verdict=row.verdict or "",
            rung=Rung(row.rung or 0),
        )
        for row in rows
    ]


def find(connection: sa.Connection, words: str) -> list[Match]:
    """Units and variants whose id begins with `words`, or the units called `path::name`."""
    if "::" in words and "/" in words.split("::", 1)[0] + "/":
        by_name = _units_called(connection, *words.split("::", 1))
        if by_name:
            return by_name
    return _by_prefix(connection, words) if len(words) >= 4 else []


def _units_called(connection: sa.Connection, path: str, name: str) -> list[Match]:
    qualified = unit.c.name + unit.c.parameters
    return _units(
        connection, (source_file.c.path == path) & ((unit.c.name == name) | (qualified == name))
    )


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
