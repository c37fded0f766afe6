"""How it all adds up: counts for each language of a commit."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from codeaug.model import Rung, Verdict
from codeaug.store.evidence import is_gold, newest_evidence
from codeaug.store.scans import current
from codeaug.store.tables import (
    evidence,
    finding,
    held,
    oracle,
    scan_file,
    skip,
    source_file,
    unit,
    variant,
)


@dataclass(slots=True)
class LanguageSummary:
    """How far one language of a commit has come. `rungs` leaves failed variants out; `failing`
    counts each failed variant once, under the first check that failed."""

    language: str
    files: int = 0
    units: int = 0
    skipped: dict[str, int] = field(default_factory=dict)
    with_oracle: int = 0
    variants: int = 0
    verdicts: dict[str, int] = field(default_factory=dict)
    rungs: dict[str, int] = field(default_factory=dict)
    failing: dict[str, int] = field(default_factory=dict)


def summarize(connection: sa.Connection, commit: str) -> list[LanguageSummary]:
    """One summary for each language of the commit, by name."""
    summaries: dict[str, LanguageSummary] = {}
    files = _files(commit)
    counts = sa.select(files.c.language, sa.func.count(), sa.func.sum(files.c.units))
    for row in connection.execute(counts.group_by(files.c.language)):
        summaries[row[0]] = LanguageSummary(row[0], files=row[1], units=int(row[2]))
    for language, reason, n in connection.execute(_skips(files)):
        summaries[language].skipped[reason] = n
    if any(summary.units for summary in summaries.values()):
        _add_variants(connection, commit, summaries)
    return [summaries[language] for language in sorted(summaries)]


def _files(commit: str) -> sa.Subquery:
    return (
        sa.select(source_file.c.id, source_file.c.language, source_file.c.units)
        .join(scan_file, scan_file.c.file_id == source_file.c.id)
        .where(scan_file.c.scan_seq == current(commit).scalar_subquery())
        .subquery("files")
    )


def _skips(files: sa.Subquery) -> sa.Select[str, str, int]:
    statement = sa.select(files.c.language, skip.c.reason, sa.func.count()).select_from(
        skip.join(files, files.c.id == skip.c.file_id)
    )
    return statement.group_by(files.c.language, skip.c.reason).order_by(skip.c.reason)


def _language(unit_id: sa.ColumnElement[str], commit: str) -> sa.ColumnElement[str]:
    """The language of a unit of this commit, by the index on ids; NULL for any other unit."""
    return (
        sa.select(source_file.c.language)
        .join(unit, unit.c.file_id == source_file.c.id)
        .join(scan_file, scan_file.c.file_id == source_file.c.id)
        .where(scan_file.c.scan_seq == current(commit).scalar_subquery(), unit.c.id == unit_id)
        .limit(1)
        .scalar_subquery()
    )


def _totals(
    connection: sa.Connection, language: sa.ColumnElement[str], table: sa.FromClause, *where: Any
) -> dict[str, int]:
    rows = sa.select(language.label("language")).select_from(table).where(*where).subquery()
    statement = sa.select(rows.c.language, sa.func.count()).group_by(rows.c.language)
    found = connection.execute(statement.where(rows.c.language.is_not(None)))
    return {row[0]: row[1] for row in found}


def _add_variants(
    connection: sa.Connection, commit: str, summaries: dict[str, LanguageSummary]
) -> None:
    at_commit = (oracle.c.commit_id == commit, oracle.c.tests > 0)
    oracles = _totals(connection, _language(oracle.c.unit_id, commit), oracle, *at_commit)
    real = ~is_gold(variant.c.id)
    variants = _totals(connection, _language(variant.c.unit_id, commit), variant, real)
    here = held.join(variant, variant.c.id == held.c.variant_id)
    moved = (held.c.commit_id == commit, held.c.unit_id != variant.c.unit_id, real)
    others = _totals(connection, _language(held.c.unit_id, commit), here, *moved)
    for language, summary in summaries.items():
        summary.with_oracle = oracles.get(language, 0)
        summary.variants = variants.get(language, 0) + others.get(language, 0)
    _add_evidence(connection, commit, summaries)


def _add_evidence(
    connection: sa.Connection, commit: str, summaries: dict[str, LanguageSummary]
) -> None:
    judged = _judged(commit)
    grouped = sa.select(judged, sa.func.count().label("n")).group_by(*judged.c)
    totals: dict[tuple[str, str, str], int] = defaultdict(int)
    grouped = grouped.where(judged.c.language.is_not(None))
    for row in connection.execute(grouped.order_by(judged.c.verdict, judged.c.rung)):
        totals[row.language, "verdicts", row.verdict] += row.n
        if row.verdict == Verdict.FAILED.value:
            totals[row.language, "failing", row.failing or ""] += row.n
        else:
            totals[row.language, "rungs", Rung(row.rung).label] += row.n
    for (language, table, name), n in totals.items():
        getattr(summaries[language], table)[name] = n


def _judged(commit: str) -> sa.Subquery:
    """Verdict, rung and first failing check of each variant's newest evidence at the commit."""
    first_failure = (
        sa.select(finding.c.check_name)
        .where(
            finding.c.evidence_seq == evidence.c.seq,
            finding.c.verdict == Verdict.FAILED.value,
        )
        .order_by(finding.c.ordinal)
        .limit(1)
        .correlate(evidence)
        .scalar_subquery()
    )
    language = _language(held.c.unit_id, commit).label("language")
    return (
        sa.select(language, evidence.c.verdict, evidence.c.rung, first_failure.label("failing"))
        .join_from(evidence, variant, variant.c.id == evidence.c.variant_id)
        .join(held, (held.c.evidence_seq == evidence.c.seq) & (held.c.commit_id == commit))
        .where(evidence.c.seq.in_(newest_evidence(commit)), ~is_gold(variant.c.id))
        .subquery("judged")
    )
