"""What votes come to, counted in the database: in groups that are few, whatever their number.

Only people's approvals and rejections that stand, final words left out, and nothing of gold items.
`until`, a day as `2026-11-29`, leaves out what was said since: figures that stand still tell nobody
which of their words were counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from codeaug.model import Word
from codeaug.store.decisions import standing
from codeaug.store.evidence import is_gold
from codeaug.store.rows import Transaction
from codeaug.store.scans import newest_unit
from codeaug.store.tables import decision, source_file, unit, variant

VALUES = (Word.APPROVED, Word.REJECTED)

Patterns = dict[tuple[int, ...], int]
Stratum = tuple[str, str, str]
"""Language, engine, and recipe as JSON."""


@dataclass(frozen=True, slots=True)
class Said:
    """When somebody said what, without what of."""

    made_at: datetime
    word: Word
    naturalness: int


@dataclass(frozen=True, slots=True)
class Kind:
    """Votes that are alike; the day is UTC's."""

    day: str
    word: Word
    reason: str
    naturalness: int
    votes: int


@dataclass(frozen=True)
class Votes:
    """The votes of a store. A pattern is how many approved and how many rejected a variant."""

    reading: Transaction

    def by_stratum(self, until: str = "") -> Mapping[Stratum, Patterns]:
        """How many variants have which pattern, by language, engine and recipe."""
        tally = _tally(_votes(until))
        kind = (source_file.c.language, variant.c.engine, variant.c.recipe)
        columns = (*kind, tally.c.approvals, tally.c.rejections)
        statement = (
            sa.select(*columns, sa.func.count())
            .join_from(tally, variant, variant.c.id == tally.c.variant_id)
            .outerjoin(unit, unit.c.seq == newest_unit(variant.c.unit_id))
            .outerjoin(source_file, source_file.c.id == unit.c.file_id)
            .group_by(*columns)
        )
        found: dict[Stratum, Patterns] = defaultdict(dict)
        for language, engine, recipe, approvals, rejections, n in self._rows(statement):
            found[language or "", engine, recipe][approvals, rejections] = n
        return found

    def by_person(self, until: str = "", reviewer: str = "") -> Mapping[str, Patterns]:
        """The same of the variants that each person (or this one) voted on."""
        votes = _votes(until)
        tally = _tally(votes)
        columns = (votes.c.reviewer, tally.c.approvals, tally.c.rejections)
        statement = sa.select(*columns, sa.func.count()).join_from(
            votes, tally, tally.c.variant_id == votes.c.variant_id
        )
        if reviewer:
            statement = statement.where(votes.c.reviewer == reviewer)
        found: dict[str, Patterns] = defaultdict(dict)
        for person, approvals, rejections, n in self._rows(statement.group_by(*columns)):
            found[person][approvals, rejections] = n
        return found

    def by_pair(self, until: str = "") -> Mapping[tuple[str, str], dict[tuple[int, int], int]]:
        """How often two people said what of the same variant: the place of each word in VALUES."""
        one, other = _votes(until).alias("one"), _votes(until).alias("other")
        columns = (one.c.reviewer, other.c.reviewer, one.c.word, other.c.word)
        same = (one.c.variant_id == other.c.variant_id) & (one.c.reviewer < other.c.reviewer)
        statement = sa.select(*columns, sa.func.count()).join_from(one, other, same)
        found: dict[tuple[str, str], dict[tuple[int, int], int]] = defaultdict(dict)
        place = {word.value: number for number, word in enumerate(VALUES)}
        for ann, bob, said, told, n in self._rows(statement.group_by(*columns)):
            found[ann, bob][place[said], place[told]] = n
        return found

    def said_by(self, reviewer: str, until: str = "") -> list[Said]:
        """A person's votes in order."""
        votes = _votes(until)
        columns = (votes.c.made_at, votes.c.word, votes.c.naturalness)
        statement = sa.select(*columns).where(votes.c.reviewer == reviewer).order_by(votes.c.seq)
        rows = self._rows(statement)
        return [Said(datetime.fromisoformat(r[0]), Word(r[1]), r[2]) for r in rows]

    def kinds(self, until: str = "") -> list[Kind]:
        """How many votes were said on which day, with which word, reason and naturalness."""
        votes = _votes(until)
        day = sa.func.substr(votes.c.made_at, 1, 10)
        columns = (day, votes.c.word, votes.c.reason, votes.c.naturalness)
        rows = self._rows(sa.select(*columns, sa.func.count()).group_by(*columns))
        return [Kind(row[0], Word(row[1]), row[2], row[3], row[4]) for row in rows]

    def newest(self) -> int:
        """The number of the newest word of all."""
        with self.reading() as connection:
            return connection.scalar(sa.select(sa.func.max(decision.c.seq))) or 0

    def _rows(self, statement: sa.Select[Any]) -> list[tuple[Any, ...]]:
        with self.reading() as connection:
            return [tuple(row) for row in connection.execute(statement)]


def _votes(until: str) -> sa.Subquery:
    said = standing()
    statement = sa.select(said).where(
        said.c.word.in_(VALUES), said.c.final == 0, ~is_gold(said.c.variant_id)
    )
    return (statement.where(said.c.made_at < until) if until else statement).subquery("votes")


def _tally(votes: sa.Subquery) -> sa.Subquery:
    """Each variant with its pattern."""
    approvals, rejections = (
        sa.func.sum(sa.case((votes.c.word == word, 1), else_=0)) for word in VALUES
    )
    statement = sa.select(
        votes.c.variant_id, approvals.label("approvals"), rejections.label("rejections")
    )
    return statement.group_by(votes.c.variant_id).subquery("tally")
