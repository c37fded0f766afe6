"""Whose turn it is: a slot for each vote that a variant needs, leased to one person at a time.

A lease ends by itself: whoever claims next looks at the clock. Its token fences off what comes too
late (a decision of a page that was left open). All times are milliseconds since 1970.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from codeaug.errors import LateDecision, UsageError
from codeaug.model import Decision, Rung, Variant, Word
from codeaug.store import census
from codeaug.store.decisions import (
    SAID,
    get_decisions,
    has_said,
    is_tie,
    one_by_one,
    put_decision,
    put_withdrawal,
    settled_by,
    standing,
    tell,
)
from codeaug.store.edits import drop_made_of, makers, put_edit
from codeaug.store.filling import (
    FIRST,
    Dealing,
    OwnersOf,
    add_slots,
    drop_below,
    misplaced,
    nobody,
    reorder,
    slot_row,
    wanting,
)
from codeaug.store.gold import (
    GoldRules,
    deal,
    is_item,
    is_turn,
    judge,
    on_request,
    refuse_paused,
    unseen,
)
from codeaug.store.rows import Row, Transaction, add, chunks
from codeaug.store.tables import slot
from codeaug.strata import Strata

# Spelled out, not bound: so the databases see that the partial indexes serve.
_ZERO, _NOBODY = (sa.literal(value, literal_execute=True) for value in (0, ""))

NO_GOLD, NO_STRATA = GoldRules(), Strata()
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
_WAITING = sa.select(sa.func.count()).where(slot.c.done == _ZERO)


@dataclass(frozen=True)
class Slots:
    """The slots of a store. Each method is one transaction (`fill` is many short ones)."""

    reading: Transaction
    writing: Transaction
    gold: GoldRules = NO_GOLD

    def fill(
        self,
        bar: Rung,
        overlap: int,
        now: int | None = None,
        *,
        strata: Strata = NO_STRATA,
        owners_of: OwnersOf | None = None,
        anew: bool = True,
        of: Sequence[str] | None = None,
    ) -> int:
        """Slots for all that reaches the bar, so that `overlap` people (or as many as `strata` say)
        decide about each; none for what does not (any more). How many variants were given some.

        The first slot of what a person made by editing is kept for them. `anew` puts what waits
        already into the order of `strata`, too; `of` looks at these variants only. In many
        transactions: nobody who decides meanwhile waits for long.
        """
        now = time.time_ns() // 1_000_000 if now is None else now
        dealing, given = Dealing(overlap, strata, owners_of or nobody), 0
        anew = anew and of is None and (owners_of is not None or "owner" not in strata.fields)
        if of is None:
            census.take(self.reading, self.writing)
        with self.reading() as connection:
            found = wanting(connection, bar, dealing.most, of)
            moved = misplaced(connection, dealing) if anew else []
        for some in chunks(found):
            with self.writing() as connection:
                given += add_slots(connection, some, dealing, now)
        for ids in chunks(moved):
            with self.writing() as connection:
                reorder(connection, ids, dealing)
        with self.writing() as connection:
            drop_below(connection, bar, of)
        return given

    def claim(self, reviewer: str, now: int, variant_id: str = "") -> Lease | None:
        """The next card (or this one) for a person, leased; None when there is none. What they
        skipped comes when nothing else is left. Raises Paused."""
        with self.writing() as connection:
            one_by_one(connection, reviewer)
            return self._claim(connection, reviewer, now, variant_id)

    def next(self, reviewer: str, now: int, besides: str = "") -> Lease | None:
        """The first card that the person has already, but for the one `besides`; else as `claim`.
        Two who ask at once, pages of one person, are given the same."""
        with self.writing() as connection:
            one_by_one(connection, reviewer)
            running = held(connection, reviewer, now)
            after = next((lease for lease in running if lease.variant_id != besides), None)
            return after or self._claim(connection, reviewer, now)

    def _claim(
        self, connection: sa.Connection, reviewer: str, now: int, variant_id: str = ""
    ) -> Lease | None:
        lease = Lease(variant_id, uuid4().hex, now + LEASE)
        refuse_paused(connection, reviewer)
        rate = 0.0 if variant_id else self.gold.rate
        turn = is_turn(connection, reviewer, rate, now)
        found = claim(connection, reviewer, lease, now, list(Word)) or claim(
            connection, reviewer, lease, now, SAID
        )
        if found is None and variant_id:
            asked = (reviewer, variant_id, (lease.token, lease.until), self.gold.overlap)
            return lease if on_request(connection, *asked) else None
        return instead(connection, reviewer, found) if found and turn else found

    def held(self, reviewer: str, now: int) -> list[Lease]:
        """The leases of a person that run, in the order of the queue."""
        with self.reading() as connection:
            return held(connection, reviewer, now)

    def renew(self, reviewer: str, token: str, now: int) -> bool:
        """Makes a lease last longer; False when somebody else has the slot by now."""
        with self.writing() as connection:
            return renew(connection, reviewer, token, now + LEASE)

    def decide(self, record: Decision, request_id: str, token: str, now: int) -> bool:
        """Keeps a decision; False when this request was counted before. Raises LateDecision when
        the person has neither a lease by this token nor decided about the variant before, and
        Paused."""
        skips = record.word is Word.SKIPPED
        with self.writing() as connection:
            judge_of_it = settled_by(connection, record.variant_id) if skips else ""
            row = put_decision(connection, record, request_id)
            if row is None:
                return False
            refuse_paused(connection, record.reviewer)
            if judge_of_it == record.reviewer:
                raise UsageError("you have settled this one: take your word back first")
            if skips:
                release(connection, record.reviewer, record.variant_id, done=bool(judge_of_it))
            elif not vote(connection, record.reviewer, record.variant_id, token):
                raise _late()
            self._conclude(connection, record, row, now)
            return True

    def edit(self, record: Decision, made: Variant, request_id: str, token: str, now: int) -> bool:
        """As `decide`, of a person who made another variant of this one."""
        with self.writing() as connection:
            row = put_decision(connection, record, request_id)
            if row is None:
                return False
            refuse_paused(connection, record.reviewer)
            own = makers(connection, [record.variant_id]).get(record.variant_id)
            voted = vote(connection, record.reviewer, record.variant_id, token)
            if not voted and own != record.reviewer:
                raise _late()
            put_edit(connection, made, record, request_id)
            self._conclude(connection, record, row, now)
            return True

    def _conclude(self, connection: sa.Connection, record: Decision, row: Row, now: int) -> None:
        item = is_item(connection, record.variant_id)
        if not item:
            settle(connection, record.variant_id, now)
        tell(connection, row)
        if item:
            judge(connection, record.reviewer, self.gold)

    def settle_for_good(self, record: Decision, request_id: str, now: int) -> bool:
        """Keeps a final decision, after which no vote is waited for; False when this request was
        counted before. Raises LateDecision when somebody else settled it, UsageError when the
        person is one of those who voted."""
        with self.writing() as connection:
            said = get_decisions(connection, [record.variant_id])
            if any(one.final and one.reviewer != record.reviewer for one in said):
                raise LateDecision("somebody else has settled this one.")
            if any(one.reviewer == record.reviewer and not one.final for one in said):
                raise UsageError("you voted on this one: somebody else has to settle it")
            row = put_decision(connection, record, request_id)
            if row is None:
                return False
            unused = (slot.c.variant_id == record.variant_id, slot.c.done == 0)
            connection.execute(sa.delete(slot).where(*unused, slot.c.tie == 1))
            connection.execute(sa.update(slot).where(*unused).values(done=1, holder="", until=0))
            tell(connection, row)
            return True

    def undo(
        self, variant_id: str, reviewer: str, made_at: datetime, request_id: str, now: int
    ) -> bool:
        """Takes a person's decision back, who has the card again, unless somebody settled it;
        False when this request was counted before. Raises UsageError when there is nothing to take
        back."""
        with self.writing() as connection:
            said = has_said(connection, reviewer, variant_id)
            row = put_withdrawal(connection, variant_id, reviewer, made_at, request_id)
            if row is None:
                return False
            if not said:
                raise UsageError("you have said nothing of this variant that can be taken back")
            drop_made_of(connection, reviewer, variant_id)
            if settled_by(connection, variant_id):
                release(connection, reviewer, variant_id, done=True)
            else:
                reopen(connection, reviewer, variant_id, uuid4().hex, now + LEASE)
                unvoted = (slot.c.variant_id == variant_id, slot.c.done == 1, slot.c.holder == "")
                connection.execute(sa.update(slot).where(*unvoted).values(done=0))
            if not is_item(connection, variant_id):
                settle(connection, variant_id, now)
            tell(connection, row)
            return True

    def waiting(self) -> int:
        """How many votes are wanted."""
        with self.reading() as connection:
            return connection.scalar(_WAITING) or 0


def _late() -> LateDecision:
    return LateDecision(
        "the card was given to somebody else meanwhile, or has all its votes: your decision does "
        "not count."
    )


# --- leases ---------------------------------------------------------------------------------------


def claim(
    connection: sa.Connection,
    reviewer: str,
    lease: Lease,
    now: int,
    passed_over: Sequence[str],
) -> Lease | None:
    """The first free slot (of the lease's variant, if it has one) of a variant about which the
    person has said none of the words `passed_over`, leased; None if there is none."""
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
    found = sa.update(slot).where(slot.c.seq == first.scalar_subquery())
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
    if not is_tie(connection, variant_id):
        connection.execute(_DROP_UNUSED, {"variant": variant_id, "now": now})
        return
    of_variant = slot.c.variant_id == variant_id
    waiting = sa.select(slot.c.seq).where(of_variant, slot.c.done == 0).limit(1)
    if connection.execute(waiting).first() is None:
        last = connection.scalar(sa.select(sa.func.max(slot.c.ordinal)).where(of_variant))
        if last is not None:
            add(connection, slot, [slot_row(variant_id, last + 1, FIRST, "", tie=1)])
