"""Gold items: variants whose truth is known, dealt among the others to see how people decide.

A gold item is a variant like any other but in one table, and nobody but whoever may curate can see
that it is one: it is dealt by a keyed hash, and people's figures leave it out.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

import sqlalchemy as sa

from codeaug.errors import Paused, UsageError
from codeaug.model import Word
from codeaug.store import audit
from codeaug.store.decisions import SAID, VOTES, standing
from codeaug.store.evidence import is_gold, newest_evidence
from codeaug.store.rows import Transaction, add, add_one, chunks, secret
from codeaug.store.tables import decision, evidence, gold, pause, slot


class Truth(StrEnum):
    """What is known of a gold item."""

    BAD = "bad"  # it does something else than the original: the tests say so
    GOOD = "good"  # it was proved to do the same


@dataclass(frozen=True, slots=True)
class GoldRules:
    """One card in `rate` is a gold item; 0 deals none. Who approves more than `max_false_accept` of
    the bad ones, `min_items` or more decided about, gets no cards until somebody lifts that.
    `overlap` people decide about any other variant."""

    rate: float = 0.0
    min_items: int = 5
    max_false_accept: float = 0.25
    overlap: int = 1


@dataclass(frozen=True, slots=True)
class Item:
    """A gold item and why its truth is known."""

    variant_id: str
    truth: Truth
    how: str


@dataclass(frozen=True, slots=True)
class GoldAnswer:
    """What a person said of a gold item. `counted`: since their last pause was lifted."""

    seq: int
    reviewer: str
    truth: Truth
    word: Word
    reason: str
    counted: bool


@dataclass(frozen=True, slots=True)
class Pause:
    """Who gets no cards, why and since when."""

    reviewer: str
    reason: str
    made_at: datetime


@dataclass(frozen=True)
class Gold:
    """The gold items of a store, and what people said of them."""

    reading: Transaction
    writing: Transaction

    def put(self, items: Iterable[Item]) -> None:
        """Makes variants gold items: they leave the queue."""
        made_at = datetime.now(UTC).isoformat()
        rows = [
            {"variant_id": i.variant_id, "truth": i.truth.value, "how": i.how, "made_at": made_at}
            for i in items
        ]
        for some in chunks(rows):
            ids = [row["variant_id"] for row in some]
            with self.writing() as connection:
                add(connection, gold, some)
                connection.execute(sa.delete(slot).where(slot.c.variant_id.in_(ids)))

    def items(self) -> list[Item]:
        with self.reading() as connection:
            rows = connection.execute(sa.select(gold).order_by(gold.c.variant_id))
            return [Item(row.variant_id, Truth(row.truth), row.how) for row in rows]

    def holds(self, variant_id: str) -> bool:
        """Whether this variant is a gold item."""
        with self.reading() as connection:
            return is_item(connection, variant_id)

    def exist(self) -> bool:
        with self.reading() as connection:
            return connection.scalar(sa.select(gold.c.variant_id).limit(1)) is not None

    def untouched(self, variant_ids: Iterable[str]) -> set[str]:
        """Those about which nobody has said anything, and that nobody has before them."""
        found: set[str] = set()
        with self.reading() as connection:
            for some in chunks(variant_ids):
                touched = set(
                    connection.scalars(
                        sa.select(decision.c.variant_id).where(decision.c.variant_id.in_(some))
                    )
                ) | set(
                    connection.scalars(
                        sa.select(slot.c.variant_id).where(
                            slot.c.variant_id.in_(some), slot.c.holder != ""
                        )
                    )
                )
                found.update(set(some) - touched)
        return found

    def answers(self, reviewer: str = "") -> list[GoldAnswer]:
        """What people (or this one) said of gold items, in order."""
        with self.reading() as connection:
            return answers(connection, reviewer)

    def paused(self) -> list[Pause]:
        """Who gets no cards now, by name."""
        with self.reading() as connection:
            running = sa.select(pause).where(pause.c.lifted_by == "").order_by(pause.c.reviewer)
            return [
                Pause(row.reviewer, row.reason, datetime.fromisoformat(row.made_at))
                for row in connection.execute(running)
            ]

    def lift(self, reviewer: str, by: str) -> None:
        """Gives a person cards again; what they said of gold items until now is forgiven."""
        with self.writing() as connection:
            newest = sa.select(sa.func.coalesce(sa.func.max(decision.c.seq), 0)).scalar_subquery()
            lifted = {"lifted_by": by, "lifted_at": datetime.now(UTC).isoformat()}
            running = (pause.c.reviewer == reviewer, pause.c.lifted_by == "")
            statement = sa.update(pause).where(*running).values(**lifted, last_seq=newest)
            if connection.execute(statement.returning(pause.c.seq)).first() is None:
                raise UsageError(f"{reviewer} is not paused")
            audit.append(connection, by, "pause lifted", reviewer, {})


# --- dealing --------------------------------------------------------------------------------------


def is_turn(connection: sa.Connection, reviewer: str, rate: float, now: int) -> bool:
    """Whether the next card of a person is to be a gold item: nobody can tell beforehand."""
    if rate <= 0:
        return False
    words = sa.select(sa.func.count()).where(decision.c.reviewer == reviewer).scalar_subquery()
    running = (slot.c.holder == reviewer, slot.c.done == 0, slot.c.until > now)
    leases = sa.select(sa.func.count()).where(*running).scalar_subquery()
    number = connection.scalar(sa.select(words + leases)) or 0
    lot = _lot(secret(connection, "gold"), reviewer, str(number))
    return int.from_bytes(lot[:8], "big") < rate * 2**64


def unseen(connection: sa.Connection, reviewer: str) -> str | None:
    """A gold item that the person has never had before them, which one by the keyed hash."""
    seen = (
        sa.select(decision.c.variant_id)
        .where(decision.c.reviewer == reviewer)
        .union_all(sa.select(slot.c.variant_id).where(slot.c.holder == reviewer))
    )
    found = connection.scalars(sa.select(gold.c.variant_id).where(gold.c.variant_id.not_in(seen)))
    key = secret(connection, "gold")
    return min(found, key=lambda each: _lot(key, reviewer, each), default=None)


def deal(connection: sa.Connection, variant_id: str, reviewer: str, token: str, until: int) -> bool:
    """Leases a gold item to a person, in a slot of its own; False when somebody else is dealt the
    same at this moment."""
    of_item = evidence.c.variant_id == variant_id
    last = sa.select(sa.func.max(slot.c.ordinal)).where(slot.c.variant_id == variant_id)
    rung = sa.select(evidence.c.rung).where(
        evidence.c.seq.in_(newest_evidence(None).where(of_item))
    )
    ordinal = connection.scalar(last)
    row = {
        "variant_id": variant_id,
        "ordinal": 0 if ordinal is None else ordinal + 1,
        "priority": connection.scalar(rung) or 0,
        "tie": 0,
        "holder": reviewer,
        "token": token,
        "until": until,
        "done": 0,
    }
    return add_one(connection, slot, row)


def on_request(
    connection: sa.Connection, reviewer: str, variant_id: str, lease: tuple[str, int], overlap: int
) -> bool:
    """Leases a gold item, by this token until then, to somebody who asks for it, as long as not
    more people have it than would have any variant: a refusal would give it away."""
    if not is_item(connection, variant_id):
        return False
    theirs = sa.select(slot.c.seq).where(slot.c.variant_id == variant_id)
    had = connection.scalar(theirs.where(slot.c.holder == reviewer).limit(1)) is not None
    if had or len(connection.execute(theirs).all()) >= overlap:
        return False
    return deal(connection, variant_id, reviewer, *lease)


def _lot(key: bytes, *words: str) -> bytes:
    return hmac.digest(key, "\0".join(words).encode("utf-8", "surrogatepass"), hashlib.sha256)


# --- judging --------------------------------------------------------------------------------------


_ITEM = sa.select(gold.c.variant_id).where(gold.c.variant_id == sa.bindparam("variant"))
_PAUSED = sa.select(pause.c.seq).where(
    pause.c.reviewer == sa.bindparam("reviewer"), pause.c.lifted_by == ""
)
IS_ITEM, IS_PAUSED = _ITEM.exists(), _PAUSED.exists()
"""Of the variant `variant`: it is a gold item. Of the person `reviewer`: they get no cards now."""


def is_item(connection: sa.Connection, variant_id: str) -> bool:
    return connection.scalar(_ITEM, {"variant": variant_id}) is not None


def is_paused(connection: sa.Connection, reviewer: str) -> bool:
    return connection.scalar(_PAUSED, {"reviewer": reviewer}) is not None


def refuse_paused(connection: sa.Connection, reviewer: str) -> None:
    """Raises Paused for somebody who decides about nothing for now."""
    if is_paused(connection, reviewer):
        raise paused()


def paused() -> Paused:
    """What somebody is told who decides about nothing for now."""
    return Paused(
        "you get no cards for now: too many of your decisions did not hold. Ask a curator, who "
        "can look at them with you and lift this under Agreement."
    )


def answers(connection: sa.Connection, reviewer: str = "") -> list[GoldAnswer]:
    """What people (or this one) said of gold items, in order."""
    said = standing()
    forgiven = (
        sa.select(sa.func.max(pause.c.last_seq))
        .where(pause.c.reviewer == said.c.reviewer)
        .correlate(said)
        .scalar_subquery()
    )
    statement = (
        sa.select(said.c.seq, said.c.reviewer, gold.c.truth, said.c.word, said.c.reason)
        .add_columns(said.c.seq > sa.func.coalesce(forgiven, 0))
        .join_from(gold, said, said.c.variant_id == gold.c.variant_id)
        .where(said.c.word.in_(SAID))
        .order_by(said.c.seq)
    )
    if reviewer:
        statement = statement.where(said.c.reviewer == reviewer)
    return [
        GoldAnswer(row[0], row[1], Truth(row[2]), Word(row[3]), row[4], bool(row[5]))
        for row in connection.execute(statement)
    ]


def judge(connection: sa.Connection, reviewer: str, rules: GoldRules) -> bool:
    """Pauses a person who approved too many bad items; whether it did. What only they approved
    since they last found a bad one goes back to the queue. Who is paused is not paused twice."""
    if is_paused(connection, reviewer):
        return False
    bad = [a for a in answers(connection, reviewer) if a.truth is Truth.BAD and a.counted]
    approved = [a for a in bad if a.word is Word.APPROVED]
    if len(bad) < rules.min_items or len(approved) <= rules.max_false_accept * len(bad):
        return False
    found = max((a.seq for a in bad if a.word is not Word.APPROVED), default=0)
    reason = f"approved {len(approved)} of {len(bad)} variants that are known to be wrong"
    row = {"reviewer": reviewer, "reason": reason, "made_at": datetime.now(UTC).isoformat()}
    row |= {"lifted_by": "", "lifted_at": ""}
    connection.execute(sa.insert(pause).values(row | {"last_seq": 0}))
    again = _put_back(connection, reviewer, found)
    audit.append(connection, "codeaug", "paused", reviewer, {"reason": reason, "again": again})
    return True


def _put_back(connection: sa.Connection, reviewer: str, since: int) -> int:
    """What the person has before them, and their votes since then that nobody else has confirmed,
    are for others; how many of the latter."""
    free = {"holder": "", "token": "", "until": 0, "done": 0}
    running = (slot.c.holder == reviewer, slot.c.done == 0)
    connection.execute(sa.update(slot).where(*running).values(free))
    said, other = standing(), standing().alias("other")
    confirmed = sa.exists().where(
        other.c.variant_id == said.c.variant_id,
        other.c.reviewer != reviewer,
        other.c.word.in_(VOTES),
    )
    alone = sa.select(said.c.variant_id).where(
        said.c.reviewer == reviewer,
        said.c.word == Word.APPROVED,
        said.c.seq > since,
        ~confirmed,
        ~is_gold(said.c.variant_id),
    )
    theirs = (slot.c.holder == reviewer, slot.c.variant_id.in_(alone))
    statement = sa.update(slot).where(*theirs).values(free).returning(slot.c.seq)
    return len(connection.execute(statement).all())
