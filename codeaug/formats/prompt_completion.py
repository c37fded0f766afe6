"""Prompt and completion as plain text; TRL and others train on the completion only."""

from __future__ import annotations

from codeaug.formats import PAIRS, Format, Row
from codeaug.formats.fim import Sentinels
from codeaug.formats.texts import TEXT, plain, record
from codeaug.tasks import Content, Pair


def row(content: Content, sentinels: Sentinels) -> Row:
    pair = plain(content, sentinels)
    return {"prompt": pair.prompt, "completion": pair.completion}


def read(row: Row) -> Content:
    return Pair(row["prompt"], row["completion"])


SCHEMA = record(prompt=TEXT, completion=TEXT)
FORMAT = Format(
    "prompt-completion",
    "prompt and completion, two texts",
    PAIRS,
    row,
    read,
    schema=SCHEMA,
    needs_sentinels=True,
)
