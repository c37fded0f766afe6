"""Chat messages as OpenAI's fine-tuning reads them, and most others by that name."""

from __future__ import annotations

from codeaug.formats import PAIRS, Format, Row
from codeaug.formats.fim import Sentinels
from codeaug.formats.stacks import openai
from codeaug.formats.texts import assistant, exactly, message, record, spoken, user
from codeaug.tasks import Content, Pair


def row(content: Content, sentinels: Sentinels) -> Row:
    pair = spoken(content)
    return {"messages": [user(pair.prompt), assistant(pair.completion)]}


def read(row: Row) -> Content:
    asked, answered = row["messages"]
    return Pair(asked["content"], answered["content"])


SCHEMA = record(messages=exactly(message("user"), message("assistant")))
FORMAT = Format(
    "openai-chat",
    "chat messages, one user and one assistant",
    PAIRS,
    row,
    read,
    extras=openai.supervised,
    schema=SCHEMA,
)
