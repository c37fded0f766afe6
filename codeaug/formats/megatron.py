"""Whole texts for Megatron-LM's `preprocess_data.py`: pretraining, the loss is on everything."""

from __future__ import annotations

from codeaug.formats import PAIRS, Format, Row
from codeaug.formats.fim import Sentinels
from codeaug.formats.stacks import megatron
from codeaug.formats.texts import TEXT, plain, record
from codeaug.tasks import Content, Pair


def _row(content: Content, sentinels: Sentinels) -> Row:
    pair = plain(content, sentinels)
    return {"text": pair.prompt + pair.completion}


def _read(row: Row) -> Content:
    return Pair("", row["text"])


FORMAT = Format(
    "megatron",
    "whole texts for Megatron-LM",
    PAIRS,
    _row,
    _read,
    extras=megatron.pretraining,
    schema=record(text=TEXT),
    needs_sentinels=True,
)
