"""Whose turn it is: a slot for each vote that a variant needs, leased to one person at a time.

All times are milliseconds since 1970.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

import sqlalchemy as sa

from codeaug.errors import LateDecision, UsageError
from codeaug.model import Decision, Rung, Variant, Word
from codeaug.store import census
from codeaug.store.decisions import (
    GUIDELINE,
    SAID,
    get_decisions,
    has_said,
    one_by_one,
    put_decision,
    put_withdrawal,
    settled_by,
    tell,
)
from codeaug.store.edits import drop_made_of, makers, put_edit
from codeaug.store.filling import (
    Dealing,
    OwnersOf,
    add_slots,
    drop_below,
    misplaced,
    nobody,
    reorder,
    wanting,
)
from codeaug.store.gold import (
    IS_ITEM,
    IS_PAUSED,
    GoldRules,
    is_item,
    is_turn,
    judge,
    on_request,
    paused,
    refuse_paused,
)
from codeaug.store.leases import (
    LEASE,
    WAITING,
    Lease,
    claim,
    held,
    instead,
    release,
    renew,
    reopen,
    settle,
    vote,
)
from codeaug.store.rows import HAS_VARIANT, Row, Transaction, chunks
from codeaug.store.tables import slot
from codeaug.strata import Strata

# What has to be known of a decision, in one question: asking costs more than what is asked.
_ABOUT = sa.select(HAS_VARIANT, GUIDELINE.scalar_subquery(), IS_PAUSED, IS_ITEM)
_MANY = 1000
NO_GOLD, NO_STRATA = GoldRules(), Strata()


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
            if given > _MANY and connection.dialect.name == "postgresql":
                connection.exec_driver_sql("ANALYZE slot")  # else it takes it for a small table
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
        rate = 0.0 if variant_id else self.gold.rate
        turn = is_turn(connection, reviewer, rate, now)
        found = claim(connection, reviewer, lease, now, list(Word)) or claim(
            connection, reviewer, lease, now, SAID
        )
        if found is None:
            refuse_paused(connection, reviewer)
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
            one_by_one(connection, record.reviewer, record.variant_id)
            about = {"variant": record.variant_id, "reviewer": record.reviewer}
            known, guideline, is_paused, item = connection.execute(_ABOUT, about).one()
            if not known:
                raise UsageError("there is no such variant: it may be of another store")
            if record.guideline is None:
                record = replace(record, guideline=guideline)
            judge_of_it = settled_by(connection, record.variant_id) if skips else ""
            row = put_decision(connection, record, request_id)
            if row is None:
                return False
            if is_paused:
                raise paused()
            if judge_of_it == record.reviewer:
                raise UsageError("you have settled this one: take your word back first")
            if skips:
                release(connection, record.reviewer, record.variant_id, done=bool(judge_of_it))
            elif not vote(connection, record.reviewer, record.variant_id, token):
                raise _late()
            self._conclude(connection, record, row, now, item=item)
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
            item = is_item(connection, record.variant_id)
            self._conclude(connection, record, row, now, item=item)
            return True

    def _conclude(
        self, connection: sa.Connection, record: Decision, row: Row, now: int, *, item: bool
    ) -> None:
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
            return connection.scalar(WAITING) or 0


def _late() -> LateDecision:
    return LateDecision(
        "the card was given to somebody else meanwhile, or has all its votes: your decision does "
        "not count."
    )
