"""Review: the order of the queue, what a decision may be, and taking it back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from codeaug import review
from codeaug.errors import UsageError
from codeaug.model import Rung
from codeaug.review import Queue, RejectReason
from codeaug.store import Store
from tests.seeded import COMMIT, UNITS, VARIANTS, seed


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "store.db")) as opened:
        seed(opened)
        yield opened


def test_the_queue_holds_what_reaches_the_bar_and_nothing_that_failed(store: Store) -> None:
    queue = review.queue(store, Rung.TESTED, "ann")
    assert queue.order == tuple(VARIANTS[name].id for name in ("java", "cpp", "python"))
    lower = review.queue(store, Rung.COMPILED, "ann")
    assert lower.order == (VARIANTS["space"].id, *queue.order)
    assert VARIANTS["failed"].id not in lower.order


def test_a_decided_variant_leaves_the_queue_of_its_reviewer_only(store: Store) -> None:
    variant = VARIANTS["java"].id
    assert review.approve(store, variant, "ann", "r1")
    ann, bob = (review.queue(store, Rung.TESTED, name) for name in ("ann", "bob"))
    assert (ann.decided, bob.decided) == (1, 0)
    assert variant not in ann.waiting
    assert variant in ann.order


def test_skipping_goes_round_to_what_was_skipped() -> None:
    queue = Queue(("a", "b", "c"), frozenset("ac"))
    assert queue.next_waiting() == "a"
    assert queue.next_waiting("a") == "c"
    assert queue.next_waiting("c") == "a"
    assert queue.next_waiting("gone") == "a"
    assert Queue(("a",), frozenset()).next_waiting("a") is None


def test_neighbours_end_at_the_ends() -> None:
    queue = Queue(("a", "b"), frozenset())
    assert [queue.neighbour("a", 1), queue.neighbour("b", 1)] == ["b", None]
    assert [queue.neighbour("b", -1), queue.neighbour("a", -1)] == ["a", None]
    assert queue.neighbour("gone", 1) is None


def test_a_rejection_needs_a_reason_of_the_list(store: Store) -> None:
    variant = VARIANTS["java"].id
    with pytest.raises(UsageError, match="changes behaviour, unnatural"):
        review.reject(store, variant, "ann", "r1", "bad vibes")
    assert review.reject(store, variant, "ann", "r1", RejectReason.UNNATURAL, " odd ")
    (decision,) = store.decisions(variant)
    assert (decision.approved, decision.reason, decision.comment) == (False, "unnatural", "odd")


@pytest.mark.parametrize(
    ("variant", "reviewer", "request_id", "comment"),
    [
        ("0" * 20, "ann", "r1", ""),
        (VARIANTS["java"].id, "", "r1", ""),
        (VARIANTS["java"].id, "ann", "", ""),
        (VARIANTS["java"].id, "ann", "r1", "x" * 2001),
    ],
)
def test_a_decision_that_cannot_be_kept_is_refused(
    store: Store, variant: str, reviewer: str, request_id: str, comment: str
) -> None:
    with pytest.raises(UsageError):
        review.approve(store, variant, reviewer, request_id, comment)
    assert store.decisions(VARIANTS["java"].id) == []


def test_undo_takes_back_and_leads_to_the_one_before(store: Store) -> None:
    first, second = VARIANTS["java"].id, VARIANTS["cpp"].id
    review.approve(store, first, "ann", "r1")
    review.approve(store, second, "ann", "r2")
    assert review.undo(store, second, "ann", "r3")
    assert not review.undo(store, second, "ann", "r3")
    last = store.last_decision("ann")
    assert last is not None
    assert last.variant_id == first
    assert second in review.queue(store, Rung.TESTED, "ann").waiting


def test_a_card_holds_everything_about_a_variant(store: Store) -> None:
    card = review.card(store, VARIANTS["java"].id)
    assert card is not None
    assert card.unit == UNITS["java"]
    assert card.evidence is not None
    assert card.oracle is not None
    assert len(card.oracle.tests) == 14
    assert card.repository is not None
    assert card.repository.commit == COMMIT
    assert card.decision_of("ann") is None
    assert review.card(store, "0" * 20) is None
