"""`not x in y` as `x not in y`, and `not x is y` as `x is not y`: the language defines them so.

One way only: nobody writes the other form on purpose, and every linter mends it. Preconditions:
TRIVIA, NATURAL. Source: ruff E713, E714.
"""

from __future__ import annotations

from codeaug.transforms import idea

WHY = "`not in` and `is not` are operators of Python's"

TRANSFORMS = idea(
    __name__,
    {"use-not-in": ("Write `x not in y` for `not x in y`", "A")},
    absent={"java": WHY, "cpp": WHY},
)
