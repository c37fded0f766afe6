"""The guideline: versions of it, who may change it, and which one a decision was made by."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from codeaug import review
from codeaug.errors import LateDecision
from codeaug.model import Rung, Word
from codeaug.people import Role
from codeaug.store import Store
from codeaug.store.tables import decision
from codeaug.web.markdown import render
from tests.seeded import seed
from tests.visiting import Visit, visit


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "store.db")) as opened:
        seed(opened)
        yield opened


def curator(store: Store) -> Visit:
    return visit(store, reviewer="cora", role=Role.CURATOR)


def say(store: Store, reviewer: str = "ann") -> None:
    lease = review.next_card(store, reviewer)
    assert lease is not None
    review.decide(store, lease.variant_id, reviewer, Word.APPROVED, lease.token, token=lease.token)


def stamps(store: Store) -> list[int]:
    with store.reading() as connection:
        return list(connection.scalars(sa.select(decision.c.guideline).order_by(decision.c.seq)))


# --- versions -------------------------------------------------------------------------------------


def test_versions_follow_each_other_and_all_are_kept(store_url: str) -> None:
    with Store.open(store_url) as store:
        assert store.guidelines.newest() is None
        assert store.guidelines.put("One.", "cora", after=0) == 1
        assert store.guidelines.put("Two.", "dora", after=1) == 2
        found = [(g.version, g.text, g.made_by) for g in store.guidelines.versions()]
        assert found == [(2, "Two.", "dora"), (1, "One.", "cora")]
        assert [(e.actor, e.verb, e.object) for e in store.audit.events()] == [
            ("dora", "guideline", "2")
        ]


def test_who_did_not_see_the_newest_version_does_not_replace_it(store_url: str) -> None:
    with Store.open(store_url) as store:
        store.guidelines.put("One.", "cora", after=0)
        with pytest.raises(LateDecision, match="meanwhile"):
            store.guidelines.put("Other.", "dora", after=0)
        assert [g.text for g in store.guidelines.versions()] == ["One."]


def test_each_decision_keeps_the_version_that_stood_then(store: Store) -> None:
    store.slots.fill(Rung.TESTED, 1)
    say(store)
    store.guidelines.put("One.", "cora", after=0)
    say(store)
    store.guidelines.put("Two.", "cora", after=1)
    last = store.last_decision("ann")
    assert last is not None
    review.undo(store, last.variant_id, "ann", "u")
    assert stamps(store) == [0, 1, 2]
    assert store.guidelines.last_used("ann") == 2
    assert store.guidelines.last_used("bob") == 0


# --- the page -------------------------------------------------------------------------------------


def test_a_store_without_a_guideline_gets_ours_once(store: Store) -> None:
    for _ in range(2):
        page = visit(store).get("/guidelines").text
    assert "Does it do the same?" in page
    assert [g.made_by for g in store.guidelines.versions()] == ["codeaug"]


def test_the_default_guideline_names_every_reason_of_the_list(store: Store) -> None:
    page = visit(store).get("/guidelines").text
    for reason in review.RejectReason:
        assert f"<td>{reason.value}</td>" in page


def test_a_curator_previews_and_saves_a_new_version(store: Store) -> None:
    client = curator(store)
    assert 'name="after" value="1"' in client.get("/guidelines").text
    form = {"text": "# Ours\r\n\r\nBe **kind**.", "after": "1"}
    preview = client.post("/guidelines", data=form | {"do": "preview"})
    assert "<p>Be <strong>kind</strong>.</p>" in preview.text
    assert len(store.guidelines.versions()) == 1
    assert client.post("/guidelines", data=form | {"do": "save"}).status_code == 303
    page = client.get("/guidelines").text
    assert "Version 2, by cora" in page
    assert store.guidelines.versions()[0].text == "# Ours\n\nBe **kind**."
    assert "Does it do the same?" in client.get("/guidelines?version=1").text
    assert client.get("/guidelines?version=9").status_code == 404


def test_two_curators_do_not_overwrite_each_other(store: Store) -> None:
    client = curator(store)
    form = {"text": "Ours.", "after": "1", "do": "save"}
    assert client.post("/guidelines", data=form).status_code == 303
    answer = client.post("/guidelines", data=form | {"text": "Mine."})
    assert answer.status_code == 409
    assert "meanwhile" in answer.text


@pytest.mark.parametrize(
    "form",
    [
        {"text": " "},
        {"text": "x" * 50_001},
        {"text": "x", "after": "-1"},
        {"text": "x", "after": "9" * 30},
    ],
)
def test_what_is_no_guideline_is_refused(store: Store, form: dict[str, str]) -> None:
    answer = curator(store).post("/guidelines", data={"after": "1", "do": "save"} | form)
    assert answer.status_code == 400
    assert len(store.guidelines.versions()) == 1


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.CURATOR, Role.ADMIN)])
def test_others_read_it_and_change_nothing(store: Store, role: Role) -> None:
    client = visit(store, role=role)
    assert "Change it" not in client.get("/guidelines").text
    form = {"text": "Mine.", "after": "1", "do": "save"}
    assert client.post("/guidelines", data=form).status_code == 403
    assert len(store.guidelines.versions()) == 1


def test_who_decided_by_an_older_version_is_told_until_they_decide_again(store: Store) -> None:
    client = visit(store)
    assert "has changed" not in client.get("/guidelines").text
    say(store)
    assert "has changed" not in client.get("/guidelines").text
    store.guidelines.put("Two.", "cora", after=1)
    assert "has changed since your last decision" in client.get("/variants").text
    assert "has changed" not in visit(store, reviewer="bob").get("/variants").text
    say(store)
    assert "has changed" not in client.get("/variants").text


# --- Markdown -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "![x](https://example.org/pixel.png)",
        '[x](https://example.org "onmouseover=alert(1) \\"")',
        "<javascript:alert(1)>",
        "[x]: javascript:alert(1)\n\n[x]",
        "```<script>\n</script>\n```",
        "| <b onclick=x> |\n|---|\n| <i> |",
        "<div\nstyle='x'>",
    ],
)
def test_markdown_brings_no_html_no_image_and_no_odd_link(attack: str) -> None:
    import re

    html = render(attack)
    tags = re.findall(r"<[^>]*>", html)
    for tag in tags:
        assert re.fullmatch(
            r"</?(p|em|strong|code|pre|table|thead|tbody|tr|th|td)>"
            r'|<code class="language-[^"<>]*">|</a>|<a href="https?://[^"<>]*"( title="[^"<>]*")?>',
            tag,
        ), tag


def test_headings_stand_below_the_page_s_own() -> None:
    assert render("# A\n\n###### B") == "<h2>A</h2>\n<h6>B</h6>\n"
