"""Datasets that were released, what was withdrawn, and units that are not to be trained on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def upgrade() -> None:
    op.add_column("unit", sa.Column("no_train", _NUMBER, nullable=False, server_default="0"))
    op.create_table(
        "release",
        sa.Column("seq", _NUMBER, autoincrement=True, nullable=False),
        *(_text(name) for name in ("id", "name", "format", "folder", "splitting")),
        sa.Column("rows", _NUMBER, nullable=False),
        *(_text(name) for name in ("made_at", "manifest_id")),
        sa.ForeignKeyConstraint(
            ["manifest_id"], ["text.id"], name=op.f("fk_release_manifest_id_text")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_release")),
        sa.UniqueConstraint("id", name=op.f("uq_release_id")),
    )
    _create_content("released_unit", "unit_id", "split")
    _create_content("released_variant", "variant_id")
    op.create_table(
        "withdrawal",
        sa.Column("seq", _NUMBER, autoincrement=True, nullable=False),
        *(_text(name) for name in ("kind", "value", "reason", "person", "made_at")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_withdrawal")),
    )
    op.create_table(
        "tuned",
        *(_text(name) for name in ("id", "release_id", "endpoint", "base", "suffix")),
        *(_text(name) for name in ("files", "job", "model", "state", "made_at")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tuned")),
    )
    op.create_index("ix_tuned_release_id", "tuned", ["release_id"])


def _create_content(table: str, key: str, *more: str) -> None:
    op.create_table(
        table,
        _text(key),
        sa.Column("release_seq", _NUMBER, nullable=False),
        *map(_text, more),
        sa.ForeignKeyConstraint(
            ["release_seq"], ["release.seq"], name=op.f(f"fk_{table}_release_seq_release")
        ),
        sa.PrimaryKeyConstraint(key, "release_seq", name=op.f(f"pk_{table}")),
        sqlite_with_rowid=False,
    )
