"""`a < b and b < c` as `a < b < c`, and back.

The middle is evaluated once instead of twice, so it must be a stable name or a literal. A
comparison that has to be turned around first (`b > a`) must be one of built-in scalars.
Preconditions: PURE, BUILTIN, TRIVIA, NATURAL. Source: ruff PLR1716.
"""

from __future__ import annotations

from codeaug.transforms import idea

WHY = "comparisons do not chain there"

TRANSFORMS = idea(
    __name__,
    {
        "chain-comparisons": ("Write two comparisons of one value as a chain", "A"),
        "split-comparison-chain": ("Write a chain of comparisons as two", "A"),
    },
    absent={"java": WHY, "cpp": WHY},
)
