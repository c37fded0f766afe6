"""Datasets that were made of a store, what its owners withdrew, and what was tuned on a dataset.

Which units and variants a dataset holds is kept, so that a later one shares its units out as the
first did, and so that whoever withdraws a function is told which datasets have it already.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from codeaug.model import content_id
from codeaug.store import audit
from codeaug.store.rows import (
    Transaction,
    add_one,
    add_plain,
    chunks,
    get_texts,
    put_texts,
    replace,
)
from codeaug.store.tables import (
    release,
    released_unit,
    released_variant,
    stored,
    tuned,
    withdrawal,
)

_AT_ONCE = 5000


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Release:
    """One dataset. `manifest` is the text of its file manifest.json, `folder` where it was written
    as its maker called it; datasets with the same `splitting` share out their units alike."""

    name: str
    format: str
    folder: str
    splitting: str
    rows: int
    manifest: str
    made_at: datetime = field(default_factory=_now)

    @property
    def id(self) -> str:
        return hashlib.sha256(self.manifest.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Contained:
    """How much of what somebody asks for is in a dataset."""

    release: Release
    units: int
    variants: int


class Withdrawn(StrEnum):
    """What a withdrawal names."""

    UNIT = "unit"  # PATH::NAME, with parameters where the language has them
    PATH = "path"  # a gitignore-style pattern
    REPO = "repo"  # a repository's name or address


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What an owner takes out of all datasets to come."""

    kind: Withdrawn
    value: str
    reason: str
    person: str
    made_at: datetime = field(default_factory=_now)


@dataclass(frozen=True, slots=True)
class Tuned:
    """What became of one attempt to tune the model `base` on a dataset at an endpoint.

    `files` are the endpoint's names of what was uploaded, by SHA-256; `job` is empty before there
    is one, `model` until it is made.
    """

    release_id: str
    endpoint: str
    base: str
    suffix: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    job: str = ""
    model: str = ""
    state: str = ""
    made_at: datetime = field(default_factory=_now)

    @property
    def id(self) -> str:
        parts = (self.release_id, self.endpoint, self.base, self.suffix)
        return content_id(*parts, self.made_at.isoformat())


