"""Slots for what reaches the bar, and none for what does not (any more)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

import sqlalchemy as sa

from codeaug.model import Rung
from codeaug.store.decisions import get_decisions
from codeaug.store.edits import KEPT, dropped, makers
from codeaug.store.evidence import at_the_bar, is_gold
from codeaug.store.rows import add
from codeaug.store.tables import evidence, slot, variant

FIRST = -1
"""The priority of a vote that others wait for, and of what comes back to whoever made it."""


@dataclass(frozen=True, slots=True)
class Wanting:
    """A variant with fewer slots than people are to decide about it."""

    variant_id: str
    rung: Rung
    slots: int


def wanting(connection: sa.Connection, bar: Rung, overlap: int) -> list[Wanting]:
    """What reaches the bar and needs slots, weakest evidence first."""
    number = sa.func.count(slot.c.seq)
    statement = (
        sa.select(variant.c.id, evidence.c.rung, number)
        .join(evidence, evidence.c.variant_id == variant.c.id)
        .outerjoin(slot, (slot.c.variant_id == variant.c.id) & (slot.c.tie == 0))
        .where(at_the_bar(bar), variant.c.id.not_in(dropped()))
        .group_by(variant.c.id, evidence.c.rung, variant.c.seq)
        .having(number < overlap)
        .order_by(evidence.c.rung, variant.c.seq)
    )
    return [Wanting(r[0], Rung(r[1]), int(r[2])) for r in connection.execute(statement)]


def add_slots(connection: sa.Connection, found: Sequence[Wanting], overlap: int, now: int) -> None:
    """Slots up to `overlap`; those of people who decided already are done, and whoever made a
    variant has the first of it."""
    made_by = makers(connection, [each.variant_id for each in found if not each.slots])
    deciders: dict[str, list[str]] = {}
    for record in get_decisions(connection, [each.variant_id for each in found if not each.slots]):
        deciders.setdefault(record.variant_id, []).append(record.reviewer)
    rows = []
    for each in found:
        people = deciders.get(each.variant_id, [])
        for ordinal in range(each.slots, overlap):
            holder = people[ordinal] if ordinal < len(people) else ""
            row = slot_row(each.variant_id, ordinal, int(each.rung), holder)
            if each.variant_id in made_by and not people and not ordinal:
                row |= {"holder": made_by[each.variant_id], "token": uuid4().hex}
                row |= {"priority": FIRST, "until": now + KEPT}
            rows.append(row)
    add(connection, slot, rows)


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


def drop_below(connection: sa.Connection, bar: Rung) -> None:
    """No vote is wanted any more about what does not reach the bar (any more)."""
    here = sa.select(evidence.c.variant_id).where(at_the_bar(bar))
    below = slot.c.variant_id.not_in(here) & ~is_gold(slot.c.variant_id)
    connection.execute(sa.delete(slot).where(slot.c.done == 0, below))
