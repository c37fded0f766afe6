"""What models were asked, what they replied, and what it cost."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, _NUMBER, nullable=False)


def upgrade() -> None:
    op.create_table(
        "sent",
        sa.Column("seq", _NUMBER, autoincrement=True, nullable=False),
        _text("key"),
        _text("unit_id"),
        _text("purpose"),
        _text("endpoint"),
        _text("model"),
        _text("policy"),
        _text("digest"),
        _number("bytes"),
        _number("most"),
        _text("made_at"),
        _text("outcome"),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_sent")),
    )
    op.create_index(op.f("ix_sent_key"), "sent", ["key"])
    op.create_index(op.f("ix_sent_unit_id"), "sent", ["unit_id"])
    op.create_table(
        "reply",
        _text("key"),
        _text("unit_id"),
        _text("purpose"),
        _text("model"),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        _number("prompt_tokens"),
        _number("reply_tokens"),
        _number("cost"),
        _number("counted"),
        sa.Column("seconds", sa.Double(), nullable=False),
        _text("made_at"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_reply")),
    )
    op.create_index(op.f("ix_reply_unit_id"), "reply", ["unit_id"])
    op.create_table(
        "batch",
        _text("id"),
        _text("endpoint"),
        _text("model"),
        _text("state"),
        _text("keys_id"),
        _number("most"),
        _text("made_at"),
        sa.ForeignKeyConstraint(["keys_id"], ["text.id"], name=op.f("fk_batch_keys_id_text")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
    )
    op.create_table(
        "opinion",
        _text("variant_id"),
        _text("model"),
        _number("score"),
        _text("reason"),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["variant.id"], name=op.f("fk_opinion_variant_id_variant")
        ),
        sa.PrimaryKeyConstraint("variant_id", "model", name=op.f("pk_opinion")),
    )
