"""Chat messages as OpenAI's fine-tuning reads them, and most others by that name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from codeaug.formats.instruction import answer, question
from codeaug.model import Sample

NAME = "openai-chat"


def rows(samples: Iterable[Sample]) -> Iterator[dict[str, Any]]:
    """`{"messages": [user, assistant]}`: the original with an instruction, and the variant."""
    for sample in samples:
        yield {
            "messages": [
                {"role": "user", "content": question(sample)},
                {"role": "assistant", "content": answer(sample)},
            ]
        }
