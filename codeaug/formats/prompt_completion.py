"""Prompt and completion as plain text; TRL and others train on the completion only."""

from __future__ import annotations

from codeaug.formats import PAIRS, Format, Row
from codeaug.formats.fim import Sentinels
from codeaug.tasks import Content, Infilling, Pair


def _row(content: Content, sentinels: Sentinels) -> Row:
    if isinstance(content, Infilling):
        content = sentinels.pair(content)
        return {"prompt": content.prompt, "completion": content.completion}
    assert isinstance(content, Pair)
    return {"prompt": content.prompt + "\n\n", "completion": content.completion}


def _read(row: Row) -> Content:
    return Pair(row["prompt"], row["completion"])


FORMAT = Format("prompt-completion", "prompt and completion, two texts", PAIRS, _row, _read)
