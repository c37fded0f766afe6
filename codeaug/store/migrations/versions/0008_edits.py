"""What people made of a variant by editing it, and which variant it was."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def upgrade() -> None:
    parent = sa.Column("parent", sa.Text(), nullable=False, server_default="")
    op.add_column("variant", parent)
    op.create_table(
        "edit",
        sa.Column("seq", _NUMBER, nullable=False, autoincrement=True),
        _text("request_id"),
        _text("variant_id"),
        _text("parent_id"),
        _text("person"),
        _text("made_at"),
        sa.Column("dropped", _NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_edit")),
        sa.UniqueConstraint("request_id", name=op.f("uq_edit_request_id")),
        sa.UniqueConstraint("variant_id", name=op.f("uq_edit_variant_id")),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["variant.id"], name=op.f("fk_edit_variant_id_variant")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["variant.id"], name=op.f("fk_edit_parent_id_variant")
        ),
    )
    op.create_index(op.f("ix_edit_person"), "edit", ["person"])
