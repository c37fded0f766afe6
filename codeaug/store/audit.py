"""The audit: lines that nobody can change, take out or put between without its being seen.

Each line holds the SHA-256 of the line before it and of its own content (a hash chain, as in
Haber and Stornetta, "How to time-stamp a digital document", 1991). What it cannot show by itself is
that the newest lines are missing: keep the digest of the last line elsewhere, and look for it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from codeaug.model import Word
from codeaug.people import Event
from codeaug.store import outbox
from codeaug.store.outbox import WebhookEvent
from codeaug.store.rows import Row, Transaction
from codeaug.store.tables import decision, event, webhook

START = "0" * 64
_DIGEST = sa.select(event.c.digest).order_by(event.c.seq.desc()).limit(1)
_LAST = sa.select(_DIGEST.scalar_subquery(), sa.exists(sa.select(webhook.c.id)))
_ADDING = sa.insert(event)
_CHAIN = 0x6175646974  # "audit"
_AT_ONCE = 5000
_WORDS = frozenset({*Word, "withdrawn"})
_EVENTS = {"paused": WebhookEvent.PAUSED, "exported": WebhookEvent.EXPORT}


@dataclass(frozen=True, slots=True)
class Verified:
    """What a look at the whole chain found: how long it is, its end, and what is wrong."""

    events: int
    last: str
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Audit:
    """The audit of a store."""

    reading: Transaction
    writing: Transaction

    def write(self, actor: str, verb: str, object: str, **detail: Any) -> None:
        """Adds a line of its own."""
        with self.writing() as connection:
            append(connection, actor, verb, object, detail)

    def events(self, newest: int = 200) -> list[Event]:
        """The newest lines, the newest first."""
        with self.reading() as connection:
            rows = connection.execute(_select().order_by(event.c.seq.desc()).limit(newest))
            return [Event(*row[1:]) for row in rows]

    def verify(self, expected: str = "") -> Verified:
        """Reads all of it. `expected` is the digest of a line that must be in it."""
        with self.reading() as connection:
            return _verified(connection, expected)


def append(
    connection: sa.Connection, actor: str, verb: str, object: str, detail: Mapping[str, Any]
) -> None:
    """Adds a line inside the transaction of what it tells; best as the last thing there, since
    lines are written one after the other."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_CHAIN)))
    previous, has_webhooks = connection.execute(_LAST).one()
    row = {
        "made_at": datetime.now(UTC).isoformat(),
        "actor": actor,
        "verb": verb,
        "object": object,
        "detail": json.dumps(detail, sort_keys=True),
        "previous": previous or START,
    }
    connection.execute(_ADDING, row | {"digest": digest_of(row)})
    if has_webhooks and (kind := _event_of(verb, detail)) is not None:
        told = {"actor": actor, "verb": verb, "object": object, **detail}
        outbox.put(connection, kind, [(object, told)])


def _event_of(verb: str, detail: Mapping[str, Any]) -> WebhookEvent | None:
    """What webhooks call a line of the audit, if they are told of it at all."""
    if verb in _WORDS:
        return WebhookEvent.SETTLED if detail["final"] else WebhookEvent.DECISION
    return _EVENTS.get(verb)


def digest_of(row: Mapping[str, str]) -> str:
    """SHA-256 of a line's content, as JSON, and so of all lines before it."""
    names = ("previous", "made_at", "actor", "verb", "object", "detail")
    return hashlib.sha256(json.dumps([row[name] for name in names]).encode()).hexdigest()


def _select() -> sa.Select[Any]:
    return sa.select(event)


def _all(connection: sa.Connection) -> Iterator[tuple[int, Event]]:
    seq = -1
    while True:
        rows = connection.execute(
            _select().where(event.c.seq > seq).order_by(event.c.seq).limit(_AT_ONCE)
        ).all()
        for row in rows:
            yield row.seq, Event(*row[1:])
        if len(rows) < _AT_ONCE:
            return
        seq = rows[-1].seq


def _verified(connection: sa.Connection, expected: str) -> Verified:
    problems, told = [], {}
    number, last, found = 0, START, not expected
    for seq, line in _all(connection):
        number += 1
        if line.previous != last:
            problems.append(f"line {seq} does not follow the line before it: one is missing or new")
        if digest_of(asdict(line)) != line.digest:
            problems.append(f"line {seq} was changed after it was written")
        last = line.digest
        found |= last == expected
        if line.verb in _WORDS:
            told[line.actor, line.object, line.verb, line.detail] = seq
    if not found:
        problems.append(f"the line {expected} is not there: the audit was cut off or is another")
    return Verified(number, last, (*problems, *_untold(connection, told)))


# --- decisions, which have their own table --------------------------------------------------------


_Told = tuple[str, str, str, str]
_OLD = ("request_id", "reason", "comment", "made_at", "naturalness", "final")
"""What the first lines of a store may hold that is older than the guidelines."""


def detail_of(row: Row | sa.RowMapping) -> dict[str, Any]:
    """What the audit keeps of a row of the table of decisions."""
    return {name: row[name] for name in (*_OLD, "guideline")}


def _untold(connection: sa.Connection, told: Mapping[_Told, int]) -> Iterator[str]:
    """Decisions that no line tells as they are or when they were made, and lines whose decision is
    gone."""
    left, newest = set(told), dict[tuple[str, str], int]()
    for row in connection.execute(sa.select(decision).order_by(decision.c.seq)).mappings():
        about = (row["reviewer"], row["variant_id"])
        line = next((one for one in _lines_of(row) if one in told), None)
        if line is None:
            yield f"decision {row['seq']} is not what was decided, or nobody made it"
            continue
        left.discard(line)
        if told[line] < newest.get(about, 0):
            yield f"decision {row['seq']} was made before the one that it stands after"
        newest[about] = told[line]
    for actor, variant_id, word, _ in sorted(left):
        yield f"the decision of {actor} about {variant_id} ({word}) is gone"


def _lines_of(row: sa.RowMapping) -> Iterator[_Told]:
    """The lines that can tell of it: today's, and one as it was before there were guidelines."""
    for detail in (detail_of(row), {name: row[name] for name in _OLD}):
        told = json.dumps(detail, sort_keys=True)
        yield row["reviewer"], row["variant_id"], row["word"], told
