"""A literal as a named local constant, and back.

A name must suggest itself: from the text of a string, from what a number is compared with, from the
parameter that it is given for. Preconditions: BUILTIN (the constant has exactly the literal's
type), FRESH, NOMACRO, TRIVIA, NATURAL. Source: Fowler, Replace Magic Literal.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "inline-constant": ("Write a local constant's value in its place", "B"),
        "name-literal": ("Name a literal", "B"),
    },
    absent={"python": "its module is not written yet"},
)
