"""The review pages in a real browser: all by keyboard, nothing that axe objects to, no overflow."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, sync_playwright

from codeaug import review
from codeaug.model import Origin, Rung, Variant, Word
from codeaug.store import Store
from codeaug.store.leases import LEASE
from codeaug.web import Place, serve
from tests.command_line import serving
from tests.seeded import CPP as CPP_CODE
from tests.seeded import UNITS, VARIANTS, evidence, seed

pytestmark = pytest.mark.slow

WORST = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FAILED = f"/variants/{VARIANTS['failed'].id}"
SPACE, JAVA, CPP, PYTHON = (VARIANTS[name].id for name in ("space", "java", "cpp", "python"))

PLACES = ("/", "/variants", "/nowhere", FAILED, f"/variants/{JAVA}/file", "/disputes", "/people",
          "/audit", "/guidelines", "/dashboard", "/agreement")  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium")
    assert program, "these tests need Chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "store.db")) as opened:
        seed(opened)
        yield opened


@pytest.fixture
def address(store: Store) -> Iterator[str]:
    anns = partial(serve, store.place, reviewer="ann", bar=Rung.COMPILED, place=Place(port=0))
    with serving(anns) as line:
        yield line.removeprefix("Review: ").strip()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address)
    opened = context.new_page()
    opened.set_default_timeout(20_000)
    opened.goto(address)
    yield opened
    context.close()


def shown(page: Page, variant: str) -> None:
    page.wait_for_url(f"**/variants/{variant}")
    page.wait_for_load_state("load")


def settled(page: Page, variant: str) -> None:
    """As `shown`, and what comes next is there, too."""
    shown(page, variant)
    page.wait_for_load_state("networkidle")


def said(store: Store, variant: str) -> list[tuple[str, str, str, int]]:
    found = store.decisions(variant)
    return [(d.word, d.reason, d.comment, d.naturalness) for d in found]


def test_everything_is_done_by_keyboard(page: Page, store: Store) -> None:
    clicks: list[str] = []
    page.expose_function("clicked", lambda kind: clicks.append(kind))
    page.add_init_script(
        "for (const kind of ['pointerdown', 'mousedown'])"
        "  addEventListener(kind, () => window.clicked(kind), true)"
    )
    page.goto("/")
    shown(page, SPACE)
    page.keyboard.press("4")
    page.keyboard.press("c")
    page.keyboard.type("as I would: a")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    shown(page, JAVA)
    page.keyboard.press("r")
    page.keyboard.press("2")
    shown(page, CPP)
    page.keyboard.press("s")
    shown(page, PYTHON)
    page.keyboard.press("f")
    page.get_by_role("alert").get_by_text("a flag needs a comment").wait_for()
    page.keyboard.press("c")
    page.keyboard.type("is this ours?")
    page.keyboard.press("Escape")
    page.keyboard.press("f")
    shown(page, CPP)
    assert decided(store, PYTHON) == [PYTHON]
    assert said(store, SPACE) == [("approved", "", "as I would: a", 4)]
    assert said(store, JAVA) == [("rejected", "unnatural", "", 0)]
    assert said(store, PYTHON) == [("flagged", "", "is this ours?", 0)]
    for variant in (PYTHON, CPP, JAVA, SPACE):
        page.keyboard.press("u")
        shown(page, variant)
        assert said(store, variant) == []
    page.keyboard.press("?")
    page.get_by_role("dialog").get_by_text("take a card").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("v")
    page.get_by_role("button", name="Side by side").wait_for()
    assert clicks == []


def test_a_person_walks_back_and_thinks_again(page: Page, store: Store) -> None:
    page.goto("/")
    page.keyboard.press("a")
    shown(page, JAVA)
    page.keyboard.press("a")
    shown(page, CPP)
    page.keyboard.press("p")
    shown(page, JAVA)
    page.keyboard.press("p")
    shown(page, SPACE)
    page.keyboard.press("r")
    page.keyboard.press("4")
    shown(page, CPP)
    assert said(store, SPACE) == [("rejected", "trivial", "", 0)]


def test_the_code_is_walked_by_keyboard(page: Page) -> None:
    page.goto(f"/variants/{JAVA}")
    page.keyboard.press("j")
    page.get_by_role("status").get_by_text("Change 1 of").wait_for()
    first = page.locator("tr.current").inner_text()
    page.keyboard.press("j")
    page.get_by_role("status").get_by_text("Change 2 of").wait_for()
    page.keyboard.press("k")
    page.get_by_role("status").get_by_text("Change 1 of").wait_for()
    assert page.locator("tr.current").inner_text() == first
    page.keyboard.press("o")
    page.get_by_text("The clone of acme is not on this machine").wait_for()


def test_white_space_is_switched_without_losing_what_was_typed(page: Page) -> None:
    page.goto("/")
    shown(page, SPACE)
    page.keyboard.press("c")
    page.keyboard.type("kept")
    page.keyboard.press("Escape")
    page.keyboard.press("w")
    page.get_by_role("link", name="ignored at line ends").wait_for()
    page.keyboard.press("w")
    page.get_by_text("1 line differs in white space only").wait_for()
    assert page.locator("[name=comment]").input_value() == "kept"


def test_evidence_stays_in_sight_and_red_stays_open(page: Page) -> None:
    page.set_viewport_size({"width": 1200, "height": 700})
    page.goto(FAILED)
    page.keyboard.press("x")
    page.keyboard.press("x")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert page.get_by_text("Tests run: 14").first.is_visible()
    strip = page.locator(".evidence").bounding_box()
    assert strip
    assert 0 <= strip["y"] < 300


def decided(store: Store, *variants: str) -> list[str]:
    """Which of the variants have a decision, once the posts under way are kept."""
    deadline = time.monotonic() + 20
    while not all(store.decisions(v) for v in variants) and time.monotonic() < deadline:
        time.sleep(0.05)
    return [v for v in variants if store.decisions(v)]


def fetched_ahead(page: Page) -> None:
    """Waits until the card after this one is there."""
    page.locator("link[rel=next]").wait_for(state="attached")


def test_the_next_card_is_shown_before_the_decision_is_kept(page: Page, store: Store) -> None:
    posts: list[str] = []

    def late(route: Route) -> None:
        posts.append(route.request.url)
        shown(page, JAVA)
        route.continue_()

    page.goto("/")
    fetched_ahead(page)
    page.route("**/approve", late)
    page.keyboard.press("a")
    shown(page, JAVA)
    assert page.get_by_role("heading", level=1).inner_text() == "Words.abbreviate(String,int)"
    assert decided(store, SPACE) == [SPACE]
    assert len(posts) == 1
    page.get_by_text("1 decided by you").wait_for()
    page.keyboard.press("u")
    shown(page, SPACE)
    assert said(store, SPACE) == []


def test_a_key_that_is_pressed_before_the_next_card_is_there_counts_once(
    page: Page, store: Store
) -> None:
    loaded: list[str] = []

    def late(route: Route) -> None:
        page.keyboard.press("a")
        page.keyboard.press("a")
        route.continue_()

    page.route("**/ahead", late, times=1)
    page.goto("/")
    page.on("request", lambda asked: asked.is_navigation_request() and loaded.append(asked.url))
    settled(page, JAVA)
    assert decided(store, SPACE) == [SPACE]
    assert store.decisions(JAVA) == []
    assert loaded == []
    held = [lease.variant_id for lease in store.slots.held("ann", 0)]
    assert held == [JAVA, CPP]


def test_undo_right_behind_a_decision_takes_that_one_back(page: Page, store: Store) -> None:
    page.goto("/")
    fetched_ahead(page)
    page.keyboard.press("a")
    shown(page, JAVA)
    fetched_ahead(page)
    page.keyboard.press("a")
    page.keyboard.press("u")
    page.get_by_text("1 decided by you").wait_for()
    shown(page, JAVA)
    assert (decided(store, SPACE), said(store, JAVA)) == ([SPACE], [])


def test_the_card_before_is_reached_right_behind_a_decision(page: Page, store: Store) -> None:
    page.goto("/")
    fetched_ahead(page)
    page.keyboard.press("a")
    page.keyboard.press("p")
    page.get_by_text("You approved this variant").wait_for()
    shown(page, SPACE)
    assert decided(store, SPACE) == [SPACE]


@pytest.mark.parametrize("status", [409, 500, 0])
def test_a_post_that_is_not_kept_brings_its_card_back(
    page: Page, store: Store, status: int
) -> None:
    def fails(route: Route) -> None:
        if status:
            route.fulfill(status=status, json={"problem": "the disk is full."})
        else:
            route.abort()

    page.goto("/")
    fetched_ahead(page)
    page.keyboard.press("c")
    page.keyboard.type("my words")
    page.keyboard.press("Escape")
    page.route("**/approve", fails)
    page.keyboard.press("a")
    why = "the disk is full." if status else "codeaug does not answer"
    page.get_by_role("alert").get_by_text(why).wait_for()
    assert page.url.endswith(SPACE)
    assert page.locator("[name=comment]").input_value() == "my words"
    page.unroute("**/approve")
    page.keyboard.press("a")
    shown(page, JAVA)
    assert decided(store, SPACE) == [SPACE]
    assert said(store, SPACE) == [("approved", "", "my words", 0)]


def test_what_was_not_answered_is_sent_again_and_counts_once(page: Page, store: Store) -> None:
    page.goto("/")
    fetched_ahead(page)
    page.route("**/approve", lambda route: None)  # on its way when the page is left
    page.keyboard.press("a")
    shown(page, JAVA)
    assert store.decisions(SPACE) == []
    page.unroute("**/approve")
    page.reload()
    assert decided(store, SPACE) == [SPACE]
    deadline = time.monotonic() + 20
    # `wait_for_function` would evaluate words again and again, which the page's policy forbids
    while page.evaluate("sessionStorage.getItem('codeaug.pending')") != "[]":
        assert time.monotonic() < deadline, "the post is still called unanswered"
        page.wait_for_timeout(50)
    page.reload()
    page.get_by_text("1 decided by you").wait_for()
    assert said(store, SPACE) == [("approved", "", "", 0)]


def test_twenty_decisions_are_undone_over_as_many_pages(page: Page, store: Store) -> None:
    more = [Variant(UNITS["cpp"].id, CPP_CODE + " " * n, Origin("rules")) for n in range(1, 18)]
    store.put_variants(more)
    for variant in more:
        store.put_evidence(evidence(variant))
    assert store.slots.fill(Rung.COMPILED, 1) == len(more)
    everything = [SPACE, JAVA, CPP, PYTHON, *(variant.id for variant in more)][:20]
    page.goto("/")
    for variant in everything:
        shown(page, variant)
        fetched_ahead(page)
        page.keyboard.press("a")
    assert decided(store, *everything) == everything
    for variant in reversed(everything):
        page.locator("[data-action=undo]").wait_for()
        page.keyboard.press("u")
        shown(page, variant)
        page.wait_for_load_state("load")
    assert [v for v in everything if store.decisions(v)] == []


def test_nobody_holds_more_than_the_card_and_the_next(page: Page, store: Store) -> None:
    page.goto("/")
    fetched_ahead(page)
    page.keyboard.press("a")
    shown(page, JAVA)
    fetched_ahead(page)
    now = time.time_ns() // 1_000_000
    assert {lease.variant_id for lease in store.slots.held("ann", now)} == {JAVA, CPP}


def test_a_variant_is_edited_by_keyboard(page: Page, store: Store) -> None:
    page.goto("/")
    shown(page, SPACE)
    page.keyboard.press("e")
    page.get_by_role("heading", name="Edit partition").wait_for()
    page.wait_for_load_state("load")
    assert found(page) == []
    page.keyboard.press("y")
    page.get_by_role("alert").get_by_text("nothing was changed").wait_for()
    page.get_by_role("textbox", name="The variant, to be edited").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("[::]")
    page.keyboard.press("Escape")
    page.keyboard.press("y")
    shown(page, JAVA)
    page.get_by_text("1 of your edits waits for checks").wait_for()
    assert [d.word for d in store.decisions(SPACE)] == [Word.EDITED]


def test_single_keys_can_be_switched_off(page: Page, store: Store) -> None:
    page.goto("/")
    page.keyboard.press("?")
    page.get_by_label("Single keys work").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.reload()
    page.keyboard.press("a")
    page.wait_for_timeout(300)
    assert said(store, SPACE) == []


def test_a_key_is_changed_in_the_overlay_and_printed_everywhere(page: Page, store: Store) -> None:
    page.goto("/")
    page.keyboard.press("?")
    change = page.get_by_role("button", name="Change the key for approve")
    note = page.locator("#keys-note")
    change.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("s")
    note.get_by_text("Refused: s is the key for").wait_for()
    page.keyboard.press("Enter")
    page.keyboard.press("5")
    note.get_by_text("press a letter or a sign").wait_for()
    page.keyboard.press("Enter")
    page.keyboard.press("i")
    note.get_by_text("i is now the key for").wait_for()
    page.keyboard.press("Escape")
    approve = page.locator(".approve")
    assert approve.locator("kbd").inner_text() == "i"
    assert approve.get_attribute("aria-keyshortcuts") == "i"
    page.keyboard.press("a")
    page.keyboard.press("i")
    shown(page, JAVA)
    assert decided(store, SPACE) == [SPACE]
    assert said(store, SPACE) == [("approved", "", "", 0)]
    assert page.locator(".approve kbd").inner_text() == "i"
    page.keyboard.press("?")
    page.get_by_role("button", name="All keys as at first").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    shown(page, CPP)


def test_the_same_keys_work_on_every_page(page: Page) -> None:
    for place in ("/variants", "/disputes", f"/variants/{JAVA}/file", FAILED):
        page.goto(place)
        page.keyboard.press("?")
        page.get_by_role("dialog").get_by_text("the next change").wait_for()
        page.keyboard.press("Escape")
        page.keyboard.press("l")
        page.get_by_role("heading", name="All variants").wait_for()
        page.wait_for_load_state("load")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "language"
    page.keyboard.press("Escape")
    page.keyboard.press("q")
    shown(page, SPACE)


def test_a_card_that_went_to_somebody_else_says_so_and_stays(page: Page, store: Store) -> None:
    page.goto("/")
    shown(page, SPACE)
    fetched_ahead(page)
    later = time.time_ns() // 1_000_000 + 2 * LEASE
    assert store.slots.claim("bob", later, SPACE)
    page.keyboard.press("a")
    page.get_by_role("alert").get_by_text("given to somebody else").wait_for()
    page.wait_for_load_state("networkidle")  # it asks for the lost card, too
    assert "given to somebody else" in page.get_by_role("alert").inner_text()
    assert page.url.endswith(SPACE)
    assert said(store, SPACE) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_objects_to_nothing(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(base_url=address, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto("/sign-in")
    assert found(page) == []
    page.goto(address)
    for place in PLACES:
        page.goto(place)
        assert found(page) == []
    page.goto("/")
    for key in ("v", "w", "j", "x", "o", "r", "?"):
        page.keyboard.press(key)
        assert found(page) == []
    context.close()


def found(page: Page) -> list[str]:
    options = {"runOnly": {"type": "tag", "values": WORST}}
    results = Axe().run(page, options=options)
    return [f"{v['id']}: {v['nodes'][0]['html']}" for v in results.response["violations"]]


@pytest.mark.parametrize("width", [320, 768, 1400])
def test_no_page_is_wider_than_its_window(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 640})
    page = context.new_page()
    page.goto(address)
    for place in ("/sign-in", *PLACES):
        page.goto(place)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_a_dispute_is_settled_by_keyboard(page: Page, store: Store) -> None:
    eve = review.take(store, "eve", CPP)
    review.decide(store, CPP, "eve", Word.FLAGGED, "1", token=eve.token, comment="ours?")
    page.goto("/disputes")
    page.get_by_role("link", name="src/clock.cpp").focus()
    page.keyboard.press("Enter")
    shown(page, CPP)
    page.get_by_text("eve flagged").wait_for()
    page.keyboard.press("r")
    page.keyboard.press("3")
    page.wait_for_url("**/disputes")
    assert said(store, CPP)[-1] == ("rejected", "worse style", "", 0)
    page.get_by_text("Nothing is disputed").wait_for()