@dataclass(frozen=True)
class Releases:
    """The datasets of a store."""

    reading: Transaction
    writing: Transaction

    # --- datasets ---------------------------------------------------------------------------------

    def put(self, made: Release, units: Iterable[tuple[str, str]], variants: Iterable[str]) -> bool:
        """Keeps a dataset with the split of each of its units; False when it was kept before."""
        with self.writing() as connection:
            manifest_id = put_texts(connection, [made.manifest])[0]
            row = {
                "id": made.id,
                "name": made.name,
                "format": made.format,
                "folder": made.folder,
                "splitting": made.splitting,
                "rows": made.rows,
                "made_at": made.made_at.isoformat(),
                "manifest_id": manifest_id,
            }
            if not add_one(connection, release, row):
                return False
            own = sa.select(release.c.seq).where(release.c.id == made.id)
            seq = connection.scalars(own).one()
            for some in chunks(units, _AT_ONCE):
                rows = [(stored(unit_id), seq, split) for unit_id, split in some]
                add_plain(connection, released_unit, rows)
            for others in chunks(variants, _AT_ONCE):
                add_plain(connection, released_variant, [(stored(each), seq) for each in others])
            return True

    def all(self) -> list[Release]:
        """The oldest first."""
        with self.reading() as connection:
            return list(_releases(connection).values())

    def shared(self, one: Release, other: Release) -> tuple[int, int]:
        """How many units and how many variants are in both."""
        with self.reading() as connection:
            units = _in_both(connection, released_unit.c.unit_id, one, other)
            return units, _in_both(connection, released_variant.c.variant_id, one, other)

    def splits(self, splitting: str) -> Iterator[tuple[str, str]]:
        """Each unit that a dataset with this splitting has, and the split that the oldest of them
        gave it, by id."""
        columns = sa.select(released_unit.c.unit_id, released_unit.c.split)
        same = release.c.splitting == splitting
        for unit_id, rows in groupby(self._pages(columns, same), lambda row: row.unit_id):
            yield unit_id, next(rows).split

    def units_of(self, name: str) -> Iterator[str]:
        """The units of all datasets of this name, by id."""
        rows = self._pages(sa.select(released_unit.c.unit_id), release.c.name == name)
        yield from (unit_id for unit_id, _ in groupby(rows, lambda row: row.unit_id))

    def _pages(self, columns: sa.Select[Any], of: sa.ColumnElement[bool]) -> Iterator[sa.Row[Any]]:
        """The units of these datasets, those of one unit from the oldest dataset to the newest; no
        transaction stays open between pages."""
        seqs = sa.select(release.c.seq).where(of)
        unit_id, seq = released_unit.c.unit_id, released_unit.c.release_seq
        statement = columns.add_columns(seq).where(seq.in_(seqs)).order_by(unit_id, seq)
        last: tuple[str, int] = ("", 0)
        while True:
            after = sa.tuple_(unit_id, seq) > sa.tuple_(sa.literal(last[0]), sa.literal(last[1]))
            with self.reading() as connection:
                rows = connection.execute(statement.where(after).limit(_AT_ONCE)).all()
            yield from rows
            if len(rows) < _AT_ONCE:
                return
            last = (rows[-1].unit_id, rows[-1].release_seq)

    def containing(
        self, unit_ids: Iterable[str], variant_ids: Iterable[str] = ()
    ) -> list[Contained]:
        """The datasets that hold any of these, the oldest first, and how many of them."""
        with self.reading() as connection:
            units = _counted(connection, released_unit, released_unit.c.unit_id, unit_ids)
            variants = _counted(
                connection, released_variant, released_variant.c.variant_id, variant_ids
            )
            seqs = sorted(units.keys() | variants.keys())
            found = _releases(connection, seqs)
            return [Contained(found[seq], units[seq], variants[seq]) for seq in seqs]

    # --- what is withdrawn ------------------------------------------------------------------------

    def withdraw(self, taken: Iterable[Withdrawal]) -> None:
        """Keeps withdrawals, for good; the audit tells them."""
        with self.writing() as connection:
            for each in taken:
                row = {
                    "kind": each.kind.value,
                    "value": each.value,
                    "reason": each.reason,
                    "person": each.person,
                    "made_at": each.made_at.isoformat(),
                }
                connection.execute(sa.insert(withdrawal).values(row))
                named = f"{each.kind} {each.value}"
                audit.append(connection, each.person, "forgot", named, {"reason": each.reason})

    def withdrawals(self) -> list[Withdrawal]:
        """The oldest first."""
        with self.reading() as connection:
            rows = connection.execute(sa.select(withdrawal).order_by(withdrawal.c.seq))
            return [
                Withdrawal(
                    *(Withdrawn(row.kind), row.value, row.reason, row.person),
                    made_at=datetime.fromisoformat(row.made_at),
                )
                for row in rows
            ]

    # --- what was tuned ---------------------------------------------------------------------------

    def put_tuned(self, attempt: Tuned) -> None:
        """Keeps an attempt; its newest state counts."""
        row = {
            "id": attempt.id,
            "release_id": attempt.release_id,
            "endpoint": attempt.endpoint,
            "base": attempt.base,
            "suffix": attempt.suffix,
            "files": json.dumps(dict(attempt.files), sort_keys=True),
            "job": attempt.job,
            "model": attempt.model,
            "state": attempt.state,
            "made_at": attempt.made_at.isoformat(),
        }
        with self.writing() as connection:
            replace(connection, tuned, [row])

    def tuned(self, release_id: str = "") -> list[Tuned]:
        """The attempts with this dataset, or with any, the oldest first."""
        statement = sa.select(tuned).order_by(tuned.c.made_at, tuned.c.id)
        if release_id:
            statement = statement.where(tuned.c.release_id == release_id)
        with self.reading() as connection:
            return [
                Tuned(
                    *(row.release_id, row.endpoint, row.base, row.suffix, json.loads(row.files)),
                    *(row.job, row.model, row.state, datetime.fromisoformat(row.made_at)),
                )
                for row in connection.execute(statement)
            ]


def _releases(connection: sa.Connection, seqs: Iterable[int] | None = None) -> dict[int, Release]:
    """By number, the oldest first."""
    statement = sa.select(release).order_by(release.c.seq)
    if seqs is not None:
        statement = statement.where(release.c.seq.in_(list(seqs)))
    rows = connection.execute(statement).all()
    texts = get_texts(connection, {row.manifest_id for row in rows})
    return {
        row.seq: Release(
            *(row.name, row.format, row.folder, row.splitting, row.rows, texts[row.manifest_id]),
            made_at=datetime.fromisoformat(row.made_at),
        )
        for row in rows
    }


def _counted(
    connection: sa.Connection, table: sa.Table, key: sa.Column[str], ids: Iterable[str]
) -> Counter[int]:
    """How many of these a table has, by release."""
    found: Counter[int] = Counter()
    for some in chunks(set(ids)):
        statement = sa.select(table.c.release_seq, sa.func.count()).where(key.in_(some))
        for seq, number in connection.execute(statement.group_by(table.c.release_seq)):
            found[seq] += number
    return found


def _in_both(connection: sa.Connection, key: sa.Column[str], one: Release, other: Release) -> int:
    """How many of these two datasets share."""
    seq = key.table.c.release_seq

    def of(which: Release) -> sa.Select[Any]:
        number = sa.select(release.c.seq).where(release.c.id == which.id)
        return sa.select(key).where(seq == number.scalar_subquery())

    theirs = of(one).where(key.in_(of(other))).subquery()
    return connection.scalars(sa.select(sa.func.count()).select_from(theirs)).one()
