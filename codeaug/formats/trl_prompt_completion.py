"""TRL's plain prompt and completion: no chat template stands between them."""

from __future__ import annotations

from codeaug.formats import PAIRS, Format
from codeaug.formats.prompt_completion import SCHEMA, read, row
from codeaug.formats.stacks import trl

FORMAT = Format(
    "trl-prompt-completion",
    "prompt and completion for TRL, two texts",
    PAIRS,
    row,
    read,
    extras=trl.supervised,
    schema=SCHEMA,
    needs_sentinels=True,
)
