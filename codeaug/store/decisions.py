"""What people decided: every word is kept, the newest of each person about a variant counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from codeaug.model import Decision, Word
from codeaug.store import audit
from codeaug.store.edits import dropped
from codeaug.store.evidence import is_gold
from codeaug.store.rows import Row, add_one, request_of
from codeaug.store.tables import decision, guideline, slot

VOTES = (Word.APPROVED, Word.REJECTED, Word.FLAGGED)
SAID = (*VOTES, Word.EDITED)
"""The words after which a person is done with a variant."""

_VARIANTS = 0x76617269  # "vari"
_TURN = sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(sa.bindparam("reviewer"))))
_TURN_ABOUT = _TURN.add_columns(
    sa.func.pg_advisory_xact_lock(_VARIANTS, sa.func.hashtext(sa.bindparam("variant")))
)
GUIDELINE = sa.select(sa.func.coalesce(sa.func.max(guideline.c.version), 0))
"""The version of the guideline that holds."""


def put_decision(connection: sa.Connection, record: Decision, request_id: str) -> Row | None:
    """Adds it and returns its row; None when this request of theirs was counted before."""
    row = asdict(record) | {"made_at": record.made_at.isoformat(), "final": int(record.final)}
    row["request_id"] = request_of(record.reviewer, request_id)
    return _added(connection, row)


def put_withdrawal(
    connection: sa.Connection, variant_id: str, reviewer: str, made_at: datetime, request_id: str
) -> Row | None:
    """As `put_decision`, that the person says nothing of the variant any more."""
    row = {
        "variant_id": variant_id,
        "reviewer": reviewer,
        "word": "withdrawn",
        "reason": "",
        "comment": "",
        "made_at": made_at.isoformat(),
        "request_id": request_of(reviewer, request_id),
        "naturalness": 0,
        "final": 0,
        "guideline": None,
    }
    return _added(connection, row)


def _added(connection: sa.Connection, row: Row) -> Row | None:
    one_by_one(connection, row["reviewer"], row["variant_id"])
    if row["guideline"] is None:
        row = {**row, "guideline": connection.scalar(GUIDELINE)}
    return row if add_one(connection, decision, row) else None


def one_by_one(connection: sa.Connection, reviewer: str, variant_id: str = "") -> None:
    """What a person does at several pages at once happens in one order; so does what several say of
    one variant, else none of two who disagree would see the tie."""
    if connection.dialect.name != "postgresql":  # SQLite lets one write anyway
        return
    if variant_id:
        connection.execute(_TURN_ABOUT, {"reviewer": reviewer, "variant": variant_id})
    else:
        connection.execute(_TURN, {"reviewer": reviewer})


def tell(connection: sa.Connection, row: Row) -> None:
    """The audit's line of a decision: the last thing of its transaction."""
    detail = audit.detail_of(row)
    audit.append(connection, row["reviewer"], row["word"], row["variant_id"], detail)


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
    return [one for one in get_words(connection, variant_ids) if one.word in SAID]


def get_words(connection: sa.Connection, variant_ids: Iterable[str]) -> list[Decision]:
    """What stands about these variants, also that somebody passed them over; the newest last."""
    said = standing()
    wanted = said.c.variant_id.in_(list(variant_ids))
    rows = connection.execute(sa.select(said).where(wanted).order_by(said.c.seq)).all()
    return [_record(row) for row in rows]


def count_decided(connection: sa.Connection, reviewer: str) -> int:
    """How many votes of a person stand."""
    said = standing()
    votes = (said.c.reviewer == reviewer, said.c.word.in_(SAID))
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
        final=bool(row.final),
        guideline=row.guideline,
    )


# --- what they come to ----------------------------------------------------------------------------


def _votes(said: sa.Subquery, word: Word, final: int = 0) -> sa.ColumnElement[int]:
    counted = (said.c.word == word) & (said.c.final == final)
    return sa.func.sum(sa.case((counted, 1), else_=0))


