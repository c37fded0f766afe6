"""Preference pairs as Axolotl reads them by `type: chat_template.default`."""

from __future__ import annotations

from codeaug.formats import PREFERENCES, Format, Row
from codeaug.formats.fim import Sentinels
from codeaug.formats.stacks import axolotl
from codeaug.formats.texts import assistant, exactly, message, preference, record, user
from codeaug.tasks import Content, Preference


def _row(content: Content, sentinels: Sentinels) -> Row:
    wish = preference(content)
    return {
        "messages": [user(wish.prompt)],
        "chosen": assistant(wish.chosen),
        "rejected": assistant(wish.rejected),
    }


def _read(row: Row) -> Content:
    (asked,) = row["messages"]
    return Preference(asked["content"], row["chosen"]["content"], row["rejected"]["content"])


FORMAT = Format(
    "axolotl-dpo",
    "preference pairs for Axolotl",
    PREFERENCES,
    _row,
    _read,
    extras=axolotl.preferences,
    schema=record(
        messages=exactly(message("user")),
        chosen=message("assistant"),
        rejected=message("assistant"),
    ),
)
