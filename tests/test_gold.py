"""Gold items: made of what the tests caught, dealt like any card, and never anything else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from codeaug import gold, mutations, review, revision
from codeaug.errors import LateDecision, Paused, UsageError
from codeaug.languages import find_units
from codeaug.model import (
    Evidence,
    Fault,
    FaultOutcome,
    Finding,
    Opinion,
    Oracle,
    Origin,
    RejectReason,
    Repository,
    Rung,
    ScannedFile,
    SourceFile,
    Strength,
    Unit,
    Variant,
    Verdict,
    Word,
    up_to,
)
from codeaug.people import Caller, Person, Role
from codeaug.store import GoldRules, Lease, Store, Truth
from tests import command_line
from tests.datasets import exported, lines
from tests.seeded import COMMIT, CPP, CPP_IF, JAVA, JAVA_GUARD, PYTHON, PYTHON_NAMES
from tests.visiting import visit

NOW = 1_000_000
KEY = "faults"
RULES = GoldRules(rate=1.0, min_items=3, max_false_accept=0.34)
SOURCES = {
    "acme/lists.py": ("python", PYTHON),
    "src/Words.java": ("java", f"class Words {{\n    {JAVA}\n}}\n"),
    "src/clock.cpp": ("cpp", CPP),
}
TEXTS = {"python": PYTHON_NAMES, "java": JAVA_GUARD, "cpp": CPP_IF}


def units() -> Iterator[Unit]:
    for path, (language, text) in SOURCES.items():
        (unit,) = find_units(language, text.encode(), path, "9" * 40)
        assert isinstance(unit, Unit)
        yield unit


def evidence(variant: Variant, rung: Rung = Rung.COMPARED, doubt: str = "") -> Evidence:
    proof = Verdict.PASSED if rung is Rung.PROVED else Verdict.UNKNOWN
    findings = [Finding(name, Verdict.PASSED) for name in ("parsed", "compiled", "tested")]
    findings.append(Finding("proved", proof, "same code" if rung is Rung.PROVED else doubt))
    return Evidence(variant.id, COMMIT, tuple(findings), up_to(rung), (("tests", "14"),))


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """Three units with a compared variant and a proved one each, and eight faults, six caught."""
    with Store.open(store_url) as opened:
        opened.gold_rules = RULES
        with opened.writing():
            fill(opened)
        yield opened


def fill(store: Store) -> None:
    store.put_repository(Repository("acme", "/clones/a", COMMIT))
    found = list(units())
    files = [SourceFile(u.path, u.language, u.blob, 100) for u in found]
    store.put_scan(
        "v1", [ScannedFile(f, (u.facts,), ()) for f, u in zip(files, found, strict=True)]
    )
    store.put_tree(COMMIT, "v1", [(f.path, f.language, f.blob) for f in files])
    for unit in found:
        store.put_oracles([Oracle(unit.id, COMMIT, ("T#t",), (1, 2))])
        variants = [
            Variant(unit.id, TEXTS[unit.language], Origin("rules", ("invert-if",), 11)),
            Variant(unit.id, unit.code.replace("  ", "   ", 1), Origin("rules", ("ternary",), 12)),
        ]
        store.put_variants(variants)
        store.put_evidence(evidence(variants[0], doubt=f"no proof in {unit.language}"))
        store.put_evidence(evidence(variants[1], Rung.PROVED))
        store.put_opinions([Opinion(variants[0].id, "acme-1", 4, "reads well")])
        made = mutations.mutants(unit, source(unit.path), 8)
        faults = [
            Fault(m.operator, m.line, m.description, m.hint, outcome, "T#t")
            for m, outcome in zip(made, [FaultOutcome.CAUGHT] * 6 + [FaultOutcome.SURVIVED] * 2)  # noqa: B905
        ]
        store.put_strengths([Strength(unit.id, COMMIT, tuple(faults))], KEY)


def source(path: str) -> bytes:
    return SOURCES[path][1].encode()


def make(store: Store, bad: int = 6, good: int = 0, seed: int = 0) -> dict[str, int]:
    request = gold.Request(COMMIT, Rung.COMPARED, 8, seed, bad, good)
    return gold.make(store, request, source)


def turn(store: Store, reviewer: str = "ann") -> Lease:
    found = review.next_card(store, reviewer, NOW)
    assert found is not None
    return found


def say(store: Store, lease: Lease, word: Word = Word.APPROVED, reviewer: str = "ann") -> str:
    reason = RejectReason.BEHAVIOUR if word is Word.REJECTED else ""
    assert review.decide(
        store, lease.variant_id, reviewer, word, f"{reviewer} {lease.token} {word}",
        token=lease.token, reason=reason, comment="?", now=NOW,
    )  # fmt: skip
    return lease.variant_id


def bad_items(store: Store) -> set[str]:
    return {item.variant_id for item in store.gold.items() if item.truth is Truth.BAD}


# --- making ---------------------------------------------------------------------------------------


def test_bad_items_are_mutants_that_a_test_caught_of_all_languages_in_turn(store: Store) -> None:
    assert make(store, bad=6) == {"bad": 6, "good": 0}
    variants = [v for i in bad_items(store) if (v := store.variant(i))]
    known = {unit.id: unit for unit in units()}
    languages = [known[variant.unit_id].language for variant in variants]
    assert sorted(languages) == ["cpp", "cpp", "java", "java", "python", "python"]
    for variant in variants:
        unit = known[variant.unit_id]
        strength = store.strength(unit.id)
        assert strength is not None
        mutant = next(
            m for m in mutations.mutants(unit, source(unit.path), 8) if m.code == variant.code
        )
        (fault,) = [
            f for f in strength.faults
            if (f.operator, f.line, f.description)
            == (mutant.operator, mutant.line, mutant.description)
        ]  # fmt: skip
        assert fault.outcome is FaultOutcome.CAUGHT
        assert mutant.operator != "extreme-body"


def test_a_bad_item_s_card_is_that_of_an_unproved_variant_in_the_queue(store: Store) -> None:
    make(store, bad=12)
    real = {v.id: v for unit in units() for v in store.variants(unit.id)}
    for item in bad_items(store):
        card = review.card(store, item)
        assert card is not None
        assert card.evidence is not None
        alike = [
            v for v in real.values()
            if v.unit_id == card.unit.id and Rung.PROVED not in evidence_of(store, v.id).holds
        ]  # fmt: skip
        (like,) = alike
        assert replace(card.evidence, variant_id=like.id) == store.evidence(like.id)
        assert card.variant.origin == like.origin
        assert [o.reason for o in card.opinions] == ["reads well"]


def test_where_a_unit_s_variants_are_all_proved_its_item_claims_a_proof_and_comes_last(
    store: Store, tmp_path: object
) -> None:
    first, *_ = units()
    unproved = store.variants(first.id)[0]
    store.put_evidence(evidence(unproved, Rung.PROVED), "newer")
    make(store, bad=99)
    claims = [Rung.PROVED in evidence_of(store, item).holds for item in bad_items(store)]
    assert 0 < sum(claims) < len(claims)
    others = len(claims) - sum(claims)
    with Store.open(f"{tmp_path}/other.db") as other:
        fill(other)
        other.put_evidence(evidence(unproved, Rung.PROVED), "newer")
        make(other, bad=others)
        assert not any(Rung.PROVED in evidence_of(other, i).holds for i in bad_items(other))


def evidence_of(store: Store, variant_id: str) -> Evidence:
    found = store.evidence(variant_id)
    assert found is not None
    return found


def test_the_same_store_and_seed_make_the_same_items(store: Store, tmp_path: object) -> None:
    with Store.open(f"{tmp_path}/other.db") as other:
        fill(other)
        assert make(store, 4, 1, seed=5) == make(other, 4, 1, seed=5)
        assert store.gold.items() == other.gold.items()
    make(store, 4, 1, seed=5)
    assert len(store.gold.items()) == 10


def test_good_items_are_proved_variants_that_nobody_has_before_them(store: Store) -> None:
    store.gold_rules = GoldRules()
    store.slots.fill(Rung.COMPARED, 1)
    python = [v for u in units() if u.language == "python" for v in store.variants(u.id)]
    taken = review.take(store, "ann", python[1].id, NOW)
    assert make(store, bad=0, good=9) == {"bad": 0, "good": 2}
    assert taken.variant_id not in {item.variant_id for item in store.gold.items()}
    assert store.slots.waiting() == 4


def test_without_measured_faults_or_proofs_there_is_nothing_to_make_items_of(
    tmp_path: object,
) -> None:
    with Store.open(f"{tmp_path}/empty.db") as store, pytest.raises(UsageError, match="oracle"):
        make(store)


# --- dealing --------------------------------------------------------------------------------------


def test_gold_items_are_dealt_among_the_cards_and_never_twice_to_one_person(store: Store) -> None:
    make(store, bad=4)
    store.slots.fill(Rung.COMPARED, 1)
    store.gold_rules = replace(RULES, min_items=99)
    seen = []
    while (lease := review.next_card(store, "ann", NOW)) is not None:
        seen.append(say(store, lease))
    assert len(seen) == len(set(seen)) == 10
    assert set(seen[:4]) == bad_items(store)  # a rate of 1: as long as there are any


def test_the_rate_is_kept_and_each_person_has_turns_of_their_own(store: Store) -> None:
    from codeaug.store.gold import is_turn

    turns = {
        name: [number for number in range(400) if _turn(store, is_turn, name, number)]
        for name in ("ann", "bob")
    }
    assert turns["ann"] != turns["bob"]
    for found in turns.values():
        assert 60 <= len(found) <= 140


def _turn(store: Store, is_turn: object, name: str, number: int) -> bool:
    """Whether it is a person's turn after so many words, by another name for each number."""
    with store.writing() as connection:
        return bool(is_turn(connection, f"{name}{number}", 0.25, NOW))  # type: ignore[operator]


