"""A `switch` as a chain of `if`s, and back.

Every group of cases ends in a jump, so that at most one is executed. Preconditions: PURE (what is
compared is read once a comparison), BUILTIN (`==` and the cases mean the same, null included),
REACH (no other `break`), FRESH (no variable of one case in another), TRIVIA, NATURAL. Python's
`match` can bind names and take values apart: only cases that do neither, and it is written only
where the file has one already. Source: field catalogue T16; MutableAST, SPAT.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "switch-to-if": ("Write a switch as a chain of ifs", "B"),
        "if-to-switch": ("Write a chain of ifs as a switch", "B"),
    },
)
