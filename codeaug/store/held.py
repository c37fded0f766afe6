"""Which evidence stands at a commit, wherever it was made; see docs/living.md."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import sqlalchemy as sa

from codeaug.model import Unit, Variant
from codeaug.store.evidence import is_gold
from codeaug.store.rows import UNIT_COLUMNS, get_variants, replace, unit_record
from codeaug.store.scans import find_unit
from codeaug.store.tables import (
    evidence,
    generated,
    held,
    repository,
    scan,
    scan_file,
    source_file,
    unit,
    variant,
)


def hold(
    connection: sa.Connection, commit: str, keys: Mapping[str, str], now: Mapping[str, str]
) -> int:
    """Lets the evidence of these units' variants that was made under the unit's key stand at the
    commit; how much of it was made at another one. `now` says which unit of the commit one is."""
    statement = (
        sa.select(variant.c.id, variant.c.unit_id, evidence.c.seq, evidence.c.key)
        .add_columns(evidence.c.commit_id)
        .join(evidence, evidence.c.variant_id == variant.c.id)
        .where(variant.c.unit_id.in_(keys))
        .order_by(evidence.c.seq)
    )
    rows = connection.execute(statement).all()
    newest = {row.id: row for row in rows if row.key == keys[row.unit_id]}
    replace(
        connection,
        held,
        [
            {
                "commit_id": commit,
                "variant_id": name,
                "unit_id": now.get(row.unit_id, row.unit_id),
                "evidence_seq": row.seq,
            }
            for name, row in newest.items()
        ],
    )
    return sum(row.commit_id != commit for row in newest.values())


def waiting(connection: sa.Connection, keys: Mapping[str, str]) -> list[Variant]:
    """The variants of these units that have no evidence under the unit's key."""
    made = sa.select(evidence.c.variant_id, variant.c.unit_id, evidence.c.key)
    made = made.join(variant, variant.c.id == evidence.c.variant_id)
    rows = connection.execute(made.where(variant.c.unit_id.in_(keys)))
    known = {row.variant_id for row in rows if row.key == keys[row.unit_id]}
    every = get_variants(connection, variant.c.unit_id.in_(keys) & ~is_gold(variant.c.id))
    return [one for one in every if one.id not in known]


def namesakes(connection: sa.Connection, units: Sequence[Unit], fingerprint: str) -> list[Unit]:
    """Units of any commit with the language and qualified name of one of these, of which the
    engine was asked and made variants."""
    wanted = {(u.language, u.qualified_name) for u in units}
    asked = sa.exists().where(
        generated.c.unit_id == unit.c.id, generated.c.fingerprint == fingerprint
    )
    has = sa.exists().where(variant.c.unit_id == unit.c.id)
    rows = connection.execute(
        sa.select(*UNIT_COLUMNS)
        .join(source_file, source_file.c.id == unit.c.file_id)
        .where(unit.c.name.in_({u.name for u in units}), asked, has)
        .order_by(unit.c.seq.desc())
    )
    found: dict[str, Unit] = {}
    for row in rows:
        record = unit_record(row)
        if (record.language, record.qualified_name) in wanted:
            found.setdefault(record.id, record)
    return list(found.values())


def with_variants(connection: sa.Connection, address: str) -> dict[str, list[str]]:
    """The ids of all variants by the id of their unit, of units that were seen at any commit of a
    repository; gold items are none."""
    seen = (
        sa.select(unit.c.id)
        .join(scan_file, scan_file.c.file_id == unit.c.file_id)
        .join(scan, scan.c.seq == scan_file.c.scan_seq)
        .join(repository, repository.c.commit_id == scan.c.commit_id)
        .where(repository.c.address == address)
    )
    statement = sa.select(variant.c.id, variant.c.unit_id)
    statement = statement.where(variant.c.unit_id.in_(seen), ~is_gold(variant.c.id))
    found: dict[str, list[str]] = {}
    for row in connection.execute(statement.order_by(variant.c.seq)):
        found.setdefault(row.unit_id, []).append(row.id)
    return found


def last_seen(connection: sa.Connection, unit_ids: Collection[str]) -> list[Unit]:
    """These units as they were seen last, at whatever commit."""
    newest = sa.select(sa.func.max(unit.c.seq)).where(unit.c.id.in_(unit_ids)).group_by(unit.c.id)
    statement = sa.select(*UNIT_COLUMNS).join(source_file, source_file.c.id == unit.c.file_id)
    rows = connection.execute(statement.where(unit.c.seq.in_(newest)).order_by(unit.c.seq))
    return [unit_record(row) for row in rows]


def unit_of(connection: sa.Connection, variant_id: str, commit: str) -> Unit | None:
    """The unit that a variant is of at a commit: the one that it was made of, or what that became
    when it was moved."""
    here = sa.select(held.c.unit_id).where(
        held.c.variant_id == variant_id, held.c.commit_id == commit
    )
    own = sa.select(variant.c.unit_id).where(variant.c.id == variant_id)
    unit_id = connection.scalar(here) or connection.scalar(own)
    return find_unit(connection, unit_id, commit) if unit_id else None
