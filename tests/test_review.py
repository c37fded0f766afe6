"""Review: whose turn it is, what a decision may be, and taking it back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
import sqlalchemy as sa

from codeaug import review
from codeaug.errors import LateDecision, UsageError
from codeaug.model import Origin, RejectReason, Rung, Variant, Word
from codeaug.people import Caller, Person, Role
from codeaug.store import Lease, Store
from codeaug.store.leases import LEASE
from tests.postgres import database
from tests.seeded import COMMIT, UNITS, VARIANTS, evidence, seed

JAVA, CPP, PYTHON = (VARIANTS[name].id for name in ("java", "cpp", "python"))
SPACE, FAILED = VARIANTS["space"].id, VARIANTS["failed"].id
NOW = 1_000_000


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with Store.open(store_url) as opened:
        seed(opened)
        yield opened


def fill(store: Store, overlap: int = 1, bar: Rung = Rung.TESTED) -> Store:
    store.slots.fill(bar, overlap)
    return store


def turn(store: Store, reviewer: str, now: int = NOW) -> Lease:
    found = review.next_card(store, reviewer, now)
    assert found is not None
    return found


def say(store: Store, reviewer: str, word: Word = Word.APPROVED, now: int = NOW) -> str:
    """A word about whatever comes next; the variant."""
    lease = turn(store, reviewer, now)
    reason = RejectReason.UNNATURAL if word is Word.REJECTED else ""
    request = f"{reviewer} {lease.token} {word}"
    assert review.decide(
        store, lease.variant_id, reviewer, word, request,
        token=lease.token, reason=reason, comment="hm", now=now,
    )  # fmt: skip
    return lease.variant_id


def everything(store: Store, reviewer: str) -> list[str]:
    """What a person would get, one after the other."""
    found = []
    while review.next_card(store, reviewer, NOW):
        found.append(say(store, reviewer))
    return found


def test_a_card_is_as_large_as_the_larger_of_its_two_texts(store: Store) -> None:
    short, long = (Variant(UNITS["java"].id, code, Origin("rules")) for code in ("x", "y" * 9999))
    store.put_variants([short, long])
    sizes = [store.size_of(variant_id) for variant_id in (short.id, long.id, "none")]
    assert sizes == [len(UNITS["java"].code), 9999, 0]


# --- whose turn it is -----------------------------------------------------------------------------


def test_the_weakest_evidence_comes_first_and_nothing_that_failed(store: Store) -> None:
    assert everything(fill(store), "ann") == [JAVA, CPP, PYTHON]
    assert everything(fill(store, bar=Rung.COMPILED), "ann") == [SPACE]


def test_a_card_stays_with_whoever_has_it(store: Store) -> None:
    fill(store)
    assert turn(store, "ann") == turn(store, "ann", NOW + 1)
    assert turn(store, "ann").variant_id == JAVA
    assert turn(store, "bob").variant_id == CPP
    with pytest.raises(LateDecision, match="others decide"):
        review.take(store, "bob", JAVA, NOW)


def test_a_card_that_is_not_decided_about_in_time_goes_to_the_next_person(store: Store) -> None:
    late = turn(fill(store), "ann")
    other = turn(store, "bob", NOW + LEASE)
    assert other.variant_id == JAVA
    assert not review.renew(store, "ann", late.token, NOW + LEASE)
    with pytest.raises(LateDecision, match="somebody else"):
        review.decide(store, JAVA, "ann", Word.APPROVED, "r1", token=late.token, now=NOW + LEASE)
    assert store.decisions(JAVA) == []
    assert review.decide(store, JAVA, "bob", Word.APPROVED, "r1", token=other.token)


def test_whoever_still_looks_at_a_card_keeps_it(store: Store) -> None:
    mine = turn(fill(store), "ann")
    assert review.renew(store, "ann", mine.token, NOW + LEASE - 1)
    assert turn(store, "bob", NOW + LEASE).variant_id == CPP


def test_a_late_decision_counts_while_nobody_else_has_the_card(store: Store) -> None:
    mine = turn(fill(store), "ann")
    after = NOW + 2 * LEASE
    assert review.decide(store, JAVA, "ann", Word.APPROVED, "r1", token=mine.token, now=after)


@pytest.mark.parametrize("token", ["", "forged", "0" * 32])
def test_nobody_decides_about_a_card_that_was_not_given_to_them(store: Store, token: str) -> None:
    turn(fill(store), "bob")
    with pytest.raises(LateDecision):
        review.decide(store, JAVA, "ann", Word.APPROVED, "r1", token=token, now=NOW)
    with pytest.raises(LateDecision):
        review.decide(store, CPP, "ann", Word.APPROVED, "r2", token=token, now=NOW)
    assert store.decisions(JAVA) == store.decisions(CPP) == []


def test_another_person_s_token_is_no_leave(store: Store) -> None:
    theirs = turn(fill(store), "bob")
    with pytest.raises(LateDecision):
        review.decide(store, JAVA, "ann", Word.APPROVED, "r1", token=theirs.token, now=NOW)


def test_what_was_skipped_is_left_to_others_and_comes_again_at_the_end(store: Store) -> None:
    fill(store)
    assert say(store, "ann", Word.SKIPPED) == JAVA
    assert turn(store, "bob").variant_id == JAVA
    review.decide(store, JAVA, "bob", Word.SKIPPED, "r", token=turn(store, "bob").token)
    assert [say(store, "ann"), say(store, "ann"), say(store, "ann")] == [CPP, PYTHON, JAVA]
    assert review.next_card(store, "ann", NOW) is None


def test_a_variant_takes_as_many_people_as_are_asked_for_and_never_one_twice(store: Store) -> None:
    fill(store, overlap=2)
    assert everything(store, "ann") == [JAVA, CPP, PYTHON]
    assert store.approved() == []
    assert everything(store, "bob") == [JAVA, CPP, PYTHON]
    assert everything(store, "eve") == []
    assert sorted(store.approved()) == sorted([JAVA, CPP, PYTHON])


def test_more_people_can_be_asked_for_later(store: Store) -> None:
    everything(fill(store), "ann")
    assert store.approved()
    fill(store, overlap=2)
    assert store.approved() == []
    assert everything(store, "ann") == []
    assert len(everything(store, "bob")) == 3


def test_decisions_of_before_there_was_a_queue_count_as_votes(store: Store) -> None:
    from codeaug.model import Decision
    from tests.test_dataset import NOW as THEN

    store.put_decision(Decision(JAVA, "ann", Word.APPROVED, THEN), "old")
    assert JAVA in store.approved()
    fill(store)
    assert JAVA in store.approved()
    assert everything(store, "ann") == [CPP, PYTHON]


def test_a_tie_calls_for_one_more_vote_which_comes_first(store: Store) -> None:
    fill(store, overlap=2)
    say(store, "ann")
    say(store, "bob", Word.REJECTED)
    assert store.approved() == []
    assert turn(store, "eve").variant_id == JAVA
    say(store, "eve")
    assert store.approved() == [JAVA]
    assert turn(store, "eve").variant_id == CPP


def test_of_two_who_disagree_at_once_the_later_sees_the_tie(postgres: sa.URL) -> None:
    waiting = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    with database(postgres, f"d{uuid4().hex}") as url, Store.open(url) as store:
        seed(store)
        fill(store, overlap=2)
        turn(store, "bob")
        with ThreadPoolExecutor(1) as pool:
            with store.writing() as connection:
                say(store, "ann")
                other = pool.submit(say, store, "bob", Word.REJECTED)
                while not connection.scalar(waiting):
                    assert not other.done(), other.result()
            assert other.result() == JAVA
        assert turn(store, "eve").variant_id == JAVA


def test_a_tie_that_is_taken_back_calls_for_nothing(store: Store) -> None:
    fill(store, overlap=2)
    say(store, "ann")
    say(store, "bob", Word.REJECTED)
    before = store.slots.waiting()
    review.undo(store, JAVA, "bob", "u1", NOW)
    assert store.slots.waiting() == before
    say(store, "bob")
    assert store.approved() == [JAVA]
    assert turn(store, "eve").variant_id == CPP


def test_what_was_flagged_is_not_approved_whatever_others_say(store: Store) -> None:
    fill(store, overlap=3)
    say(store, "ann")
    say(store, "bob")
    assert say(store, "eve", Word.FLAGGED) == JAVA
    assert store.approved() == []
    assert JAVA not in store.accepted_by_evidence(Rung.TESTED)


def settled(store: Store) -> str:
    """A variant that bob flagged and jo approved for good; one of its two votes was not used."""
    flagged = say(fill(store, 2), "bob", Word.FLAGGED)
    jo = Caller.of(Person("jo", Role.ADJUDICATOR))
    assert review.settle(store, flagged, jo, Word.APPROVED, "1", now=NOW)
    return flagged


def test_what_was_settled_stays_so_whatever_those_who_voted_do_later(store: Store) -> None:
    variant_id = settled(store)
    waiting = store.slots.waiting()
    assert review.decide(store, variant_id, "bob", Word.SKIPPED, "2", now=NOW)
    assert review.undo(store, variant_id, "bob", "3", NOW)
    fill(store, 2)
    assert (store.slots.waiting(), store.approved()) == (waiting, [variant_id])
    with pytest.raises(LateDecision):
        review.take(store, "ann", variant_id, NOW)
    assert review.undo(store, variant_id, "jo", "4", NOW)
    assert (store.slots.waiting(), store.approved()) == (waiting + 2, [])


def test_nobody_is_asked_about_what_was_settled_when_more_people_are_asked(store: Store) -> None:
    variant_id = settled(store)
    assert variant_id not in everything(fill(store, 3), "ann")


def test_whoever_settled_a_variant_does_not_lose_that_by_skipping_it(store: Store) -> None:
    variant_id = settled(store)
    with pytest.raises(UsageError, match="take your word back first"):
        review.decide(store, variant_id, "jo", Word.SKIPPED, "2", now=NOW)
    assert store.approved() == [variant_id]


def test_only_a_word_of_one_s_own_can_be_taken_back(store: Store) -> None:
    variant_id = settled(store)
    told = store.audit.verify().events
    with pytest.raises(UsageError, match="said nothing of this variant"):
        review.undo(store, variant_id, "eve", "2", NOW)
    assert review.undo(store, variant_id, "bob", "2", NOW)
    assert not review.undo(store, variant_id, "bob", "2", NOW)
    with pytest.raises(UsageError, match="said nothing of this variant"):
        review.undo(store, variant_id, "bob", "3", NOW)
    assert store.audit.verify().events == told + 1


def test_no_vote_is_wanted_of_what_does_not_reach_the_bar_any_more(store: Store) -> None:
    fill(store)
    store.put_evidence(evidence(VARIANTS["java"], failed=True), "newer")
    fill(store)
    assert everything(store, "ann") == [CPP, PYTHON]


def test_many_at_once_never_get_the_same_card(store: Store) -> None:
    """Twelve people over three cards with two votes each: six get one, each card goes to two."""
    fill(store, overlap=2)
    together = threading.Barrier(12)

    def claim(number: int) -> tuple[int, Lease | None]:
        together.wait()
        return number, review.next_card(store, f"p{number}", NOW)

    with ThreadPoolExecutor(12) as pool:
        given = [lease.variant_id for _, lease in pool.map(claim, range(12)) if lease]
    assert sorted(given) == sorted([JAVA, CPP, PYTHON] * 2)


# --- what a decision may be -----------------------------------------------------------------------


def test_a_rejection_needs_a_reason_of_the_list(store: Store) -> None:
    token = turn(fill(store), "ann").token
    with pytest.raises(UsageError, match="changes behaviour, unnatural"):
        review.decide(store, JAVA, "ann", Word.REJECTED, "r1", token=token, reason="bad vibes")
    reason = RejectReason.UNNATURAL
    assert review.decide(
        store, JAVA, "ann", Word.REJECTED, "r1", token=token, reason=reason, comment=" odd "
    )
    (decision,) = store.decisions(JAVA)
    assert (decision.word, decision.reason, decision.comment) == ("rejected", "unnatural", "odd")


def test_a_flag_needs_a_comment(store: Store) -> None:
    token = turn(fill(store), "ann").token
    with pytest.raises(UsageError, match="comment"):
        review.decide(store, JAVA, "ann", Word.FLAGGED, "r1", token=token, comment=" ")


def test_how_natural_it_reads_is_kept_beside_the_word(store: Store) -> None:
    token = turn(fill(store), "ann").token
    review.decide(store, JAVA, "ann", Word.APPROVED, "r1", token=token, naturalness=4)
    assert [decision.naturalness for decision in store.decisions(JAVA)] == [4]


@pytest.mark.parametrize(
    ("variant", "reviewer", "request_id", "comment", "naturalness"),
    [
        ("0" * 20, "ann", "r1", "", 0),
        (JAVA, "", "r1", "", 0),
        (JAVA, "ann", "", "", 0),
        (JAVA, "ann", "x" * 301, "", 0),
        (JAVA, "ann", "r1", "x" * 2001, 0),
        (JAVA, "ann", "r1", "", 6),
        (JAVA, "ann", "r1", "", -1),
    ],
)
def test_a_decision_that_cannot_be_kept_is_refused(
    store: Store, variant: str, reviewer: str, request_id: str, comment: str, naturalness: int
) -> None:
    token = turn(fill(store), "ann").token
    with pytest.raises(UsageError):
        review.decide(
            store, variant, reviewer, Word.APPROVED, request_id,
            token=token, comment=comment, naturalness=naturalness,
        )  # fmt: skip
    assert store.decisions(JAVA) == []


def test_a_decision_posted_twice_counts_once(store: Store) -> None:
    token = turn(fill(store), "ann").token
    assert review.decide(store, JAVA, "ann", Word.APPROVED, "r1", token=token)
    assert not review.decide(store, JAVA, "ann", Word.APPROVED, "r1", token=token)
    assert len(store.decisions(JAVA)) == 1


def test_two_people_s_requests_are_two_whatever_they_are_called(store: Store) -> None:
    fill(store)
    for name, request_id in (("ann", "bell 1"), ("ann bell", "1")):
        lease = turn(store, name)
        assert review.decide(
            store, lease.variant_id, name, Word.APPROVED, request_id, token=lease.token, now=NOW
        )


def test_a_person_may_think_again(store: Store) -> None:
    say(fill(store), "ann")
    reason = RejectReason.TRIVIAL
    assert review.decide(store, JAVA, "ann", Word.REJECTED, "r2", reason=reason, now=NOW)
    assert [decision.word for decision in store.decisions(JAVA)] == [Word.REJECTED]


# --- taking it back -------------------------------------------------------------------------------


def test_words_of_all_kinds_can_be_taken_back_one_after_the_other(store: Store) -> None:
    fill(store, bar=Rung.COMPILED)
    words = [Word.APPROVED, Word.REJECTED, Word.SKIPPED, Word.FLAGGED]
    said = [(say(store, "ann", word), word) for word in words]
    for variant, word in reversed(said):
        last = store.last_decision("ann")
        assert last is not None
        assert (last.variant_id, last.word) == (variant, word)
        assert review.undo(store, variant, "ann", f"undo {variant}", NOW)
        assert review.take(store, "ann", variant, NOW).variant_id == variant
    assert store.last_decision("ann") is None


def test_undo_gives_the_card_back_and_counts_once(store: Store) -> None:
    say(fill(store), "ann")
    assert review.undo(store, JAVA, "ann", "u1", NOW)
    assert not review.undo(store, JAVA, "ann", "u1", NOW)
    assert store.decisions(JAVA) == []
    assert turn(store, "ann").variant_id == JAVA
    assert turn(store, "bob").variant_id == CPP


def test_one_can_walk_back_through_one_s_decisions(store: Store) -> None:
    first, second = say(fill(store), "ann"), say(store, "ann")
    newest = store.last_decision("ann")
    assert newest is not None
    assert newest.variant_id == second
    before = store.last_decision("ann", second)
    assert before is not None
    assert before.variant_id == first
    assert store.last_decision("ann", first) is None


def test_a_card_holds_everything_about_a_variant(store: Store) -> None:
    card = review.card(store, JAVA)
    assert card is not None
    assert card.unit == UNITS["java"]
    assert card.evidence is not None
    assert card.oracle is not None
    assert len(card.oracle.tests) == 14
    assert card.repository is not None
    assert card.repository.commit == COMMIT
    assert card.decision_of("ann") is None
    assert review.card(store, "0" * 20) is None
