"""Slots for what reaches the bar, and none for what does not (any more)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import uuid4

import sqlalchemy as sa

from codeaug.model import Rung
from codeaug.store import outbox
from codeaug.store.decisions import get_decisions, settled
from codeaug.store.edits import KEPT, dropped, makers
from codeaug.store.evidence import at_the_bar, is_gold
from codeaug.store.rows import add
from codeaug.store.tables import evidence, repository, slot, source_file, unit, variant
from codeaug.strata import Facts, Strata

FIRST = -1
"""The priority of a vote that others wait for, and of what comes back to whoever made it."""


@dataclass(frozen=True, slots=True)
class Wanting:
    """A variant with fewer slots than people are to decide about it."""

    variant_id: str
    rung: Rung
    slots: int


OwnersOf = Callable[[str], tuple[str, ...]]


def nobody(path: str) -> tuple[str, ...]:
    """The owners of a path where none are known."""
    return ()


def wanting(
    connection: sa.Connection, bar: Rung, most: int, of: Sequence[str] | None = None
) -> list[Wanting]:
    """What (of these variants) reaches the bar, is not settled and has fewer slots than that,
    weakest evidence first."""
    number = sa.func.count(slot.c.seq)
    statement = (
        sa.select(variant.c.id, evidence.c.rung, number)
        .join(evidence, evidence.c.variant_id == variant.c.id)
        .outerjoin(slot, (slot.c.variant_id == variant.c.id) & (slot.c.tie == 0))
        .where(at_the_bar(bar, of=of))
        .where(variant.c.id.not_in(dropped()), variant.c.id.not_in(settled()))
        .group_by(variant.c.id, evidence.c.rung, variant.c.seq)
        .having(number < most)
        .order_by(evidence.c.rung, variant.c.seq)
    )
    return [Wanting(r[0], Rung(r[1]), int(r[2])) for r in connection.execute(statement)]


def facts_of(
    connection: sa.Connection, variant_ids: Iterable[str], owners_of: OwnersOf
) -> dict[str, Facts]:
    """What rules go by, of each variant, by its newest evidence."""
    statement = (
        sa.select(
            variant.c.id, variant.c.engine, variant.c.model, variant.c.recipe, evidence.c.rung,
            source_file.c.language, source_file.c.path, repository.c.address,
        )
        .join(evidence, evidence.c.variant_id == variant.c.id)
        .join(unit, unit.c.id == variant.c.unit_id)
        .join(source_file, source_file.c.id == unit.c.file_id)
        .outerjoin(repository, repository.c.commit_id == evidence.c.commit_id)
        .where(variant.c.id.in_(list(variant_ids)))
        .order_by(evidence.c.seq)
    )  # fmt: skip
    return {
        row.id: Facts(
            language=row.language, transform=tuple(json.loads(row.recipe)), engine=row.engine,
            model=row.model, repository=row.address or "", path=row.path,
            rung=Rung(row.rung).label, owner=owners_of(row.path),
        )
        for row in connection.execute(statement)
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dealing:
    """How many people decide about what, and what comes first."""

    overlap: int
    strata: Strata
    owners_of: OwnersOf

    @property
    def most(self) -> int:
        return self.strata.most(self.overlap)

    def facts(self, connection: sa.Connection, variant_ids: Sequence[str]) -> dict[str, Facts]:
        return facts_of(connection, variant_ids, self.owners_of) if self.strata else {}

    def people(self, variant_id: str, facts: Facts) -> int:
        return self.strata.people(variant_id, facts, self.overlap)

    def priority(self, rung: Rung, facts: Facts) -> int:
        """Rules first, then the weakest evidence."""
        return self.strata.rank(facts) * len(Rung) + int(rung)


def add_slots(
    connection: sa.Connection, found: Sequence[Wanting], dealing: Dealing, now: int
) -> int:
    """Slots for as many people as are to decide; those of people who decided already are done, and
    whoever made a variant has the first of it. How many variants were given some."""
    facts = dealing.facts(connection, [each.variant_id for each in found])
    fresh = [each.variant_id for each in found if not each.slots]
    made_by = makers(connection, fresh)
    deciders: dict[str, list[str]] = {}
    for record in get_decisions(connection, fresh):
        deciders.setdefault(record.variant_id, []).append(record.reviewer)
    rows = []
    for each in found:
        about = facts.get(each.variant_id, Facts())
        people = deciders.get(each.variant_id, [])
        for ordinal in range(each.slots, dealing.people(each.variant_id, about)):
            holder = people[ordinal] if ordinal < len(people) else ""
            priority = dealing.priority(each.rung, about)
            row = slot_row(each.variant_id, ordinal, priority, holder)
            if each.variant_id in made_by and not people and not ordinal:
                row |= {"holder": made_by[each.variant_id], "token": uuid4().hex}
                row |= {"priority": FIRST, "until": now + KEPT}
            rows.append(row)
    add(connection, slot, rows)
    new = [each for each in found if not each.slots]
    told = [(each.variant_id, {"object": each.variant_id, "rung": each.rung.label}) for each in new]
    outbox.put(connection, outbox.WebhookEvent.QUEUED, told)
    return len({row["variant_id"] for row in rows})


def reorder(connection: sa.Connection, variant_ids: Sequence[str], dealing: Dealing) -> None:
    """Gives the votes that are wanted about these variants their places by today's rules."""
    facts = dealing.facts(connection, variant_ids)
    here = slot.c.variant_id.in_(variant_ids)
    wanted = sa.select(slot.c.seq, slot.c.variant_id, slot.c.priority).where(
        here, slot.c.done == 0, slot.c.priority != FIRST
    )
    for row in connection.execute(wanted).all():
        rung = Rung(row.priority % len(Rung))
        priority = dealing.priority(rung, facts.get(row.variant_id, Facts()))
        if priority != row.priority:
            moved = sa.update(slot).where(slot.c.seq == row.seq)
            connection.execute(moved.values(priority=priority))


def misplaced(connection: sa.Connection, dealing: Dealing) -> list[str]:
    """Variants whose votes may have to change places: all that wait when there are rules, else
    those that had rules before."""
    open_ones = sa.select(slot.c.variant_id).where(slot.c.done == 0, slot.c.priority != FIRST)
    if not dealing.strata.order:
        open_ones = open_ones.where(slot.c.priority >= len(Rung))
    return list(connection.scalars(open_ones.distinct()))


def slot_row(
    variant_id: str, ordinal: int, priority: int, holder: str, tie: int = 0
) -> dict[str, object]:
    return {
        "variant_id": variant_id,
        "ordinal": ordinal,
        "priority": priority,
        "tie": tie,
        "holder": holder,
        "token": "",
        "until": 0,
        "done": int(bool(holder)),
    }


def drop_below(connection: sa.Connection, bar: Rung, of: Sequence[str] | None = None) -> None:
    """No vote is wanted any more about what (of these) does not reach the bar (any more)."""
    here = sa.select(evidence.c.variant_id).where(at_the_bar(bar, of=of))
    below = slot.c.variant_id.not_in(here) & ~is_gold(slot.c.variant_id)
    if of is not None:
        below &= slot.c.variant_id.in_(of)
    connection.execute(sa.delete(slot).where(slot.c.done == 0, below))
