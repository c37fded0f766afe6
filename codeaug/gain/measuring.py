"""What a trained model says of held-out functions: what they cost it, and how it completes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from codeaug.gain.approach import Approach, Encoded, Trained

LOSS, EXACT, SIMILARITY = "loss", "exact", "similarity"
METRICS = (LOSS, EXACT, SIMILARITY)
"""Nats a token; the share of lines that are completed exactly; the edit similarity of completions
with what people wrote, 0 to 1, by Indel distance as in CodeXGLUE's line completion."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Sums over one held-out function, by metric, and what each is to be divided by."""

    sums: dict[str, float]
    weights: dict[str, int]


def measured(approach: Approach, model: Trained, held_out: Sequence[Encoded]) -> list[Measured]:
    """One for each function, in order."""
    return [_of(approach, model, encoded) for encoded in held_out]


def _of(approach: Approach, model: Trained, encoded: Encoded) -> Measured:
    from rapidfuzz import fuzz

    exact = similarity = 0.0
    for question in encoded.questions:
        said = approach.told(model.complete(question))
        exact += said == question.wanted
        similarity += fuzz.ratio(said, question.wanted) / 100
    asked = len(encoded.questions)
    return Measured(
        {LOSS: model.nats(encoded.numbers), EXACT: exact, SIMILARITY: similarity},
        {LOSS: encoded.tokens, EXACT: asked, SIMILARITY: asked},
    )
