"""Which of the variants that were ever made still speak of the repository as it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from codeaug import languages
from codeaug.model import Unit
from codeaug.pipeline.scanning import scan
from codeaug.pipeline.session import Session

FRESH, STALE, ORPHANED = STATES = ("fresh", "stale", "orphaned")
"""The text is in the commit, wherever and however laid out; the function is, with another text;
neither is."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit that has variants, and the unit of the commit that it is now, if there is one."""

    unit: Unit
    state: str
    now: Unit | None


def standings(units: Iterable[Unit], here: Sequence[Unit]) -> list[Standing]:
    """What became of each unit, `here` being those of the commit."""
    units = list(units)
    known = {unit.id for unit in units}
    ids = {unit.id: unit for unit in here}
    named: dict[tuple[str, str], list[Unit]] = defaultdict(list)
    for unit in here:
        named[unit.language, unit.qualified_name].append(unit)
    for namesakes in named.values():  # what stayed where it was did not move there
        namesakes.sort(key=lambda unit: unit.id in known)
    return [_standing(unit, ids, named[unit.language, unit.qualified_name]) for unit in units]


def _standing(unit: Unit, ids: dict[str, Unit], namesakes: Sequence[Unit]) -> Standing:
    if unit.id in ids:
        return Standing(unit, FRESH, ids[unit.id])
    nearest = sorted(namesakes, key=lambda other: other.path != unit.path)
    text = languages.content(unit)
    for other in nearest:
        if languages.content(other) == text:
            return Standing(unit, FRESH, other)
    return Standing(unit, STALE, nearest[0]) if nearest else Standing(unit, ORPHANED, None)


def status(session: Session) -> dict[str, Any]:
    """What `codeaug status --json` prints. Nothing is built, tested or made."""
    store = session.store
    with store.exclusive():
        scan(session)
    variants = store.with_variants(session.repository.address)
    approved = set(store.approved())
    found = standings(store.last_seen(variants), list(store.units(session.commit)))
    rows = [_row(one, variants[one.unit.id], approved) for one in found]
    return {
        "repository": session.repository.address,
        "commit": session.commit,
        "languages": [
            {"language": language} | {state: _count(rows, language, state) for state in STATES}
            for language in sorted({one.unit.language for one in found})
        ],
        "units": sorted(rows, key=lambda row: (row["path"], row["unit"], row["id"])),
    }


def _row(one: Standing, variants: Sequence[str], approved: set[str]) -> dict[str, Any]:
    return {
        "id": one.unit.id,
        "path": one.unit.path,
        "unit": one.unit.qualified_name,
        "language": one.unit.language,
        "state": one.state,
        "now": one.now.path if one.now else "",
        "line": one.now.line if one.now else 0,
        "variants": len(variants),
        "approved": len(approved.intersection(variants)),
    }


def _count(rows: Sequence[dict[str, Any]], language: str, state: str) -> dict[str, int]:
    some = [row for row in rows if row["language"] == language and row["state"] == state]
    return {
        "units": len(some),
        "variants": sum(row["variants"] for row in some),
        "approved": sum(row["approved"] for row in some),
    }
