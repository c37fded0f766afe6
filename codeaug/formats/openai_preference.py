"""Preference pairs as OpenAI's fine-tuning reads them; Together and Fireworks do, too."""

from __future__ import annotations

from codeaug.formats import PREFERENCES, Format, Row
from codeaug.formats.fim import Sentinels
from codeaug.formats.stacks import openai
from codeaug.formats.texts import assistant, exactly, message, preference, record, user
from codeaug.tasks import Content, Preference


def _row(content: Content, sentinels: Sentinels) -> Row:
    wish = preference(content)
    return {
        "input": {"messages": [user(wish.prompt)], "tools": [], "parallel_tool_calls": True},
        "preferred_output": [assistant(wish.chosen)],
        "non_preferred_output": [assistant(wish.rejected)],
    }


def _read(row: Row) -> Content:
    (asked,) = row["input"]["messages"]
    (chosen,), (rejected,) = row["preferred_output"], row["non_preferred_output"]
    return Preference(asked["content"], chosen["content"], rejected["content"])


_INPUT = record(
    messages=exactly(message("user")),
    tools={"type": "array", "maxItems": 0},
    parallel_tool_calls={"const": True},
)
FORMAT = Format(
    "openai-preference",
    "preference pairs as OpenAI reads them",
    PREFERENCES,
    _row,
    _read,
    extras=openai.preferences,
    schema=record(
        input=_INPUT,
        preferred_output=exactly(message("assistant")),
        non_preferred_output=exactly(message("assistant")),
    ),
)
