"""Conversations as LLaMA-Factory reads them, with its own tags: those need no mapping."""

from __future__ import annotations

from codeaug.formats import PAIRS, Format, Row
from codeaug.formats.fim import Sentinels
from codeaug.formats.stacks import llama_factory
from codeaug.formats.texts import exactly, record, spoken
from codeaug.tasks import Content, Pair

turn = llama_factory.turn


def _row(content: Content, sentinels: Sentinels) -> Row:
    pair = spoken(content)
    return {"conversations": [turn("human", pair.prompt), turn("gpt", pair.completion)]}


def _read(row: Row) -> Content:
    asked, answered = row["conversations"]
    return Pair(asked["value"], answered["value"])


FORMAT = Format(
    "llama-factory",
    "conversations for LLaMA-Factory",
    PAIRS,
    _row,
    _read,
    extras=llama_factory.supervised,
    schema=record(conversations=exactly(llama_factory.HUMAN, llama_factory.GPT)),
)
