"""Addresses that are told what happens, and what they were not told yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_WAITING = sa.text("given_up = 0")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, _NUMBER, nullable=False)


def upgrade() -> None:
    op.create_table(
        "webhook",
        _text("id"),
        _text("url"),
        _text("events"),
        _text("secret"),
        _number("private"),
        _text("made_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook")),
    )
    op.create_table(
        "delivery",
        sa.Column("seq", _NUMBER, autoincrement=True, nullable=False),
        _text("webhook_id"),
        _text("message_id"),
        _text("object"),
        _text("body"),
        _number("made_at"),
        _number("attempts"),
        _number("due"),
        _number("given_up"),
        _text("problem"),
        sa.ForeignKeyConstraint(
            ["webhook_id"], ["webhook.id"],
            name=op.f("fk_delivery_webhook_id_webhook"), ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_delivery")),
    )  # fmt: skip
    op.create_index("ix_delivery_webhook_id_object", "delivery", ["webhook_id", "object", "seq"])
    op.create_index(
        "ix_delivery_due", "delivery", ["due"], sqlite_where=_WAITING, postgresql_where=_WAITING
    )
