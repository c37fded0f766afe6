"""Agreement: the figures of published worked examples, and what a store's votes come to."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import krippendorff
import pytest

from codeaug.agreement import Patterns, agreement, drift, pace, pair
from codeaug.estimates import Estimate, difference, share, student
from codeaug.model import Decision, Rung, Word
from codeaug.store import Said, Store
from tests.seeded import VARIANTS, evidence, seed

A, R = Word.APPROVED, Word.REJECTED
THEN = datetime(2026, 11, 2, 9, tzinfo=UTC)  # a Monday


def rounded(estimate: Estimate | None, digits: int) -> tuple[float, float, float]:
    assert estimate is not None
    return tuple(round(each, digits) for each in (estimate.value, estimate.low, estimate.high))  # type: ignore[return-value]


# --- published examples ---------------------------------------------------------------------------

# Krippendorff, "Computing Krippendorff's alpha-reliability" (2011), also Gwet's handbook: twelve
# units, four observers, five values, missing ones among them.
FOUR_RATERS = [
    "11.1",
    "2232",
    "3333",
    "3333",
    "2222",
    "1234",
    "4444",
    "1121",
    "2222",
    ".555",
    "..11",
    "..3.",
]


def patterns(units: list[str], values: str) -> Patterns:
    return Counter(tuple(unit.count(value) for value in values) for unit in units)


def test_alpha_and_ac1_with_their_intervals_are_those_of_the_handbook() -> None:
    """Gwet's standard errors are 0.14557 and 0.14295, of 11 and 12 units."""
    found = agreement(patterns(FOUR_RATERS, "12345"))
    assert found.variants == 11
    assert rounded(found.alpha, 5) == (0.74342, 0.41906, 1.0)
    assert rounded(found.ac1, 5) == (0.77544, 0.46081, 1.0)
    assert rounded(found.raw, 5)[0] == 0.81818


def test_alpha_is_that_of_krippendorff_s_example_of_two_observers() -> None:
    """Krippendorff 2011, A: binary data, two observers, no missing values: 0.095."""
    meg, owen = "0100000010", "1110010000"
    found = agreement(patterns([a + b for a, b in zip(meg, owen, strict=True)], "01"))
    assert rounded(found.alpha, 3)[0] == 0.095


def test_kappa_with_its_interval_is_that_of_sas() -> None:
    """The manual of SAS, PROC FREQ: kappa 0.4842, ASE 0.1380."""
    rows = [[0, 4, 1], [0, 8, 0], [0, 1, 5]]
    table = {(i, j): n for i, row in enumerate(rows) for j, n in enumerate(row)}
    assert rounded(pair(("a", "b"), table).kappa, 4) == (0.4842, 0.2137, 0.7547)


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(81, 263, (0.3080, 0.2553, 0.3662)), (15, 148, (0.1014, 0.0624, 0.1605)),
     (0, 20, (0.0, 0.0, 0.1611)), (1, 29, (0.0345, 0.0061, 0.1718))],
)  # fmt: skip
def test_wilson_s_interval_is_that_of_newcombe_s_table(
    part: int, whole: int, expected: tuple[float, float, float]
) -> None:
    """Newcombe, "Two-sided confidence intervals for the single proportion" (1998), table I."""
    assert rounded(share(part, whole), 4) == expected


def test_the_interval_of_a_difference_is_that_of_newcombe_s_table() -> None:
    """Newcombe, "Interval estimation for the difference" (1998), table II, (a) and (b)."""
    for one, other, expected in [
        ((56, 70), (48, 80), (0.2, 0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.6, 0.1705, 0.8090)),
    ]:
        first, second = share(*one), share(*other)
        assert first is not None
        assert second is not None
        assert rounded(difference(first, second), 4) == expected


@pytest.mark.parametrize(
    ("freedom", "quantile"), [(4, 2.776), (9, 2.262), (30, 2.042), (120, 1.980)]
)
def test_student_s_quantile_is_that_of_the_tables(freedom: int, quantile: float) -> None:
    assert student(freedom) == pytest.approx(quantile, abs=1e-3)