def test_other_stores_deal_otherwise(store: Store, tmp_path: object) -> None:
    from codeaug.store.gold import is_turn

    with Store.open(f"{tmp_path}/other.db") as other:
        mine, theirs = (
            [_turn(each, is_turn, "ann", number) for number in range(100)]
            for each in (store, other)
        )
    assert mine != theirs


def test_no_gold_item_comes_when_nothing_else_waits(store: Store) -> None:
    make(store)
    assert review.next_card(store, "ann", NOW) is None


def test_the_card_that_a_gold_item_stood_in_for_goes_on_waiting(store: Store) -> None:
    make(store, bad=1)
    store.slots.fill(Rung.COMPARED, 1)
    lease = turn(store)
    assert lease.variant_id in bad_items(store)
    assert turn(store) == lease
    assert turn(store, "bob").variant_id in bad_items(store)
    say(store, lease, Word.REJECTED)
    first = store.review_queue(Rung.COMPARED)[0]
    assert turn(store).variant_id == first


def test_what_is_said_of_a_gold_item_can_be_taken_back_like_any_word(store: Store) -> None:
    make(store, bad=1)
    store.slots.fill(Rung.COMPARED, 1)
    item = say(store, turn(store))
    last = store.last_decision("ann")
    assert last is not None
    assert last.variant_id == item
    assert store.count_decided("ann") == 1
    assert review.undo(store, item, "ann", "u1", NOW)
    assert turn(store).variant_id == item
    assert store.gold.answers() == []


