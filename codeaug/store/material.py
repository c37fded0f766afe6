"""What datasets are made of, by units: many at a time, so that a million variants can be read."""

from __future__ import annotations

import json
import sys
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

import sqlalchemy as sa

from codeaug.model import Decision, Repository, Rung, Unit, Variant, content_id
from codeaug.store.decisions import approved, get_decisions
from codeaug.store.evidence import is_gold
from codeaug.store.held import last_seen
from codeaug.store.questions import not_rejected
from codeaug.store.rows import Transaction, chunks, get_texts, variant_record
from codeaug.store.tables import (
    caption_word,
    decision,
    edit,
    evidence,
    finding,
    gold,
    held,
    release,
    repository,
    scan,
    scan_file,
    slot,
    source_file,
    unit,
    variant,
    withdrawal,
)

_ID = len(content_id()) // 2


@dataclass(frozen=True, slots=True)
class Known:
    """A unit that may enter a dataset: where it is, and the number by which it was seen first."""

    id: str
    first: int
    repository: Repository
    path: str
    name: str


@dataclass(frozen=True, slots=True)
class Told:
    """A variant with what its newest evidence says, without logs.

    `witness_id` is the text of a ready test of a difference that was seen. Read in brief, all
    after the verdict is empty, unless that is `failed`.
    """

    id: str
    variant: Variant
    commit: str
    rung: Rung
    verdict: str
    parameters: tuple[tuple[str, str], ...] = ()
    environment: tuple[tuple[str, str], ...] = ()
    checks: tuple[tuple[str, str, str], ...] = ()
    decisions: tuple[Decision, ...] = ()
    witness_id: str = ""