# --- an independent library -----------------------------------------------------------------------


@pytest.mark.parametrize("number", range(40))
def test_alpha_is_what_the_library_krippendorff_says_of_any_votes(number: int) -> None:
    lot = random.Random(number)
    likely = lot.random()
    people, values = lot.randint(2, 6), lot.randint(2, 4)
    units = [
        [
            0 if lot.random() < likely else lot.randrange(values)
            for _ in range(lot.randint(1, people))
        ]
        for _ in range(lot.randint(5, 80))
    ]
    counts = [tuple(unit.count(value) for value in range(values)) for unit in units]
    found = agreement(Counter(counts))
    if found.alpha is None:
        return
    expected = krippendorff.alpha(value_counts=counts, level_of_measurement="nominal")
    assert found.alpha.value == pytest.approx(expected, abs=1e-12)


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    """A thousand samples of votes of which alpha and AC1 are known from a very large one."""
    lot = random.Random(7)
    whole = agreement(_voted(lot, 200_000))
    assert whole.alpha is not None
    assert whole.ac1 is not None
    samples = [agreement(_voted(lot, 60)) for _ in range(1000)]
    for name in ("alpha", "ac1"):
        truth = getattr(whole, name).value
        held = sum(getattr(s, name).low <= truth <= getattr(s, name).high for s in samples)
        assert 910 <= held <= 985, name


def _voted(lot: random.Random, variants: int) -> Patterns:
    """Two or three votes a variant by people who see its worth four times in five."""
    found: Counter[tuple[int, ...]] = Counter()
    for _ in range(variants):
        good, votes = lot.random() < 0.7, lot.choice((2, 2, 3))
        approvals = sum((lot.random() < 0.8) is good for _ in range(votes))
        found[approvals, votes - approvals] += 1
    return found


# --- edges ----------------------------------------------------------------------------------------


def test_of_a_few_variants_nothing_is_said() -> None:
    found = agreement({(2, 0): 4, (1, 0): 900})
    assert (found.variants, found.raw, found.alpha, found.ac1) == (4, None, None, None)
    assert pair(("a", "b"), {(0, 0): 4}).kappa is None


def test_where_all_votes_are_alike_nothing_is_corrected_for_chance() -> None:
    found = agreement({(2, 0): 20})
    assert found.alpha is None
    assert rounded(found.ac1, 3) == (1.0, 0.839, 1.0)
    assert pair(("a", "b"), {(0, 0): 20}).kappa is None


def test_where_everybody_agrees_the_interval_still_has_a_width() -> None:
    found = agreement({(2, 0): 10, (0, 2): 10})
    for estimate in (
        found.raw,
        found.alpha,
        found.ac1,
        pair(("a", "b"), {(0, 0): 9, (1, 1): 9}).kappa,
    ):
        assert estimate is not None
        assert estimate.value == pytest.approx(1.0)
        assert estimate.low < 0.9


def test_the_work_does_not_grow_with_the_votes() -> None:
    """A million variants with a hundred votes each are as few patterns as a dozen."""
    found = agreement({(60, 40): 500_000, (90, 10): 500_000})
    assert found.variants == 1_000_000
    assert found.alpha is not None


# --- one person -----------------------------------------------------------------------------------


def test_pace_is_the_time_between_words_without_breaks() -> None:
    starts = [0, 10, 30, 60, 100, 150, 100_000, 100_020]
    found = pace(THEN + timedelta(seconds=s) for s in reversed(starts))
    assert found is not None
    assert (found.words, found.fast, found.middle, found.slow) == (6, 20, 25, 40)
    assert pace([THEN, THEN]) is None


def said(days: int, word: Word, times: int, naturalness: int = 0) -> list[Said]:
    return [Said(THEN + timedelta(days=days), word, naturalness)] * times