def test_a_run_and_a_new_filling_take_no_gold_item_from_whoever_has_it(store: Store) -> None:
    make(store, bad=1)
    store.slots.fill(Rung.COMPARED, 1)
    lease = turn(store)
    store.slots.fill(Rung.COMPARED, 1)
    assert say(store, lease) in bad_items(store)


# --- never anything else --------------------------------------------------------------------------


@dataclass(frozen=True)
class Everywhere:
    """What a store says of its variants in all places where it lists or counts them."""

    listed: int
    told: int
    queued: int
    variants: int
    waiting: int
    summary: list[int]


def everywhere(store: Store) -> Everywhere:
    return Everywhere(
        len(store.listed()),
        len(store.told(COMMIT)),
        len(store.review_queue(Rung.PARSED)),
        sum(len(store.variants(unit.id)) for unit in units()),
        len(store.without_evidence({unit.id: "another key" for unit in units()})),
        [summary.variants for summary in store.summary(COMMIT)]
        + [n for summary in store.summary(COMMIT) for n in summary.rungs.values()],
    )


def test_bad_items_are_in_no_list_and_no_count(store: Store) -> None:
    before = everywhere(store)
    make(store, bad=6)
    assert everywhere(store) == before


def seen(store: Store, reviewer: str, role: Role = Role.ANNOTATOR) -> list[str]:
    """The variants in a person's list."""
    found = visit(store, reviewer=reviewer, role=role, bar=Rung.COMPARED).get("/api/v1/variants")
    return [row["variant_id"] for row in found.json()["variants"]]


