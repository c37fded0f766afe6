"""The dashboard and the page on agreement: what they count, for whom, and what they keep back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from codeaug import review
from codeaug.estimates import Estimate
from codeaug.model import (
    Decision,
    Fault,
    FaultOutcome,
    Oracle,
    Origin,
    RejectReason,
    Rung,
    Strength,
    Variant,
    Word,
)
from codeaug.people import Caller, Person, Role
from codeaug.store import GoldRules, Item, Store, Truth
from codeaug.web.charts import Row, bars, days, ranges
from codeaug.web.figures import Figures, number, percent
from tests.seeded import COMMIT, UNITS, VARIANTS, evidence, seed
from tests.visiting import program, visit

A, R = Word.APPROVED, Word.REJECTED
NOW = datetime.now(UTC)
YESTERDAY = NOW - timedelta(days=1)
PAGES = ("/dashboard", "/agreement")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "store.db")) as opened:
        seed(opened)
        add_more(opened)
        opened.slots.fill(Rung.TESTED, 2)
        yield opened


def add_more(store: Store) -> None:
    """Seven more Python variants of one transform, and faults in two units."""
    more = [
        Variant(UNITS["python"].id, VARIANTS["python"].code + "\n" * n, Origin("rules", ("guard",)))
        for n in range(1, 8)
    ]
    store.put_variants(more)
    for variant in more:
        store.put_evidence(evidence(variant))
    outcomes = [FaultOutcome.CAUGHT, FaultOutcome.SURVIVED, FaultOutcome.EQUIVALENT]
    faults = tuple(Fault("x", 1, "d", "h", outcome) for outcome in outcomes)
    store.put_strengths([Strength(UNITS["java"].id, COMMIT, faults)], "k")
    store.put_strengths([Strength(UNITS["cpp"].id, COMMIT, faults[:1])], "k")
    store.put_oracles([Oracle(UNITS["python"].id, COMMIT, (), (), "no test")])


def more_ids(store: Store) -> list[str]:
    return [v.id for v in store.variants(UNITS["python"].id) if v.origin.recipe == ("guard",)]


def vote(
    store: Store, variant: str, reviewer: str, word: Word, at: datetime = YESTERDAY, grade: int = 0
) -> None:
    reason = RejectReason.TRIVIAL if word is R else ""
    decision = Decision(variant, reviewer, word, at, reason, "", grade)
    assert store.put_decision(decision, f"{variant} {reviewer} {at} {word}")


def voted(store: Store) -> None:
    """Ann and Bob agree about six of seven variants."""
    for number_, variant in enumerate(more_ids(store)):
        vote(store, variant, "ann", R if number_ < 2 else A, grade=4)
        vote(store, variant, "bob", R if number_ < 1 else A)


class Tables(HTMLParser):
    """The rows of each table of a page, by caption."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, list[list[str]]] = {}
        self._caption, self._open, self._cells = "", "", [[""]]
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "table":
            self._cells = []
        if tag == "tr":
            self._cells.append([])
        if tag in ("td", "th"):
            self._cells[-1].append("")
        if tag == "caption":
            self._caption = ""
        if tag in ("td", "th", "caption"):
            self._open = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._open:
            self._open = ""
        if tag == "table":
            self.found[self._caption] = self._cells

    def handle_data(self, data: str) -> None:
        if self._open == "caption":
            self._caption += data
        elif self._open:
            self._cells[-1][-1] += data


def tables(store: Store, page: str, **who: object) -> dict[str, list[list[str]]]:
    answer = visit(store, **who).get(page)  # type: ignore[arg-type]
    assert answer.status_code == 200
    return Tables(answer.text).found


# --- what they count ------------------------------------------------------------------------------


