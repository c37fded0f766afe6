"""A loop that only fills a list, set or dict, or looks for one element, as an expression; and back.

Preconditions: the list is made just before and nobody sees it half full, NOCAP and no later read of
the loop's names, no await or yield inside, TRIVIA. Never `sum`: it adds floats in another way than
a loop does. Source: ruff PERF401, SIM110; Fowler, Replace Loop with Pipeline.
"""

from __future__ import annotations

from codeaug.transforms import idea

_OTHERS = "comprehensions are Python's"

TRANSFORMS = idea(
    __name__,
    {
        "loop-to-comprehension": ("Write a loop as a comprehension, any or all", "B"),
        "comprehension-to-loop": ("Write a comprehension, any or all as a loop", "B"),
    },
    absent={"java": _OTHERS, "cpp": _OTHERS},
)
