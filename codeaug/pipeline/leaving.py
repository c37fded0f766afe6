"""What of a session's repository may leave the machine."""

from __future__ import annotations

from codeaug.egress import Policy, codeowners
from codeaug.pipeline.session import Session


def policy_of(session: Session) -> Policy:
    """The rules of the settings, for this repository."""
    settings = session.settings
    owners = map(session.read, codeowners(session.tree.paths))
    return Policy(
        endpoints=settings.endpoints,
        never_send=settings.never_send,
        never_send_licenses=settings.never_send_licenses,
        never_send_owners=settings.never_send_owners,
        codeowners=tuple(text.decode("utf-8-sig", "replace") for text in owners),
        license=session.repository.license,
    )
