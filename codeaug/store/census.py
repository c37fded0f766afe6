"""The counts of everything that only runs change: taken once after a run, read on every visit.

A million variants are counted in seconds, which a page cannot wait for.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from codeaug.model import Rung, Verdict
from codeaug.store.evidence import is_gold, newest_evidence, rungs
from codeaug.store.rows import Transaction, replace
from codeaug.store.scans import newest_unit
from codeaug.store.tables import census, evidence, oracle, source_file, strength, unit, variant


@dataclass(frozen=True, slots=True)
class Made:
    """How many variants of a kind there are, by what is known of them."""

    language: str
    engine: str
    recipe: str
    verdict: str
    holds: int
    variants: int

    def accepted(self, bar: Rung) -> bool:
        return self.verdict == Verdict.PASSED and bool(rungs(self.holds) & bar.admits)


@dataclass(frozen=True, slots=True)
class Tested:
    """How many units of a language have tests that catch `caught` of `judged` faults; `tests` is
    False where none executes them."""

    language: str
    tests: bool
    caught: int
    judged: int
    units: int


@dataclass(frozen=True, slots=True)
class Census:
    """What there was when it was counted last."""

    made_at: datetime
    made: tuple[Made, ...]
    tested: tuple[Tested, ...]


def read(connection: sa.Connection) -> Census | None:
    row = connection.execute(sa.select(census)).first()
    if row is None:
        return None
    body = json.loads(row.body)
    return Census(
        datetime.fromisoformat(row.made_at),
        tuple(Made(**each) for each in body["made"]),
        tuple(Tested(**each) for each in body["tested"]),
    )


def take(reading: Transaction, writing: Transaction) -> None:
    """Counts anew, if a run has added anything since."""
    with reading() as connection:
        now = _newest(connection)
        known = connection.execute(sa.select(census.c.evidence_seq, census.c.strength_seq)).first()
        if known is not None and tuple(known) == now:
            return
        body = {
            "made": [asdict(each) for each in _made(connection)],
            "tested": [asdict(each) for each in _tested(connection)],
        }
    row = {
        "id": 1,
        "evidence_seq": now[0],
        "strength_seq": now[1],
        "made_at": datetime.now(UTC).isoformat(),
        "body": json.dumps(body),
    }
    with writing() as connection:
        replace(connection, census, [row])


def _newest(connection: sa.Connection) -> tuple[int, int]:
    newest = (sa.select(sa.func.max(table.c.seq)) for table in (evidence, strength))
    return tuple(connection.scalar(each) or 0 for each in newest)  # type: ignore[return-value]  # as many as `newest`


def _made(connection: sa.Connection) -> list[Made]:
    kind = (source_file.c.language, variant.c.engine, variant.c.recipe)
    columns = (*kind, evidence.c.verdict, evidence.c.holds)
    statement = (
        sa.select(*columns, sa.func.count())
        .join_from(evidence, variant, variant.c.id == evidence.c.variant_id)
        .join(unit, unit.c.seq == newest_unit(variant.c.unit_id))
        .join(source_file, source_file.c.id == unit.c.file_id)
        .where(evidence.c.seq.in_(newest_evidence(None)), ~is_gold(variant.c.id))
        .group_by(*columns)
    )
    return [Made(*row) for row in connection.execute(statement)]


def _tested(connection: sa.Connection) -> list[Tested]:
    """By the oracle and the strength that were measured last of each unit."""
    latest = sa.select(sa.func.max(strength.c.seq)).group_by(strength.c.unit_id)
    measured = sa.select(strength).where(strength.c.seq.in_(latest)).subquery("measured")
    units = sa.select(oracle.c.unit_id, (sa.func.max(oracle.c.tests) > 0).label("has_tests"))
    known = units.group_by(oracle.c.unit_id).subquery("known")
    figures = [sa.func.coalesce(measured.c[name], 0) for name in ("caught", "judged")]
    columns = (source_file.c.language, known.c.has_tests, *figures)
    statement = (
        sa.select(*columns, sa.func.count())
        .join_from(known, unit, unit.c.seq == newest_unit(known.c.unit_id))
        .join(source_file, source_file.c.id == unit.c.file_id)
        .outerjoin(measured, measured.c.unit_id == known.c.unit_id)
        .group_by(*columns)
    )
    rows = connection.execute(statement)
    return [Tested(r[0], bool(r[1]), r[2], r[3], r[4]) for r in rows]
