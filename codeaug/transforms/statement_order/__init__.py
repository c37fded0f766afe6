"""A declaration moves to its first use, or changes places with the next one.

`move-to-first-use` moves a declaration down over unrelated statements; `swap-statements` puts two
neighbouring declarations in the order in which they are used. Preconditions: INDEP of all that it
passes, NOCAP, TRIVIA. Source: Fowler, Slide Statements; SPAT StatementsOrderRearrangement.
"""

from __future__ import annotations

from codeaug.transforms import idea

_OTHERS = "not written for this language yet"

TRANSFORMS = idea(
    __name__,
    {
        "move-to-first-use": ("Declare a variable where it is first used", "B"),
        "swap-statements": ("Swap two independent statements", "B"),
    },
    absent={"java": _OTHERS, "cpp": _OTHERS},
)
