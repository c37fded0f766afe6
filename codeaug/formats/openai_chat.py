"""Chat messages as OpenAI's fine-tuning reads them, and most others by that name."""

from __future__ import annotations

from codeaug.formats import PAIRS, Format, Row
from codeaug.formats.fim import Sentinels
from codeaug.formats.instructing import instructed
from codeaug.tasks import Content, Infilling, Pair


def _row(content: Content, sentinels: Sentinels) -> Row:
    pair = instructed(content) if isinstance(content, Infilling) else content
    assert isinstance(pair, Pair)
    return {
        "messages": [
            {"role": "user", "content": pair.prompt},
            {"role": "assistant", "content": pair.completion},
        ]
    }


def _read(row: Row) -> Content:
    user, assistant = row["messages"]
    return Pair(user["content"], assistant["content"])


FORMAT = Format("openai-chat", "chat messages, one user and one assistant", PAIRS, _row, _read)
