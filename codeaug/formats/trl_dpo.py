"""TRL's preference pairs with an explicit prompt, for direct preference optimisation."""

from __future__ import annotations

from codeaug.formats import PREFERENCES, Format, Row
from codeaug.formats.fim import Sentinels
from codeaug.formats.stacks import trl
from codeaug.formats.texts import assistant, exactly, message, preference, record, user
from codeaug.tasks import Content, Preference


def _row(content: Content, sentinels: Sentinels) -> Row:
    wish = preference(content)
    return {
        "prompt": [user(wish.prompt)],
        "chosen": [assistant(wish.chosen)],
        "rejected": [assistant(wish.rejected)],
    }


def _read(row: Row) -> Content:
    (asked,), (chosen,), (rejected,) = row["prompt"], row["chosen"], row["rejected"]
    return Preference(asked["content"], chosen["content"], rejected["content"])


_ANSWER = exactly(message("assistant"))
FORMAT = Format(
    "trl-dpo",
    "preference pairs for TRL",
    PREFERENCES,
    _row,
    _read,
    extras=trl.preferences,
    schema=record(prompt=exactly(message("user")), chosen=_ANSWER, rejected=_ANSWER),
)
