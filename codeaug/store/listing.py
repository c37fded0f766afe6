"""The list of all variants, a page at a time.

Variants are counted by unit, so that a page asks for the rows it shows only: a million rows are
neither sorted nor carried over.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa

from codeaug.model import Rung
from codeaug.store.evidence import is_gold
from codeaug.store.scans import newest_unit
from codeaug.store.tables import evidence, source_file, unit, variant

WAITING = "waiting"
"""Said for a verdict where there is no evidence yet."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of the list of variants."""

    variant_id: str
    language: str
    path: str
    name: str
    engine: str
    recipe: str
    verdict: str
    rung: Rung


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which variants; what is "" or None may be anything. `transform` may name an engine whose
    variants have no recipe. `with_gold` also the gold items, before anybody had them: who finds a
    card in the list only since it was dealt knows what it is."""

    language: str = ""
    verdict: str = ""
    rung: Rung | None = None
    transform: str = ""
    with_gold: bool = False


ALL = Wanted()


class _Place(NamedTuple):
    path: str
    name: str
    unit_id: str
    parameters: str
    language: str
    variants: int


def listed(
    connection: sa.Connection, wanted: Wanted, start: int = 0, number: int | None = None
) -> tuple[list[Listed], int]:
    """So many of the wanted variants by place, from the one with the number `start`, and how many
    there are of them."""
    places = sorted(_places(connection, wanted))
    total = sum(place.variants for place in places)
    left = total if number is None else number
    found: list[Listed] = []
    for place in places:
        if start >= place.variants:
            start -= place.variants
        elif left > 0:
            rows = list(_rows(connection, wanted, place, start, left))
            found += rows
            start, left = 0, left - len(rows)
    return found, total


def transforms(connection: sa.Connection) -> set[str]:
    """All transforms, and engines where there is none."""
    kinds = sa.select(variant.c.engine, variant.c.recipe).distinct()
    names = (json.loads(row.recipe) or [row.engine] for row in connection.execute(kinds))
    return {name for some in names for name in some}


def standings(connection: sa.Connection, with_gold: bool) -> list[tuple[str, Rung, int]]:
    """How many variants have which verdict ("" before there is evidence) and rung."""
    columns = (evidence.c.verdict, evidence.c.rung)
    statement = sa.select(*columns, sa.func.count()).select_from(variant)
    statement = statement.outerjoin(evidence, _newest()).group_by(*columns)
    if not with_gold:
        statement = statement.where(~is_gold(variant.c.id))
    rows = connection.execute(statement)
    return [(verdict or "", Rung(rung or 0), number) for verdict, rung, number in rows]


def _places(connection: sa.Connection, wanted: Wanted) -> Iterator[_Place]:
    """The units that have such variants."""
    number = sa.func.count().label("variants")
    counted = sa.select(variant.c.unit_id, number).where(*_conditions(wanted))
    if wanted.verdict or wanted.rung is not None:
        counted = counted.outerjoin_from(variant, evidence, _newest())
    counts = counted.group_by(variant.c.unit_id).subquery("counts")
    statement = (
        sa.select(source_file.c.path, unit.c.name, unit.c.id, unit.c.parameters)
        .add_columns(source_file.c.language, counts.c.variants)
        .join_from(counts, unit, unit.c.seq == newest_unit(counts.c.unit_id))
        .join(source_file, source_file.c.id == unit.c.file_id)
    )
    if wanted.language:
        statement = statement.where(source_file.c.language == wanted.language)
    return (_Place(*row) for row in connection.execute(statement))


def _rows(
    connection: sa.Connection, wanted: Wanted, place: _Place, start: int, number: int
) -> Iterator[Listed]:
    statement = (
        sa.select(variant, evidence.c.verdict, evidence.c.rung)
        .outerjoin_from(variant, evidence, _newest())
        .where(variant.c.unit_id == place.unit_id, *_conditions(wanted))
        .order_by(variant.c.id)
        .limit(number)
        .offset(start)
    )
    for row in connection.execute(statement):
        yield Listed(
            variant_id=row.id,
            language=place.language,
            path=place.path,
            name=place.name + place.parameters,
            engine=row.engine,
            recipe=row.recipe,
            verdict=row.verdict or "",
            rung=Rung(row.rung or 0),
        )


def _conditions(wanted: Wanted) -> Iterator[sa.ColumnElement[bool]]:
    """Of a variant and its newest evidence; of that only where verdict or rung is wanted."""
    if wanted.verdict:
        yield evidence.c.verdict == (None if wanted.verdict == WAITING else wanted.verdict)
    if wanted.rung is not None:
        yield sa.func.coalesce(evidence.c.rung, 0) == int(wanted.rung)
    if wanted.transform:
        named = variant.c.recipe.contains(json.dumps(wanted.transform), autoescape=True)
        yield named | ((variant.c.recipe == "[]") & (variant.c.engine == wanted.transform))
    if not wanted.with_gold:
        yield ~is_gold(variant.c.id)


def _newest() -> sa.ColumnElement[bool]:
    """Evidence: the newest of the variant."""
    other = evidence.alias("other")
    seq = sa.select(sa.func.max(other.c.seq)).where(other.c.variant_id == variant.c.id)
    return evidence.c.seq == seq.correlate(variant).scalar_subquery()
