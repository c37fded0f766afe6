"""Who may do what: people with one role each, and keys that may do a part of what they may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Permission(StrEnum):
    """What can be allowed; the scopes of an API key are named by these."""

    READ = "read"
    VOTE = "vote"
    ADJUDICATE = "adjudicate"
    INGEST = "ingest"
    EXPORT = "export"
    CURATE = "curate"
    ADMINISTER = "administer"
    AUDIT = "audit"


class Role(StrEnum):
    """What a person is to the queue, each with what it may do."""

    VIEWER = "viewer"
    ANNOTATOR = "annotator"
    ADJUDICATOR = "adjudicator"
    CURATOR = "curator"
    ADMIN = "admin"
    AUDITOR = "auditor"


_ANNOTATES = frozenset({Permission.READ, Permission.VOTE})
_CURATES = frozenset({Permission.INGEST, Permission.EXPORT, Permission.CURATE})

MAY: Mapping[Role, frozenset[Permission]] = {
    Role.VIEWER: frozenset({Permission.READ}),
    Role.ANNOTATOR: _ANNOTATES,
    Role.ADJUDICATOR: _ANNOTATES | {Permission.ADJUDICATE},
    Role.CURATOR: _ANNOTATES | _CURATES,
    Role.ADMIN: frozenset(Permission),
    Role.AUDITOR: frozenset({Permission.READ, Permission.AUDIT}),
}


def is_name(text: str) -> bool:
    """Whether somebody can be called that: 1 to 100 printable characters, none of them at an end
    a space."""
    return 0 < len(text) <= 100 and text.isprintable() and text == text.strip()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom the queue knows. `subject` is what a sign-in service calls them: its address,
    a space and its own id of the person; empty for people who have keys only."""

    name: str
    role: Role
    subject: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever asks now: a person, by a session or by a key that may do less than they."""

    person: Person
    scopes: frozenset[Permission]

    @classmethod
    def of(cls, person: Person) -> Caller:
        return cls(person, MAY[person.role])

    @property
    def name(self) -> str:
        return self.person.name

    def may(self, permission: Permission) -> bool:
        """Whether both the person's role and the key allow it."""
        return permission in self.scopes & MAY[self.person.role]


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key without its secret, which nobody has but whoever was given it."""

    id: str
    person: str
    scopes: frozenset[Permission]
    made_at: datetime
    until: int
    revoked: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the audit: who did what to what, chained to the line before by its digest."""

    made_at: str
    actor: str
    verb: str
    object: str
    detail: str
    previous: str
    digest: str
