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
    from rapidfuzz import fuzz

    said = iter(model.complete([question for one in held_out for question in one.questions]))
    found = []
    for encoded in held_out:
        pairs = [(approach.told(next(said)), question.wanted) for question in encoded.questions]
        sums = {
            LOSS: model.nats(encoded.numbers),
            EXACT: float(sum(told == wanted for told, wanted in pairs)),
            SIMILARITY: sum(fuzz.ratio(told, wanted) / 100 for told, wanted in pairs),
        }
        asked = len(pairs)
        found.append(Measured(sums, {LOSS: encoded.tokens, EXACT: asked, SIMILARITY: asked}))
    return found
