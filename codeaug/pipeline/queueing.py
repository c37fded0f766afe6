"""What reaches the bar goes before people, by the settings' order and overlaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeaug.egress import codeowners
from codeaug.egress.owners import Rule, owners_of, rules

if TYPE_CHECKING:
    from codeaug.pipeline.session import Session


def queue(session: Session) -> None:
    """Fills the store's queue. Owners are those of CODEOWNERS at the session's commit."""
    settings = session.settings
    strata = settings.strata
    known = _rules(session) if "owner" in strata.fields else []

    def owners(path: str) -> tuple[str, ...]:
        return tuple(owner for some in known for owner, _ in owners_of(path, some))

    session.store.slots.fill(settings.bar_rung, settings.overlap, strata=strata, owners_of=owners)


def _rules(session: Session) -> list[list[Rule]]:
    texts = map(session.read, codeowners(session.tree.paths))
    return [rules(text.decode("utf-8-sig", "replace")) for text in texts]
