"""The review pages in a real browser: all by keyboard, nothing that axe objects to, no overflow."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from codeaug import review
from codeaug.model import Word
from codeaug.store import Store
from codeaug.store.slots import LEASE
from tests.seeded import VARIANTS, seed

pytestmark = pytest.mark.slow

SERVE = """
import sys
from codeaug.model import Rung
from codeaug.web import Place, serve
serve(sys.argv[1], reviewer="ann", bar=Rung.COMPILED, place=Place(port=0))
"""
WORST = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SPACE, JAVA, CPP, PYTHON = (VARIANTS[name].id for name in ("space", "java", "cpp", "python"))

PLACES = ("/", "/variants", "/nowhere", f"/variants/{VARIANTS['failed'].id}", "/disputes",
          "/people", "/audit", "/guidelines", "/dashboard", "/agreement")  # fmt: skip


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
    program = [sys.executable, "-c", SERVE, store.place]
    with subprocess.Popen(program, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        yield server.stderr.readline().removeprefix("Review: ").strip()
        server.terminate()
        server.stderr.read()


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


def test_a_card_that_went_to_somebody_else_says_so_and_stays(page: Page, store: Store) -> None:
    page.goto("/")
    shown(page, SPACE)
    later = time.time_ns() // 1_000_000 + 2 * LEASE
    assert store.slots.claim("bob", later, SPACE)
    page.keyboard.press("a")
    page.get_by_role("alert").get_by_text("given to somebody else").wait_for()
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
    for key in ("v", "e", "r", "?"):
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
