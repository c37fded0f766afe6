"""A lambda as a named function, and back.

The two differ in their name alone, so whoever gets it must not look: it is only called here, or
given to a function of Python's own. Preconditions: FRESH, INDEP, NOCAP, NODYN, PURE, TRIVIA,
NATURAL. Source: ruff E731; IntelliJ.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "lambda-to-def": ("Write a lambda as a named function", "B"),
        "def-to-lambda": ("Write a small function as a lambda", "B"),
    },
    absent={"java": "not written yet", "cpp": "not written yet"},
)
