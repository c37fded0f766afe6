"""A working day of one person in a real browser, all of it by keyboard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from codeaug import review
from codeaug.model import Origin, Rung, Variant, Word
from codeaug.people import MAY, Person, Role
from codeaug.store import Store
from tests.seeded import CPP_IF, JAVA_GUARD, PYTHON_NAMES, UNITS, evidence
from tests.test_browser import CPP, address, browser, store

__all__ = ["address", "browser", "store"]

pytestmark = pytest.mark.slow

OF_EACH = 20
YOURS = "The variant, to be edited"
FOCUSED = """
{
    const at = document.activeElement;
    at.shadowRoot?.activeElement?.ariaLabel || at.value && at.tagName === "BUTTON" && at.value
        || at.name || at.getAttribute("href")
}
"""
NAMES = {
    "java": (JAVA_GUARD, "width"),
    "cpp": (CPP_IF, "difference"),
    "python": (PYTHON_NAMES, "kept"),
}


@pytest.fixture
def many(store: Store) -> Store:
    """A queue of enough cards in three languages, and one that people disagree about."""
    kinds = [(*NAMES[name], UNITS[name]) for name in NAMES]
    texts = [kinds[number % 3] + (number,) for number in range(5 * OF_EACH)]
    more = [
        Variant(unit.id, code.replace(word, f"{word}{number}"), Origin("rules"))
        for code, word, unit, number in texts
    ]
    store.put_variants(more)
    for variant in more:
        store.put_evidence(evidence(variant))
    store.slots.fill(Rung.COMPILED, 1)
    lease = review.take(store, "eve", CPP)
    review.decide(store, CPP, "eve", Word.FLAGGED, "1", token=lease.token, comment="ours?")
    store.people.put(Person("ann", Role.ADMIN), "tests")
    return store


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address.split("/sign-in")[0])
    opened = context.new_page()
    opened.set_default_timeout(30_000)
    yield opened
    context.close()


def test_a_day_needs_no_pointer(many: Store, page: Page) -> None:
    clicks: list[str] = []
    page.expose_function("clicked", lambda kind: clicks.append(kind))
    page.add_init_script(
        "for (const kind of ['pointerdown', 'mousedown'])"
        "  addEventListener(kind, () => window.clicked(kind), true)"
    )
    sign_in(page, many)
    approve, reject, flag, skip = ("a",), ("r", "2"), ("c", "is this ours?", "Escape", "f"), ("s",)
    for keys in (approve, reject, flag, skip):
        for _ in range(OF_EACH):
            to_another_card(page, *keys)
    page.get_by_text(f"{3 * OF_EACH} decided by you").wait_for()
    words = (Word.APPROVED, Word.REJECTED, Word.FLAGGED)
    assert words_of("ann", many) == dict.fromkeys(words, OF_EACH)
    for _ in range(2 * OF_EACH):
        to_another_card(page, "u")
    assert words_of("ann", many) == dict.fromkeys(words[:2], OF_EACH)
    edits_one(page, many)
    changes_the_guideline(page, many)
    settles_a_dispute(page, many)
    assert clicks == []


def sign_in(page: Page, store: Store) -> None:
    until = 1 << 50
    _, key = store.people.make_key("ann", MAY[Role.ADMIN], until, "tests")
    page.goto("/sign-in")
    tab_to(page, "key")
    page.keyboard.type(key)
    page.keyboard.press("Enter")
    page.wait_for_url("**/variants/*")


def to_another_card(page: Page, *keys: str) -> None:
    """Keys one after the other, and words that are typed, after which another card is shown."""
    before = page.locator(".decide").get_attribute("data-variant")
    for key in keys:
        if " " in key:
            page.keyboard.type(key)
        else:
            page.keyboard.press(key)
    page.locator(f".decide:not([data-variant='{before}'])").wait_for()
    page.wait_for_load_state("load")


def tab_to(page: Page, name: str) -> None:
    """Walks on until what is known by this name, value or address has the focus."""
    for _ in range(300):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == name:
            return
    raise AssertionError(f"the keyboard does not come to {name}")


def words_of(person: str, store: Store) -> Counter[Word]:
    said = (d for variant in store.listed() for d in store.decisions(variant.variant_id))
    return Counter(d.word for d in said if d.reviewer == person)


def edits_one(page: Page, store: Store) -> None:
    """An edit falls short of its checks and comes back with why; edited again, it is a card."""
    first = edited(page, store, "ours")
    store.put_evidence(evidence(first, failed=True))
    page.keyboard.press("q")
    page.wait_for_url(f"**/variants/{first.id}")
    page.get_by_text("Your edit was checked and fell short").wait_for()
    page.wait_for_load_state("load")
    second = edited(page, store, "mine")
    assert second.origin.parent == first.id
    store.put_evidence(evidence(second))
    store.slots.fill(Rung.COMPILED, 1)
    page.keyboard.press("q")
    page.wait_for_url("**/variants/*")
    assert store.edits.returned("ann", Rung.COMPILED) == []
    assert [d.word for d in store.decisions(first.id)] == [Word.EDITED]


def edited(page: Page, store: Store, word: str) -> Variant:
    """What the person makes of the card by writing behind it."""
    page.keyboard.press("e")
    page.get_by_role("heading", name="Edit").wait_for()
    page.get_by_role("textbox", name=YOURS).wait_for()
    tab_to(page, YOURS)
    page.keyboard.press("Control+End")
    comment = "#" if page.locator("#editing").get_attribute("data-language") == "python" else "//"
    page.keyboard.type(f"  {comment} {word}")
    page.keyboard.press("Control+Enter")
    page.get_by_text("1 of your edits waits for checks").wait_for()
    page.wait_for_load_state("load")
    (waiting,) = store.edits.waiting("ann")
    made = store.variant(waiting.variant_id)
    assert made is not None
    assert made.code.endswith(f"  {comment} {word}")
    return made


def changes_the_guideline(page: Page, store: Store) -> None:
    page.keyboard.press("g")
    page.wait_for_url("**/guidelines")
    tab_to(page, "text")
    page.keyboard.press("Control+Home")
    page.keyboard.type("Look twice. ")
    tab_to(page, "save")
    page.keyboard.press("Enter")
    page.locator(".prose").get_by_text("Look twice.").wait_for()
    page.wait_for_load_state("load")
    newest = store.guidelines.newest()
    assert newest is not None
    assert (newest.made_by, newest.text.startswith("Look twice. ")) == ("ann", True)


def settles_a_dispute(page: Page, store: Store) -> None:
    page.keyboard.press("d")
    page.wait_for_url("**/disputes")
    tab_to(page, f"/variants/{CPP}")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/variants/{CPP}")
    page.get_by_text("eve flagged").wait_for()
    page.keyboard.press("a")
    page.wait_for_url("**/disputes")
    last = store.decisions(CPP)[-1]
    assert (last.reviewer, last.word, last.final) == ("ann", Word.APPROVED, True)
