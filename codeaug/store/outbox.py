"""What webhooks are told: messages that are written in the transaction of what they tell."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from codeaug.store.rows import add
from codeaug.store.tables import delivery, webhook

_WEBHOOKS = sa.select(webhook).order_by(webhook.c.made_at)


class WebhookEvent(StrEnum):
    """What can be told."""

    DECISION = "decision"
    SETTLED = "settled"
    QUEUED = "queued"
    PAUSED = "paused"
    EXPORT = "export"


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address that is told of some events. `private`: it may lie in a network of its own."""

    id: str
    url: str
    events: frozenset[WebhookEvent]
    secret: str
    private: bool


@dataclass(frozen=True, slots=True)
class Message:
    """What is delivered, always with the same id and body."""

    id: str
    body: str


def put(
    connection: sa.Connection, event: WebhookEvent, told: Iterable[tuple[str, Mapping[str, Any]]]
) -> None:
    """Writes a message about each of these objects to whoever is told of the event; inside the
    transaction of what it tells."""
    hooks = [hook.id for hook in webhooks(connection) if event in hook.events]
    if not hooks:
        return
    made = datetime.now(UTC)
    rows = []
    for about, data in told:
        message = message_of(event, made, data)
        new = {"attempts": 0, "due": 0, "given_up": 0, "problem": ""}
        text = {"message_id": message.id, "object": about, "body": message.body}
        at = int(made.timestamp() * 1000)
        rows += [{"webhook_id": hook, "made_at": at, **text, **new} for hook in hooks]
    add(connection, delivery, rows)


def message_of(event: str, made: datetime, data: Mapping[str, Any]) -> Message:
    """A message with a new id."""
    body = {"type": str(event), "timestamp": made.isoformat(), "data": data}
    return Message(f"msg_{secrets.token_hex(12)}", json.dumps(body))


def webhooks(connection: sa.Connection) -> list[Webhook]:
    """Everybody who is told something, the first one first."""
    rows = connection.execute(_WEBHOOKS)
    return [
        Webhook(
            row.id, row.url, frozenset(map(WebhookEvent, json.loads(row.events))), row.secret,
            bool(row.private),
        )
        for row in rows
    ]  # fmt: skip
