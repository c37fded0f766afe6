"""What people made of variants by editing them: whose they are, and what became of them.

An edit waits until its variant has evidence. Then it is back with whoever made it: in the queue,
its card kept for them, when it reaches the bar; else to be edited again, or dropped.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from codeaug.model import Decision, Rung, Variant
from codeaug.store.evidence import at_the_bar, put_variants
from codeaug.store.rows import Transaction, add_one, request_of
from codeaug.store.tables import edit, evidence, slot, variant

KEPT = 3 * 24 * 60 * 60 * 1000
"""Milliseconds for which the card of an edit is kept for whoever made it."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A person's edit of the variant `parent_id`."""

    variant_id: str
    parent_id: str
    person: str


@dataclass(frozen=True)
class Edits:
    """The edits of a store."""

    reading: Transaction
    writing: Transaction

    def of(self, variant_id: str) -> Edited | None:
        """How this variant was made by hand, if it was."""
        with self.reading() as connection:
            found = _edits(connection, edit.c.variant_id == variant_id)
            return found[0] if found else None

    def dropped(self, variant_id: str) -> bool:
        """Whether this variant is an edit that was given up or taken back."""
        with self.reading() as connection:
            found = sa.select(edit.c.seq).where(edit.c.variant_id == variant_id)
            return connection.scalar(found.where(edit.c.dropped == 1)) is not None

    def counted(self, person: str, request_id: str) -> bool:
        """Whether this request of theirs was kept before."""
        theirs = request_of(person, request_id)
        statement = sa.select(edit.c.seq).where(edit.c.request_id == theirs)
        with self.reading() as connection:
            return connection.scalar(statement) is not None

    def waiting(self, person: str = "") -> list[Edited]:
        """Edits (of a person) that have no evidence yet."""
        checked = sa.exists().where(evidence.c.variant_id == edit.c.variant_id)
        with self.reading() as connection:
            return _edits(connection, _theirs(person), edit.c.dropped == 0, ~checked)

    def returned(self, person: str, bar: Rung) -> list[Edited]:
        """Edits of a person that fell short of the bar, and that they have neither edited again
        nor dropped."""
        with self.reading() as connection:
            return _edits(connection, _theirs(person), _fell_short(bar))

    def drop(self, person: str, variant_id: str) -> bool:
        """The person gives an edit of theirs up; False when it is not theirs."""
        with self.writing() as connection:
            return drop(connection, (edit.c.person == person) & (edit.c.variant_id == variant_id))


def put_edit(connection: sa.Connection, record: Variant, said: Decision, request_id: str) -> None:
    """Keeps the variant that a person made of the one about which they said so; once more if it
    was dropped."""
    put_variants(connection, [record])
    row = {
        "request_id": request_of(said.reviewer, request_id),
        "variant_id": record.id,
        "parent_id": said.variant_id,
        "person": said.reviewer,
        "made_at": said.made_at.isoformat(),
        "dropped": 0,
    }
    if not add_one(connection, edit, row):
        again = (edit.c.variant_id == record.id, edit.c.dropped == 1)
        connection.execute(sa.update(edit).where(*again).values(row))


def drop(connection: sa.Connection, which: sa.ColumnElement[bool]) -> bool:
    """Nobody waits for these edits any more, and no vote about them is wanted."""
    statement = sa.update(edit).where(which, edit.c.dropped == 0).values(dropped=1)
    gone = list(connection.scalars(statement.returning(edit.c.variant_id)))
    connection.execute(sa.delete(slot).where(slot.c.variant_id.in_(gone), slot.c.done == 0))
    return bool(gone)


def drop_made_of(connection: sa.Connection, person: str, parent_id: str) -> None:
    """The person took back that they had edited this variant."""
    drop(connection, (edit.c.person == person) & (edit.c.parent_id == parent_id))


def makers(connection: sa.Connection, variant_ids: Iterable[str]) -> dict[str, str]:
    """Who made these variants by hand, for those that somebody did."""
    statement = sa.select(edit.c.variant_id, edit.c.person)
    statement = statement.where(edit.c.variant_id.in_(list(variant_ids)), edit.c.dropped == 0)
    return {row[0]: row[1] for row in connection.execute(statement)}


def dropped() -> sa.Select[Any]:
    """The variants of edits that were dropped."""
    return sa.select(edit.c.variant_id).where(edit.c.dropped == 1)


def _theirs(person: str) -> sa.ColumnElement[bool]:
    return edit.c.person == person if person else sa.true()


def _fell_short(bar: Rung) -> sa.ColumnElement[bool]:
    here = sa.exists().where(evidence.c.variant_id == edit.c.variant_id)
    reached = sa.select(evidence.c.variant_id).where(at_the_bar(bar))
    again = edit.alias("again")
    edited = sa.exists().where(
        again.c.parent_id == edit.c.variant_id, again.c.person == edit.c.person,
        again.c.dropped == 0,
    )  # fmt: skip
    return (edit.c.dropped == 0) & here & edit.c.variant_id.not_in(reached) & ~edited


def _edits(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> list[Edited]:
    columns = (edit.c.variant_id, edit.c.parent_id, edit.c.person)
    statement = sa.select(*columns).join(variant, variant.c.id == edit.c.variant_id).where(*where)
    return [Edited(*row) for row in connection.execute(statement.order_by(edit.c.seq))]
