"""Letting people in, and giving them keys: the same rules on the command line, the pages and the
API."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from codeaug.errors import UsageError
from codeaug.people import MAY, ApiKey, Permission, Person, Role, is_name

if TYPE_CHECKING:
    from codeaug.store import Store

LONGEST_KEY = 366
"""Days that a key lasts, at most."""

_DAY = 24 * 60 * 60 * 1000


def admit(
    store: Store, name: str, role: str, actor: str, subject: str = "", *, active: bool = True
) -> Person:
    """Lets a person in, or changes what they are; not `active`, they come in no more. Raises
    UsageError."""
    if not is_name(name):
        raise UsageError(f"{name!r} is no name: up to 100 printable characters")
    if role not in list(Role):
        raise UsageError(f"there is no role {role!r}: give one of {', '.join(Role)}")
    known = store.people.named(name)
    person = Person(name, Role(role), subject or (known.subject if known else ""), active)
    store.people.put(person, actor)
    return person


def remove(store: Store, name: str, actor: str) -> None:
    """Lets a person in no more, by session or key; what they decided stays. Raises UsageError."""
    known = store.people.named(name)
    if known is None:
        raise UsageError(f"nobody is called {name!r} here")
    store.people.put(replace(known, active=False), actor)


def give_key(
    store: Store, name: str, scopes: Iterable[str], days: int, actor: str
) -> tuple[ApiKey, str]:
    """A key of a person and its secret, which is shown this once. Without `scopes` it may all that
    they may. Raises UsageError."""
    owner = store.people.named(name)
    if owner is None:
        raise UsageError(f"nobody is called {name!r} here: codeaug review people add {name}")
    if not 1 <= days <= LONGEST_KEY:
        raise UsageError(f"a key lasts from 1 to {LONGEST_KEY} days")
    if unknown := set(scopes) - set(Permission):
        raise UsageError(f"there is no scope {min(unknown)!r}: give of {', '.join(Permission)}")
    wanted = frozenset(map(Permission, scopes)) or MAY[owner.role]
    if beyond := wanted - MAY[owner.role]:
        raise UsageError(f"the role {owner.role} may not {', '.join(sorted(beyond))}")
    until = time.time_ns() // 1_000_000 + days * _DAY
    return store.people.make_key(name, wanted, until, actor)


def require(store: Store, name: str, permission: Permission) -> None:
    """Raises UsageError unless the person may do it: where the store knows people, one whose role
    allows it; else whoever can write to it."""
    if not is_name(name):
        raise UsageError(f"{name!r} is no name: up to 100 printable characters")
    if not any(person.active for person in store.people.all()):
        return
    person = store.people.named(name)
    if person is None or not person.active:
        raise UsageError(f"nobody is called {name!r} here: codeaug review people list")
    if permission not in MAY[person.role]:
        raise UsageError(f"{name} may not {permission}: the role {person.role} does not allow it")
