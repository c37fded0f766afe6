"""How well it is done: gold items, pauses, guidelines, and a census of what runs made."""

from __future__ import annotations

import json
import zlib
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _number(name: str, **options: Any) -> sa.Column[int]:
    return sa.Column(name, _NUMBER, nullable=False, **options)


def upgrade() -> None:
    op.add_column("decision", sa.Column("guideline", _NUMBER, nullable=False, server_default="0"))
    op.create_table(
        "gold",
        *(_text(name) for name in ("variant_id", "truth", "how", "made_at")),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["variant.id"], name=op.f("fk_gold_variant_id_variant")
        ),
        sa.PrimaryKeyConstraint("variant_id", name=op.f("pk_gold")),
    )
    op.create_table(
        "pause",
        _number("seq", autoincrement=True),
        *(_text(name) for name in ("reviewer", "reason", "made_at", "lifted_by", "lifted_at")),
        _number("last_seq"),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_pause")),
    )
    op.create_index("ix_pause_reviewer", "pause", ["reviewer"])
    op.create_table(
        "guideline",
        _number("version", autoincrement=False),
        *(_text(name) for name in ("text", "made_by", "made_at")),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_guideline")),
    )
    op.create_table(
        "census",
        _number("id", autoincrement=False),
        *(_number(name) for name in ("evidence_seq", "strength_seq")),
        *(_text(name) for name in ("made_at", "body")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_census")),
    )
    _count_faults()


def _count_faults() -> None:
    """What was in the faults' JSON only, also in columns."""
    for name in ("caught", "judged"):
        op.add_column("strength", sa.Column(name, _NUMBER, nullable=False, server_default="0"))
    connection = op.get_bind()
    strength = sa.table(
        "strength", *(sa.column(name) for name in ("seq", "faults_id", "caught", "judged"))
    )
    text = sa.table("text", sa.column("id"), sa.column("body"))
    rows = connection.execute(
        sa.select(strength.c.seq, text.c.body).join_from(
            strength, text, text.c.id == strength.c.faults_id
        )
    ).all()
    for seq, body in rows:
        faults = json.loads(zlib.decompress(body).decode("utf-8", "surrogatepass"))
        outcomes = [fault["outcome"] for fault in faults]
        caught, survived = outcomes.count("caught"), outcomes.count("survived")
        values = {"caught": caught, "judged": caught + survived}
        connection.execute(sa.update(strength).where(strength.c.seq == seq).values(values))
