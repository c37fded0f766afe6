"""Many people do anything in any order: no vote is lost, asked twice or waited for in vain."""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path

import pytest
import sqlalchemy as sa

from codeaug import review
from codeaug.errors import UsageError
from codeaug.model import RejectReason, Rung, Word
from codeaug.people import Caller, Person, Role
from codeaug.store import Store
from codeaug.store.tables import slot
from tests.seeded import VARIANTS, seed

CARDS = [VARIANTS[name].id for name in ("java", "cpp", "python")]
JUDGES = [Caller.of(Person(name, Role.ADJUDICATOR)) for name in ("ann", "jo", "kim")]
ACTIONS = ["word"] * 6 + ["skip", "undo", "undo", "settle", "settle", "fill", "late"]


class Walk:
    """What some people do about three cards, by one seed."""

    def __init__(self, store: Store, number: int) -> None:
        self._store, self._any = store, random.Random(number)
        self._now, self._request = 1_000_000, 0
        self._tokens = [("ann", CARDS[0], "forged")]
        self.overlap = self._any.choice([1, 2, 3])

    def step(self) -> str:
        """Does something, which may be refused; what it was."""
        self._now += self._any.choice([0, 1_000, 1_000_000])
        self._request += 1
        action, card = self._any.choice(ACTIONS), self._any.choice(CARDS)
        who = self._any.choice(["ann", "bob", "cyd", "dan"])
        with suppress(UsageError):
            self._do(action, who, card)
        return f"{self._request}: {who} {action} {card}"

    def _do(self, action: str, who: str, card: str) -> None:
        if action == "fill":  # more people are asked than before
            self.overlap = max(self.overlap, self._any.choice([1, 2, 3]))
            self._store.slots.fill(Rung.TESTED, self.overlap, self._now)
        elif action == "settle":
            self._settle(self._any.choice(JUDGES), card)
        elif action == "undo":
            who = self._any.choice([who, "jo", "kim"])
            review.undo(self._store, card, who, str(self._request), self._now)
        elif action == "late":
            self._say(*self._any.choice(self._tokens), Word.APPROVED)
        elif action == "skip":
            self._say(who, card, "", Word.SKIPPED)
        else:
            lease = review.take(self._store, who, card, self._now)
            self._tokens.append((who, card, lease.token))
            said = self._any.choice([Word.APPROVED, Word.REJECTED, Word.REJECTED, Word.FLAGGED])
            self._say(who, card, lease.token, said)

    def _say(self, who: str, card: str, token: str, word: Word) -> None:
        review.decide(
            self._store, card, who, word, str(self._request), token=token,
            reason=RejectReason.TRIVIAL, comment="?", now=self._now,
        )  # fmt: skip

    def _settle(self, judge: Caller, card: str) -> None:
        word = self._any.choice([Word.APPROVED, Word.REJECTED])
        review.settle(
            self._store, card, judge, word, str(self._request),
            reason=RejectReason.TRIVIAL, now=self._now,
        )  # fmt: skip


def wrong(store: Store, card: str, overlap: int) -> str:
    """What must never be so about a card; "" when all is well."""
    with store.reading() as connection:
        slots = connection.execute(sa.select(slot).where(slot.c.variant_id == card)).all()
    said = store.decisions(card)
    final = any(one.final for one in said)
    voted = {one.reviewer for one in said if not one.final}
    holders = [each.holder for each in slots if each.holder]
    waits = any(not each.done for each in slots)
    words = [one.word for one in said]
    tied = words.count(Word.APPROVED) == words.count(Word.REJECTED) > 0
    found = {
        "somebody has two votes": len(holders) != len(set(holders)),
        "two final words": sum(one.final for one in said) > 1,
        "a vote is wanted of what was settled": final and waits,
        "a vote is in that nobody gave": not final
        and any(each.done and each.holder and each.holder not in voted for each in slots),
        "fewer votes than asked for, and none is wanted": not final
        and not waits
        and len(voted) < min(overlap, len(slots)),
        "a tie that nobody is asked about": tied
        and not waits
        and not final
        and Word.FLAGGED not in words
        and not store.disputes(card),
    }
    return ", ".join(name for name, so in found.items() if so)


@pytest.mark.parametrize("number", range(10))
def test_whatever_people_do_no_vote_is_lost_or_waited_for_in_vain(
    tmp_path: Path, number: int
) -> None:
    with Store.open(str(tmp_path / "store.db")) as store:
        seed(store)
        walk, done = Walk(store, number), list[str]()
        store.slots.fill(Rung.TESTED, walk.overlap)
        for _ in range(50):
            done.append(walk.step())
            problems = [wrong(store, card, walk.overlap) for card in CARDS]
            assert problems == [""] * len(CARDS), done[-8:]
        assert store.audit.verify().problems == ()