def test_a_person_s_week_is_compared_with_their_own_before() -> None:
    votes = said(0, A, 40, 4) + said(0, R, 10) + said(6, A, 4, 2) + said(7, R, 30) + said(8, A, 10)
    first, second = drift(votes)
    assert (first.begins, first.votes, first.change) == (date(2026, 11, 2), 54, None)
    assert second.begins == date(2026, 11, 9)
    assert second.differs
    assert second.change is not None
    assert second.change.value == pytest.approx(10 / 40 - 44 / 54)
    assert second.naturalness is None
    assert second.naturalness_before == pytest.approx((40 * 4 + 4 * 2) / 44)
    assert not drift(said(0, A, 20) + said(7, A, 19) + said(7, R, 1))[1].differs


# --- what a store's votes come to -----------------------------------------------------------------


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with Store.open(store_url) as opened:
        seed(opened)
        yield opened


def vote(store: Store, name: str, reviewer: str, word: Word, day: int = 0, **rest: bool) -> None:
    made_at = THEN + timedelta(days=day)
    decision = Decision(VARIANTS[name].id, reviewer, word, made_at, **rest)
    assert store.put_decision(decision, f"{name} {reviewer} {word} {day}")


def test_votes_are_counted_by_language_and_transform(store: Store) -> None:
    for reviewer, word in (("ann", A), ("bob", A), ("eve", R)):
        vote(store, "java", reviewer, word)
    vote(store, "cpp", "ann", R)
    assert store.votes.by_stratum() == {
        ("java", "rules", '["if-else-inversion"]'): {(2, 1): 1},
        ("cpp", "rules", '["ternary-to-if"]'): {(0, 1): 1},
    }


def test_votes_are_counted_by_person_and_pair(store: Store) -> None:
    vote(store, "java", "ann", A)
    vote(store, "java", "bob", R)
    vote(store, "cpp", "ann", A)
    vote(store, "cpp", "bob", A)
    vote(store, "python", "ann", A)
    assert store.votes.by_person() == {
        "ann": {(1, 1): 1, (2, 0): 1, (1, 0): 1},
        "bob": {(1, 1): 1, (2, 0): 1},
    }
    assert store.votes.by_person(reviewer="bob") == {"bob": {(1, 1): 1, (2, 0): 1}}
    assert store.votes.by_pair() == {("ann", "bob"): {(0, 1): 1, (0, 0): 1}}


def test_only_the_newest_approval_or_rejection_that_is_not_final_is_a_vote(store: Store) -> None:
    vote(store, "java", "ann", R)
    vote(store, "java", "ann", A, day=1)
    vote(store, "cpp", "ann", Word.FLAGGED)
    vote(store, "python", "ann", Word.SKIPPED)
    vote(store, "python", "eve", R, final=True)
    assert store.votes.by_person() == {"ann": {(1, 0): 1}}
    store.slots.undo(VARIANTS["java"].id, "ann", THEN, "u", 0)
    assert store.votes.by_person() == {}


def test_what_was_said_since_a_day_can_be_left_out(store: Store) -> None:
    vote(store, "java", "ann", A)
    vote(store, "cpp", "ann", R, day=1)
    assert store.votes.by_person(until="2026-11-03") == {"ann": {(1, 0): 1}}
    assert [s.word for s in store.votes.said_by("ann", "2026-11-03")] == [A]
    assert [s.word for s in store.votes.said_by("ann")] == [A, R]


def test_a_unit_in_several_files_counts_once(store: Store) -> None:
    copy = replace(VARIANTS["java"], code=VARIANTS["java"].code + " ")
    store.put_variants([copy])
    store.put_evidence(evidence(copy, Rung.TESTED))
    vote(store, "java", "ann", A)
    assert sum(n for p in store.votes.by_stratum().values() for n in p.values()) == 1


def test_a_pair_is_told_once_whoever_comes_first(store: Store) -> None:
    for reviewer in ("eve", "ann", "bob"):
        vote(store, "java", reviewer, A)
    assert set(store.votes.by_pair()) == {("ann", "bob"), ("ann", "eve"), ("bob", "eve")}
