"""What a card says to whoever made its variant by editing another."""

from __future__ import annotations

from dataclasses import dataclass

from codeaug.model import Evidence, Rung, Verdict
from codeaug.people import Caller
from codeaug.review import Card
from codeaug.store import Store
from codeaug.web.diff import Row, compare, unified


@dataclass(frozen=True, slots=True)
class OwnEdit:
    """A person's own edit: how it stands, what they changed, and why it fell short if it did."""

    parent_id: str
    standing: str
    fell_short: bool
    rows: tuple[Row, ...]


def own_edit(store: Store, caller: Caller, card: Card, bar: Rung) -> OwnEdit | None:
    """None where the variant is no edit of this person's."""
    made = store.edits.of(card.variant.id)
    parent = store.variant(made.parent_id) if made and made.person == caller.name else None
    if made is None or parent is None:
        return None
    margin, language = card.unit.margin, card.unit.language
    rows = compare(margin + parent.code, margin + card.variant.code, language)
    fell_short = made in store.edits.returned(caller.name, bar)
    standing = _standing(card.evidence, bar, fell_short)
    return OwnEdit(made.parent_id, standing, fell_short, tuple(unified(rows)))


def _standing(evidence: Evidence | None, bar: Rung, fell_short: bool) -> str:
    if evidence is None:
        return "Your edit waits for its checks."
    if not fell_short:
        return f"Your edit was checked: its evidence reaches {evidence.rung.label}."
    failed = [f for f in evidence.findings if f.verdict is Verdict.FAILED]
    unsure = [f for f in evidence.findings if f.verdict is Verdict.UNKNOWN]
    why = "; ".join(f"{f.check} {f.verdict}: {f.detail}" for f in failed or unsure)
    reached = f"it reaches {evidence.rung.label}, and the bar is {bar.label}"
    return f"Your edit was checked and fell short: {why or reached}."
