"""People, their keys and sessions, final words, and the audit, which tells old decisions too."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_HAS_SUBJECT = sa.text("subject <> ''")
_DECISION = ("request_id", "reason", "comment", "made_at", "naturalness", "final")
_EVENT = ("previous", "made_at", "actor", "verb", "object", "detail")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, _NUMBER, nullable=False)


def upgrade() -> None:
    op.add_column("decision", sa.Column("final", _NUMBER, nullable=False, server_default="0"))
    op.create_table(
        "person",
        _text("name"),
        _text("role"),
        _text("subject"),
        _number("active"),
        _text("made_at"),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_person")),
    )
    op.create_index(
        "ix_person_subject", "person", ["subject"], unique=True,
        sqlite_where=_HAS_SUBJECT, postgresql_where=_HAS_SUBJECT,
    )  # fmt: skip
    op.create_table(
        "api_key",
        _text("id"),
        _text("person"),
        _text("digest"),
        _text("scopes"),
        _text("made_at"),
        _number("until"),
        _number("revoked"),
        sa.ForeignKeyConstraint(["person"], ["person.name"], name=op.f("fk_api_key_person_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_key")),
        sa.UniqueConstraint("digest", name=op.f("uq_api_key_digest")),
    )
    op.create_table(
        "sign_in",
        _text("digest"),
        _text("person"),
        _text("scopes"),
        _text("means"),
        _number("until"),
        sa.ForeignKeyConstraint(["person"], ["person.name"], name=op.f("fk_sign_in_person_person")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_sign_in")),
    )
    op.create_table(
        "event",
        sa.Column("seq", _NUMBER, autoincrement=True, nullable=False),
        _text("made_at"),
        _text("actor"),
        _text("verb"),
        _text("object"),
        _text("detail"),
        _text("previous"),
        _text("digest"),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_event")),
    )
    _tell_decisions()
    _forbid_changes()


def _tell_decisions() -> None:
    """A line for each decision that was made before there was an audit."""
    connection = op.get_bind()
    event = sa.table("event", *[sa.column(name) for name in (*_EVENT, "digest")])
    names = ("reviewer", "variant_id", "word", *_DECISION)
    decision = sa.table("decision", *[sa.column(name) for name in ("seq", *names)])
    previous = "0" * 64
    for row in connection.execute(sa.select(decision).order_by(decision.c.seq)).mappings().all():
        line = {
            "previous": previous,
            "made_at": datetime.now(UTC).isoformat(),
            "actor": row["reviewer"],
            "verb": row["word"],
            "object": row["variant_id"],
            "detail": json.dumps({name: _text_of(row[name]) for name in _DECISION}, sort_keys=True),
        }
        told = json.dumps([_text_of(line[name]) for name in _EVENT])
        previous = hashlib.sha256(told.encode()).hexdigest()
        connection.execute(sa.insert(event).values(line | {"digest": previous}))


def _text_of(value: object) -> object:
    """What a column holds, as its reader sees it: text that databases refuse is kept as JSON."""
    marked = isinstance(value, str) and value.startswith("\U0010ffff")
    return json.loads(str(value)[1:]) if marked else value


def _forbid_changes() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER event_no_{verb.lower()} BEFORE {verb} ON event "
                "BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit is append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON event "
        "FOR EACH STATEMENT EXECUTE FUNCTION event_is_append_only()"
    )
