"""The editor of the edit page in a real browser: what it shows and sends, and that nothing else
of the page is the worse for it."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, expect

from codeaug import review, revision
from codeaug.model import Origin, Rung, Variant, Word
from codeaug.store import Store
from codeaug.store.leases import LEASE
from tests.seeded import UNITS, VARIANTS, evidence
from tests.test_browser import (
    CPP,
    JAVA,
    PYTHON,
    SPACE,
    address,
    browser,
    fetched_ahead,
    found,
    page,
    store,
)

__all__ = ["address", "browser", "page", "store"]

pytestmark = pytest.mark.slow

YOURS = "The variant, to be edited"
WATCH = """
window.broken = [];
addEventListener("securitypolicyviolation", (event) => broken.push(event.violatedDirective));
"""
AGAINST_THE_POLICY = """() => {
    const style = document.createElement("style");
    style.textContent = "p { color: red }";
    document.head.append(style);
}"""
FOCUSED = """
document.activeElement.shadowRoot?.activeElement?.ariaLabel ?? document.activeElement.name
"""


def editing(page: Page, store: Store, variant: str) -> Locator:
    """The edit page of a variant, once its editor is there."""
    review.take(store, "ann", variant)
    page.goto(f"/variants/{variant}/edit")
    box = page.get_by_role("textbox", name=YOURS)
    box.wait_for()
    return box


def typed(page: Page) -> str:
    return page.locator("[name=code]").input_value()


@pytest.fixture(autouse=True)
def settled(page: Page) -> None:
    """Each test begins when the browser has asked for all cards that it asks for by itself."""
    fetched_ahead(page)


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser's console has against the page."""
    said: list[str] = []
    page.on("console", lambda one: said.append(one.text) if one.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.add_init_script(WATCH)
    return said


@pytest.mark.parametrize("width", [320, 1200])
def test_the_styles_apply_under_the_strict_policy(
    page: Page, store: Store, complaints: list[str], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    box = editing(page, store, JAVA)
    box.press("Control+End")
    box.press_sequentially("\n// ours")
    style = "([one, name]) => getComputedStyle(one).getPropertyValue(name)"
    for place, name, value in (
        (".cm-content", "font-family", "Liberation Mono"),
        (".cm-scroller", "line-height", "20.15px"),
        (".cm-changedText", "background-color", "rgb(182, 236, 195)"),
        (".cm-changedLineGutter", "background-color", "rgb(17, 99, 41)"),
    ):
        one = page.locator(place).last.element_handle()
        assert value in page.evaluate(style, [one, name]), place
    assert page.evaluate("window.broken") == []
    assert complaints == []
    page.evaluate(AGAINST_THE_POLICY)
    assert page.evaluate("window.broken") == ["style-src-elem"]
    assert len(complaints) == 1


@pytest.mark.parametrize("name", ["python", "java", "cpp"])
def test_each_language_has_its_colours(page: Page, store: Store, name: str) -> None:
    box = editing(page, store, VARIANTS[name].id)
    word = box.get_by_text("return", exact=True).first
    comment = "// ours" if name != "python" else "# ours"
    box.press("Control+End")
    box.press_sequentially(f"\n{comment}")
    assert colour(word) == "rgb(138, 27, 107)"
    assert colour(box.get_by_text(comment, exact=True)) == "rgb(84, 93, 104)"
    page.emulate_media(color_scheme="dark")
    assert colour(word) == "rgb(255, 155, 206)"


def colour(one: Locator) -> str:
    return str(one.evaluate("one => getComputedStyle(one).color"))


def test_what_stands_in_the_editor_is_sent_by_a_chord(page: Page, store: Store) -> None:
    box = editing(page, store, CPP)
    button = page.get_by_role("button", name="Have it checked")
    assert "Ctrl Enter" in button.inner_text()
    assert button.get_attribute("aria-keyshortcuts") == "y Control+Enter Meta+Enter"
    before = typed(page)
    box.press("Control+Enter")
    page.get_by_role("alert").get_by_text("nothing was changed").wait_for()
    assert typed(page) == before
    box.press("Control+Home")
    box.press_sequentially("// ours\n")
    with page.expect_navigation():
        box.press("Meta+Enter")
    (edited,) = store.edits.waiting("ann")
    made = store.variant(edited.variant_id)
    assert made is not None
    assert made.code == "// ours\n" + VARIANTS["cpp"].code
    assert [d.word for d in store.decisions(CPP)] == [Word.EDITED]


def test_an_edit_without_script_is_made_in_the_plain_field(
    browser: Browser, address: str, page: Page, store: Store
) -> None:
    review.take(store, "ann", CPP)
    signed_in = page.context.storage_state()
    context = browser.new_context(
        base_url=address, java_script_enabled=False, storage_state=signed_in
    )
    page = context.new_page()
    page.goto(f"/variants/{CPP}/edit")
    assert not page.get_by_label("Compared with").is_visible()
    page.get_by_role("textbox", name=YOURS).fill("// plain\n" + VARIANTS["cpp"].code)
    page.get_by_role("button", name="Have it checked").click()
    (edited,) = store.edits.waiting("ann")
    made = store.variant(edited.variant_id)
    assert made is not None
    assert made.code == "// plain\n" + VARIANTS["cpp"].code
    context.close()


def test_no_key_of_the_page_is_heard_while_one_types(page: Page, store: Store) -> None:
    box = editing(page, store, PYTHON)
    here = page.url
    box.press("Control+End")
    box.press_sequentially("yqlgpdc?/12")
    assert typed(page).endswith("yqlgpdc?/12")
    page.get_by_role("textbox", name="The original").press("q")
    assert page.locator("dialog[open]").count() == 0
    assert page.url == here
    assert store.decisions(PYTHON) == []
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.get_by_role("dialog").get_by_text("also while you type").wait_for()


@pytest.mark.parametrize("width", [320, 1200])
def test_the_keyboard_comes_into_the_editor_and_out(page: Page, store: Store, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    editing(page, store, PYTHON)
    stops = ["The original", YOURS] if width == 1200 else [YOURS]
    page.get_by_label("Compared with").focus()
    for stop in stops:
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUSED) == stop
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "comment"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(FOCUSED) == YOURS
    page.keyboard.press("Escape")
    assert page.evaluate(FOCUSED) is None
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "comment"
    assert typed(page) == VARIANTS["python"].code


def test_the_original_beside_it_cannot_be_written_to(page: Page, store: Store) -> None:
    editing(page, store, PYTHON)
    original = page.get_by_role("textbox", name="The original")
    assert original.get_attribute("aria-readonly") == "true"
    before = original.inner_text()
    original.press_sequentially("x")
    original.press("Delete")
    assert original.inner_text() == before
    assert "yes, no = [], []" in before
    assert typed(page) == VARIANTS["python"].code


def test_what_was_written_outlives_another_comparison_and_another_width(
    page: Page, store: Store
) -> None:
    box = editing(page, store, PYTHON)
    marks = page.locator(".cm-merge-b .cm-changedText")
    assert marks.first.inner_text() == "kept, rest"
    page.get_by_label("Compared with").select_option("The variant as it was")
    expect(marks).to_have_count(0)
    box.press("Control+End")
    box.press_sequentially("  # ours")
    assert marks.all_inner_texts() == ["  # ours"]
    page.set_viewport_size({"width": 320, "height": 700})
    expect(page.locator(".cm-merge-a")).to_have_count(0)
    assert page.locator(".cm-deletedChunk").inner_text().strip() == "return kept, rest"
    assert page.evaluate(FOCUSED) == YOURS
    page.keyboard.type("!")
    assert typed(page) == VARIANTS["python"].code + "  # ours!"
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    assert typed(page) == VARIANTS["python"].code


def test_indentation_goes_on_as_the_text_has_it(page: Page, store: Store) -> None:
    box = editing(page, store, JAVA)
    box.press("Control+Home")
    box.press("End")
    box.press("Enter")
    box.press_sequentially("int own = 0;")
    assert typed(page).splitlines()[1] == "        int own = 0;"
    box.press("Control+]")
    assert typed(page).splitlines()[1] == "            int own = 0;"


@pytest.mark.parametrize(
    ("code", "step"),
    [
        ("        a();\n    b();\n        c();", "    "),
        ("  a();\n\t  b();\n   \tc();", "\t"),
        ("void f(int a,\n       int b)\n{\n  /* one\n   * two */\n}", "  "),
        ("a();", "    "),
    ],
)
def test_odd_indentation_is_gone_on_with_too(
    page: Page, store: Store, code: str, step: str
) -> None:
    variant = Variant(UNITS["cpp"].id, code, Origin("rules"))
    store.put_variants([variant])
    store.put_evidence(evidence(variant))
    store.slots.fill(Rung.COMPILED, 1)
    box = editing(page, store, variant.id)
    box.press("Control+Home")
    before = typed(page)
    box.press("Control+]")
    assert typed(page) == step + before


def test_lines_have_the_numbers_of_the_file(page: Page, store: Store) -> None:
    editing(page, store, PYTHON)
    numbers = page.locator(".cm-merge-b .cm-lineNumbers .cm-gutterElement:visible")
    assert [int(one) for one in numbers.all_inner_texts()] == list(range(8, 17))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1200])
