"""A comparison with a literal, with the literal on the other side.

A literal on the left is what few people write, so only the way back is natural. Preconditions:
BUILTIN (the operators of a class may not mirror each other; not needed in Java), TRIVIA, NATURAL.
Source: pylint misplaced-comparison-constant; SPAT; ReCode.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "literal-last": ("Compare a value with a literal, not a literal with a value", "A"),
        "literal-first": ("Compare a literal with a value", "R"),
    },
)