def test_no_card_is_in_a_person_s_list_only_since_they_had_it(store: Store) -> None:
    good = {variant.id for unit in units() for variant in store.variants(unit.id)}
    make(store, bad=2, good=1)
    before = seen(store, "ann")
    store.slots.fill(Rung.COMPARED, 1)
    say(store, turn(store)), turn(store)
    assert seen(store, "ann") == seen(store, "bob") == before
    assert set(before) == bad_items(store) | good
    assert len(seen(store, "cora", Role.CURATOR)) == len(before) - 3


def test_a_gold_item_that_somebody_asks_for_is_given_like_any_card(store: Store) -> None:
    make(store, bad=1)
    store.slots.fill(Rung.COMPARED, 1)
    (item,) = bad_items(store)
    say(store, review.take(store, "ann", item, NOW))
    for other in ("ann", "bob"):  # one vote is wanted of any variant
        with pytest.raises(LateDecision):
            review.take(store, other, item, NOW)


@pytest.mark.parametrize(("overlap", "shown"), [(1, []), (2, ["ann"])])
def test_no_more_words_of_others_are_shown_than_an_ordinary_card_has(
    store: Store, overlap: int, shown: list[str]
) -> None:
    make(store, bad=1)
    store.slots.fill(Rung.COMPARED, 1)
    store.gold_rules = replace(RULES, overlap=overlap, min_items=99)
    for name in ("ann", "bob", "cyd"):
        item = say(store, turn(store, name), reviewer=name)
    card = review.card(store, item)
    assert card is not None
    cyd = Caller.of(Person("cyd", Role.ANNOTATOR))
    assert [one.reviewer for one in review.visible(card, cyd, store)] == shown
    curator = Caller.of(Person("cyd", Role.CURATOR))
    assert len(review.visible(card, curator, store)) == 2


def test_gold_items_are_never_exported_nor_counted_as_votes_nor_disputed(
    store: Store, tmp_path: Path
) -> None:
    make(store, bad=3, good=3)
    store.slots.fill(Rung.COMPARED, 1)
    store.gold_rules = replace(RULES, min_items=99)
    for reviewer in ("ann", "bob"):
        for _ in range(6):
            word = Word.APPROVED if reviewer == "ann" else Word.REJECTED
            say(store, turn(store, reviewer), word, reviewer)
    assert len(store.gold.answers()) == 12
    assert store.approved() == []
    assert store.disputes() == []
    assert store.votes.by_person() == {}
    items = {item.variant_id for item in store.gold.items()}
    assert not items & set(store.accepted_by_evidence(Rung.PARSED))
    exported(store, tmp_path / "out", accept_rung="parsed")
    told = lines(tmp_path / "out/lineage/variants.jsonl")
    assert told
    assert not items & {one["id"] for one in told}
    assert store.slots.waiting() == 3  # no vote more because of the ties


# --- judging --------------------------------------------------------------------------------------


def test_whoever_approves_too_many_wrong_ones_gets_no_cards(store: Store) -> None:
    make(store, bad=4)
    store.slots.fill(Rung.COMPARED, 1)
    first = turn(store)
    say(store, first, Word.REJECTED)
    say(store, turn(store))
    say(store, turn(store))
    with pytest.raises(Paused, match="curator"):
        review.next_card(store, "ann", NOW)
    with pytest.raises(Paused):  # nor do they change what they said
        review.decide(store, first.variant_id, "ann", Word.APPROVED, "again", now=NOW)
    with pytest.raises(Paused):
        review.take(store, "ann", store.review_queue(Rung.COMPARED)[0], NOW)
    (pause,) = store.gold.paused()
    assert (pause.reviewer, pause.reason) == (
        "ann", "approved 2 of 3 variants that are known to be wrong",
    )  # fmt: skip
    assert turn(store, "bob")


