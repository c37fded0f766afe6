"""Return a condition itself instead of a constant in each branch, and back.

Preconditions: BOOLVAL (the condition yields a real boolean), TRIVIA, NATURAL. Source: ruff SIM103;
clang-tidy readability-simplify-boolean-expr; Error Prone.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "simplify-boolean-return": ("Return a condition itself", "A"),
        "expand-boolean-return": ("Return a constant in each branch", "A"),
    },
)
