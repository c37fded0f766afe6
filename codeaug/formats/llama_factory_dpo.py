"""Preference pairs as LLaMA-Factory reads them."""

from __future__ import annotations

from codeaug.formats import PREFERENCES, Format, Row
from codeaug.formats.fim import Sentinels
from codeaug.formats.stacks import llama_factory
from codeaug.formats.texts import exactly, preference, record
from codeaug.tasks import Content, Preference


def _row(content: Content, sentinels: Sentinels) -> Row:
    wish = preference(content)
    return {
        "conversations": [llama_factory.turn("human", wish.prompt)],
        "chosen": llama_factory.turn("gpt", wish.chosen),
        "rejected": llama_factory.turn("gpt", wish.rejected),
    }


def _read(row: Row) -> Content:
    (asked,) = row["conversations"]
    return Preference(asked["value"], row["chosen"]["value"], row["rejected"]["value"])


FORMAT = Format(
    "llama-factory-dpo",
    "preference pairs for LLaMA-Factory",
    PREFERENCES,
    _row,
    _read,
    extras=llama_factory.preferences,
    schema=record(
        conversations=exactly(llama_factory.HUMAN),
        chosen=llama_factory.GPT,
        rejected=llama_factory.GPT,
    ),
)
