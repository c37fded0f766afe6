"""TRL's prompt and completion as messages: it puts the model's chat template around them."""

from __future__ import annotations

from codeaug.formats import PAIRS, Format, Row
from codeaug.formats.fim import Sentinels
from codeaug.formats.stacks import trl
from codeaug.formats.texts import assistant, exactly, message, record, spoken, user
from codeaug.tasks import Content, Pair


def _row(content: Content, sentinels: Sentinels) -> Row:
    pair = spoken(content)
    return {"prompt": [user(pair.prompt)], "completion": [assistant(pair.completion)]}


def _read(row: Row) -> Content:
    (asked,), (answered,) = row["prompt"], row["completion"]
    return Pair(asked["content"], answered["content"])


FORMAT = Format(
    "trl-conversational",
    "prompt and completion for TRL, as messages",
    PAIRS,
    _row,
    _read,
    extras=trl.supervised_chat,
    schema=record(prompt=exactly(message("user")), completion=exactly(message("assistant"))),
)