def test_too_few_items_and_a_bearable_share_pause_nobody(store: Store) -> None:
    make(store, bad=4)
    store.slots.fill(Rung.COMPARED, 1)
    say(store, turn(store))
    say(store, turn(store), Word.FLAGGED)
    say(store, turn(store), Word.REJECTED)
    assert turn(store)
    assert store.gold.paused() == []


def test_an_edit_of_a_gold_item_is_an_answer_that_did_not_approve(store: Store) -> None:
    make(store, bad=4)
    store.slots.fill(Rung.COMPARED, 1)
    edit(store, turn(store))
    (answer,) = store.gold.answers("ann")
    assert answer.word is Word.EDITED
    (score,) = gold.scores(store.gold.answers())
    assert (score.bad, score.accepted) == (1, 0)


def test_an_edit_that_makes_the_answers_enough_pauses_at_once(store: Store) -> None:
    make(store, bad=4)
    store.slots.fill(Rung.COMPARED, 1)
    say(store, turn(store))
    say(store, turn(store))
    edit(store, turn(store))
    assert [pause.reviewer for pause in store.gold.paused()] == ["ann"]


def test_whoever_is_paused_and_answers_again_is_not_paused_twice(store: Store) -> None:
    make(store, bad=4)
    store.slots.fill(Rung.COMPARED, 1)
    first, *_ = leases = [turn(store)]
    for _ in range(2):
        say(store, leases[-1])
        leases.append(turn(store))
    say(store, leases[-1])
    with pytest.raises(Paused):
        review.decide(store, first.variant_id, "ann", Word.APPROVED, "again", now=NOW)
    assert [pause.reviewer for pause in store.gold.paused()] == ["ann"]


def edit(store: Store, lease: Lease) -> None:
    variant = store.variant(lease.variant_id)
    assert variant is not None
    unit = store.unit(variant.unit_id)
    assert unit is not None
    first, rest = variant.code.split("\n", 1)
    note = "#" if unit.language == "python" else "//"
    text = revision.shown(unit, f"{first}  {note} mine\n{rest}")
    assert revision.revise(store, variant.id, "ann", text, "e1", token=lease.token, now=NOW)


def test_what_only_the_paused_person_approved_since_a_passed_item_goes_back(store: Store) -> None:
    make(store, bad=3)
    store.slots.fill(Rung.COMPARED, 1)
    store.gold_rules = GoldRules()
    before, alone, rejected, confirmed = (turn_of(store, n) for n in range(4))
    store.gold_rules = RULES
    say(store, before)
    say(store, dealt(store), Word.REJECTED)
    say(store, alone)
    say(store, rejected, Word.REJECTED)
    say(store, confirmed)
    store.put_decision(
        review.Decision(confirmed.variant_id, "bob", Word.APPROVED, datetime.now(UTC)), "bob's"
    )
    say(store, dealt(store))
    approved = set(store.approved())
    say(store, dealt(store))
    assert len(store.gold.paused()) == 1
    assert approved - set(store.approved()) == {alone.variant_id}
    assert before.variant_id in store.approved()
    store.gold_rules = GoldRules()
    waiting = []
    while (lease := review.next_card(store, "eve", NOW)) is not None:
        waiting.append(say(store, lease, reviewer="eve"))
    assert alone.variant_id in waiting
    assert before.variant_id not in waiting
    assert alone.variant_id in store.approved()


def dealt(store: Store) -> Lease:
    """One more card for Ann, whatever she has before her."""
    found = store.slots.claim("ann", NOW)
    assert found is not None
    assert found.variant_id in bad_items(store)
    return found


def turn_of(store: Store, number: int) -> Lease:
    return review.take(store, "ann", store.review_queue(Rung.COMPARED)[number], NOW)


