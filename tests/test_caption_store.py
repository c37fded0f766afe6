"""Captions in the store: what enters a dataset hangs on people's newest words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from codeaug.model import Caption, CaptionWord, Description, Word
from codeaug.store import Store

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
FIRST = Caption("u1", "Doubles a number.", "openai:m", "p1", NOW)
ODD = Caption("u2", "Says \ud800\0.", "openai:m", "p1", NOW)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with Store.open(store_url) as opened:
        yield opened


def say(
    store: Store, of: Caption, reviewer: str, word: Word, text: str = "", hours: int = 0
) -> None:
    made_at = NOW + timedelta(hours=hours)
    store.captions.say(CaptionWord(of.id, reviewer, word, text or of.text, made_at))


def test_a_caption_comes_back_exactly_and_is_kept_once(store: Store) -> None:
    assert store.captions.put(FIRST)
    assert store.captions.put(ODD)
    assert not store.captions.put(replace(FIRST, made_at=NOW.replace(hour=9)))
    assert [one.caption for one in store.captions.of(["u1", "u2", "u3"])] == sorted(
        [FIRST, ODD], key=lambda one: one.id
    )
    assert store.captions.of(["u1"])[0].caption.made_at == NOW
    assert store.captions.asked("openai:m", "p1") == {"u1", "u2"}
    assert store.captions.asked("openai:m", "p2") == set()
    assert len({FIRST.id, ODD.id, replace(FIRST, model="x").id, replace(FIRST, prompt="x").id}) == 4


def test_nothing_is_a_description_before_a_person_approved_it(store: Store) -> None:
    store.captions.put(FIRST)
    assert store.captions.descriptions(["u1"]) == {}
    say(store, FIRST, "ann", Word.APPROVED)
    told = Description(FIRST.text, FIRST.id, "openai:m", "ann")
    assert store.captions.descriptions(["u1", "u2"]) == {"u1": told}


def test_while_anybody_is_against_a_caption_it_is_no_description(store: Store) -> None:
    store.captions.put(FIRST)
    say(store, FIRST, "ann", Word.APPROVED)
    say(store, FIRST, "bob", Word.REJECTED, hours=1)
    assert store.captions.descriptions(["u1"]) == {}
    assert store.captions.of(["u1"])[0].state == "rejected"
    say(store, FIRST, "bob", Word.APPROVED, hours=2)
    assert store.captions.descriptions(["u1"])["u1"].reviewer == "bob"
    assert [said.reviewer for said in store.captions.of(["u1"])[0].words] == ["ann", "bob"]


def test_what_a_person_made_of_a_caption_is_what_counts(store: Store) -> None:
    store.captions.put(FIRST)
    say(store, FIRST, "ann", Word.APPROVED)
    say(store, FIRST, "bob", Word.EDITED, "Twice the number.", hours=1)
    assert store.captions.descriptions(["u1"])["u1"].text == "Twice the number."


def test_of_several_captions_the_one_that_was_approved_last_counts(store: Store) -> None:
    other = replace(FIRST, model="openai:n", text="Returns twice its argument.")
    for each, hours in ((other, 1), (FIRST, 2)):
        store.captions.put(each)
        say(store, each, "ann", Word.APPROVED, hours=hours)
    assert store.captions.descriptions(["u1"])["u1"].caption == FIRST.id


def test_the_audit_tells_every_word_and_stays_whole(store: Store) -> None:
    store.captions.put(FIRST)
    say(store, FIRST, "ann", Word.EDITED, "Twice.")
    (line,) = store.audit.events()
    assert (line.actor, line.verb, line.object) == ("ann", "caption edited", FIRST.id)
    assert "Twice." in line.detail
    assert store.audit.verify().problems == ()


def test_an_export_that_was_stopped_sees_that_somebody_said_something_since(store: Store) -> None:
    store.captions.put(FIRST)
    before = store.material.stamp()
    say(store, FIRST, "ann", Word.APPROVED)
    assert store.material.stamp() != before
