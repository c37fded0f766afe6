"""Prompt and completion as plain text; TRL and others train on the completion only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from codeaug.formats.instruction import answer, question
from codeaug.model import Sample

NAME = "prompt-completion"


def rows(samples: Iterable[Sample]) -> Iterator[dict[str, Any]]:
    """`{"prompt", "completion"}`; the prompt ends with a blank line, so no token spans both."""
    for sample in samples:
        yield {"prompt": question(sample) + "\n\n", "completion": answer(sample)}