class Ids(Container[bytes]):
    """Ids in order, half as long as the hexadecimal ones: a tenth of what a set of them takes."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._all = b"".join(sorted(map(bytes.fromhex, ids)))

    def __len__(self) -> int:
        return len(self._all) // _ID

    def __iter__(self) -> Iterator[bytes]:
        return map(self._at, range(len(self)))

    def __contains__(self, raw: object) -> bool:
        assert isinstance(raw, bytes)
        at = bisect_left(range(len(self)), raw, key=self._at)
        return self._at(at) == raw

    def _at(self, number: int) -> bytes:
        return self._all[_ID * number : _ID * number + _ID]


class Accepted(Mapping[str, str]):
    """Ids of variants, and by what each is accepted."""

    def __init__(self, reviewed: Iterable[str], by_evidence: Iterable[str]) -> None:
        self._reviewed = Ids(reviewed)
        others = (one for one in by_evidence if bytes.fromhex(one) not in self._reviewed)
        self._by_evidence = Ids(others)

    def __getitem__(self, variant_id: str) -> str:
        raw = bytes.fromhex(variant_id)
        if raw in self._reviewed:
            return "review"
        if raw in self._by_evidence:
            return "evidence"
        raise KeyError(variant_id)

    def __iter__(self) -> Iterator[str]:
        for raw in (*self._reviewed, *self._by_evidence):
            yield raw.hex()

    def __len__(self) -> int:
        return len(self._reviewed) + len(self._by_evidence)


class Material:
    """See the module."""

    def __init__(self, reading: Transaction) -> None:
        self._reading = reading

    def accepted(self, bar: Rung | None) -> Accepted:
        """The ids of all variants that may be trained on: `review`, or `evidence` for those that
        reach the bar and nobody objected to."""
        with self._reading() as connection:
            others = () if bar is None else not_rejected(connection, bar)
            return Accepted(approved(connection), others)

    def current(self) -> list[Known]:
        """The units of each repository as it was scanned last, by path and place."""
        with self._reading() as connection:
            scans = _newest(connection)
            return [known for seq, origin in scans for known in _units_of(connection, seq, origin)]

    def marked(self) -> list[Known]:
        """Those of them that a mark in their file keeps out of datasets."""
        with self._reading() as connection:
            scans = _newest(connection)
            kept_out = unit.c.no_train == 1
            return [one for scan in scans for one in _units_of(connection, *scan, kept_out)]

    def made_of_others(self, present: Container[str]) -> Iterator[tuple[str, str]]:
        """The variants of all units but these, each with its unit."""
        with self._reading() as connection:
            every = connection.scalars(sa.select(variant.c.unit_id).distinct())
            others = [one for one in every if one not in present]
            made = sa.select(variant.c.id, variant.c.unit_id)
            for some in chunks(others):
                for row in connection.execute(made.where(variant.c.unit_id.in_(some))):
                    yield row.id, row.unit_id

    def anywhere(self, unit_ids: Iterable[str]) -> list[Known]:
        """These units, wherever they were seen last."""
        with self._reading() as connection:
            return [k for some in chunks(unit_ids) for k in _anywhere(connection, some)]

    def stamp(self) -> str:
        """Changes with every scan, variant, finding and word that is put or taken away."""
        newest = (evidence, decision, variant, unit, withdrawal, release, caption_word)
        counted = (evidence, decision, gold, held, repository)
        sums = (slot.c.done, edit.c.dropped, scan.c.used)
        asked = [sa.select(sa.func.max(table.c.seq)) for table in newest]
        asked += [sa.select(sa.func.count()).select_from(table) for table in counted]
        asked += [sa.select(sa.func.sum(column)) for column in sums]
        with self._reading() as connection:
            return " ".join(str(connection.scalar(question)) for question in asked)

    def moved(self) -> dict[str, str]:
        """The units of the newest scans that variants of other units stand for, by variant."""
        with self._reading() as connection:
            commits = [origin.commit for _, origin in _newest(connection)]
            statement = (
                sa.select(held.c.variant_id, held.c.unit_id)
                .join(variant, variant.c.id == held.c.variant_id)
                .where(held.c.commit_id.in_(commits), held.c.unit_id != variant.c.unit_id)
            )
            return {row.variant_id: row.unit_id for row in connection.execute(statement)}

    def read(
        self,
        unit_ids: Sequence[str],
        moved: Mapping[str, Sequence[str]],
        brief: Container[str] = (),
    ) -> tuple[dict[str, Unit], dict[str, list[Told]]]:
        """Of a few hundred units their records and their variants, in order of their ids; `moved`
        gives, by unit, the variants of others that stand for it. Those in `brief` are read so."""
        with self._reading() as connection:
            units = {record.id: record for record in last_seen(connection, unit_ids)}
            home = {name: one for one in unit_ids for name in moved.get(one, ())}
            mine = variant.c.unit_id.in_(unit_ids) | variant.c.id.in_(list(home))
            statement = sa.select(*_VARIANT).where(mine, ~is_gold(variant.c.id))
            rows = connection.execute(statement.order_by(variant.c.id)).all()
            told = _told(connection, rows, brief)
        by_unit: dict[str, list[Told]] = {}
        for row in rows:
            if row.id in told:
                by_unit.setdefault(home.get(row.id, row.unit_id), []).append(told[row.id])
        return units, by_unit

    def texts(self, ids: Iterable[str]) -> dict[str, str]:
        """Long texts by their ids."""
        with self._reading() as connection:
            return get_texts(connection, ids)


def _newest(connection: sa.Connection) -> list[tuple[int, Repository]]:
    """Each repository's scan that was used last."""
    joined = sa.select(scan.c.seq, scan.c.used, repository).join(
        repository, repository.c.commit_id == scan.c.commit_id
    )
    newest: dict[str, Any] = {}
    for row in connection.execute(joined.order_by(scan.c.used, scan.c.seq)):
        newest[row.address] = row
    return [
        (row.seq, Repository(row.address, row.git_dir, row.commit_id, row.license))
        for _, row in sorted(newest.items())
    ]


def _units_of(
    connection: sa.Connection, seq: int, origin: Repository, *where: sa.ColumnElement[bool]
) -> list[Known]:
    statement = (
        sa.select(unit.c.id, unit.c.seq, unit.c.name, unit.c.parameters, source_file.c.path)
        .join(source_file, source_file.c.id == unit.c.file_id)
        .join(scan_file, scan_file.c.file_id == source_file.c.id)
        .where(scan_file.c.scan_seq == seq, *where)
        .order_by(source_file.c.path, unit.c.ordinal)
    )
    return [
        Known(row.id, row.seq, origin, sys.intern(row.path), row.name + row.parameters)
        for row in connection.execute(statement)
    ]


def _anywhere(connection: sa.Connection, unit_ids: Sequence[str]) -> list[Known]:
    """The units with the commit at which they were seen last."""
    statement = (
        sa.select(unit.c.id, unit.c.seq, unit.c.name, unit.c.parameters, source_file.c.path)
        .add_columns(repository.c.address, repository.c.git_dir)
        .add_columns(repository.c.commit_id, repository.c.license)
        .join(source_file, source_file.c.id == unit.c.file_id)
        .join(scan_file, scan_file.c.file_id == source_file.c.id)
        .join(scan, scan.c.seq == scan_file.c.scan_seq)
        .join(repository, repository.c.commit_id == scan.c.commit_id)
        .where(unit.c.id.in_(unit_ids))
        .order_by(scan.c.used, unit.c.seq)
    )
    found = {}
    for row in connection.execute(statement):
        origin = Repository(row.address, row.git_dir, row.commit_id, row.license)
        name = row.name + row.parameters
        found[row.id] = Known(row.id, row.seq, origin, row.path, name)
    return list(found.values())


