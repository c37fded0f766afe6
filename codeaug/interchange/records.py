"""What travels: a card with all that was said of it, and a word that comes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from codeaug.model import Decision, Word, content_id
from codeaug.samples import Proven
from codeaug.store import Store

_PEOPLE = uuid5(NAMESPACE_URL, "codeaug:people")
_ALL = 1 << 31
_NUMBERS = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Version:
    """Which guideline: its number, and a hash of its text, since each store numbers its own."""

    number: int = 0
    digest: str = ""


def versions_of(store: Store) -> dict[int, Version]:
    """All versions of a store's guideline by their number."""
    found = store.guidelines.versions(_ALL)
    return {one.version: Version(one.version, content_id(one.text)) for one in found}


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A decision that leaves. `edit` is the variant that was made by it, `by` what the tool calls
    whoever said it."""

    decision: Decision
    guideline: Version
    edit: str
    by: str


@dataclass(frozen=True, slots=True)
class OutgoingCard:
    """A card that leaves, with the guideline that stands and all that was said of it."""

    sample: Proven
    guideline: Version
    words: tuple[Outgoing, ...]


@dataclass(frozen=True, slots=True)
class Incoming:
    """A word that comes back. `place` is where it stands in the file, `person` what the file calls
    whoever said it, `also` what else; `made_at` is None where the file does not tell."""

    place: str
    variant_id: str
    person: str
    word: Word
    made_at: datetime | None = None
    guideline: Version | None = None
    reason: str = ""
    comment: str = ""
    naturalness: int = 0
    final: bool = False
    edit: str = ""
    also: str = ""


def uuid_of(person: str) -> str:
    """A person as Argilla calls people."""
    return str(uuid5(_PEOPLE, person))


def number_of(person: str) -> str:
    """A person as Label Studio calls people."""
    return str(UUID(uuid_of(person)).int % _NUMBERS + 1)
