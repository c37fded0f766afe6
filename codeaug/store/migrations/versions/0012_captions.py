"""What models say that units do, and what people say of that."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def upgrade() -> None:
    op.create_table(
        "caption",
        *(_text(name) for name in ("id", "unit_id", "body", "model", "prompt", "made_at")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_caption")),
    )
    op.create_index("ix_caption_unit_id", "caption", ["unit_id"])
    op.create_table(
        "caption_word",
        sa.Column("seq", _NUMBER, autoincrement=True, nullable=False),
        *(_text(name) for name in ("caption_id", "reviewer", "word", "body", "made_at")),
        sa.ForeignKeyConstraint(
            ["caption_id"], ["caption.id"], name=op.f("fk_caption_word_caption_id_caption")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_caption_word")),
    )
    op.create_index("ix_caption_word_caption_id", "caption_word", ["caption_id"])
