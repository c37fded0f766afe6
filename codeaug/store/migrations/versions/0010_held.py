"""Which evidence and baselines stand at a commit: they may have been made at another one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("baseline", sa.Column("essence", sa.Text(), nullable=False, server_default=""))
    op.create_index("ix_baseline_essence", "baseline", ["essence"])
    op.create_table(
        "held",
        sa.Column("commit_id", sa.Text(), nullable=False),
        sa.Column("variant_id", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("evidence_seq", _NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["variant.id"], name=op.f("fk_held_variant_id_variant")
        ),
        sa.ForeignKeyConstraint(
            ["evidence_seq"], ["evidence.seq"],
            name=op.f("fk_held_evidence_seq_evidence"), ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("commit_id", "variant_id", name=op.f("pk_held")),
    )  # fmt: skip
    op.create_index("ix_held_evidence_seq", "held", ["evidence_seq"])
    op.execute(
        "INSERT INTO held (commit_id, variant_id, unit_id, evidence_seq) "
        "SELECT evidence.commit_id, variant.id, variant.unit_id, max(evidence.seq) FROM evidence "
        "JOIN variant ON variant.id = evidence.variant_id "
        "GROUP BY evidence.commit_id, variant.id, variant.unit_id"
    )
