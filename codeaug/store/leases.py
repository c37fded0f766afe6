"""The right to a slot: one statement takes it for one person, for a while.

A lease ends by itself: whoever claims next looks at the clock. Its token fences off what comes too
late (a decision of a page that was left open). All times are milliseconds since 1970.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import sqlalchemy as sa

from codeaug.store.decisions import standing, tie
from codeaug.store.filling import FIRST, slot_row
from codeaug.store.gold import IS_PAUSED, deal, unseen
from codeaug.store.rows import add
from codeaug.store.tables import slot

# Spelled out, not bound: so the databases see that the partial indexes serve.
_ZERO, _NOBODY = sa.literal_column("0", sa.BigInteger), sa.literal_column("''", sa.String)

LEASE = 15 * 60 * 1000
"""How long one has for a card, if nobody says that its page is still looked at."""


@dataclass(frozen=True, slots=True)
class Lease:
    """A variant that one person may decide about, until then."""

    variant_id: str
    token: str
    until: int


# The statements of every claim and decision, made once: making one costs more than running it.
# `_THEIRS` is the slot of a variant that the person has, or had last.
_THEIRS = (slot.c.holder == sa.bindparam("reviewer")) & (
    slot.c.variant_id == sa.bindparam("variant")
)
_UNTIL: sa.BindParameter[int] = sa.bindparam("new_until")
_GIVEN = slot.c.token == sa.bindparam("given")
_HELD = (
    sa.select(slot.c.variant_id, slot.c.token, slot.c.until)
    .where(slot.c.holder == sa.bindparam("reviewer"), slot.c.holder != _NOBODY)
    .where(slot.c.done == 0, slot.c.until > sa.bindparam("now"))
    .order_by(slot.c.priority, slot.c.seq)
)
_RENEW = (
    sa.update(slot)
    .where(slot.c.holder == sa.bindparam("reviewer"), _GIVEN, slot.c.done == 0)
    .values(until=sa.case((slot.c.until > _UNTIL, slot.c.until), else_=_UNTIL))
    .returning(slot.c.seq)
)
_VOTE = (
    sa.update(slot)
    .where(_THEIRS, (slot.c.done == 1) | (_GIVEN & (slot.c.token != "")))
    .values(done=1, until=0)
    .returning(slot.c.seq)
)
_RELEASE = (
    sa.update(slot).where(_THEIRS).values(holder="", token="", until=0, done=sa.bindparam("over"))
)
_DROP_UNUSED = sa.delete(slot).where(
    slot.c.variant_id == sa.bindparam("variant"), slot.c.done == 0, slot.c.tie == 1,
    slot.c.until <= sa.bindparam("now"),
)  # fmt: skip
WAITING = sa.select(sa.func.count()).where(slot.c.done == _ZERO)


def claim(
    connection: sa.Connection,
    reviewer: str,
    lease: Lease,
    now: int,
    passed_over: Sequence[str],
) -> Lease | None:
    """The first free slot (of the lease's variant, if it has one) of a variant about which the
    person has said none of the words `passed_over`, leased; None if there is none, or none for them
    now."""
    statement = _taking(tuple(passed_over), bool(lease.variant_id))
    values = {"reviewer": reviewer, "now": now, "new_token": lease.token, "new_until": lease.until}
    if lease.variant_id:
        values["wanted"] = lease.variant_id
    taken = connection.scalar(statement, values)
    return None if taken is None else replace(lease, variant_id=taken)


def instead(connection: sa.Connection, reviewer: str, lease: Lease) -> Lease:
    """A gold item instead of the card that a person was about to get, if there is one for them."""
    item = unseen(connection, reviewer)
    if item is None or not deal(connection, item, reviewer, lease.token, lease.until):
        return lease
    release(connection, reviewer, lease.variant_id)
    return replace(lease, variant_id=item)


@cache  # making it costs more than running it
def _taking(passed_over: tuple[str, ...], of_one: bool) -> sa.sql.dml.ReturningUpdate[Any]:
    free, mine, said = slot.alias("free"), slot.alias("mine"), standing()
    reviewer: sa.BindParameter[str] = sa.bindparam("reviewer")
    decided = sa.exists().where(
        said.c.reviewer == reviewer,
        said.c.variant_id == free.c.variant_id,
        said.c.word.in_(passed_over),
    )
    held = sa.exists().where(
        mine.c.holder == reviewer,
        mine.c.variant_id == free.c.variant_id,
        mine.c.seq != free.c.seq,
    )
    first = sa.select(free.c.seq).where(
        free.c.done == _ZERO, free.c.until <= sa.bindparam("now"), ~decided, ~held
    )
    if of_one:
        first = first.where(free.c.variant_id == sa.bindparam("wanted"))
    first = first.order_by(free.c.priority, free.c.seq).limit(1).with_for_update(skip_locked=True)
    found = sa.update(slot).where(slot.c.seq == first.scalar_subquery(), ~IS_PAUSED)
    leased: dict[str, Any] = {name: sa.bindparam(f"new_{name}") for name in ("token", "until")}
    return found.values(holder=reviewer, **leased).returning(slot.c.variant_id)


def held(connection: sa.Connection, reviewer: str, now: int) -> list[Lease]:
    """The leases of a person that run, in the order of the queue."""
    rows = connection.execute(_HELD, {"reviewer": reviewer, "now": now})
    return [Lease(*row) for row in rows]


def renew(connection: sa.Connection, reviewer: str, token: str, until: int) -> bool:
    """Makes a lease last longer, never shorter; False when somebody else has the slot by now."""
    own = {"reviewer": reviewer, "given": token, "new_until": until}
    return connection.execute(_RENEW, own).first() is not None


def vote(connection: sa.Connection, reviewer: str, variant_id: str, token: str) -> bool:
    """The vote is in; False when the person has no lease by this token and has not voted yet."""
    theirs = {"reviewer": reviewer, "variant": variant_id, "given": token}
    return connection.execute(_VOTE, theirs).first() is not None


def release(
    connection: sa.Connection, reviewer: str, variant_id: str, *, done: bool = False
) -> None:
    """The slot is for somebody else; for nobody when it is `done` by a final word."""
    theirs = {"reviewer": reviewer, "variant": variant_id, "over": int(done)}
    connection.execute(_RELEASE, theirs)


def reopen(
    connection: sa.Connection, reviewer: str, variant_id: str, token: str, until: int
) -> None:
    """The vote was taken back: the person has the slot again."""
    again = {"done": 0, "token": token, "until": until}
    theirs = {"reviewer": reviewer, "variant": variant_id}
    connection.execute(sa.update(slot).where(_THEIRS).values(again), theirs)


def settle(connection: sa.Connection, variant_id: str, now: int) -> None:
    """One more vote where all are in and they are a tie; none where it is not needed any more."""
    tied, breaking = tie(connection, variant_id)
    if not tied:
        if breaking:
            connection.execute(_DROP_UNUSED, {"variant": variant_id, "now": now})
        return
    of_variant = slot.c.variant_id == variant_id
    waiting = sa.select(slot.c.seq).where(of_variant, slot.c.done == 0).limit(1)
    if connection.execute(waiting).first() is None:
        last = connection.scalar(sa.select(sa.func.max(slot.c.ordinal)).where(of_variant))
        if last is not None:
            add(connection, slot, [slot_row(variant_id, last + 1, FIRST, "", tie=1)])
