"""A literal as a named local constant, and back.

A name must suggest itself: from the text of a string, from what a number is compared with, from the
parameter that it is given for, or the entry whose default it is. Back only where every use follows
the one binding. Preconditions: BUILTIN (the constant has exactly the literal's type), FRESH, NOCAP,
NODYN, NOMACRO, TRIVIA, NATURAL. Source: Fowler, Replace Magic Literal.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "name-literal": ("Name a literal", "B"),
        "inline-constant": ("Write a local constant's value in its place", "B"),
    },
)
