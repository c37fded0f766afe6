"""The tables, one for each record of `codeaug.model`, and the texts that need care.

`REVISION` is the schema that this code reads and writes; a test compares it with the migrations.
"""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa

REVISION = "0012"
VERSION_TABLE = "codeaug_version"

_AWKWARD = "\U0010ffff"  # marks text that is kept as JSON


class Text(sa.types.TypeDecorator[str]):
    """Any Python string, given back exactly.

    SQLite refuses lone surrogates (a file name that is not UTF-8), PostgreSQL also NUL.
    """

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:
        return None if value is None else stored(value)

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> str | None:
        if value is not None and value.startswith(_AWKWARD):
            return str(json.loads(value[1:]))
        return value


def stored(text: str) -> str:
    """What a column of type `Text` holds for a text."""
    if text.isascii() and "\0" not in text:
        return text
    return _AWKWARD + json.dumps(text) if _is_awkward(text) else text


def _is_awkward(text: str) -> bool:
    if "\0" in text or text.startswith(_AWKWARD):
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _sequence() -> sa.Column[int]:
    return sa.Column("seq", _Number, primary_key=True, autoincrement=True)


def _text(name: str, **options: Any) -> sa.Column[str]:
    return sa.Column(name, Text(), nullable=False, **options)


def _number(name: str, **options: Any) -> sa.Column[int]:
    return sa.Column(name, _Number, nullable=False, **options)


# --- a repository and what is in it ---------------------------------------------------------------

repository = sa.Table(
    "repository",
    metadata,
    _text("address", primary_key=True),
    _text("commit_id", primary_key=True),
    _text("git_dir"),
    _text("license"),
)

# A file as one version of the scanner read it; `id` is a hash of the other four.
source_file = sa.Table(
    "source_file",
    metadata,
    _number("id", primary_key=True, autoincrement=False),
    _text("fingerprint"),
    _text("path"),
    _text("language"),
    _text("blob"),
    _number("units"),
)

# `no_train`: a mark in the file says that no model is to be trained on it.
unit = sa.Table(
    "unit",
    metadata,
    _sequence(),
    _text("id", index=True),
    sa.Column("file_id", _Number, sa.ForeignKey("source_file.id"), nullable=False),
    _number("ordinal"),
    _text("name"),
    _text("parameters"),
    _number("start_byte"),
    _number("end_byte"),
    _number("body_start"),
    _number("body_end"),
    _number("line"),
    _number("body_line"),
    _number("end_line"),
    _text("code"),
    sa.Column("no_train", _Number, nullable=False, server_default="0"),
    sa.UniqueConstraint("file_id", "ordinal"),
)

skip = sa.Table(
    "skip",
    metadata,
    sa.Column("file_id", _Number, sa.ForeignKey("source_file.id"), primary_key=True),
    _number("ordinal", primary_key=True),
    _text("reason"),
    _text("name"),
    _text("detail"),
)

# A commit as one version of the scanner saw it. The newest `used` is the one that questions about
# the commit speak of.
scan = sa.Table(
    "scan",
    metadata,
    _sequence(),
    _text("commit_id"),
    _text("fingerprint"),
    _text("selection"),
    _number("used"),
    sa.UniqueConstraint("commit_id", "fingerprint", "selection"),
)

scan_file = sa.Table(
    "scan_file",
    metadata,
    sa.Column("scan_seq", _Number, sa.ForeignKey("scan.seq"), primary_key=True),
    sa.Column("file_id", _Number, sa.ForeignKey("source_file.id"), primary_key=True, index=True),
)

# --- long texts, by their hash and compressed: logs, lists of tests -------------------------------

text = sa.Table(
    "text",
    metadata,
    _text("id", primary_key=True),
    sa.Column("body", sa.LargeBinary, nullable=False),
)

# --- what the tests can tell ----------------------------------------------------------------------

# `essence` stands for all that matters in the project's files: commits with the same one need but
# one baseline.
baseline = sa.Table(
    "baseline",
    metadata,
    _text("commit_id", primary_key=True),
    _text("project_id", primary_key=True),
    sa.Column("text_id", Text(), sa.ForeignKey("text.id"), nullable=False),
    _text("essence", server_default="", index=True),
)

oracle = sa.Table(
    "oracle",
    metadata,
    _text("unit_id", primary_key=True),
    _text("commit_id", primary_key=True),
    _number("tests"),
    sa.Column("tests_id", Text(), sa.ForeignKey("text.id"), nullable=False),
    sa.Column("lines_id", Text(), sa.ForeignKey("text.id"), nullable=False),
    _text("reason"),
)

