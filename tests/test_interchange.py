"""The queue in other annotation tools and back: nothing is lost, and no rule is passed by."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from codeaug import interchange, members, review
from codeaug.model import Decision, Origin, RejectReason, Rung, Variant, Word
from codeaug.people import Caller
from codeaug.store import Store
from tests.seeded import UNITS, VARIANTS, evidence, seed

TOOLS = tuple(interchange.TOOLS)
PEOPLE = {"ann": "annotator", "bob": "annotator", "eve": "adjudicator", "vic": "viewer"}
EDIT = Variant(
    UNITS["cpp"].id,
    VARIANTS["cpp"].code.replace("difference", "minutes"),
    Origin("person", parent=VARIANTS["cpp"].id),
)


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Callable[[str], Store]]:
    """A store with cards in three languages for two people each, and nothing said of them."""
    opened: list[Store] = []

    def fresh(name: str) -> Store:
        store = Store.open(str(tmp_path / f"{name}.db"))
        opened.append(store)
        seed(store)
        store.put_variants([EDIT])
        store.put_evidence(evidence(EDIT))
        for person, role in PEOPLE.items():
            members.admit(store, person, role, "test")
        store.guidelines.put("# How we decide\n", "eve", 0)
        store.slots.fill(Rung.TESTED, 2)
        return store

    yield fresh
    for store in opened:
        store.close()


def say(store: Store, name: str, person: str, word: Word, **more: Any) -> None:
    variant_id = VARIANTS[name].id
    token = "" if word is Word.SKIPPED else review.take(store, person, variant_id).token
    request = f"{name} {person} {word}"
    assert review.decide(store, variant_id, person, word, request, token=token, **more)


def speak(store: Store) -> None:
    """Every kind of word there is, in all three languages."""
    say(store, "java", "ann", Word.APPROVED, naturalness=4, comment="naïve \u2028 ```\r\n<b>")
    say(store, "java", "bob", Word.REJECTED, reason=RejectReason.STYLE, comment="long-winded")
    say(store, "java", "eve", Word.SKIPPED, comment="")
    store.guidelines.put("# How we decide now\n", "eve", 1)
    say(store, "python", "ann", Word.FLAGGED, comment="is this licensed?")
    say(store, "python", "bob", Word.APPROVED)
    caller = Caller.of(person(store, "eve"))
    assert review.settle(
        store, VARIANTS["python"].id, caller, Word.REJECTED, "settled",
        reason=RejectReason.OTHER, comment="it is not",
    )  # fmt: skip
    token = review.take(store, "bob", VARIANTS["cpp"].id).token
    said = Decision(VARIANTS["cpp"].id, "bob", Word.EDITED, datetime.now(UTC), comment="clearer")
    assert store.slots.edit(said, EDIT, "edited", token, 0)
    say(store, "cpp", "ann", Word.REJECTED, reason=RejectReason.UNNATURAL, naturalness=1)


def person(store: Store, name: str) -> Any:
    found = store.people.named(name)
    assert found
    return found


def told(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """All that stands, with the number of the guideline, which Decision does not compare."""
    return {
        variant_id: [(word, word.guideline) for word in store.exchange.words(variant_id)]
        for variant_id in store.exchange.cards()
    }


def export(store: Store, tool: str, out: Path, **more: Any) -> dict[str, Any]:
    return interchange.export(store, tool, out, more.pop("people", {}), guideline="# G", **more)


def bring(store: Store, tool: str, path: Path, **more: Any) -> dict[str, Any]:
    return interchange.bring(store, tool, path, more.pop("people", {}), "admin", **more)


def cards(tool: str, folder: Path) -> list[dict[str, Any]]:
    text = (folder / interchange.TOOLS[tool].file).read_text(encoding="ascii")
    if tool == "jsonl":
        return [json.loads(line) for line in text.splitlines()]
    found: list[dict[str, Any]] = json.loads(text)
    return found


def rewrite(tool: str, folder: Path, documents: list[dict[str, Any]]) -> None:
    dumped = [json.dumps(each) for each in documents]
    text = "\n".join(dumped) if tool == "jsonl" else f"[{','.join(dumped)}]"
    (folder / interchange.TOOLS[tool].file).write_text(text, encoding="ascii")


def answered(tool: str, card: dict[str, Any], by: str, word: str, **more: Any) -> None:
    """Adds an answer as the tool itself does, without anything of ours."""
    values = {"word": word, **more}
    if tool == "argilla":
        for question, value in values.items():
            response = {"value": value, "user_id": by}
            card["responses"].setdefault(question, []).append(response)
        return
    result = []
    for question, value in values.items():
        held = {"rating": value} if question == "naturalness" else {"choices": [value]}
        kind = "rating" if question == "naturalness" else "choices"
        if question == "comment":
            held, kind = {"text": [value]}, "textarea"
        result.append(
            {"id": "aB3", "from_name": question, "to_name": "variant", "type": kind,
             "origin": "manual", "value": held}
        )  # fmt: skip
    at = "2026-03-04T05:06:07.000008Z"
    card["annotations"].append(
        {"id": 9, "completed_by": int(by), "was_cancelled": False, "lead_time": 7.1,
         "created_at": at, "updated_at": at, "draft_created_at": None, "result": result}
    )  # fmt: skip


# --- there and back -------------------------------------------------------------------------------


@pytest.mark.parametrize("tool", TOOLS)
def test_an_empty_store_gets_the_very_same_decisions(
    tool: str, make: Callable[[str], Store], tmp_path: Path
) -> None:
    here, there = make("here"), make("there")
    there.guidelines.put("# How we decide now\n", "eve", 1)
    speak(here)
    done = export(here, tool, tmp_path / "out")
    assert (done["cards"], done["decisions"]) == (4, 8)
    found = bring(there, tool, tmp_path / "out")
    assert found == {
        "format": tool, "counted": 8, "known": 0, "refused": {}, "unknown": 0
    }  # fmt: skip
    assert told(there) == told(here)
    assert there.exchange.made_of(VARIANTS["cpp"].id) == {"bob": EDIT.id}
    assert there.approved() == here.approved()
    assert not there.audit.verify().problems


@pytest.mark.parametrize("tool", TOOLS)
def test_what_is_brought_twice_counts_once(
    tool: str, make: Callable[[str], Store], tmp_path: Path
) -> None:
    here, there = make("here"), make("there")
    speak(here)
    before = told(here)
    export(here, tool, tmp_path / "out")
    assert bring(here, tool, tmp_path / "out")["known"] == 8
    assert told(here) == before
    bring(there, tool, tmp_path / "out")
    assert bring(there, tool, tmp_path / "out")["counted"] == 0


def test_another_tool_s_file_of_the_same_decisions_counts_nothing_new(
    make: Callable[[str], Store], tmp_path: Path
) -> None:
    here, there = make("here"), make("there")
    speak(here)
    for tool in TOOLS:
        export(here, tool, tmp_path / tool)
    counted = [bring(there, tool, tmp_path / tool)["counted"] for tool in TOOLS]
    assert counted == [8, 0, 0]
