"""The queue in other annotation tools and back: nothing is lost, and no rule is passed by."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from codeaug import interchange, members, review
from codeaug.errors import UsageError
from codeaug.interchange.records import number_of, uuid_of
from codeaug.model import Decision, Origin, RejectReason, Rung, Variant, Word
from codeaug.people import Caller
from codeaug.store import GoldRules, Item, Store, Truth
from tests import command_line
from tests.seeded import UNITS, VARIANTS, evidence, seed

TOOLS = tuple(interchange.TOOLS)
PEOPLE = {"ann": "annotator", "bob": "annotator", "eve": "adjudicator", "vic": "viewer"}
EDIT = Variant(
    UNITS["cpp"].id,
    VARIANTS["cpp"].code.replace("difference", "minutes"),
    Origin("person", parent=VARIANTS["cpp"].id),
)

JAVA = VARIANTS["java"].id


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Callable[[str], Store]]:
    """A store with cards in three languages for two people each, and nothing said of them."""
    with ExitStack() as opened:
        yield lambda name: prepared(
            opened.enter_context(Store.open(name if "/" in name else str(tmp_path / f"{name}.db")))
        )


def prepared(store: Store) -> Store:
    seed(store)
    store.put_variants([EDIT])
    store.put_evidence(evidence(EDIT))
    for person, role in PEOPLE.items():
        members.admit(store, person, role, "test")
    store.guidelines.put("# How we decide\n", "eve", 0)
    store.slots.fill(Rung.TESTED, 2)
    return store


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
    tool: str, make: Callable[[str], Store], store_url: str, tmp_path: Path
) -> None:
    here, there = make("here"), make(store_url)
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


# --- answers that were given there ----------------------------------------------------------------

THEIRS = {"argilla": "ad536246-7c7b-4962-86f3-58d93d033c81", "label-studio": "7"}


@pytest.mark.parametrize("name", ["java", "cpp", "python"])
@pytest.mark.parametrize("tool", THEIRS)
def test_an_answer_given_there_is_a_decision_here(
    tool: str, name: str, make: Callable[[str], Store], tmp_path: Path
) -> None:
    store, out = make("here"), tmp_path / "out"
    export(store, tool, out)
    found = cards(tool, out)
    (card,) = [each for each in found if VARIANTS[name].id in json.dumps(each)]
    answer = {"reason": "worse style", "naturalness": 2, "comment": " ä "}
    answered(tool, card, THEIRS[tool], "rejected", **answer)
    rewrite(tool, out, found)
    people = {THEIRS[tool]: "ann"}
    assert bring(store, tool, out, people=people)["counted"] == 1
    assert bring(store, tool, out, people=people) | {"counted": 0, "known": 1} == bring(
        store, tool, out, people=people
    )
    (said,) = store.exchange.words(VARIANTS[name].id)
    assert (said.reviewer, said.word, said.reason) == ("ann", Word.REJECTED, "worse style")
    assert (said.naturalness, said.comment, said.guideline) == (2, "ä", 1)
    told_there = datetime(2026, 3, 4, 5, 6, 7, 8, tzinfo=UTC)
    assert (said.made_at == told_there) is (tool == "label-studio")


@pytest.mark.parametrize("tool", THEIRS)
def test_an_answer_that_was_changed_there_counts_instead_of_the_one_that_went_out(
    tool: str, make: Callable[[str], Store], tmp_path: Path
) -> None:
    store, there, out = make("here"), make("there"), tmp_path / "out"
    say(store, "java", "bob", Word.REJECTED, reason=RejectReason.STYLE)
    export(store, tool, out, people={THEIRS[tool]: "bob"})
    text = (out / interchange.TOOLS[tool].file).read_text()
    (card,) = [each for each in cards(tool, out) if VARIANTS["java"].id in json.dumps(each)]
    assert THEIRS[tool] in json.dumps(card["responses" if tool == "argilla" else "annotations"])
    changed = text.replace('["worse style"]', '["trivial"]').replace(
        '"value": "worse style"', '"value": "trivial"'
    )
    assert changed != text
    later = datetime.now(UTC).isoformat()
    changed = changed.replace('"updated_at": "', f'"updated_at": "{later}", "before": "')
    (out / interchange.TOOLS[tool].file).write_text(changed)
    assert bring(there, tool, out)["counted"] == 1
    (said,) = there.exchange.words(VARIANTS["java"].id)
    assert (said.reviewer, said.reason) == ("bob", "trivial")


@pytest.mark.parametrize("tool", THEIRS)
def test_an_export_calls_people_as_the_tool_can(
    tool: str, make: Callable[[str], Store], tmp_path: Path
) -> None:
    store = make("here")
    speak(store)
    both = {"bob@example.org": "bob", THEIRS[tool]: "bob"}
    export(store, tool, tmp_path / "out", people=both)
    assert THEIRS[tool] in (tmp_path / "out" / interchange.TOOLS[tool].file).read_text()
    with pytest.raises(UsageError, match="give what bob is by --person"):
        export(store, tool, tmp_path / "other", people={"bob@example.org": "bob"})
    with pytest.raises(UsageError, match="not known here: zoe"):
        export(store, tool, tmp_path / "other", people={THEIRS[tool]: "zoe"})
    assert not (tmp_path / "other").exists()


def test_a_button_that_skips_is_a_skip_and_a_draft_is_nothing(
    make: Callable[[str], Store], tmp_path: Path
) -> None:
    store = make("here")
    export(store, "label-studio", tmp_path / "ls")
    tasks = cards("label-studio", tmp_path / "ls")
    skipped = {"completed_by": {"id": 3, "email": "a@b.c"}, "was_cancelled": True, "result": []}
    tasks[0] |= {"annotations": [skipped], "drafts": [{"result": []}]}
    rewrite("label-studio", tmp_path / "ls", tasks)
    bring(store, "label-studio", tmp_path / "ls", people={"a@b.c": "ann"})
    assert [one.word for one in store.exchange.words(tasks[0]["data"]["variant_id"])] == ["skipped"]
    export(store, "argilla", tmp_path / "rg", decisions=False)
    records = cards("argilla", tmp_path / "rg")
    draft = {"value": "approved", "user_id": THEIRS["argilla"], "status": "draft"}
    records[1]["responses"] = {"word": [draft]}
    rewrite("argilla", tmp_path / "rg", records)
    assert bring(store, "argilla", tmp_path / "rg")["counted"] == 0


def test_people_are_known_again_by_the_names_that_we_gave_them() -> None:
    assert uuid_of("ann") == uuid_of("ann") != uuid_of("bob")
    assert 0 < int(number_of("ann")) < 2**31
    assert number_of("ann") != number_of("bob")


# --- what is refused ------------------------------------------------------------------------------


def spoil(change: Callable[[dict[str, Any]], None]) -> Callable[[list[dict[str, Any]]], None]:
    return lambda found: change(found[0]["decisions"][0])


BAD: dict[str, tuple[Callable[[list[dict[str, Any]]], None], str]] = {
    "a stranger": (spoil(lambda d: d.update(person="zoe")), "not known here: zoe; say who"),
    "somebody who may only read": (
        spoil(lambda d: d.update(person="vic")), "line 1: vic is viewer",
    ),
    "a final word of an annotator": (
        spoil(lambda d: d.update(final=True)), "line 1: ann is annotator, who may not settle",
    ),
    "no word of ours": (
        spoil(lambda d: d.update(word="maybe")), "line 1: decisions.0.word: Input should be",
    ),
    "a rejection without a reason": (
        spoil(lambda d: d.update(word="rejected")), "line 1: '' is no reason to reject",
    ),
    "a flag without a comment": (
        spoil(lambda d: d.update(word="flagged", comment=" ")), "line 1: a flag needs a comment",
    ),
    "an edit of nothing": (spoil(lambda d: d.update(word="edited")), "line 1: it does not tell"),
    "a rating beyond five": (
        spoil(lambda d: d.update(naturalness=6)), "line 1: decisions.0.naturalness",
    ),
    "a time to come": (
        spoil(lambda d: d.update(made_at="2999-01-01T00:00:00+00:00")), "line 1: it was said in",
    ),
    "a time of nowhere": (
        spoil(lambda d: d.update(made_at="2026-01-01T00:00:00")), "line 1: decisions.0.made_at",
    ),
    "another variant": (
        lambda found: found[1].update(variant="0" * 20), f"1 of 4 variants .*: {'0' * 20}",
    ),
    "what is no card": (lambda found: found[1].clear(), "line 2: variant: Field required"),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_nothing_is_kept_of_a_file_with(
    what: str, make: Callable[[str], Store], tmp_path: Path
) -> None:
    here, there, out = make("here"), make("there"), tmp_path / "out"
    for name in ("java", "cpp", "python"):
        say(here, name, "ann", Word.APPROVED)
    say(here, "java", "bob", Word.APPROVED)
    export(here, "jsonl", out)
    found = cards("jsonl", out)
    found[3]["decisions"] = found[0]["decisions"][1:]
    change, sentence = BAD[what]
    change(found)
    rewrite("jsonl", out, found)
    with pytest.raises(UsageError, match=sentence):
        bring(there, "jsonl", out)
    assert not any(told(there).values())


@pytest.mark.parametrize(
    ("tool", "data", "sentence"),
    [
        ("jsonl", b"\n{}\n", "line 2: variant"),
        ("jsonl", b'{"variant": \n', "line 1 is not JSON"),
        ("jsonl", b'{"variant": "\xff"}\n', "line 1 is not UTF-8"),
        ("jsonl", b"[" * 100_000, "line 1 is not JSON"),
        ("argilla", b"{}", "is no JSON list"),
        ("argilla", b'[{"id": "x"}]', "record 1: variant"),
        ("argilla", b"[{}", "is not JSON"),
        ("argilla", b'[{"metadata": {"codeaug": "{"}}]', "record 1: metadata.codeaug is not JSON"),
        ("argilla", b'[{"metadata": {"codeaug": 7}}]', "record 1: metadata.codeaug is no text"),
        ("label-studio", b"[1]", "task 1: Input should be"),
        ("label-studio", b'[{"data": {}}]', "task 1: variant"),
        ("label-studio", b"\xff\xfe", "is not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_says_where(
    tool: str, data: bytes, sentence: str, make: Callable[[str], Store], tmp_path: Path
) -> None:
    (tmp_path / "bad").write_bytes(data)
    with pytest.raises(UsageError, match=sentence):
        bring(make("here"), tool, tmp_path / "bad")


@pytest.mark.parametrize("tool", THEIRS)
def test_an_answer_that_is_no_word_of_ours_says_whose_it_is(
    tool: str, make: Callable[[str], Store], tmp_path: Path
) -> None:
    store, out = make("here"), tmp_path / "out"
    export(store, tool, out)
    found = cards(tool, out)
    answered(tool, found[2], THEIRS[tool], "edited")
    rewrite(tool, out, found)
    place = f"record 3, {THEIRS[tool]}" if tool == "argilla" else "task 3, annotation 1"
    with pytest.raises(UsageError, match=f"{place}: word"):
        bring(store, tool, out, people={THEIRS[tool]: "ann"})


def test_somebody_who_was_removed_is_refused(make: Callable[[str], Store], tmp_path: Path) -> None:
    here, there = make("here"), make("there")
    say(here, "java", "bob", Word.APPROVED)
    export(here, "jsonl", tmp_path / "out")
    members.remove(there, "bob", "test")
    with pytest.raises(UsageError, match="line 1: bob was removed"):
        bring(there, "jsonl", tmp_path / "out")
    assert bring(there, "jsonl", tmp_path / "out", people={"bob": "ann"})["counted"] == 1
    with pytest.raises(UsageError, match="--person names people who are not known here: zoe"):
        bring(there, "jsonl", tmp_path / "out", people={"bob": "zoe"})


def test_unknown_variants_can_be_left_out(make: Callable[[str], Store], tmp_path: Path) -> None:
    here, there, out = make("here"), make("there"), tmp_path / "out"
    say(here, "java", "ann", Word.APPROVED)
    say(here, "cpp", "ann", Word.APPROVED)
    export(here, "jsonl", out)
    found = cards("jsonl", out)
    found[0]["variant"] = "f" * 20
    rewrite("jsonl", out, found)
    done = bring(there, "jsonl", out, skip_unknown=True)
    assert (done["counted"], done["unknown"]) == (1, 1)


def test_lines_are_read_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "cards.jsonl"
    made_at = datetime.now(UTC).isoformat()
    said = {"person": "ann", "word": "approved", "made_at": made_at}
    line = json.dumps({"variant": "0" * 20, "decisions": [said]})
    path.write_text(f"{line}\nno JSON\n")
    words = interchange.TOOLS["jsonl"].said(path)
    assert next(words).person == "ann"
    with pytest.raises(UsageError, match="line 2 is not JSON"):
        next(words)


# --- the rules of the queue -----------------------------------------------------------------------


def test_a_decision_that_comes_too_late_does_not_count(
    make: Callable[[str], Store], tmp_path: Path
) -> None:
    here, there = make("here"), make("there")
    say(here, "java", "ann", Word.APPROVED)
    say(here, "java", "bob", Word.APPROVED)
    for other in ("eve", "joe"):
        members.admit(there, other, "annotator", "test")
        say(there, "java", other, Word.APPROVED)
    before = told(there)
    export(here, "jsonl", tmp_path / "out")
    done = bring(there, "jsonl", tmp_path / "out")
    assert done["counted"] == 0
    assert sum(done["refused"].values()) == 2
    assert told(there) == before
    assert not there.audit.verify().problems


def test_what_people_said_here_since_counts(make: Callable[[str], Store], tmp_path: Path) -> None:
    here, there = make("here"), make("there")
    say(here, "java", "ann", Word.APPROVED)
    say(there, "java", "ann", Word.REJECTED, reason=RejectReason.STYLE)
    export(here, "jsonl", tmp_path / "out")
    done = bring(there, "jsonl", tmp_path / "out")
    assert done["refused"] == {"they said something else of it here since.": 1}
    assert [one.word for one in there.exchange.words(VARIANTS["java"].id)] == ["rejected"]
    export(there, "jsonl", tmp_path / "newer")
    assert bring(here, "jsonl", tmp_path / "newer")["counted"] == 1
    assert [one.word for one in here.exchange.words(VARIANTS["java"].id)] == ["rejected"]


def test_what_was_taken_back_here_does_not_come_back(
    make: Callable[[str], Store], tmp_path: Path
) -> None:
    here, there = make("here"), make("there")
    say(here, "java", "ann", Word.APPROVED)
    export(here, "jsonl", tmp_path / "out")
    assert bring(there, "jsonl", tmp_path / "out")["counted"] == 1
    assert review.undo(there, VARIANTS["java"].id, "ann", "undone")
    done = bring(there, "jsonl", tmp_path / "out")
    assert list(done["refused"]) == [
        "it was brought in before, and they took it back or changed it."
    ]
    assert there.exchange.words(VARIANTS["java"].id) == []


def test_a_final_word_needs_a_dispute(make: Callable[[str], Store], tmp_path: Path) -> None:
    here, there, out = make("here"), make("there"), tmp_path / "out"
    say(here, "java", "ann", Word.FLAGGED, comment="?")
    caller = Caller.of(person(here, "eve"))
    assert review.settle(here, VARIANTS["java"].id, caller, Word.APPROVED, "settled")
    export(here, "jsonl", out)
    found = cards("jsonl", out)
    found[0]["decisions"] = found[0]["decisions"][1:]
    rewrite("jsonl", out, found)
    (why,) = bring(there, "jsonl", out)["refused"]
    assert "nothing to settle" in why
    assert there.approved() == []


def test_whoever_is_paused_decides_nothing_by_a_file(
    make: Callable[[str], Store], tmp_path: Path
) -> None:
    here, there = make("here"), make("there")
    say(here, "java", "ann", Word.APPROVED)
    export(here, "jsonl", tmp_path / "out")
    there.gold_rules = GoldRules(rate=1.0, min_items=1, max_false_accept=0.0)
    there.gold.put([Item(VARIANTS["cpp"].id, Truth.BAD, "known")])
    lease = there.slots.claim("ann", time.time_ns() // 1_000_000)
    assert lease
    assert lease.variant_id == VARIANTS["cpp"].id
    review.decide(there, lease.variant_id, "ann", Word.APPROVED, "r", token=lease.token)
    assert [pause.reviewer for pause in there.gold.paused()] == ["ann"]
    (why,) = bring(there, "jsonl", tmp_path / "out")["refused"]
    assert "no cards for now" in why


def test_a_guideline_of_another_text_is_none_of_here(
    make: Callable[[str], Store], tmp_path: Path
) -> None:
    here, there = make("here"), make("there")
    here.guidelines.put("# One text\n", "eve", 1)
    there.guidelines.put("# Another text\n", "eve", 1)
    say(here, "java", "ann", Word.APPROVED)
    export(here, "jsonl", tmp_path / "out")
    bring(there, "jsonl", tmp_path / "out")
    assert [one.guideline for one in there.exchange.words(VARIANTS["java"].id)] == [0]


# --- what stays here ------------------------------------------------------------------------------


@pytest.mark.parametrize("tool", TOOLS)
def test_gold_items_stay_here(tool: str, make: Callable[[str], Store], tmp_path: Path) -> None:
    store = make("here")
    speak(store)
    store.gold.put([Item(VARIANTS["cpp"].id, Truth.BAD, "known")])
    done = export(store, tool, tmp_path / "out")
    assert (done["cards"], done["decisions"]) == (3, 6)
    written = b"".join(p.read_bytes() for p in (tmp_path / "out").rglob("*") if p.is_file())
    assert VARIANTS["cpp"].id.encode() not in written  # not even as what an edit was made of
    assert EDIT.id.encode() in written


def test_a_gold_item_in_a_file_is_a_variant_that_nobody_knows(
    make: Callable[[str], Store], tmp_path: Path
) -> None:
    here, there = make("here"), make("there")
    say(here, "java", "ann", Word.APPROVED)
    export(here, "jsonl", tmp_path / "out")
    there.gold.put([Item(VARIANTS["java"].id, Truth.BAD, "known")])
    with pytest.raises(UsageError, match="1 of 1 variants are not in this store"):
        bring(there, "jsonl", tmp_path / "out")
    assert there.gold.answers() == []


@pytest.mark.parametrize("tool", TOOLS)
def test_cards_can_go_without_what_people_said(
    tool: str, make: Callable[[str], Store], tmp_path: Path
) -> None:
    store = make("here")
    speak(store)
    done = export(store, tool, tmp_path / "out", decisions=False)
    assert (done["cards"], done["decisions"]) == (4, 0)
    assert "long-winded" not in (tmp_path / "out" / interchange.TOOLS[tool].file).read_text()


def test_a_folder_that_is_there_is_left_alone(make: Callable[[str], Store], tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine").write_text("mine")
    with pytest.raises(UsageError, match="is there already"):
        export(make("here"), "argilla", tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine"]


@pytest.mark.parametrize("text", ["zz", "1" * 32, "12"])
def test_names_there_are_of_their_kind(text: str) -> None:
    uuid = "1" * 32
    is_name = {tool: known.is_name(text) for tool, known in interchange.TOOLS.items()}
    assert is_name == {"argilla": text == uuid, "label-studio": text != "zz", "jsonl": True}


def test_an_edit_is_taken_only_for_what_it_was_made_of(
    make: Callable[[str], Store], tmp_path: Path
) -> None:
    here, there, out = make("here"), make("there"), tmp_path / "out"
    speak(here)
    export(here, "jsonl", out)
    path = out / "cards.jsonl"
    path.write_text(path.read_text().replace(f'"edit": "{EDIT.id}"', f'"edit": "{JAVA}"'))
    assert bring(there, "jsonl", out)["refused"] == {"what they made of it is not in this store": 1}
    assert there.exchange.made_of(VARIANTS["cpp"].id) == {}


# --- the command line -----------------------------------------------------------------------------


def codeaug(*args: object, code: int = 0) -> subprocess.CompletedProcess[str]:
    done = command_line.codeaug("review", *args)
    assert done.returncode == code, done.stderr
    return done


def test_by_the_command_line_there_and_back(make: Callable[[str], Store], tmp_path: Path) -> None:
    here, there = make("here"), make("there")
    speak(here)
    out, store = tmp_path / "out", tmp_path / "there.db"
    (tmp_path / "codeaug.toml").write_text('bar = "tested"\noverlap = 2\n')
    common = ("--format", "label-studio", "--repo", tmp_path)
    written = codeaug("export", *common, "--store", tmp_path / "here.db", "--out", out, "--json")
    document = json.loads(written.stdout)
    assert (document["cards"], document["decisions"]) == (4, 8)
    assert here.audit.events(1)[0].verb == "cards exported"
    members.admit(there, "robert", "annotator", "test")
    there.guidelines.put("# How we decide now\n", "eve", 1)
    renamed = ("--person", "bob=robert", "--store", store)
    done = codeaug("import", out, *common, *renamed, "--json")
    assert json.loads(done.stdout) == {
        "format": "label-studio", "counted": 8, "known": 0, "refused": {}, "unknown": 0
    }  # fmt: skip
    event = next(one for one in there.audit.events() if one.verb == "import")
    assert "(command line)" in event.actor
    assert json.loads(event.detail)["format"] == "label-studio"
    assert "robert" in {one.reviewer for words in told(there).values() for one, _ in words}
    wrong = codeaug("import", out, *common, "--store", store, "--person", "bob", code=2)
    assert "--person bob: give THEIRS=OURS" in wrong.stderr


def test_the_command_line_offers_every_tool() -> None:
    for verb in ("export", "import"):
        assert f"[{'|'.join(TOOLS)}]" in codeaug(verb, "--help").stdout