# `faults` is JSON; of them `judged` could be caught and `caught` were. `key` stands for the faults,
# the checks and the build's options.
strength = sa.Table(
    "strength",
    metadata,
    _sequence(),
    _text("unit_id"),
    _text("commit_id"),
    _text("key"),
    sa.Column("faults_id", Text(), sa.ForeignKey("text.id"), nullable=False),
    _text("problem"),
    sa.Column("caught", _Number, nullable=False, server_default="0"),
    sa.Column("judged", _Number, nullable=False, server_default="0"),
    sa.UniqueConstraint("unit_id", "commit_id", "key"),
)

# --- variants and what is known about them --------------------------------------------------------

variant = sa.Table(
    "variant",
    metadata,
    _sequence(),
    _text("id", unique=True),
    _text("unit_id", index=True),
    _text("code"),
    _text("engine"),
    _text("recipe"),
    _number("seed"),
    _text("model"),
    _text("prompt"),
    _text("parent", server_default=""),
)

# How often a transform applied or declined (`predicate` says why) in a unit.
site = sa.Table(
    "site",
    metadata,
    _text("unit_id", primary_key=True),
    _text("fingerprint", primary_key=True),
    _text("transform", primary_key=True),
    _text("outcome", primary_key=True),
    _text("predicate", primary_key=True),
    _number("sites"),
)

# The engine was asked about this unit, whatever came of it.
generated = sa.Table(
    "generated",
    metadata,
    _text("unit_id", primary_key=True),
    _text("fingerprint", primary_key=True),
)

evidence = sa.Table(
    "evidence",
    metadata,
    _sequence(),
    sa.Column("variant_id", Text(), sa.ForeignKey("variant.id"), nullable=False),
    _text("commit_id"),
    _text("key"),
    _number("rung"),
    _number("holds"),
    _text("verdict"),
    _text("parameters"),
    _text("environment"),
    sa.UniqueConstraint("variant_id", "commit_id", "key"),
)

