"""Evidence, people -> Decisions: what is shown to whom, in which order, and what a word may be.

Each variant needs so many votes (setting `overlap`), each of another person, who has the card to
themselves for a while. A tie calls for one more vote. Whoever decides sees the evidence but no
other person's decision before their own.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from codeaug.errors import LateDecision, UsageError
from codeaug.model import (
    LONGEST_COMMENT,
    LONGEST_REQUEST_ID,
    Decision,
    Evidence,
    Opinion,
    Oracle,
    RejectReason,
    Repository,
    Unit,
    Variant,
    Word,
)
from codeaug.people import MAY, Caller, Permission
from codeaug.store import Dispute, Lease, Store


@dataclass(frozen=True, slots=True)
class Card:
    """Everything that a person needs to decide about one variant."""

    unit: Unit
    variant: Variant
    evidence: Evidence | None
    oracle: Oracle | None
    repository: Repository | None
    decisions: tuple[Decision, ...]
    opinions: tuple[Opinion, ...] = ()

    def decision_of(self, reviewer: str) -> Decision | None:
        return next((d for d in self.decisions if d.reviewer == reviewer), None)


@dataclass(frozen=True, slots=True)
class Progress:
    """Cards that a person decided about, and votes that are wanted of anybody."""

    decided: int
    waiting: int


def next_card(store: Store, reviewer: str, now: int | None = None) -> Lease | None:
    """The card that a person has already, else the next one, weakest evidence first; what they
    skipped comes again at the end. None when there is nothing for them."""
    return store.slots.next(reviewer, _clock() if now is None else now)


def card_ahead(store: Store, reviewer: str, besides: str, now: int | None = None) -> Lease | None:
    """The card that comes after the one `besides`, which the person has: so it can be fetched
    while they still look at that one. Nobody has more than these two by asking again."""
    return store.slots.next(reviewer, _clock() if now is None else now, besides)


def lease_of(store: Store, reviewer: str, variant_id: str, now: int | None = None) -> Lease | None:
    """The person's right to decide about this variant, if they have it."""
    running = store.slots.held(reviewer, _clock() if now is None else now)
    return next((lease for lease in running if lease.variant_id == variant_id), None)


def take(store: Store, reviewer: str, variant_id: str, now: int | None = None) -> Lease:
    """The right to decide about this variant. Raises LateDecision when all its votes are in or
    given away, or one is this person's."""
    now = _clock() if now is None else now
    lease = lease_of(store, reviewer, variant_id, now)
    lease = lease or store.slots.claim(reviewer, now, variant_id)
    # another page of theirs, that fetches ahead, may have been faster
    lease = lease or lease_of(store, reviewer, variant_id, now)
    if lease is None:
        raise LateDecision("others decide about this variant: its votes are in, or given away.")
    return lease


def renew(store: Store, reviewer: str, token: str, now: int | None = None) -> bool:
    """Keeps a card for a person who still looks at it; False when somebody else has it."""
    return store.slots.renew(reviewer, token, _clock() if now is None else now)


def _clock() -> int:
    return time.time_ns() // 1_000_000


def card(store: Store, variant_id: str, commit: str | None = None) -> Card | None:
    """The card of a variant with its newest evidence, or None when there is no such variant."""
    variant = store.variant(variant_id)
    if variant is None:
        return None
    evidence = store.evidence(variant_id, commit)
    here = store.unit_of(variant_id, evidence.commit) if evidence else None
    unit = here or store.unit(variant.unit_id)
    if unit is None:
        return None
    return Card(
        unit=unit,
        variant=variant,
        evidence=evidence,
        oracle=store.oracle(unit.id, evidence.commit) if evidence else None,
        repository=store.repository(evidence.commit) if evidence else None,
        decisions=tuple(store.decisions(variant_id)),
        opinions=tuple(store.opinions(variant_id)),
    )


def decide(
    store: Store,
    variant_id: str,
    reviewer: str,
    word: Word,
    request_id: str,
    *,
    token: str = "",
    reason: str = "",
    comment: str = "",
    naturalness: int = 0,
    now: int | None = None,
) -> bool:
    """Records a person's word; False when this request was counted before.

    `token` is that of their lease; whoever decided before may change their mind without one. A
    rejection has a reason of the list, a flag a comment. Raises UsageError, and LateDecision for a
    card that is somebody else's.
    """
    _demand(reviewer, "nobody is named as reviewer: give --reviewer NAME")
    _check(request_id, word, reason, comment, naturalness)
    made_at = datetime.now(UTC)
    record = Decision(variant_id, reviewer, word, made_at, reason, comment.strip(), naturalness)
    return store.slots.decide(record, request_id, token, _clock() if now is None else now)


def disputes(store: Store, caller: Caller) -> list[Dispute]:
    """What this person can settle, who has no vote in it; flagged ones first."""
    found = store.disputes()
    return [one for one in found if not _voted(store.decisions(one.variant_id), caller)]


def may_settle(store: Store, caller: Caller, card: Card) -> bool:
    """Whether this person may say the final word about it: they may do so at all, have no vote in
    it, and it is disputed, or settled by themselves."""
    if not caller.may(Permission.ADJUDICATE):
        return False
    mine = card.decision_of(caller.name)
    return mine.final if mine else bool(store.disputes(card.variant.id))


