"""What injected faults say of the tests, and every rung that evidence holds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "strength",
        sa.Column("seq", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("commit_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("faults_id", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["faults_id"], ["text.id"], name=op.f("fk_strength_faults_id_text")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_strength")),
        sa.UniqueConstraint(
            "unit_id", "commit_id", "key", name=op.f("uq_strength_unit_id_commit_id_key")
        ),
    )
    with op.batch_alter_table("evidence") as table:
        table.add_column(sa.Column("holds", _NUMBER, nullable=False, server_default="0"))
    # Until now every rung below the strongest was held, too.
    op.execute("UPDATE evidence SET holds = (1 << CAST(rung + 1 AS INTEGER)) - 2")
