"""Messages as Unsloth's own recipe takes them: a template makes one text of them, and
`train_on_responses_only` masks what is not the answer. It reads no prompt and completion."""

from __future__ import annotations

from codeaug.formats import PAIRS, Format
from codeaug.formats.openai_chat import SCHEMA, read, row
from codeaug.formats.stacks import unsloth

FORMAT = Format(
    "unsloth",
    "chat messages for Unsloth",
    PAIRS,
    row,
    read,
    extras=unsloth.supervised,
    schema=SCHEMA,
)