def _told(connection: sa.Connection, rows: Sequence[Any], brief: Container[str]) -> dict[str, Told]:
    found: dict[str, Told] = {}
    for some in chunks(rows):
        ids = [row.id for row in some]
        newest = connection.execute(_EVIDENCE, {"variants": ids}).all()
        words = {row.variant_id: row for row in newest}
        failed = {one for one, word in words.items() if word.verdict == "failed"}
        full = {one for one in ids if one in failed or one not in brief}
        checks = _checks(connection, [words[one].seq for one in full if one in words])
        decisions = sorted(get_decisions(connection, full), key=attrgetter("variant_id"))
        said = {key: tuple(own) for key, own in groupby(decisions, attrgetter("variant_id"))}
        secret = _gold(connection, [row.parent for row in some if row.parent])
        for row in some:
            if (word := words.get(row.id)) is None:
                continue
            findings, witness = checks.get(word.seq, ((), ""))
            made = variant_record(row)
            if row.parent in secret:  # what it was made of is nobody's to know
                made = replace(made, origin=replace(made.origin, parent=""))
            told = (row.id, made, word.commit_id, Rung(word.rung), word.verdict)
            if row.id not in full:
                found[row.id] = Told(*told)
                continue
            found[row.id] = Told(
                *told,
                parameters=_pairs(word.parameters),
                environment=_pairs(word.environment),
                checks=findings,
                decisions=said.get(row.id, ()),
                witness_id=witness,
            )
    return found


@lru_cache(maxsize=4096)  # a million variants have few environments
def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((key, value) for key, value in json.loads(text))


def _gold(connection: sa.Connection, ids: Sequence[str]) -> set[str]:
    """Those that are there only to see how people decide."""
    if not ids:
        return set()
    return set(connection.scalars(sa.select(gold.c.variant_id).where(gold.c.variant_id.in_(ids))))


def _plain(table: sa.Table, *names: str) -> list[sa.ColumnElement[Any]]:
    """The columns of a table; those named have texts of ours, which need no decoding."""
    return [
        sa.type_coerce(one, sa.String()).label(one.name) if one.name in names else one
        for one in table.c
    ]


_VARIANT = _plain(variant, "id", "unit_id", "engine", "recipe", "parent")
_OURS = ("variant_id", "commit_id", "key", "verdict", "parameters", "environment")
_EVIDENCE = sa.select(*_plain(evidence, *_OURS)).where(
    evidence.c.seq.in_(
        sa.select(sa.func.max(evidence.c.seq))
        .where(evidence.c.variant_id.in_(sa.bindparam("variants", expanding=True)))
        .group_by(evidence.c.variant_id)
    )
)
_FINDINGS = sa.select(
    finding.c.evidence_seq,
    sa.type_coerce(finding.c.check_name, sa.String()),
    sa.type_coerce(finding.c.verdict, sa.String()),
    sa.case((finding.c.verdict == "failed", finding.c.detail), else_=None),
    sa.case((finding.c.verdict == "failed", finding.c.log_id), else_=None),
).where(finding.c.evidence_seq.in_(sa.bindparam("seqs", expanding=True)))
_IN_ORDER = _FINDINGS.order_by(finding.c.evidence_seq, finding.c.ordinal)


def _checks(
    connection: sa.Connection, seqs: Sequence[int]
) -> dict[int, tuple[tuple[tuple[str, str, str], ...], str]]:
    """Check, verdict and, where it failed, detail of each finding; and the first witness's text."""
    found: dict[int, tuple[tuple[tuple[str, str, str], ...], str]] = {}
    rows = connection.execute(_IN_ORDER, {"seqs": list(seqs)}).all() if seqs else ()
    for seq, own in groupby(rows, itemgetter(0)):
        listed = [tuple(row) for row in own]
        witness = next((row[4] for row in listed if row[4] and row[1] in WITNESSES), "")
        found[seq] = (tuple((row[1], row[2], row[3] or "") for row in listed), witness)
    return found


WITNESSES = ("compared", "crosshair")
"""The checks whose log is a ready test of the difference that they saw."""
