"""People, their keys and their sessions. Secrets are kept as SHA-256 only: they are 256 random
bits, which nobody guesses, so no slower hash is needed. All times are milliseconds since 1970."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from codeaug.errors import UsageError
from codeaug.people import ApiKey, Caller, Permission, Person, Role
from codeaug.store import audit
from codeaug.store.rows import Transaction
from codeaug.store.tables import api_key, person, sign_in, slot

KEY_PREFIX = "codeaug_"

# Every request asks one of these: made once, they cost a third.
_MINE: sa.BindParameter[str] = sa.bindparam("digest")
_NOW: sa.BindParameter[int] = sa.bindparam("now")
_BY_KEY = (
    sa.select(api_key, person)
    .join(person, person.c.name == api_key.c.person)
    .where(api_key.c.digest == _MINE, api_key.c.revoked == 0, api_key.c.until > _NOW)
    .where(person.c.active == 1)
)
_BY_SESSION = (
    sa.select(person, sign_in.c.scopes)
    .join(sign_in, sign_in.c.person == person.c.name)
    .where(sign_in.c.digest == _MINE, sign_in.c.until > _NOW, person.c.active == 1)
)


def new_secret() -> str:
    """256 random bits as 43 characters."""
    return secrets.token_urlsafe(32)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class People:
    """Everybody whom a store knows. Whatever changes something says who did (`actor`)."""

    reading: Transaction
    writing: Transaction

    # --- people -----------------------------------------------------------------------------------

    def put(self, record: Person, actor: str) -> None:
        """Adds a person, or changes what they are. Whoever is not active any more loses their
        keys and sessions for good, and the cards that they had. Raises UsageError when the sign-in
        service knows them under another name already."""
        row = asdict(record) | {"active": int(record.active)}
        with self.writing() as connection:
            before = _person(connection, person.c.name == record.name)
            if before == record:
                return
            other = record.subject and _person(connection, person.c.subject == record.subject)
            if other and other.name != record.name:
                raise UsageError(f"{record.subject} is {other.name} here already")
            if before is None:
                made_at = datetime.now(UTC).isoformat()
                connection.execute(sa.insert(person).values(row | {"made_at": made_at}))
            else:
                known = person.c.name == record.name
                connection.execute(sa.update(person).where(known).values(row))
            if not record.active:
                _shut_out(connection, record.name)
            told = {"role": record.role, "subject": record.subject, "active": record.active}
            audit.append(connection, actor, "person", record.name, told)

    def named(self, name: str) -> Person | None:
        with self.reading() as connection:
            return _person(connection, person.c.name == name)

    def known_as(self, subject: str) -> Person | None:
        """Whoever a sign-in service calls that."""
        with self.reading() as connection:
            return _person(connection, person.c.subject == subject) if subject else None

    def all(self) -> list[Person]:
        with self.reading() as connection:
            rows = connection.execute(sa.select(person).order_by(person.c.name))
            return [_person_of(row) for row in rows]

    # --- keys -------------------------------------------------------------------------------------

    def make_key(
        self, owner: str, scopes: Iterable[Permission], until: int, actor: str
    ) -> tuple[ApiKey, str]:
        """A new key of a person, and its secret, which is kept nowhere."""
        secret = new_secret()
        made = datetime.now(UTC)
        record = ApiKey(secrets.token_hex(4), owner, frozenset(scopes), made, until)
        named = sorted(record.scopes)
        with self.writing() as connection:
            if _person(connection, person.c.name == owner) is None:
                raise UsageError(f"nobody is called {owner!r} here: add them first")
            row = {
                "id": record.id,
                "person": owner,
                "digest": _digest(secret),
                "scopes": json.dumps(named),
                "made_at": made.isoformat(),
                "until": until,
                "revoked": 0,
            }
            connection.execute(sa.insert(api_key).values(row))
            told = {"person": owner, "scopes": named, "until": until}
            audit.append(connection, actor, "key made", record.id, told)
        return record, f"{KEY_PREFIX}{secret}"

    def revoke_key(self, key_id: str, actor: str) -> bool:
        """Ends a key and its sessions at once; False when there is no such key."""
        with self.writing() as connection:
            known = api_key.c.id == key_id
            statement = sa.update(api_key).where(known).values(revoked=1).returning(api_key.c.id)
            if connection.execute(statement).first() is None:
                return False
            connection.execute(sa.delete(sign_in).where(sign_in.c.means == _means(key_id)))
            audit.append(connection, actor, "key revoked", key_id, {})
            return True

    def all_keys(self) -> list[ApiKey]:
        with self.reading() as connection:
            rows = connection.execute(sa.select(api_key).order_by(api_key.c.made_at))
            return [_key_of(row) for row in rows]

    def by_key(self, secret: str, now: int) -> tuple[Caller, ApiKey] | None:
        """Who asks with this key, unless it has ended or its owner may not come any more."""
        bare = secret.removeprefix(KEY_PREFIX)
        with self.reading() as connection:
            row = connection.execute(_BY_KEY, {"digest": _digest(bare), "now": now}).first()
        if row is None:
            return None
        key = _key_of(row)
        return Caller(_person_of(row), key.scopes), key

    # --- sessions ---------------------------------------------------------------------------------

    def sign_in(self, caller: Caller, means: str, now: int, until: int) -> str:
        """A new session; its secret belongs into a cookie. Old sessions are forgotten."""
        secret = new_secret()
        row = {
            "digest": _digest(secret),
            "person": caller.name,
            "scopes": json.dumps(sorted(caller.scopes)),
            "means": means,
            "until": until,
        }
        with self.writing() as connection:
            connection.execute(sa.delete(sign_in).where(sign_in.c.until <= now))
            connection.execute(sa.insert(sign_in).values(row))
            audit.append(connection, caller.name, "signed in", "", {"by": means})
        return secret

    def sign_in_by_key(self, secret: str, now: int, until: int) -> str | None:
        """A session that may what the key may, and ends with it at the latest."""
        found = self.by_key(secret, now)
        if found is None:
            return None
        caller, key = found
        return self.sign_in(caller, _means(key.id), now, min(until, key.until))

    def by_session(self, secret: str, now: int) -> Caller | None:
        """Whose session this is, while it runs."""
        with self.reading() as connection:
            row = connection.execute(_BY_SESSION, {"digest": _digest(secret), "now": now}).first()
        return None if row is None else Caller(_person_of(row), _scopes(row))

    def sign_out(self, secret: str) -> None:
        """Ends a session."""
        with self.writing() as connection:
            ended = sa.delete(sign_in).where(sign_in.c.digest == _digest(secret))
            name = connection.scalar(ended.returning(sign_in.c.person))
            if name:
                audit.append(connection, name, "signed out", "", {})


def _shut_out(connection: sa.Connection, name: str) -> None:
    """A key that was taken from somebody must not open anything when they are let in again."""
    connection.execute(sa.update(api_key).where(api_key.c.person == name).values(revoked=1))
    connection.execute(sa.delete(sign_in).where(sign_in.c.person == name))
    had = (slot.c.holder == name, slot.c.done == 0)
    connection.execute(sa.update(slot).where(*had).values(holder="", token="", until=0))


def _means(key_id: str) -> str:
    return f"key {key_id}"


def _person(connection: sa.Connection, where: sa.ColumnElement[bool]) -> Person | None:
    row = connection.execute(sa.select(person).where(where)).first()
    return None if row is None else _person_of(row)


def _person_of(row: sa.Row[Any]) -> Person:
    return Person(row.name, Role(row.role), row.subject, bool(row.active))


def _key_of(row: sa.Row[Any]) -> ApiKey:
    made_at = datetime.fromisoformat(row.made_at)
    return ApiKey(row.id, row.person, _scopes(row), made_at, row.until, bool(row.revoked))


def _scopes(row: sa.Row[Any]) -> frozenset[Permission]:
    return frozenset(Permission(name) for name in json.loads(row.scopes))
