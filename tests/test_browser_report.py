"""The report in a real browser: by keyboard, in light and dark, without a network."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright

from codeaug.model import Repository, Rung
from codeaug.report import page as report
from codeaug.store import Store
from tests.datasets import decide, exported
from tests.seeded import COMMIT, seed

pytestmark = pytest.mark.slow

NARROW = 360


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """A report with two datasets."""
    target = tmp_path / "report.html"
    with Store.open(str(tmp_path / "store.db")) as store:
        seed(store)
        for name in ("java", "python", "cpp"):
            decide(store, name)
        for form in ("openai-chat", "prompt-completion"):
            exported(store, tmp_path / form, form, tasks=("rewrite", "completion"))
        repository = Repository("acme", "/clones/a", COMMIT, "Apache-2.0")
        report.write(store, repository, Rung.TESTED, target, datetime(2026, 1, 2, 3, 4))
    return target


@pytest.fixture(params=["light", "dark"])
def page(request: pytest.FixtureRequest, written: Path) -> Iterator[Page]:
    program = shutil.which("chromium")
    assert program, "these tests need Chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        opened = browser.new_page(color_scheme=request.param)
        asked: list[str] = []
        opened.on("request", lambda request: asked.append(request.url))
        opened.goto(written.as_uri())
        yield opened
        assert asked == [written.as_uri()]
        browser.close()


def test_the_page_of_each_dataset_opens_by_keyboard_and_axe_has_nothing_to_say(page: Page) -> None:
    last = page.locator("details").last
    assert not last.evaluate("one => one.open")
    page.locator("summary").last.focus()
    page.keyboard.press("Enter")
    assert last.evaluate("one => one.open")
    assert Axe().run(page).response["violations"] == []


def test_a_narrow_screen_shows_all_of_a_dataset_without_scrolling_the_page(page: Page) -> None:
    page.set_viewport_size({"width": NARROW, "height": 800})
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= NARROW
