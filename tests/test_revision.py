"""A person's edit of a variant: what becomes of it, and of the variant that was edited."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from codeaug import review, revision
from codeaug.errors import LateDecision, UsageError
from codeaug.model import Finding, Origin, Rung, Variant, Verdict, Word
from codeaug.store import Store
from codeaug.store.edits import KEPT
from tests.seeded import CPP_IF, JAVA_GUARD, PYTHON_NAMES, UNITS, VARIANTS, evidence, seed
from tests.test_web import field, words
from tests.visiting import Visit, visit

NAMES = ("java", "cpp", "python")
TEXTS = {
    "java": JAVA_GUARD.replace("width - 3) +", "width - 3).concat(").replace('"...";', '"...");'),
    "cpp": CPP_IF.replace("difference + 1440", "1440 + difference"),
    "python": PYTHON_NAMES.replace("kept", "accepted"),
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "store.db")) as opened:
        seed(opened)
        opened.slots.fill(Rung.TESTED, 1)
        yield opened


def now() -> int:
    return time.time_ns() // 1_000_000


def edited(store: Store, name: str, text: str, request: str = "r1") -> Variant:
    """What ann made of a card of hers."""
    parent = VARIANTS[name]
    lease = store.slots.claim("ann", now(), parent.id)
    shown = revision.shown(UNITS[name], text)
    token = lease.token if lease else ""
    made = revision.revise(store, parent.id, "ann", shown, request, token=token)
    assert made is not None
    return made


@pytest.mark.parametrize("name", NAMES)
def test_an_edit_is_a_variant_that_says_what_it_was_made_of(store: Store, name: str) -> None:
    made = edited(store, name, TEXTS[name])
    assert store.variant(made.id) == Variant(
        UNITS[name].id, TEXTS[name], Origin("person", parent=VARIANTS[name].id)
    )
    (said,) = store.decisions(VARIANTS[name].id)
    assert (said.word, said.reviewer) == (Word.EDITED, "ann")
    assert VARIANTS[name].id not in store.approved()
    assert [e.variant_id for e in store.edits.waiting("ann")] == [made.id]
    assert store.edits.waiting("bob") == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (JAVA_GUARD, "nothing was changed"),
        (JAVA_GUARD.replace("{\n", "{ \n"), "nothing was changed"),
        (UNITS["java"].code, "the original again"),
        (JAVA_GUARD.replace("} else {", "} else {{"), "does not parse"),
        (JAVA_GUARD.replace("text.length()", "text.length("), "look at line 46"),
    ],
)
def test_what_could_never_pass_is_refused_with_the_reason(
    store: Store, text: str, why: str
) -> None:
    with pytest.raises(UsageError, match=why):
        edited(store, "java", text)
    assert store.decisions(VARIANTS["java"].id) == []
    assert store.edits.waiting() == []


@pytest.mark.parametrize(("name", "broken"), [("cpp", "if ("), ("python", "if (:")])
def test_what_does_not_parse_is_refused_in_every_language(
    store: Store, name: str, broken: str
) -> None:
    lines = TEXTS[name].split("\n")
    with pytest.raises(UsageError, match="does not parse"):
        edited(store, name, "\n".join([*lines[:3], "    " + broken, *lines[3:]]))


def test_a_text_that_is_a_variant_already_is_refused(store: Store) -> None:
    with pytest.raises(UsageError, match=VARIANTS["failed"].id):
        edited(store, "cpp", VARIANTS["failed"].code)


def test_an_edit_that_was_sent_twice_counts_once(store: Store) -> None:
    edited(store, "cpp", TEXTS["cpp"])
    shown = revision.shown(UNITS["cpp"], TEXTS["cpp"])
    assert revision.revise(store, VARIANTS["cpp"].id, "ann", shown, "r1") is None
    assert len(store.edits.waiting()) == 1


def test_nobody_edits_a_card_of_somebody_else(store: Store) -> None:
    assert store.slots.claim("bob", now(), VARIANTS["cpp"].id)
    with pytest.raises(LateDecision):
        edited(store, "cpp", TEXTS["cpp"])
    assert store.edits.waiting() == []
    assert store.decisions(VARIANTS["cpp"].id) == []


def test_line_ends_are_those_of_the_file_whatever_the_browser_sends(store: Store) -> None:
    crlf = Variant(UNITS["cpp"].id, CPP_IF.replace("\n", "\r\n"), Origin("rules"))
    store.put_variants([crlf])
    store.put_evidence(evidence(crlf))
    store.slots.fill(Rung.TESTED, 1)
    lease = store.slots.claim("ann", now(), crlf.id)
    assert lease is not None
    sent = TEXTS["cpp"].replace("\n", "\r\n") + "\r\n"
    made = revision.revise(store, crlf.id, "ann", sent, "r1", token=lease.token)
    assert made is not None
    assert made.code == TEXTS["cpp"].replace("\n", "\r\n")
    plain = edited(store, "cpp", TEXTS["cpp"].replace("\n", "\r\n"), "r2")
    assert "\r" not in plain.code


# --- it comes back --------------------------------------------------------------------------------


def test_the_card_of_an_edit_is_kept_for_whoever_made_it(store: Store) -> None:
    made = edited(store, "cpp", TEXTS["cpp"])
    store.put_evidence(evidence(made))
    at = now()
    assert store.slots.fill(Rung.TESTED, 1, at) == 1
    assert store.slots.held("ann", at)[0].variant_id == made.id
    assert store.slots.claim("bob", at, made.id) is None
    assert store.edits.returned("ann", Rung.TESTED) == []
    token = store.slots.held("ann", at)[0].token
    assert review.renew(store, "ann", token, at)  # as a page does that is open for a moment
    assert store.slots.claim("bob", at + KEPT - 1, made.id) is None
    assert store.slots.claim("bob", at + KEPT, made.id) is not None


def test_an_edit_that_fell_short_comes_back_until_it_is_edited_again_or_dropped(
    store: Store,
) -> None:
    made = edited(store, "cpp", TEXTS["cpp"])
    store.put_evidence(evidence(made, Rung.COMPILED, failed=True))
    assert store.slots.fill(Rung.TESTED, 1) == 0
    assert [e.variant_id for e in store.edits.returned("ann", Rung.TESTED)] == [made.id]
    shown = revision.shown(UNITS["cpp"], TEXTS["cpp"].replace("1440", "(1440)"))
    again = revision.revise(store, made.id, "ann", shown, "r2")
    assert again is not None
    assert again.origin.parent == made.id
    assert store.edits.returned("ann", Rung.TESTED) == []
    store.put_evidence(evidence(again, Rung.COMPILED, failed=True))
    assert [e.variant_id for e in store.edits.returned("ann", Rung.TESTED)] == [again.id]
    assert not store.edits.drop("bob", again.id)
    assert store.edits.drop("ann", again.id)
    assert store.edits.drop("ann", made.id)
    assert store.edits.returned("ann", Rung.TESTED) == []


def test_undo_takes_an_edit_back(store: Store) -> None:
    made = edited(store, "cpp", TEXTS["cpp"])
    assert review.undo(store, VARIANTS["cpp"].id, "ann", "u1")
    assert store.edits.waiting() == []
    store.put_evidence(evidence(made))
    assert store.slots.fill(Rung.TESTED, 1) == 0
    assert VARIANTS["cpp"].id in [lease.variant_id for lease in store.slots.held("ann", now())]


def test_an_edit_that_was_taken_back_can_be_made_again(store: Store) -> None:
    made = edited(store, "cpp", TEXTS["cpp"])
    review.undo(store, VARIANTS["cpp"].id, "ann", "u1")
    token = store.slots.held("ann", now())[0].token
    shown = revision.shown(UNITS["cpp"], TEXTS["cpp"])
    assert revision.revise(store, VARIANTS["cpp"].id, "ann", shown, "r2", token=token) == made
    assert [edit.variant_id for edit in store.edits.waiting("ann")] == [made.id]


@pytest.mark.parametrize("way", ["dropped", "undone"])
def test_an_edit_that_its_maker_gave_up_is_no_sample_whoever_approved_it(
    store: Store, way: str
) -> None:
    made = edited(store, "cpp", TEXTS["cpp"])
    store.put_evidence(evidence(made))
    store.slots.fill(Rung.TESTED, 2)
    lease = review.take(store, "ann", made.id)
    review.decide(store, made.id, "ann", Word.APPROVED, "r2", token=lease.token)
    assert store.approved() == []  # a second vote is waited for
    if way == "dropped":
        assert store.edits.drop("ann", made.id)
    else:
        review.undo(store, VARIANTS["cpp"].id, "ann", "u1")
    assert store.approved() == []
    assert made.id not in store.accepted_by_evidence(Rung.TESTED)


def test_with_overlap_others_still_decide_about_what_one_edited(store: Store) -> None:
    store.slots.fill(Rung.TESTED, 2)
    edited(store, "cpp", TEXTS["cpp"])
    lease = store.slots.claim("ann", now(), VARIANTS["cpp"].id)
    assert lease is None
    assert store.slots.claim("bob", now(), VARIANTS["cpp"].id) is not None


# --- pages ----------------------------------------------------------------------------------------


def post_edit(client: Visit, name: str, text: str) -> httpx.Response:
    card = f"/variants/{VARIANTS[name].id}"
    client.post(f"{card}/take")
    page = client.get(f"{card}/edit").text
    form = {"request": field(page, "request"), "token": field(page, "token")}
    return client.post(f"{card}/edit", data=form | {"code": text})


def test_a_person_edits_without_any_script(store: Store) -> None:
    client = visit(store)
    text = revision.shown(UNITS["python"], TEXTS["python"])
    answer = post_edit(client, "python", text.replace("\n", "\r\n"))
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    (waiting,) = store.edits.waiting("ann")
    made = store.variant(waiting.variant_id)
    assert made is not None
    assert made.code == TEXTS["python"]
    page = client.get("/").headers["location"]
    assert "1 of your edits waits for checks" in client.get(page).text
    card = f"/variants/{made.id}"
    assert "Your edit waits for its checks" in client.get(card).text
    assert "/approve" not in client.get(card).text

    store.put_evidence(evidence(made))
    store.slots.fill(Rung.TESTED, 1)
    assert client.get("/").headers["location"] == card
    page = client.get(card).text
    assert "its evidence reaches tested" in page
    assert "What you changed" in page
    assert "/approve" in page


def test_a_failed_edit_says_what_the_checks_found(store: Store) -> None:
    client, bob = visit(store), visit(store, reviewer="bob")
    post_edit(client, "cpp", TEXTS["cpp"])
    (waiting,) = store.edits.waiting("ann")
    made = store.variant(waiting.variant_id)
    assert made is not None
    finding = Finding("tested", Verdict.FAILED, "clock_test: failed instead of passed", 1.0)
    found = replace(evidence(made, Rung.COMPILED, failed=True), findings=(finding,))
    store.put_evidence(found)
    card = f"/variants/{made.id}"
    assert client.get("/").headers["location"] == card
    assert client.post("/ahead", data={"besides": "x"}).json() == {"next": card}
    page = words(client.get(card).text)
    assert "fell short: tested failed: clock_test: failed instead of passed" in page
    assert "Your edit" not in bob.get(card).text
    assert 'name="code"' in client.get(f"{card}/edit").text
    assert client.post(f"{card}/drop").headers["location"] == "/"
    assert client.get("/").headers["location"] != card


def test_a_refused_edit_says_why_and_keeps_nothing(store: Store) -> None:
    client = visit(store)
    answer = post_edit(client, "cpp", CPP_IF)
    assert answer.status_code == 400
    assert "nothing was changed" in answer.text
    assert store.edits.waiting() == []


def test_the_code_of_an_edit_page_is_text_not_markup(store: Store) -> None:
    code = CPP_IF.replace("return difference;", "return /*</textarea><b>*/ difference;")
    variant = Variant(UNITS["cpp"].id, code, Origin("rules"))
    store.put_variants([variant])
    store.put_evidence(evidence(variant))
    client = visit(store)
    client.post(f"/variants/{variant.id}/take")
    page = client.get(f"/variants/{variant.id}/edit").text
    assert "</textarea><b>" not in page
    assert "&lt;/textarea&gt;&lt;b&gt;" in page


def test_only_whoever_has_the_card_may_edit_it(store: Store) -> None:
    answer = visit(store, reviewer="bob").get(f"/variants/{VARIANTS['cpp'].id}/edit")
    assert answer.status_code == 409
    assert "take it first" in answer.text
    assert visit(store).get("/variants/" + "0" * 20 + "/edit").status_code == 404


def test_an_edit_leaves_the_audit_whole(store: Store) -> None:
    edited(store, "java", TEXTS["java"])
    assert store.audit.verify().problems == ()
    assert [line.verb for line in store.audit.events(1)] == ["edited"]