@cache
def _tally() -> sa.Select[int, int, int, int, bool]:
    """How many people said each of VOTES of the variant `variant`, how many final words are, and
    whether a slot waits for who breaks a tie."""
    said = standing()
    variant_id: sa.BindParameter[str] = sa.bindparam("variant")
    approvals, rejections, flags = (_votes(said, word) for word in VOTES)
    breaking = sa.exists().where(slot.c.variant_id == variant_id, slot.c.done == 0, slot.c.tie == 1)
    statement = sa.select(approvals, rejections, flags, sa.func.sum(said.c.final), breaking)
    return statement.where(said.c.variant_id == variant_id)


def tie(connection: sa.Connection, variant_id: str) -> tuple[bool, bool]:
    """Whether as many people approved the variant as rejected it, nobody flagged it, and nobody
    said a final word; and whether a slot waits for who breaks a tie."""
    row = connection.execute(_tally(), {"variant": variant_id}).one()
    approvals, rejections, flags, final, breaking = (number or 0 for number in row)
    tied = bool(approvals) and approvals == rejections and not flags and not final
    return tied, bool(breaking)


def approved(connection: sa.Connection) -> list[str]:
    """Variants that were approved for good; where nobody said a final word, those that more people
    approved than rejected, that nobody flagged, and for which no vote is waited for any more. No
    edit that its maker took back."""
    said = standing()
    waiting = sa.exists().where(slot.c.variant_id == said.c.variant_id, slot.c.done == 0)
    by_votes = (
        (sa.func.sum(said.c.final) == 0)
        & (_votes(said, Word.APPROVED) > _votes(said, Word.REJECTED))
        & (_votes(said, Word.FLAGGED) == 0)
        & (sa.func.max(sa.case((waiting, 1), else_=0)) == 0)
    )
    statement = (
        sa.select(said.c.variant_id)
        .where(~is_gold(said.c.variant_id), said.c.variant_id.not_in(dropped()))
        .group_by(said.c.variant_id)
        .having((_votes(said, Word.APPROVED, 1) > _votes(said, Word.REJECTED, 1)) | by_votes)
        .order_by(said.c.variant_id)
    )
    return list(connection.scalars(statement))


@dataclass(frozen=True, slots=True)
class Dispute:
    """A variant that somebody has to settle, and how often each was said."""

    variant_id: str
    approvals: int
    rejections: int
    flags: int


def disputes(connection: sa.Connection, variant_id: str = "") -> list[Dispute]:
    """Variants (or that one) that somebody has to settle: flagged ones first, then those about
    which people disagree and no vote is waited for."""
    said = standing()
    approvals, rejections, flags = (_votes(said, word) for word in VOTES)
    waiting = sa.exists().where(slot.c.variant_id == said.c.variant_id, slot.c.done == 0)
    split = (approvals > 0) & (rejections > 0)
    all_in = sa.func.max(sa.case((waiting, 1), else_=0)) == 0
    statement = (
        sa.select(said.c.variant_id, approvals, rejections, flags)
        .where(~is_gold(said.c.variant_id), said.c.variant_id.not_in(dropped()))
        .group_by(said.c.variant_id)
        .having(sa.func.sum(said.c.final) == 0, (flags > 0) | (split & all_in))
        .order_by(sa.case((flags > 0, 0), else_=1), sa.func.max(said.c.seq))
    )
    if variant_id:
        statement = statement.where(said.c.variant_id == variant_id)
    return [Dispute(*row) for row in connection.execute(statement)]


def settled() -> sa.Select[Any]:
    """The variants about which somebody said a final word."""
    said = standing()
    return sa.select(said.c.variant_id).where(said.c.final == 1)


def settled_by(connection: sa.Connection, variant_id: str) -> str:
    """Who said the final word about a variant; "" when nobody did."""
    said = standing()
    final = sa.select(said.c.reviewer).where(said.c.variant_id == variant_id, said.c.final == 1)
    return connection.scalar(final.limit(1)) or ""


def has_said(connection: sa.Connection, reviewer: str, variant_id: str) -> bool:
    """Whether a word of the person about the variant stands."""
    said = standing()
    theirs = (said.c.reviewer == reviewer, said.c.variant_id == variant_id)
    return connection.scalar(sa.select(said.c.seq).where(*theirs).limit(1)) is not None


def objected(variant_id: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """Of a variant: somebody rejected or flagged it."""
    said = standing()
    against = said.c.word.in_([Word.REJECTED, Word.FLAGGED])
    return sa.exists().where(said.c.variant_id == variant_id, against)
