"""What people decided: every word is kept, the newest of each person about a variant counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from codeaug.model import Decision, Word
from codeaug.store.rows import add_one
from codeaug.store.tables import decision, slot

VOTES = (Word.APPROVED, Word.REJECTED, Word.FLAGGED)


def put_decision(connection: sa.Connection, record: Decision, request_id: str) -> bool:
    """Adds it; False when this request was counted before."""
    row = asdict(record) | {"made_at": record.made_at.isoformat(), "request_id": request_id}
    return add_one(connection, decision, row)


def put_withdrawal(
    connection: sa.Connection, variant_id: str, reviewer: str, made_at: datetime, request_id: str
) -> bool:
    """As `put_decision`, that the person says nothing of the variant any more."""
    row = {
        "variant_id": variant_id,
        "reviewer": reviewer,
        "word": "withdrawn",
        "reason": "",
        "comment": "",
        "made_at": made_at.isoformat(),
        "request_id": request_id,
    }
    return add_one(connection, decision, row)


@cache  # making it costs more than the database's work on one variant
def standing() -> sa.Subquery:
    """The newest word of each reviewer about each variant, unless withdrawn."""
    later = decision.alias("later")
    newer = sa.exists().where(
        later.c.variant_id == decision.c.variant_id,
        later.c.reviewer == decision.c.reviewer,
        later.c.seq > decision.c.seq,
    )
    statement = sa.select(decision).where(~newer, decision.c.word != "withdrawn")
    return statement.subquery("standing")


def get_decisions(connection: sa.Connection, variant_ids: Iterable[str]) -> list[Decision]:
    """The standing votes about these variants, the newest last."""
    said = standing()
    wanted = said.c.variant_id.in_(list(variant_ids)) & said.c.word.in_(VOTES)
    rows = connection.execute(sa.select(said).where(wanted).order_by(said.c.seq))
    return [_record(row) for row in rows]


def count_decided(connection: sa.Connection, reviewer: str) -> int:
    """How many votes of a person stand."""
    said = standing()
    votes = (said.c.reviewer == reviewer, said.c.word.in_(VOTES))
    return connection.scalar(sa.select(sa.func.count()).select_from(said).where(*votes)) or 0


def last_decision(connection: sa.Connection, reviewer: str, before: str) -> Decision | None:
    """A person's newest standing word; with `before`, the one before that about this variant."""
    said = standing()
    statement = sa.select(said).where(said.c.reviewer == reviewer)
    if before:
        at = sa.select(said.c.seq).where(said.c.reviewer == reviewer, said.c.variant_id == before)
        statement = statement.where(said.c.seq < at.scalar_subquery())
    row = connection.execute(statement.order_by(said.c.seq.desc()).limit(1)).first()
    return None if row is None else _record(row)


def _record(row: sa.Row[Any]) -> Decision:
    return Decision(
        variant_id=row.variant_id,
        reviewer=row.reviewer,
        word=Word(row.word),
        made_at=datetime.fromisoformat(row.made_at),
        reason=row.reason,
        comment=row.comment,
        naturalness=row.naturalness,
    )


# --- what they come to ----------------------------------------------------------------------------


def _votes(said: sa.Subquery, word: Word) -> sa.ColumnElement[int]:
    return sa.func.sum(sa.case((said.c.word == word, 1), else_=0))


@cache
def _tally() -> sa.Select[int, int, int]:
    """How many people said each of VOTES of the variant `variant`."""
    said = standing()
    approvals, rejections, flags = (_votes(said, word) for word in VOTES)
    statement = sa.select(approvals, rejections, flags)
    return statement.where(said.c.variant_id == sa.bindparam("variant"))


def is_tie(connection: sa.Connection, variant_id: str) -> bool:
    """Whether as many people approved the variant as rejected it, and nobody flagged it."""
    row = connection.execute(_tally(), {"variant": variant_id}).one()
    approvals, rejections, flags = (number or 0 for number in row)
    return bool(approvals) and approvals == rejections and not flags


def approved(connection: sa.Connection) -> list[str]:
    """Variants that more people approved than rejected, that nobody flagged, and for which no
    vote is waited for any more."""
    said = standing()
    waiting = sa.exists().where(slot.c.variant_id == said.c.variant_id, slot.c.done == 0)
    statement = (
        sa.select(said.c.variant_id)
        .where(~waiting)
        .group_by(said.c.variant_id)
        .having(
            _votes(said, Word.APPROVED) > _votes(said, Word.REJECTED),
            _votes(said, Word.FLAGGED) == 0,
        )
        .order_by(said.c.variant_id)
    )
    return list(connection.scalars(statement))


def objected(variant_id: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """Of a variant: somebody rejected or flagged it."""
    said = standing()
    against = said.c.word.in_([Word.REJECTED, Word.FLAGGED])
    return sa.exists().where(said.c.variant_id == variant_id, against)
