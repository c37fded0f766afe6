"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:

    op.create_table(
        "generated",
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", "fingerprint", name=op.f("pk_generated")),
    )
    op.create_table(
        "repository",
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("commit_id", sa.Text(), nullable=False),
        sa.Column("git_dir", sa.Text(), nullable=False),
        sa.Column("license", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("address", "commit_id", name=op.f("pk_repository")),
    )
    op.create_table(
        "scan",
        sa.Column("seq", NUMBER, autoincrement=True, nullable=False),
        sa.Column("commit_id", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("selection", sa.Text(), nullable=False),
        sa.Column("used", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_scan")),
        sa.UniqueConstraint(
            "commit_id",
            "fingerprint",
            "selection",
            name=op.f("uq_scan_commit_id_fingerprint_selection"),
        ),
    )
    op.create_table(
        "site",
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("transform", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("predicate", sa.Text(), nullable=False),
        sa.Column("sites", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint(
            "unit_id", "fingerprint", "transform", "outcome", "predicate", name=op.f("pk_site")
        ),
    )
    op.create_table(
        "source_file",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("blob", sa.Text(), nullable=False),
        sa.Column("units", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_file")),
    )
    op.create_table(
        "text",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text")),
    )
    op.create_table(
        "variant",
        sa.Column("seq", NUMBER, autoincrement=True, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("recipe", sa.Text(), nullable=False),
        sa.Column("seed", NUMBER, nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_variant")),
        sa.UniqueConstraint("id", name=op.f("uq_variant_id")),
    )
    op.create_index(op.f("ix_variant_unit_id"), "variant", ["unit_id"], unique=False)
    op.create_table(
        "baseline",
        sa.Column("commit_id", sa.Text(), nullable=False),
        sa.Column("project_id", sa.Text(), nullable=False),
        sa.Column("text_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["text_id"], ["text.id"], name=op.f("fk_baseline_text_id_text")),
        sa.PrimaryKeyConstraint("commit_id", "project_id", name=op.f("pk_baseline")),
    )
    op.create_table(
        "decision",
        sa.Column("seq", NUMBER, autoincrement=True, nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("variant_id", sa.Text(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["variant.id"], name=op.f("fk_decision_variant_id_variant")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_decision")),
        sa.UniqueConstraint("request_id", name=op.f("uq_decision_request_id")),
    )
    op.create_index(op.f("ix_decision_variant_id"), "decision", ["variant_id"], unique=False)
    op.create_table(
        "evidence",
        sa.Column("seq", NUMBER, autoincrement=True, nullable=False),
        sa.Column("variant_id", sa.Text(), nullable=False),
        sa.Column("commit_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("rung", NUMBER, nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("parameters", sa.Text(), nullable=False),
        sa.Column("environment", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["variant.id"], name=op.f("fk_evidence_variant_id_variant")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_evidence")),
        sa.UniqueConstraint(
            "variant_id", "commit_id", "key", name=op.f("uq_evidence_variant_id_commit_id_key")
        ),
    )
    op.create_table(
        "oracle",
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("commit_id", sa.Text(), nullable=False),
        sa.Column("tests", NUMBER, nullable=False),
        sa.Column("tests_id", sa.Text(), nullable=False),
        sa.Column("lines_id", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["lines_id"], ["text.id"], name=op.f("fk_oracle_lines_id_text")),
        sa.ForeignKeyConstraint(["tests_id"], ["text.id"], name=op.f("fk_oracle_tests_id_text")),
        sa.PrimaryKeyConstraint("unit_id", "commit_id", name=op.f("pk_oracle")),
    )
    op.create_table(
        "scan_file",
        sa.Column("scan_seq", NUMBER, nullable=False),
        sa.Column("file_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["source_file.id"], name=op.f("fk_scan_file_file_id_source_file")
        ),
        sa.ForeignKeyConstraint(
            ["scan_seq"], ["scan.seq"], name=op.f("fk_scan_file_scan_seq_scan")
        ),
        sa.PrimaryKeyConstraint("scan_seq", "file_id", name=op.f("pk_scan_file")),
    )
    op.create_index(op.f("ix_scan_file_file_id"), "scan_file", ["file_id"], unique=False)
    op.create_table(
        "skip",
        sa.Column("file_id", NUMBER, nullable=False),
        sa.Column("ordinal", NUMBER, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["source_file.id"], name=op.f("fk_skip_file_id_source_file")
        ),
        sa.PrimaryKeyConstraint("file_id", "ordinal", name=op.f("pk_skip")),
    )
    op.create_table(
        "unit",
        sa.Column("seq", NUMBER, autoincrement=True, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("file_id", NUMBER, nullable=False),
        sa.Column("ordinal", NUMBER, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("parameters", sa.Text(), nullable=False),
        sa.Column("start_byte", NUMBER, nullable=False),
        sa.Column("end_byte", NUMBER, nullable=False),
        sa.Column("body_start", NUMBER, nullable=False),
        sa.Column("body_end", NUMBER, nullable=False),
        sa.Column("line", NUMBER, nullable=False),
        sa.Column("body_line", NUMBER, nullable=False),
        sa.Column("end_line", NUMBER, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["source_file.id"], name=op.f("fk_unit_file_id_source_file")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_unit")),
        sa.UniqueConstraint("file_id", "ordinal", name=op.f("uq_unit_file_id_ordinal")),
    )
    op.create_index(op.f("ix_unit_id"), "unit", ["id"], unique=False)
    op.create_table(
        "finding",
        sa.Column("evidence_seq", NUMBER, nullable=False),
        sa.Column("ordinal", NUMBER, nullable=False),
        sa.Column("check_name", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("exit_code", sa.Integer(), nullable=True),
        sa.Column("log_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["evidence_seq"],
            ["evidence.seq"],
            name=op.f("fk_finding_evidence_seq_evidence"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["log_id"], ["text.id"], name=op.f("fk_finding_log_id_text")),
        sa.PrimaryKeyConstraint("evidence_seq", "ordinal", name=op.f("pk_finding")),
    )