def test_a_lifted_pause_forgives_and_counts_anew(store: Store) -> None:
    make(store, bad=7)
    store.slots.fill(Rung.COMPARED, 1)
    for _ in range(3):
        say(store, turn(store))
    store.gold.lift("ann", "cora")
    assert store.gold.paused() == []
    assert gold.scores(store.gold.answers()) == []
    say(store, turn(store))
    say(store, turn(store))
    (score,) = gold.scores(store.gold.answers())
    assert (score.reviewer, score.bad, score.accepted) == ("ann", 2, 2)
    say(store, turn(store))
    with pytest.raises(Paused):
        review.next_card(store, "ann", NOW)
    with pytest.raises(UsageError, match="bob is not paused"):
        store.gold.lift("bob", "cora")


def test_the_audit_tells_who_was_paused_and_who_lifted_it(store: Store) -> None:
    make(store, bad=3)
    store.slots.fill(Rung.COMPARED, 1)
    for _ in range(3):
        say(store, turn(store))
    store.gold.lift("ann", "cora")
    lines = [(e.actor, e.verb, e.object) for e in store.audit.events()[:2]]
    assert lines == [("cora", "pause lifted", "ann"), ("codeaug", "paused", "ann")]
    assert store.audit.verify().problems == ()


def test_the_cards_of_a_paused_person_go_to_others(store: Store) -> None:
    make(store, bad=3)
    store.slots.fill(Rung.COMPARED, 1)
    held = turn_of(store, 0)
    store.gold_rules = replace(RULES, min_items=1)
    say(store, dealt(store))
    with pytest.raises(Paused):
        review.decide(
            store, held.variant_id, "ann", Word.APPROVED, "late", token=held.token, now=NOW
        )
    assert review.take(store, "bob", held.variant_id, NOW)


def test_a_score_has_both_kinds_of_error_with_wilson_s_interval(store: Store) -> None:
    make(store, bad=2, good=3)
    store.slots.fill(Rung.COMPARED, 1)
    bad = bad_items(store)
    for number in range(5):
        lease = turn(store)
        wrong = lease.variant_id in bad
        say(store, lease, Word.APPROVED if wrong or number % 2 else Word.REJECTED)
    (score,) = gold.scores(store.gold.answers())
    assert (score.bad, score.accepted, score.good) == (2, 2, 3)
    assert score.false_accepts is not None
    assert round(score.false_accepts.low, 3) == 0.342
    assert 0 <= score.refused <= 3


# --- of real projects -----------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("name", ["journey-python", "journey-java", "journey-cpp"])
def test_the_checks_refuse_every_bad_item_of_a_real_project(
    name: str, judgeable_repository: Callable[[str], Path], tmp_path: Path
) -> None:
    folder = judgeable_repository(name)
    codeaug("run", folder)
    made = json.loads(codeaug("review", "gold", folder, "--bad", "6", "--good", "1", "--json"))
    assert made == {"bad": 6, "good": 1}
    given = tmp_path / "given.jsonl"
    with Store.open(str(folder / ".codeaug" / "codeaug.db")) as store:
        lines = []
        for item in bad_items(store):
            card = review.card(store, item)
            assert card is not None
            assert card.evidence is not None
            assert card.evidence.accepted(Rung.COMPARED)
            unit = card.unit
            lines.append(
                {"path": unit.path, "unit": unit.qualified_name, "code": card.variant.code}
            )
    given.write_text("".join(json.dumps(line) + "\n" for line in lines))
    other = ("--store", folder / ".codeaug" / "other.db")  # the same dependencies, no evidence
    answers = codeaug("check", folder, "--variants", given, "--json", *other).splitlines()
    assert [json.loads(line)["verdict"] for line in answers] == ["failed"] * 6


def codeaug(*arguments: object) -> str:
    done = command_line.codeaug(*arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_what_was_made_of_a_gold_item_does_not_name_it_in_a_dataset(
    store: Store, tmp_path: Path
) -> None:
    make(store, bad=4)
    store.slots.fill(Rung.COMPARED, 1)
    item = turn(store)
    edit(store, item)
    (made,) = store.edits.waiting("ann")
    child = store.variant(made.variant_id)
    assert child is not None
    assert child.origin.parent == item.variant_id
    store.put_evidence(evidence(child), "k")
    exported(store, tmp_path / "out", accept_rung="parsed")
    told = lines(tmp_path / "out/lineage/variants.jsonl")
    (sample,) = [one for one in told if one["id"] == child.id]
    assert sample["origin"]["parent"] == ""
