"""What travels between a store and other tools for annotation: cards, and the words about them.

Gold items do not travel: nobody could be told of them without being told which they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from codeaug.model import Decision
from codeaug.store.decisions import get_words
from codeaug.store.evidence import is_gold
from codeaug.store.rows import Transaction, chunks
from codeaug.store.tables import decision, edit, slot, variant


@dataclass(frozen=True)
class Exchange:
    """The queue of a store, as other tools see it."""

    reading: Transaction

    def cards(self) -> list[str]:
        """Ids of the variants that are in the queue, or that anybody said something of, in the
        order in which they were made: an edit comes after what it was made of."""
        queued = sa.exists().where(slot.c.variant_id == variant.c.id)
        told = sa.exists().where(decision.c.variant_id == variant.c.id)
        statement = sa.select(variant.c.id).where(queued | told, ~is_gold(variant.c.id))
        with self.reading() as connection:
            return list(connection.scalars(statement.order_by(variant.c.seq)))

    def known(self, variant_ids: Iterable[str]) -> set[str]:
        """Those of the ids that are variants here which can be spoken of."""
        found: set[str] = set()
        with self.reading() as connection:
            for some in chunks(variant_ids):
                here = variant.c.id.in_(some) & ~is_gold(variant.c.id)
                found.update(connection.scalars(sa.select(variant.c.id).where(here)))
        return found

    def words(self, variant_id: str) -> list[Decision]:
        """What stands about a variant, also that somebody skipped it, the newest last."""
        with self.reading() as connection:
            return get_words(connection, [variant_id])

    def made_of(self, variant_id: str) -> dict[str, str]:
        """The ids of what people made of a variant by editing it, by person."""
        statement = sa.select(edit.c.person, edit.c.variant_id).order_by(edit.c.seq)
        theirs = statement.where(edit.c.parent_id == variant_id, edit.c.dropped == 0)
        with self.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(theirs)}