def test_the_dashboard_counts_votes_yield_reasons_tests_and_grades(store: Store) -> None:
    voted(store)
    found = tables(store, "/dashboard", role=Role.CURATOR)
    assert found["Votes a day"][1][:3] == [YESTERDAY.date().isoformat(), "11", "3"]
    rows = {row[0]: row[1:] for row in found["Variants"]}
    assert rows["Python, guard"] == ["7", "7", "7", "5", "71 % (36 to 92)"]
    assert rows["Python, llm"] == ["1", "0", "0", "0", "–"]
    assert rows["C++, flip"][:2] == ["1", "0"]
    assert ["trivial", "3", "100 % (44 to 100)"] in found["Rejections"]
    tests = {row[0]: row[1:] for row in found["Units by what their tests catch"]}
    assert tests["Java"] == ["0", "1", "0", "0", "0", "50 % (9 to 91)"]
    assert tests["C++"] == ["1", "0", "0", "0", "0", "100 % (21 to 100)"]
    assert tests["Python"] == ["0", "0", "0", "0", "1", "–"]
    assert ["4 of 5", "7", "100 % (65 to 100)"] in found["Grades"]
    assert ["Python", "7", "86 % (49 to 97)"] in [row[:3] for row in found["Agreement"]]


def test_the_census_is_taken_when_a_run_added_something(store: Store) -> None:
    before = store.census()
    assert before is not None
    store.slots.fill(Rung.TESTED, 2)
    assert store.census() == before
    extra = Variant(UNITS["java"].id, "x", Origin("rules", ("guard",)))
    store.put_variants([extra])
    store.put_evidence(evidence(extra))
    store.slots.fill(Rung.TESTED, 2)
    after = store.census()
    assert after is not None
    assert sum(m.variants for m in after.made) == sum(m.variants for m in before.made) + 1


def test_an_empty_store_has_a_dashboard_too(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "empty.db")) as store:
        for page in PAGES:
            assert "Nothing yet." in visit(store, role=Role.ADMIN).get(page).text


def test_agreement_is_told_by_language_transform_and_for_curators_by_person(store: Store) -> None:
    voted(store)
    found = tables(store, "/agreement", reviewer="cora", role=Role.CURATOR)
    for caption, name in [("By language", "all"), ("By language", "Python"),
                          ("By transform", "guard"), ("Each person with the others", "ann"),
                          ("Each person with the others", "bob")]:  # fmt: skip
        (row,) = [row for row in found[caption] if row[0] == name]
        assert row[1:3] == ["7", "86 % (49 to 97)"]
        assert row[3].startswith("0.61")
    pairs = found["Two people who voted on the same variants"]
    assert pairs[1][:2] == ["ann, bob", "7"]
    assert pairs[1][3].startswith("0.59")


def test_everybody_sees_their_own_pace_and_weeks(store: Store) -> None:
    start = YESTERDAY.replace(hour=9, minute=0, second=0, microsecond=0)
    for n, variant in enumerate(more_ids(store)):
        vote(store, variant, "ann", A, start + timedelta(seconds=20 * n))
    page = visit(store).get("/agreement").text
    assert "20 s in the middle" in page
    (_, week) = tables(store, "/agreement")["Your weeks, each beside all that you said before it"]
    assert week[1:3] == ["7", "100 % (65 to 100)"]


# --- what they keep back --------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.ANNOTATOR, Role.ADJUDICATOR, Role.VIEWER, Role.AUDITOR])
def test_nobody_below_a_curator_sees_other_people_or_gold_items(store: Store, role: Role) -> None:
    voted(store)
    page = visit(store, reviewer="eve", role=role).get("/agreement").text
    assert "ann" not in re.sub("[Aa]nnotator", "", page)
    assert "bob" not in page
    assert "gold" not in page.lower()
    assert "By person" not in page


def test_what_was_said_today_moves_no_figure_of_a_person_below_a_curator(store: Store) -> None:
    """Else whoever looks after each decision knows which cards count and which are gold items."""
    voted(store)
    client = visit(store)
    before = [figures_of(client.get(page).text) for page in PAGES]
    vote(store, VARIANTS["java"].id, "ann", A, NOW)
    assert [figures_of(client.get(page).text) for page in PAGES] == before
    store.slots.undo(more_ids(store)[0], "ann", NOW, "u", 0)
    assert [figures_of(client.get(page).text) for page in PAGES] == before
    curator = tables(store, "/dashboard", reviewer="cora", role=Role.CURATOR)
    assert [row[1:3] for row in curator["Votes a day"][1:]] == [["1", "0"], ["11", "2"]]


