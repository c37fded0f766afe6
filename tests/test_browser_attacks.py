"""What somebody hostile puts into code, paths, names and comments stays text on every page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from codeaug import review
from codeaug.model import (
    Evidence,
    Finding,
    Opinion,
    Oracle,
    Origin,
    Repository,
    Rung,
    ScannedFile,
    SourceFile,
    Variant,
    Verdict,
    Word,
    up_to,
)
from codeaug.people import Person, Role
from codeaug.store import Store
from codeaug.web import OneTime, app
from tests.seeded import COMMIT, UNITS
from tests.test_browser import browser
from tests.visiting import served

__all__ = ["browser"]

pytestmark = pytest.mark.slow

HOSTILE = '<img src=x onerror="window.owned=1"><script>window.owned=1</script>\'"></pre></td>'
EVE = f"eve {HOSTILE}"[:100].strip()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "store.db")) as opened:
        yield opened


def hostile(store: Store) -> Variant:
    """A variant that is hostile wherever a repository, a model or a person can put text."""
    code = f"def f():\n    return '''{HOSTILE}'''"
    unit = replace(UNITS["python"], path=f"a/{HOSTILE}.py", name=f"f{HOSTILE}", code=code)
    store.put_repository(Repository(f"git@{HOSTILE}", "/clones/x", COMMIT, HOSTILE))
    file = SourceFile(unit.path, unit.language, unit.blob, 100)
    store.put_scan("v1", [ScannedFile(file, (unit.facts,), ())])
    store.put_tree(COMMIT, "v1", [(file.path, file.language, file.blob)])
    origin = Origin("llm", (HOSTILE,), 1, f"openai:{HOSTILE}", HOSTILE)
    variant = Variant(unit.id, code + f"  # {HOSTILE}", origin)
    store.put_variants([variant])
    store.put_oracles([Oracle(unit.id, COMMIT, (HOSTILE,), (1,), reason=HOSTILE)])
    finding = Finding("tested", Verdict.PASSED, HOSTILE, 1.0, HOSTILE, 0, HOSTILE)
    told = ((HOSTILE, HOSTILE),)
    store.put_evidence(Evidence(variant.id, COMMIT, (finding,), up_to(Rung.TESTED), told, told))
    store.put_opinions([Opinion(variant.id, HOSTILE, 3, HOSTILE)])
    return variant


def test_no_text_of_theirs_runs_on_any_page(store: Store, browser: Browser) -> None:
    variant = hostile(store)
    card = f"/variants/{variant.id}"
    once = OneTime(Person("ann", Role.ADMIN), lambda path: None)
    site = app(store, bar=Rung.TESTED, overlap=2, once=once)
    eve = review.take(store, EVE, variant.id)
    review.decide(store, variant.id, EVE, Word.FLAGGED, HOSTILE, token=eve.token, comment=HOSTILE)
    with served(site) as address:
        page = browser.new_page(base_url=address)
        problems: list[str] = []
        page.on(
            "console", lambda said: problems.append(said.text) if said.type == "error" else None
        )
        page.on("dialog", lambda dialog: problems.append(dialog.message))
        page.goto(once.path)
        for place in ("/", card, "/variants", "/disputes", "/people", "/audit",
                      f"/variants?transform={HOSTILE}", f"/{HOSTILE}", f"/sign-in?next={HOSTILE}",
                      f"/sign-in?token={HOSTILE}"):  # fmt: skip
            page.goto(place)
            assert page.evaluate("window.owned") is None, place
            assert page.locator("img, script:not([src])").count() == 0, place
        page.goto(f"{card}/edit")
        page.get_by_role("textbox", name="The variant, to be edited").wait_for()
        assert page.evaluate("window.owned") is None
        page.close()
    assert [text for text in problems if "status of 40" not in text] == []
