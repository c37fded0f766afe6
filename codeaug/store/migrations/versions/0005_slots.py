"""Whose turn it is to decide: a slot for each vote that a variant needs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_HELD, _OPEN = sa.text("holder <> ''"), sa.text("done = 0")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, _NUMBER, nullable=False)


def upgrade() -> None:
    op.add_column("decision", sa.Column("naturalness", _NUMBER, nullable=False, server_default="0"))
    op.create_index("ix_decision_reviewer_variant_id", "decision", ["reviewer", "variant_id"])
    op.create_table(
        "slot",
        sa.Column("seq", _NUMBER, autoincrement=True, nullable=False),
        _text("variant_id"),
        _number("ordinal"),
        _number("priority"),
        _number("tie"),
        _text("holder"),
        _text("token"),
        _number("until"),
        _number("done"),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["variant.id"], name=op.f("fk_slot_variant_id_variant")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_slot")),
        sa.UniqueConstraint("variant_id", "ordinal", name=op.f("uq_slot_variant_id_ordinal")),
    )
    op.create_index(
        "ix_slot_priority", "slot", ["priority", "seq"], sqlite_where=_OPEN, postgresql_where=_OPEN
    )
    op.create_index(
        "ix_slot_holder", "slot", ["holder", "variant_id"], unique=True,
        sqlite_where=_HELD, postgresql_where=_HELD,
    )  # fmt: skip