def test_the_yield_of_few_variants_does_not_tell_what_others_said_of_them(store: Store) -> None:
    voted(store)
    vote(store, VARIANTS["java"].id, "bob", A)
    kinds = ("Java, if-else-inversion", "Python, guard")
    for role, told in ((Role.ANNOTATOR, "–"), (Role.CURATOR, "1")):
        rows = {row[0]: row[1:] for row in tables(store, "/dashboard", role=role)["Variants"]}
        assert [rows[kind][3] for kind in kinds] == [told, "5"]


def test_a_curator_s_visit_has_nobody_else_s_figures_counted_anew(store: Store) -> None:
    voted(store)
    found = Figures(store)
    ann, cora = (
        Caller.of(Person(*who)) for who in (("ann", Role.ANNOTATOR), ("cora", Role.CURATOR))
    )
    before = found.kinds(found.until(ann))
    store.slots.undo(more_ids(store)[0], "ann", NOW, "u", 0)
    assert found.kinds(found.until(cora)) != before
    assert found.kinds(found.until(ann)) == before


def figures_of(page: str) -> dict[str, list[list[str]]]:
    found = Tables(page).found
    days_ = found.get("Votes a day", [])
    return found | {"Votes a day": [row[:3] for row in days_]}


def test_no_number_on_a_page_stands_still_for_a_gold_item_alone(store: Store) -> None:
    """What one sees before and after deciding about a gold item and about a real one is alike."""
    store.gold_rules = GoldRules(rate=0.5, min_items=9)
    extra = Variant(UNITS["java"].id, "int x;", VARIANTS["java"].origin)
    store.put_variants([extra])
    store.put_evidence(evidence(extra), "gold")
    store.gold.put([Item(extra.id, Truth.BAD, "a fault")])
    client = visit(store, overlap=2)
    shown = []
    for _ in range(4):
        lease = review.next_card(store, "ann")
        assert lease is not None
        review.decide(
            store, lease.variant_id, "ann", A, lease.token, token=lease.token
        )  # fmt: skip
        page = client.get("/variants").text
        shown.append(re.search(r"(\d+) decided by you · (\d+) to decide", page))
    assert [int(m[1]) for m in shown if m] == [1, 2, 3, 4]
    assert len({m[2] for m in shown if m}) == 1


def test_a_curator_sees_answers_to_gold_items_and_lifts_a_pause(store: Store) -> None:
    store.gold_rules = GoldRules(rate=1.0, min_items=1, max_false_accept=0.5)
    extra = Variant(UNITS["java"].id, "int x;", VARIANTS["java"].origin)
    store.put_variants([extra])
    store.put_evidence(evidence(extra), "gold")
    store.gold.put([Item(extra.id, Truth.BAD, "a fault")])
    client = visit(store)
    card = client.get("/").headers["location"]
    assert card == f"/variants/{extra.id}"
    page = client.get(card).text
    assert "gold" not in page.lower()
    token, request = (re.search(f'name="{n}" value="([^"]*)"', page) for n in ("token", "request"))
    assert token is not None
    assert request is not None
    client.post(f"{card}/approve", data={"token": token[1], "request": request[1]})
    paused = client.get("/")
    assert paused.status_code == 403
    assert "Ask a curator" in paused.text
    assert client.post("/api/v1/leases").status_code == 403
    assert client.post("/pauses/lift", data={"reviewer": "ann"}).status_code == 403
    curator = visit(store, reviewer="cora", role=Role.CURATOR)
    found = curator.get("/agreement").text
    assert "approved 1 of 1 variants that are known to be wrong" in found
    (_, row) = Tables(found).found[
        "What people said of variants whose truth is known, since their last pause"
    ]
    assert row[:4] == ["ann", "1", "1", "100 % (21 to 100)"]
    assert curator.post("/pauses/lift", data={"reviewer": "ann"}).status_code == 303
    assert client.get("/").status_code == 303


# --- for programs ---------------------------------------------------------------------------------


