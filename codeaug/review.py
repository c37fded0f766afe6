"""Evidence, people -> Decisions: what is shown to whom, in which order, and what a word may be.

Whoever decides sees the evidence but no other person's decision before their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from codeaug.errors import UsageError
from codeaug.model import Decision, Evidence, Opinion, Oracle, Repository, Rung, Unit, Variant
from codeaug.store import Store

LONGEST_COMMENT = 2000


class RejectReason(StrEnum):
    """The closed list of reasons against a variant, in the order of their number keys."""

    BEHAVIOUR = "changes behaviour"
    UNNATURAL = "unnatural"
    STYLE = "worse style"
    TRIVIAL = "trivial"
    FORMATTING = "broken formatting"
    OTHER = "other"


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
class Queue:
    """All variants at or above the bar, weakest evidence first, and those still to decide."""

    order: tuple[str, ...]
    waiting: frozenset[str]

    @property
    def decided(self) -> int:
        return len(self.order) - len(self.waiting)

    def next_waiting(self, after: str = "") -> str | None:
        """The next variant to decide after this one, beginning again at the end."""
        start = self.order.index(after) + 1 if after in self.order else 0
        turned = self.order[start:] + self.order[:start]
        return next((variant for variant in turned if variant in self.waiting), None)

    def neighbour(self, of: str, step: int) -> str | None:
        """The variant `step` places away in the order, decided or not."""
        place = self.order.index(of) + step if of in self.order else -1
        return self.order[place] if 0 <= place < len(self.order) else None


def queue(store: Store, bar: Rung, reviewer: str, commit: str | None = None) -> Queue:
    """What this person can decide about at the bar."""
    found = store.review_order(bar, commit, reviewer)
    return Queue(tuple(found), frozenset(v for v, waiting in found.items() if waiting))


def card(store: Store, variant_id: str, commit: str | None = None) -> Card | None:
    """The card of a variant with its newest evidence, or None when there is no such variant."""
    variant = store.variant(variant_id)
    if variant is None:
        return None
    evidence = store.evidence(variant_id, commit)
    here = store.unit(variant.unit_id, evidence.commit) if evidence else None
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


def approve(
    store: Store, variant_id: str, reviewer: str, request_id: str, comment: str = ""
) -> bool:
    """Records an approval; False when this request was counted before. Raises UsageError."""
    return _decide(store, variant_id, reviewer, request_id, True, "", comment)


def reject(
    store: Store, variant_id: str, reviewer: str, request_id: str, reason: str, comment: str = ""
) -> bool:
    """Records a rejection; False when this request was counted before. Raises UsageError."""
    if reason not in list(RejectReason):
        raise UsageError(
            f"{reason!r} is no reason to reject: give one of {', '.join(RejectReason)}"
        )
    return _decide(store, variant_id, reviewer, request_id, False, reason, comment)


def _decide(
    store: Store,
    variant_id: str,
    reviewer: str,
    request_id: str,
    approved: bool,
    reason: str,
    comment: str,
) -> bool:
    _demand(request_id, "the request has no id")
    _demand(reviewer, "nobody is named as reviewer: give --reviewer NAME")
    _demand(len(comment) <= LONGEST_COMMENT, f"a comment has at most {LONGEST_COMMENT} characters")
    _demand(store.variant(variant_id), "there is no such variant: it may be of another store")
    made_at = datetime.now(UTC)
    record = Decision(variant_id, reviewer, approved, made_at, reason, comment.strip())
    return store.put_decision(record, request_id)


def undo(store: Store, variant_id: str, reviewer: str, request_id: str) -> bool:
    """Takes a decision back; the record of it stays. False as in `approve`."""
    _demand(request_id, "the request has no id")
    _demand(store.variant(variant_id), "there is no such variant: it may be of another store")
    return store.withdraw(variant_id, reviewer, datetime.now(UTC), request_id)


def _demand(condition: object, otherwise: str) -> None:
    if not condition:
        raise UsageError(otherwise)
