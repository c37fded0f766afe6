"""A comparison with its sides exchanged: `n > 0` for `0 < n`, `b > a` for `a < b`.

A literal on the left is what few people write, so of these only the way back is natural; of two
values either may be first, yet nobody turns one around. Preconditions: BUILTIN (the operators of a
class may not mirror each other; not needed in Java beside a literal), PURE for two values, TRIVIA,
NATURAL, NODEP (`>` would close a list of template arguments). Source: pylint
misplaced-comparison-constant; SPAT; NatGen; ReCode.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "literal-last": ("Compare a value with a literal, not a literal with a value", "A"),
        "literal-first": ("Compare a literal with a value", "R"),
        "mirror-comparison": ("Compare two values the other way round", "R"),
    },
)
