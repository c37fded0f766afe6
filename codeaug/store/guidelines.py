"""The guideline that people decide by: every version of it is kept, the newest counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from codeaug.errors import LateDecision
from codeaug.store import audit
from codeaug.store.rows import Transaction, add_one
from codeaug.store.tables import decision, guideline


@dataclass(frozen=True, slots=True)
class Guideline:
    """One version, as Markdown."""

    version: int
    text: str
    made_by: str
    made_at: datetime


@dataclass(frozen=True)
class Guidelines:
    """The versions of a store's guideline."""

    reading: Transaction
    writing: Transaction

    def newest(self) -> Guideline | None:
        found = self.versions(1)
        return found[0] if found else None

    def versions(self, most: int = 100) -> list[Guideline]:
        """The newest first."""
        newest = sa.select(guideline).order_by(guideline.c.version.desc()).limit(most)
        with self.reading() as connection:
            return [
                Guideline(row.version, row.text, row.made_by, datetime.fromisoformat(row.made_at))
                for row in connection.execute(newest)
            ]

    def put(self, text: str, by: str, after: int) -> int:
        """Adds the version after this one and returns its number. Raises LateDecision when that is
        not the newest any more."""
        row = {
            "version": after + 1,
            "text": text,
            "made_by": by,
            "made_at": datetime.now(UTC).isoformat(),
        }
        with self.writing() as connection:
            newest = connection.scalar(sa.select(sa.func.max(guideline.c.version))) or 0
            if newest != after or not add_one(connection, guideline, row):
                raise LateDecision("somebody changed the guideline meanwhile: look at it first.")
            if after:  # the first is ours
                audit.append(connection, by, "guideline", str(after + 1), {})
        return after + 1

    def last_used(self, reviewer: str) -> int:
        """The version that stood when a person said something last; 0 where there was none."""
        newest = sa.select(sa.func.max(decision.c.seq)).where(decision.c.reviewer == reviewer)
        statement = sa.select(decision.c.guideline)
        with self.reading() as connection:
            found = statement.where(decision.c.seq == newest.scalar_subquery())
            return connection.scalar(found) or 0