# The evidence of a variant that stands at a commit: it may have been made at another one, and for
# the same unit at another place or in another layout. `unit_id` is the unit of this commit.
held = sa.Table(
    "held",
    metadata,
    _text("commit_id", primary_key=True),
    sa.Column("variant_id", Text(), sa.ForeignKey("variant.id"), primary_key=True),
    _text("unit_id"),
    sa.Column(
        "evidence_seq",
        _Number,
        sa.ForeignKey("evidence.seq", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
)

finding = sa.Table(
    "finding",
    metadata,
    sa.Column(
        "evidence_seq",
        _Number,
        sa.ForeignKey("evidence.seq", ondelete="CASCADE"),
        primary_key=True,
    ),
    _number("ordinal", primary_key=True),
    _text("check_name"),
    _text("verdict"),
    _text("detail"),
    sa.Column("seconds", sa.Double, nullable=False),
    _text("command"),
    sa.Column("exit_code", sa.Integer),
    sa.Column("log_id", Text(), sa.ForeignKey("text.id"), nullable=False),
)

# Append-only. `word` is one of model.Word, or `withdrawn`; `naturalness` 1 to 5, or 0; a `final`
# one settles what the others say. `guideline` is the version that stood then, 0 before there were.
decision = sa.Table(
    "decision",
    metadata,
    _sequence(),
    _text("request_id", unique=True),
    sa.Column("variant_id", Text(), sa.ForeignKey("variant.id"), nullable=False, index=True),
    _text("reviewer"),
    _text("word"),
    _text("reason"),
    _text("comment"),
    _text("made_at"),
    sa.Column("naturalness", _Number, nullable=False, server_default="0"),
    sa.Column("final", _Number, nullable=False, server_default="0"),
    sa.Column("guideline", _Number, nullable=False, server_default="0"),
    sa.Index("ix_decision_reviewer_variant_id", "reviewer", "variant_id"),
)

# One vote that a variant needs. It is `done`, or leased to `holder` until `until` (milliseconds
# since 1970), or free. `token` changes with each lease, so that a late decision is known for one.
# `tie` marks the vote that others made necessary by not agreeing.
slot = sa.Table(
    "slot",
    metadata,
    _sequence(),
    sa.Column("variant_id", Text(), sa.ForeignKey("variant.id"), nullable=False),
    _number("ordinal"),
    _number("priority"),
    _number("tie"),
    _text("holder"),
    _text("token"),
    _number("until"),
    _number("done"),
    sa.UniqueConstraint("variant_id", "ordinal"),
)
_open, _held = slot.c.done == 0, slot.c.holder != ""
sa.Index(
    "ix_slot_priority", slot.c.priority, slot.c.seq, sqlite_where=_open, postgresql_where=_open
)
sa.Index(
    "ix_slot_holder", slot.c.holder, slot.c.variant_id,
    unique=True, sqlite_where=_held, postgresql_where=_held,
)  # fmt: skip

# --- people and what they did ---------------------------------------------------------------------

# `role` is one of people.Role; `subject` what a sign-in service calls them.
person = sa.Table(
    "person",
    metadata,
    _text("name", primary_key=True),
    _text("role"),
    _text("subject"),
    _number("active"),
    _text("made_at"),
)
_has_subject = person.c.subject != ""
sa.Index(
    "ix_person_subject", person.c.subject,
    unique=True, sqlite_where=_has_subject, postgresql_where=_has_subject,
)  # fmt: skip

# `digest` is the SHA-256 of the secret; `scopes` JSON.
api_key = sa.Table(
    "api_key",
    metadata,
    _text("id", primary_key=True),
    sa.Column("person", Text(), sa.ForeignKey("person.name"), nullable=False),
    _text("digest", unique=True),
    _text("scopes"),
    _text("made_at"),
    _number("until"),
    _number("revoked"),
)

# A session. `means` is how one signed in; `key ID` for a key, with which the session ends.
sign_in = sa.Table(
    "sign_in",
    metadata,
    _text("digest", primary_key=True),
    sa.Column("person", Text(), sa.ForeignKey("person.name"), nullable=False),
    _text("scopes"),
    _text("means"),
    _number("until"),
)

# Append-only, and triggers say so; see store/audit.py.
event = sa.Table(
    "event",
    metadata,
    _sequence(),
    _text("made_at"),
    _text("actor"),
    _text("verb"),
    _text("object"),
    _text("detail"),
    _text("previous"),
    _text("digest"),
)

# An address that is told what happens; `events` is JSON, `secret` what messages are signed with.
# `private` lets it lie in a network that is not everybody's.
webhook = sa.Table(
    "webhook",
    metadata,
    _text("id", primary_key=True),
    _text("url"),
    _text("events"),
    _text("secret"),
    _number("private"),
    _text("made_at"),
)

# What an address was not told yet: written with what it tells of, deleted when it is delivered,
# `given_up` after a day. Not before `due`, and one after the other about one object.
delivery = sa.Table(
    "delivery",
    metadata,
    _sequence(),
    sa.Column(
        "webhook_id", Text(), sa.ForeignKey("webhook.id", ondelete="CASCADE"), nullable=False
    ),
    _text("message_id"),
    _text("object"),
    _text("body"),
    _number("made_at"),
    _number("attempts"),
    _number("due"),
    _number("given_up"),
    _text("problem"),
    sa.Index("ix_delivery_webhook_id_object", "webhook_id", "object", "seq"),
)
_waiting = delivery.c.given_up == 0
sa.Index("ix_delivery_due", delivery.c.due, sqlite_where=_waiting, postgresql_where=_waiting)

# What a person made of the variant `parent_id`. `dropped`: nobody waits for it any more.
edit = sa.Table(
    "edit",
    metadata,
    _sequence(),
    _text("request_id", unique=True),
    sa.Column("variant_id", Text(), sa.ForeignKey("variant.id"), nullable=False, unique=True),
    sa.Column("parent_id", Text(), sa.ForeignKey("variant.id"), nullable=False),
    _text("person", index=True),
    _text("made_at"),
    _number("dropped"),
)

# --- how well it is done --------------------------------------------------------------------------

# What a variant is for, whose `truth` (`bad` or `good`) is known: it tells how people decide. `how`
# says why it is known. It is part of nothing else.
gold = sa.Table(
    "gold",
    metadata,
    sa.Column("variant_id", Text(), sa.ForeignKey("variant.id"), primary_key=True),
    _text("truth"),
    _text("how"),
    _text("made_at"),
)

# Who gets no cards for now. `lifted_by` is empty until somebody lifts it; answers up to
# `last_seq`, a decision's, are forgiven then.
pause = sa.Table(
    "pause",
    metadata,
    _sequence(),
    _text("reviewer", index=True),
    _text("reason"),
    _text("made_at"),
    _text("lifted_by"),
    _text("lifted_at"),
    _number("last_seq"),
)

# Append-only: the newest version counts.
guideline = sa.Table(
    "guideline",
    metadata,
    _number("version", primary_key=True, autoincrement=False),
    _text("text"),
    _text("made_by"),
    _text("made_at"),
)

# The counts of all that only runs change, as they were at these newest rows: one row, with JSON.
census = sa.Table(
    "census",
    metadata,
    _number("id", primary_key=True, autoincrement=False),
    _number("evidence_seq"),
    _number("strength_seq"),
    _text("made_at"),
    _text("body"),
)

# --- what models were asked -----------------------------------------------------------------------

# Append-only but for `outcome`: what left the machine, before it left. `digest` is the SHA-256 of
# the bytes; `most` what it can cost at worst, in billionths of a dollar.
sent = sa.Table(
    "sent",
    metadata,
    _sequence(),
    _text("key", index=True),
    _text("unit_id", index=True),
    _text("purpose"),
    _text("endpoint"),
    _text("model"),
    _text("policy"),
    _text("digest"),
    _number("bytes"),
    _number("most"),
    _text("made_at"),
    _text("outcome"),
)

# A reply that was paid for, by what was asked; `body` is what came over the wire, compressed.
reply = sa.Table(
    "reply",
    metadata,
    _text("key", primary_key=True),
    _text("unit_id", index=True),
    _text("purpose"),
    _text("model"),
    sa.Column("body", sa.LargeBinary, nullable=False),
    _number("prompt_tokens"),
    _number("reply_tokens"),
    _number("cost"),
    _number("counted"),
    sa.Column("seconds", sa.Double, nullable=False),
    _text("made_at"),
)

# Jobs of a batch endpoint; `keys_id` is JSON: what was asked in it.
batch = sa.Table(
    "batch",
    metadata,
    _text("id", primary_key=True),
    _text("endpoint"),
    _text("model"),
    _text("state"),
    sa.Column("keys_id", Text(), sa.ForeignKey("text.id"), nullable=False),
    _number("most"),
    _text("made_at"),
)

# What a second model thinks of a variant's style, from 1 to 5; never of its meaning.
opinion = sa.Table(
    "opinion",
    metadata,
    sa.Column("variant_id", Text(), sa.ForeignKey("variant.id"), primary_key=True),
    _text("model", primary_key=True),
    _number("score"),
    _text("reason"),
)

# --- captions -------------------------------------------------------------------------------------

# What a model says that a unit does; `prompt` is the id of the template.
caption = sa.Table(
    "caption",
    metadata,
    _text("id", primary_key=True),
    _text("unit_id", index=True),
    _text("body"),
    _text("model"),
    _text("prompt"),
    _text("made_at"),
)

# Append-only: what people say of it, and the text of which they say so.
caption_word = sa.Table(
    "caption_word",
    metadata,
    _sequence(),
    sa.Column("caption_id", Text(), sa.ForeignKey("caption.id"), index=True, nullable=False),
    _text("reviewer"),
    _text("word"),
    _text("body"),
    _text("made_at"),
)

# --- datasets that were released ------------------------------------------------------------------

# `id` is the SHA-256 of the file manifest.json; datasets with the same `splitting` share out their
# units alike.
release = sa.Table(
    "release",
    metadata,
    _sequence(),
    _text("id", unique=True),
    _text("name"),
    _text("format"),
    _text("folder"),
    _text("splitting"),
    _number("rows"),
    _text("made_at"),
    sa.Column("manifest_id", Text(), sa.ForeignKey("text.id"), nullable=False),
)

# What is in it. Both are looked through by unit and variant, so they lie in that order.
released_unit = sa.Table(
    "released_unit",
    metadata,
    _text("unit_id", primary_key=True),
    sa.Column("release_seq", _Number, sa.ForeignKey("release.seq"), primary_key=True),
    _text("split"),
    sqlite_with_rowid=False,
)

released_variant = sa.Table(
    "released_variant",
    metadata,
    _text("variant_id", primary_key=True),
    sa.Column("release_seq", _Number, sa.ForeignKey("release.seq"), primary_key=True),
    sqlite_with_rowid=False,
)

# Append-only: what its owner takes out of all future datasets. `kind` is one of releases.Withdrawn.
withdrawal = sa.Table(
    "withdrawal",
    metadata,
    _sequence(),
    _text("kind"),
    _text("value"),
    _text("reason"),
    _text("person"),
    _text("made_at"),
)

# What a fine-tuning job came to. `files` is JSON: SHA-256 to the endpoint's name of what was
# uploaded; `job` is empty before there is one, `model` before it is made.
tuned = sa.Table(
    "tuned",
    metadata,
    _text("id", primary_key=True),
    _text("release_id", index=True),
    _text("endpoint"),
    _text("base"),
    _text("suffix"),
    _text("files"),
    _text("job"),
    _text("model"),
    _text("state"),
    _text("made_at"),
)

# --- keys -----------------------------------------------------------------------------------------

# Keys that never leave the store, such as the one that makes reviewers' pseudonyms.
secret = sa.Table(
    "secret",
    metadata,
    _text("name", primary_key=True),
    sa.Column("value", sa.LargeBinary, nullable=False),
)
