"""Who is told what happens, and messages that stay until they are delivered. All times are
milliseconds since 1970."""

from __future__ import annotations

import json
import secrets
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from codeaug.store import audit
from codeaug.store.outbox import Message, Webhook, WebhookEvent, webhooks
from codeaug.store.rows import Transaction
from codeaug.store.tables import delivery, webhook

SECRET_PREFIX = "whsec_"
_LEASE = 60 * 1000
"""How long a delivery is one server's, which may have been killed."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message on its way to a webhook, with what came of it so far."""

    seq: int
    webhook_id: str
    object: str
    message: Message
    made_at: int
    attempts: int
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many messages of a webhook wait or were given up, and what was wrong last."""

    waiting: int = 0
    given_up: int = 0
    problem: str = ""


@dataclass(frozen=True)
class Outbox:
    """The webhooks of a store and their messages."""

    reading: Transaction
    writing: Transaction

    def add(self, url: str, events: Iterable[WebhookEvent], private: bool, actor: str) -> Webhook:
        """A new webhook with a secret of its own."""
        secret = SECRET_PREFIX + b64encode(secrets.token_bytes(32)).decode()
        record = Webhook(secrets.token_hex(4), url, frozenset(events), secret, private)
        row = {
            "id": record.id,
            "url": url,
            "events": json.dumps(sorted(record.events)),
            "secret": secret,
            "private": int(private),
            "made_at": datetime.now(UTC).isoformat(),
        }
        with self.writing() as connection:
            connection.execute(sa.insert(webhook).values(row))
            told = {"url": url, "events": sorted(record.events), "private": private}
            audit.append(connection, actor, "webhook added", record.id, told)
        return record

    def remove(self, webhook_id: str, actor: str) -> bool:
        """Ends a webhook, and what it was not told yet; False when there is none."""
        with self.writing() as connection:
            gone = sa.delete(webhook).where(webhook.c.id == webhook_id).returning(webhook.c.id)
            if connection.execute(gone).first() is None:
                return False
            audit.append(connection, actor, "webhook removed", webhook_id, {})
            return True

    def all(self) -> list[Webhook]:
        with self.reading() as connection:
            return webhooks(connection)

    def backlogs(self) -> dict[str, Backlog]:
        """What waits and was given up, by webhook."""
        waits = sa.func.sum(1 - delivery.c.given_up)
        given_up = sa.func.sum(delivery.c.given_up)
        last = delivery.alias("last")
        newest = sa.select(last.c.problem).where(
            last.c.webhook_id == delivery.c.webhook_id, last.c.problem != ""
        )
        newest = newest.order_by(last.c.seq.desc()).limit(1)
        statement = sa.select(delivery.c.webhook_id, waits, given_up, newest.scalar_subquery())
        with self.reading() as connection:
            rows = connection.execute(statement.group_by(delivery.c.webhook_id))
            return {row[0]: Backlog(int(row[1]), int(row[2]), row[3] or "") for row in rows}

    def ready(self, now: int, most: int = 100) -> list[Delivery]:
        """What is due: of each webhook and object the first message only."""
        before = delivery.alias("before")
        earlier = sa.exists().where(
            before.c.webhook_id == delivery.c.webhook_id,
            before.c.object == delivery.c.object,
            before.c.given_up == 0,
            before.c.seq < delivery.c.seq,
        )
        due = (delivery.c.given_up == 0, delivery.c.due <= now, ~earlier)
        statement = sa.select(delivery).where(*due).order_by(delivery.c.seq).limit(most)
        with self.reading() as connection:
            return [_delivery(row) for row in connection.execute(statement)]

    def take(self, seq: int, now: int) -> bool:
        """Makes a delivery this server's for a minute; False when it is another's, or done."""
        free = (delivery.c.seq == seq, delivery.c.given_up == 0, delivery.c.due <= now)
        return self._changed(sa.update(delivery).where(*free).values(due=now + _LEASE))

    def done(self, seq: int) -> None:
        with self.writing() as connection:
            connection.execute(sa.delete(delivery).where(delivery.c.seq == seq))

    def failed(self, seq: int, problem: str, due: int, given_up: bool) -> None:
        """It is tried again when it is due, unless it is given up."""
        values = {"problem": problem, "due": due, "given_up": int(given_up)}
        tried = sa.update(delivery).where(delivery.c.seq == seq)
        with self.writing() as connection:
            connection.execute(tried.values(**values, attempts=delivery.c.attempts + 1))

    def _changed(self, statement: sa.Update) -> bool:
        with self.writing() as connection:
            return connection.execute(statement.returning(delivery.c.seq)).first() is not None


def _delivery(row: sa.Row[Any]) -> Delivery:
    message = Message(row.message_id, row.body)
    about = (row.webhook_id, row.object)
    return Delivery(row.seq, *about, message, row.made_at, row.attempts, row.problem)
