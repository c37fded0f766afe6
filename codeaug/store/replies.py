"""What left the machine for a model, what came back, and what it cost."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from codeaug.model import Batch, Opinion, Reply, Sent
from codeaug.store.rows import add, chunks, get_texts, put_texts, replace
from codeaug.store.tables import batch, opinion, reply, sent

OPEN = ("", "lost")
"""Outcomes after which the endpoint may have made a reply that never arrived."""


@dataclass(frozen=True, slots=True)
class Spent:
    """`cost` of all replies; `open` is what may have been charged, at worst, for each request whose
    reply never arrived, by its key. Both in billionths of a dollar."""

    cost: int
    open: Mapping[str, int]
    replies: int
    prompt_tokens: int
    reply_tokens: int


# --- the ledger -----------------------------------------------------------------------------------


# Made once: SQLAlchemy's work on a statement costs more than the database's.
_PUT_SENT = sa.insert(sent).returning(sent.c.seq)
_PUT_OUTCOME = sa.update(sent).where(sent.c.seq == sa.bindparam("line"))


def put_sent(connection: sa.Connection, records: Iterable[Sent]) -> list[int]:
    """Writes lines of the ledger; their numbers, in order."""
    return [connection.scalars(_PUT_SENT, _sent_row(record)).one() for record in records]


def _sent_row(record: Sent) -> dict[str, Any]:
    row = asdict(record) | {"made_at": record.made_at.isoformat()}
    row["bytes"] = row.pop("size")
    return row


def put_outcome(connection: sa.Connection, seq: int, outcome: str) -> None:
    connection.execute(_PUT_OUTCOME, {"line": seq, "outcome": outcome})


def put_outcomes(connection: sa.Connection, keys: Iterable[str], outcome: str) -> None:
    """What became of all open lines about these."""
    for some in chunks(keys):
        lines = sa.and_(sent.c.key.in_(some), sent.c.outcome == "")
        connection.execute(sa.update(sent).where(lines).values(outcome=outcome))


def ledger(connection: sa.Connection, unit_id: str | None) -> list[Sent]:
    """Everything that was sent, in order (for one unit)."""
    statement = sa.select(sent).order_by(sent.c.seq)
    if unit_id is not None:
        statement = statement.where(sent.c.unit_id == unit_id)
    return [_sent(row) for row in connection.execute(statement)]


def get_sent(connection: sa.Connection, keys: Iterable[str]) -> dict[str, Sent]:
    """The newest line of the ledger about each of these, by key."""
    found: dict[str, Sent] = {}
    for some in chunks(keys):
        statement = sa.select(sent).where(sent.c.key.in_(some)).order_by(sent.c.seq)
        found.update((row.key, _sent(row)) for row in connection.execute(statement))
    return found


def _sent(row: sa.Row[Any]) -> Sent:
    return Sent(
        key=row.key,
        unit_id=row.unit_id,
        purpose=row.purpose,
        endpoint=row.endpoint,
        model=row.model,
        policy=row.policy,
        digest=row.digest,
        size=row.bytes,
        most=row.most,
        made_at=datetime.fromisoformat(row.made_at),
        outcome=row.outcome,
    )


# --- replies --------------------------------------------------------------------------------------


def put_reply(connection: sa.Connection, record: Reply) -> None:
    row = asdict(record) | {
        "body": zlib.compress(record.body),
        "made_at": record.made_at.isoformat(),
    }
    replace(connection, reply, [row])


def get_replies(connection: sa.Connection, keys: Iterable[str]) -> dict[str, Reply]:
    """The replies to these, by key."""
    found: dict[str, Reply] = {}
    for some in chunks(keys):
        for row in connection.execute(sa.select(reply).where(reply.c.key.in_(some))):
            found[row.key] = _reply(row)
    return found


def _reply(row: sa.Row[Any]) -> Reply:
    return Reply(
        key=row.key,
        unit_id=row.unit_id,
        purpose=row.purpose,
        model=row.model,
        body=zlib.decompress(row.body),
        prompt_tokens=row.prompt_tokens,
        reply_tokens=row.reply_tokens,
        cost=row.cost,
        counted=bool(row.counted),
        seconds=row.seconds,
        made_at=datetime.fromisoformat(row.made_at),
    )


def spent(connection: sa.Connection, model: str | None) -> Spent:
    """What everything in this store has cost (by one model)."""
    total = sa.func.coalesce
    sums = sa.select(
        total(sa.func.sum(reply.c.cost), 0),
        sa.func.count(),
        total(sa.func.sum(reply.c.prompt_tokens), 0),
        total(sa.func.sum(reply.c.reply_tokens), 0),
    )
    row = connection.execute(sums if model is None else sums.where(reply.c.model == model)).one()
    answered = sa.exists().where(reply.c.key == sent.c.key)
    lost = sa.select(sent.c.key, sa.func.max(sent.c.most).label("most"))
    lost = lost.where(sent.c.outcome.in_(OPEN), ~answered).group_by(sent.c.key)
    lost = lost if model is None else lost.where(sent.c.model == model)
    waiting = {found.key: int(found.most) for found in connection.execute(lost)}
    return Spent(int(row[0]), waiting, int(row[1]), int(row[2]), int(row[3]))


def paid(connection: sa.Connection, unit_id: str, model: str) -> tuple[int, int]:
    """What a model's replies about a unit cost, in billionths of a dollar, and their number."""
    cost = sa.func.coalesce(sa.func.sum(reply.c.cost), 0)
    about = (reply.c.unit_id == unit_id, reply.c.model == model)
    row = connection.execute(sa.select(cost, sa.func.count()).where(*about)).one()
    return int(row[0]), int(row[1])


def median_seconds(connection: sa.Connection, model: str) -> float | None:
    """How long this model's replies took, in the middle; None when there are none."""
    statement = sa.select(reply.c.seconds).where(reply.c.model == model)
    seconds = sorted(connection.scalars(statement))
    return seconds[len(seconds) // 2] if seconds else None


# --- batches and opinions -------------------------------------------------------------------------


def put_batch(connection: sa.Connection, record: Batch) -> None:
    (keys_id,) = put_texts(connection, [json.dumps(record.keys)])
    row = asdict(record) | {"keys_id": keys_id, "made_at": record.made_at.isoformat()}
    del row["keys"]
    replace(connection, batch, [row])


def get_batches(connection: sa.Connection, state: str) -> list[Batch]:
    rows = connection.execute(
        sa.select(batch).where(batch.c.state == state).order_by(batch.c.made_at)
    ).all()
    keys = get_texts(connection, (row.keys_id for row in rows))
    return [
        Batch(
            row.id,
            row.endpoint,
            row.model,
            tuple(json.loads(keys[row.keys_id])),
            row.most,
            datetime.fromisoformat(row.made_at),
            row.state,
        )
        for row in rows
    ]


def put_opinions(connection: sa.Connection, records: Sequence[Opinion]) -> None:
    add(connection, opinion, [asdict(record) for record in records])


def get_opinions(connection: sa.Connection, variant_id: str) -> list[Opinion]:
    statement = sa.select(opinion).where(opinion.c.variant_id == variant_id)
    rows = connection.execute(statement.order_by(opinion.c.model))
    return [Opinion(row.variant_id, row.model, row.score, row.reason) for row in rows]
