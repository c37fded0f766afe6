"""A conditional expression as an if statement, and back.

Only for a plain local as target, or a return. Preconditions: both arms of the same type where the
language converts, no assignment inside, TRIVIA, NATURAL. Source: Fowler; ruff SIM108; NatGen.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "ternary-to-if": ("Write a conditional expression as an if statement", "A"),
        "if-to-ternary": ("Write an if statement as a conditional expression", "A"),
    },
)