def test_programs_get_the_same_figures_as_the_pages_show(store: Store) -> None:
    voted(store)
    curator = program(store, "cora", Role.CURATOR)
    found = curator.get("/api/v1/agreement").json()
    assert found["until"] == ""
    assert [one["name"] for one in found["people"]] == ["ann", "bob"]
    assert [one["people"] for one in found["pairs"]] == [["ann", "bob"]]
    assert [one["variants"] for one in found["everybody"] if one["name"] == "all"] == [7]
    shown = {one["caption"]: one["rows"] for one in curator.get("/api/v1/dashboard").json()}
    page = tables(store, "/dashboard", reviewer="dora", role=Role.CURATOR)
    assert shown["Rejections"] == page["Rejections"][1:]
    ann = program(store, "ann", Role.ANNOTATOR).get("/api/v1/agreement").json()
    assert (ann["people"], ann["pairs"], ann["own"]["variants"]) == ([], [], 7)
    assert ann["weeks"][0]["votes"] == 7


def test_programs_change_the_guideline_and_lift_pauses_if_they_may_curate(store: Store) -> None:
    curator = program(store, "cora", Role.CURATOR)
    assert curator.get("/api/v1/guideline").json()["version"] == 1
    changed = curator.post("/api/v1/guideline", json={"text": "Ours.", "after": 1}).json()
    assert (changed["version"], changed["text"], changed["made_by"]) == (2, "Ours.", "cora")
    assert curator.post("/api/v1/guideline", json={"text": "x", "after": 1}).status_code == 409
    assert curator.get("/api/v1/gold").json() == {"scores": [], "pauses": []}
    answer = curator.post("/api/v1/pauses/lift", json={"reviewer": "ann"})
    assert (answer.status_code, answer.json()) == (400, {"problem": "ann is not paused"})


# --- counted beside -------------------------------------------------------------------------------


def test_what_takes_long_is_counted_beside_and_the_last_figures_are_shown(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    from codeaug.web import figures as module

    monkeypatch.setattr(module, "_LONG", 0.0)
    found = Figures(store)
    caller = Caller.of(Person("cora", Role.CURATOR))
    vote(store, VARIANTS["java"].id, "ann", A)
    assert sum(kind.votes for kind in found.kinds(found.until(caller))) == 1
    vote(store, VARIANTS["cpp"].id, "ann", A)
    assert sum(kind.votes for kind in found.kinds("")) == 1
    for thread in threading.enumerate():
        if thread.name.startswith("figures"):
            thread.join(10)
    assert sum(kind.votes for kind in found.kinds("")) == 2


# --- pictures -------------------------------------------------------------------------------------


def test_pictures_are_well_formed_whatever_the_labels_are() -> None:
    label = '<script>"&' + "x" * 40
    estimate = Estimate(0.5, -0.2, 0.9)
    for picture in (
        bars([Row(label, ((3.0, "good"), (0.0, "bad")))]),
        bars([]),
        ranges([(label, estimate), ("none", None)]),
        ranges([]),
        days(["a"], [Row("a", ((2.0, "good"),))], [4.0]),
        days([], [], []),
    ):
        root = ElementTree.fromstring(str(picture))
        assert root.tag == "svg"
        assert root.attrib["aria-hidden"] == "true"
        assert "style" not in str(picture)
        assert "<script>" not in str(picture)


def test_bars_are_as_long_as_their_numbers() -> None:
    rows = [Row("a", ((3.0, "good"), (1.0, "bad"))), Row("b", ((2.0, "bad"),))]
    root = ElementTree.fromstring(str(bars(rows)))
    widths = [float(rect.attrib["width"]) for rect in root.iter("rect")]
    assert widths == pytest.approx([255, 85, 170])


def test_numbers_are_told_with_their_intervals() -> None:
    assert percent(Estimate(0.5, 0.25, 0.75)) == "50 % (25 to 75)"
    assert number(Estimate(-0.001, -0.2, 0.2)) == "0.00 (-0.20 to 0.20)"
    assert (percent(None), number(None)) == ("–", "–")
