"""The list of variants: each of them on one page, whatever is wanted."""

from __future__ import annotations

import pytest

from codeaug.model import Origin, Rung, Variant
from codeaug.store import Listed, Store, Wanted
from tests.seeded import UNITS, VARIANTS, evidence, seed
from tests.test_store import store

__all__ = ["store"]

MORE = 25


@pytest.fixture
def many(store: Store) -> Store:
    """Variants of three units, a third of them without evidence, some made by a model."""
    seed(store)
    made = [
        Variant(unit.id, f"{unit.code} /* {number} */", origin(number))
        for unit in UNITS.values()
        for number in range(MORE)
    ]
    store.put_variants(made)
    for number, variant in enumerate(made):
        if number % 3:
            store.put_evidence(evidence(variant, failed=number % 3 == 1))
    return store


def origin(number: int) -> Origin:
    return Origin("rules", ("guard-clause", "ternary")) if number % 2 else Origin("llm", model="m")


def pages(store: Store, wanted: Wanted, size: int) -> list[Listed]:
    """All pages, one after the other."""
    found: list[Listed] = []
    while True:
        rows, total = store.list_page(wanted, len(found), size)
        found += rows
        if not rows:
            assert len(found) == total
            return found


@pytest.mark.parametrize("size", [1, 7, 24, 25, 26, 1000])
def test_pages_of_any_size_hold_each_variant_once_in_one_order(many: Store, size: int) -> None:
    everything = many.listed()
    assert len({row.variant_id for row in everything}) == len(everything)
    assert len(everything) == len(VARIANTS) + 3 * MORE
    assert [row.path for row in everything] == sorted(row.path for row in everything)
    assert pages(many, Wanted(), size) == everything


WANTED = {
    "language": (Wanted(language="cpp"), lambda row: row.language == "cpp"),
    "passed": (Wanted(verdict="passed"), lambda row: row.verdict == "passed"),
    "waiting": (Wanted(verdict="waiting"), lambda row: row.verdict == ""),
    "rung": (Wanted(rung=Rung.TESTED), lambda row: row.rung is Rung.TESTED),
    "no rung": (Wanted(rung=Rung.NONE), lambda row: row.rung is Rung.NONE),
    "transform": (Wanted(transform="ternary"), lambda row: '"ternary"' in row.recipe),
    "engine": (Wanted(transform="llm"), lambda row: row.engine == "llm"),
    "all of them": (
        Wanted("java", "failed", Rung.TESTED, "guard-clause"),
        lambda row: (
            (row.language, row.verdict, row.rung) == ("java", "failed", Rung.TESTED)
            and "guard-clause" in row.recipe
        ),
    ),
    "a sign": (Wanted(transform="%"), lambda row: False),
}


@pytest.mark.parametrize("name", WANTED)
def test_what_is_wanted_is_listed_and_nothing_else(many: Store, name: str) -> None:
    wanted, holds = WANTED[name]
    expected = [row for row in many.listed() if holds(row)]
    assert pages(many, wanted, 7) == expected
    assert bool(expected) == (name != "a sign")


def test_standings_count_all_of_the_list(many: Store) -> None:
    rows = many.listed()
    for verdict, rung, number in many.standings():
        assert number == sum((row.verdict, row.rung) == (verdict, rung) for row in rows)
    assert sum(number for _, _, number in many.standings()) == len(rows)


def test_all_transforms_can_be_chosen_and_engines_without_one(many: Store) -> None:
    assert {"guard-clause", "ternary", "llm", "if-else-inversion"} <= many.transforms()
    assert "rules" not in many.transforms()
