"""The arms of the comparison: what each model is trained on. Each seed draws its share of the human
functions once, for all arms; variants come with the function of which they were made."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from codeaug.gain.approach import Encoded
from codeaug.model import Text

SHARE = 0.8
"""Of the human functions that each seed trains on."""

HUMAN, VARIANTS, REPEATS = "human only", "human + variants", "human + repeats"
"""The arms. Repeats are the control: as many more tokens as variants, but human ones again, so that
a gain is not just more passes over the same code."""

Texts = Sequence[tuple[Text, Encoded]]
Arm = list[Encoded]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A seed's arms by name, each in the order in which it is trained on, and the human functions
    that none of them has: what all of them are tuned on."""

    arms: Mapping[str, Arm]
    tuning: Arm


def drawn(train: Texts, variants: Texts, seed: int) -> Drawn:
    """The arms of a seed."""
    lot = random.Random(f"gain {seed}")
    chosen = lot.sample(train, max(1, round(SHARE * len(train))))
    units = {text.unit for text, _ in chosen}
    human = [encoded for _, encoded in chosen]
    made = [(text.unit, encoded) for text, encoded in variants if text.unit in units]
    again = _repeats({text.unit: own for text, own in chosen}, made, lot)
    arms = {
        HUMAN: list(human),
        VARIANTS: human + [encoded for _, encoded in made],
        REPEATS: human + again,
    }
    for arm in arms.values():
        lot.shuffle(arm)
    return Drawn(arms, [encoded for text, encoded in train if text.unit not in units])


def _repeats(
    originals: Mapping[str, Encoded], made: Sequence[tuple[str, Encoded]], lot: random.Random
) -> list[Encoded]:
    """The original of each variant, in place of it; then more of them, or less, until there are as
    many tokens, as near as whole functions come."""
    wanted = sum(encoded.tokens for _, encoded in made)
    found = [originals[unit] for unit, _ in made]
    lot.shuffle(found)
    total, pool = sum(one.tokens for one in found), list(found)
    while found and total < wanted:
        found.append(lot.choice(pool))
        total += found[-1].tokens
    while found and total - wanted > found[-1].tokens / 2:
        total -= found.pop().tokens
    return found