def test_axe_objects_to_nothing_on_the_edit_page(
    page: Page, store: Store, scheme: str, width: int
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 700})
    for variant in (PYTHON, JAVA, CPP):
        box = editing(page, store, variant)
        assert found(page) == []
        box.press("Control+Home")
        box.press_sequentially("// ours (")
        page.keyboard.press("Shift+Home")
        assert found(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("good", [True, False], ids=["good", "bad"])
def test_axe_objects_to_nothing_on_the_card_of_ones_own_edit(
    page: Page, store: Store, scheme: str, good: bool
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    made = edit(store)
    page.goto(f"/variants/{made.id}")
    page.get_by_text("Your edit waits for its checks").wait_for()
    assert found(page) == []
    store.put_evidence(evidence(made, Rung.TESTED if good else Rung.COMPILED, failed=not good))
    page.reload()
    page.get_by_text("Your edit was checked").wait_for()
    for width in (1200, 320):
        page.set_viewport_size({"width": width, "height": 700})
        assert found(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def edit(store: Store) -> Variant:
    """What ann made of the Java variant."""
    unit, parent = UNITS["java"], VARIANTS["java"]
    text = parent.code.replace("width < 4", "4 > width").replace(" ellipsis", "y dots")
    lease = review.take(store, "ann", parent.id)
    text = revision.shown(unit, text)
    made = revision.revise(store, parent.id, "ann", text, "1", token=lease.token)
    assert made is not None
    return made


def test_a_card_stays_ones_own_while_one_edits(page: Page, store: Store) -> None:
    now = time.time_ns() // 1_000_000
    review.take(store, "ann", CPP, now - LEASE * 2 // 3)
    late = now + LEASE * 2 // 3
    assert CPP not in {lease.variant_id for lease in store.slots.held("ann", late)}
    with page.expect_response(f"**/variants/{CPP}/renew") as renewed:
        page.goto(f"/variants/{CPP}/edit")
    assert renewed.value.ok
    assert CPP in {lease.variant_id for lease in store.slots.held("ann", late)}


def test_only_the_edit_page_loads_the_editor(page: Page, store: Store) -> None:
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url.rsplit("/", 1)[-1])

    page.on("request", note)
    for place in ("/", f"/variants/{JAVA}", "/variants", f"/variants/{JAVA}/file"):
        page.goto(place)
        page.wait_for_load_state("networkidle")
    assert "review.js" in asked
    assert not {"edit.js", "editor.js"} & set(asked)
    editing(page, store, SPACE)
    assert {"edit.js", "editor.js"} <= set(asked)
