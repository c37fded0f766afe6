"""Messages as Axolotl reads them by `type: chat_template`."""

from __future__ import annotations

from codeaug.formats import PAIRS, Format
from codeaug.formats.openai_chat import SCHEMA, read, row
from codeaug.formats.stacks import axolotl

FORMAT = Format(
    "axolotl-chat",
    "chat messages for Axolotl",
    PAIRS,
    row,
    read,
    extras=axolotl.chat,
    schema=SCHEMA,
)