def visible(card: Card, caller: Caller, store: Store) -> tuple[Decision, ...]:
    """Other people's decisions, as far as this person may see them: whoever may vote sees none
    before their own, so that nobody follows another, not even by a key that may only read; whoever
    settles a dispute sees all."""
    others = tuple(d for d in card.decisions if d.reviewer != caller.name)
    voted = card.decision_of(caller.name) is not None
    votes = Permission.VOTE in MAY[caller.person.role]
    if not (voted or not votes or may_settle(store, caller, card)):
        return ()
    if caller.may(Permission.CURATE) or not store.gold.holds(card.variant.id):
        return others
    # more words than there are of any variant would give a gold item away
    return others[: store.gold_rules.overlap - voted]


def _voted(decisions: Iterable[Decision], caller: Caller) -> bool:
    return any(d.reviewer == caller.name and not d.final for d in decisions)


def settle(
    store: Store,
    variant_id: str,
    caller: Caller,
    word: Word,
    request_id: str,
    *,
    reason: str = "",
    comment: str = "",
    now: int | None = None,
) -> bool:
    """Records the final word about a disputed variant, approved or rejected; False when this
    request was counted before. Raises UsageError, and LateDecision when somebody else settled it.
    """
    _check(request_id, word, reason, comment, 0)
    made_at = datetime.now(UTC)
    record = Decision(variant_id, caller.name, word, made_at, reason, comment.strip(), final=True)
    return _settle(store, record, caller, request_id, _clock() if now is None else now)


def _settle(store: Store, record: Decision, caller: Caller, request_id: str, now: int) -> bool:
    found = card(store, record.variant_id)
    _demand(found, "there is no such variant: it may be of another store")
    final = record.word in (Word.APPROVED, Word.REJECTED)
    _demand(final, "a final word approves or rejects")
    _demand(
        found and (may_settle(store, caller, found) or _settled(found)),
        "there is nothing to settle: nobody disagrees, or you have voted yourself",
    )
    return store.slots.settle_for_good(record, request_id, now)


def _settled(card: Card) -> bool:
    return any(decision.final for decision in card.decisions)


def undo(
    store: Store, variant_id: str, reviewer: str, request_id: str, now: int | None = None
) -> bool:
    """Takes a decision back; the record of it stays. False as in `decide`."""
    _check_request(request_id)
    _demand(store.has_variant(variant_id), "there is no such variant: it may be of another store")
    now = _clock() if now is None else now
    return store.slots.undo(variant_id, reviewer, datetime.now(UTC), request_id, now)


def bring_in(
    store: Store,
    record: Decision,
    caller: Caller,
    request_id: str,
    *,
    timed: bool,
    edit: str = "",
    now: int | None = None,
) -> bool:
    """Records what a person said in another tool; False when that stands already.

    The rules are those of `decide` and `settle`, but that the card is taken for them. `timed` says
    that it was said at `made_at`: then what they said here since counts. `edit` is the variant that
    they made. Raises UsageError, LateDecision and Paused.
    """
    _check(request_id, record.word, record.reason, record.comment, record.naturalness)
    now = _clock() if now is None else now
    with store.writing():
        words = store.exchange.words(record.variant_id)
        before = next((one for one in words if one.reviewer == record.reviewer), None)
        newer = before is not None and timed and before.made_at >= record.made_at
        if before and _says_the_same(before, record) and (newer or not timed):
            return False
        if newer:
            raise LateDecision("they said something else of it here since.")
        if not _kept(store, record, caller, request_id, before, edit, now):
            raise LateDecision("it was brought in before, and they took it back or changed it.")
    return True


def _kept(
    store: Store,
    record: Decision,
    caller: Caller,
    request_id: str,
    before: Decision | None,
    edit: str,
    now: int,
) -> bool:
    if record.final:
        return _settle(store, record, caller, request_id, now)
    voted = before is not None and before.word is not Word.SKIPPED
    free = voted or record.word is Word.SKIPPED
    token = "" if free else take(store, record.reviewer, record.variant_id, now).token
    if record.word is not Word.EDITED:
        return store.slots.decide(record, request_id, token, now)
    made = store.variant(edit)
    if made is None or made.origin.parent != record.variant_id:
        raise UsageError("what they made of it is not in this store")
    return store.slots.edit(record, made, request_id, token, now)


def _says_the_same(one: Decision, other: Decision) -> bool:
    return replace(one, made_at=other.made_at) == other


def _check(request_id: str, word: Word, reason: str, comment: str, naturalness: int) -> None:
    """What every request must have. Raises UsageError."""
    _check_request(request_id)
    require_whole(word, reason, comment, naturalness)


def require_whole(word: Word, reason: str, comment: str, naturalness: int) -> None:
    """What every word must have. Raises UsageError."""
    _demand(len(comment) <= LONGEST_COMMENT, f"a comment has at most {LONGEST_COMMENT} characters")
    _demand(naturalness in range(6), "naturalness is from 1 to 5")
    if word is Word.REJECTED:
        choice = ", ".join(RejectReason)
        _demand(
            reason in list(RejectReason), f"{reason!r} is no reason to reject: give one of {choice}"
        )
    _demand(word is not Word.FLAGGED or comment.strip(), "a flag needs a comment: what is it?")


def _check_request(request_id: str) -> None:
    _demand(request_id, "the request has no id")
    _demand(len(request_id) <= LONGEST_REQUEST_ID, "the id of the request is too long")


def _demand(condition: object, otherwise: str) -> None:
    if not condition:
        raise UsageError(otherwise)
