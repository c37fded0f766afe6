"""Guideline, dashboard and agreement in a real browser, with something to show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from codeaug.model import Decision, RejectReason, Variant, Word
from codeaug.store import GoldRules, Item, Store, Truth
from tests.seeded import UNITS, VARIANTS, evidence, seed
from tests.test_browser import address, browser, found, page

__all__ = ["address", "browser", "page"]

pytestmark = pytest.mark.slow

PLACES = ("/dashboard", "/agreement", "/guidelines")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Votes of two people over three weeks, a paused person, a guideline that changed."""
    with Store.open(str(tmp_path / "store.db")) as opened:
        seed(opened)
        fill(opened)
        yield opened


def fill(store: Store) -> None:
    start = datetime.now(UTC) - timedelta(days=21)
    some = [
        Variant(unit.id, unit.code + "\n" * n, VARIANTS[name].origin)
        for name, unit in UNITS.items()
        for n in range(1, 9)
    ]
    bad = Variant(UNITS["java"].id, "int x;", VARIANTS["java"].origin)
    store.put_variants([*some, bad])
    store.guidelines.put("Be kind.", "cora", after=0)
    for number, variant in enumerate([*some, bad]):
        store.put_evidence(evidence(variant))
        for reviewer in ("ann", "bob"):
            word = Word.REJECTED if (number + len(reviewer)) % 5 == 0 else Word.APPROVED
            reason = RejectReason.TRIVIAL if word is Word.REJECTED else ""
            at = start + timedelta(hours=19 * number, seconds=number)
            decision = Decision(variant.id, reviewer, word, at, reason, "", 1 + number % 5)
            store.put_decision(decision, f"{number} {reviewer}")
    store.gold.put([Item(bad.id, Truth.BAD, "a fault")])
    with store.writing() as connection:
        from codeaug.store.gold import judge

        assert judge(connection, "bob", GoldRules(min_items=1, max_false_accept=0.0))
    store.guidelines.put("# Ours\n\n| a | b |\n|---|---|\n| `x` | y |\n\n> hm", "cora", after=1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_objects_to_nothing(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(base_url=address, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(address)
    for place in PLACES:
        page.goto(place)
        assert page.get_by_text("guideline has changed").count() == 1
        assert found(page) == []
    page.get_by_label("Text, as Markdown").fill("# Other\n\n- *one*\n- [two](https://example.org)")
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("region", name="Preview").get_by_role("link", name="two").wait_for()
    assert found(page) == []
    assert said == []  # nor does the browser, for one about styles or scripts
    context.close()


@pytest.mark.parametrize("width", [320, 768, 1400])
def test_no_page_is_wider_than_its_window(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 640})
    page = context.new_page()
    page.goto(address)
    for place in PLACES:
        page.goto(place)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_the_guideline_is_read_and_changed_by_keyboard(page: Page, store: Store) -> None:
    page.goto("/variants")
    page.keyboard.press("g")
    page.wait_for_url("**/guidelines")
    box = page.get_by_label("Text, as Markdown")
    box.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("# Shorter\n\ng a r u")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("region", name="Preview").get_by_text("g a r u").wait_for()
    page.get_by_role("button", name="Save as version 3").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Version 3, by ann").first.wait_for()
    newest = store.guidelines.newest()
    assert newest is not None
    assert newest.text == "# Shorter\n\ng a r u"


def test_a_pause_is_lifted_by_keyboard(page: Page, store: Store) -> None:
    page.goto("/agreement")
    page.get_by_role("button", name="Give cards again to bob").focus()
    page.keyboard.press("Enter")
    page.get_by_text("gets no cards").wait_for(state="detached")
    assert store.gold.paused() == []


def test_pictures_need_no_script_and_are_skipped_for_their_tables(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.goto("/dashboard")
    assert page.locator("svg.chart").count() == page.locator(".figure table").count() == 6
    assert page.locator("svg.chart:not([aria-hidden=true])").count() == 0
    context.close()
