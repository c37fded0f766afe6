"""`while (c)` as `for (; c;)`.

The two mean the same: a `continue` goes to the condition in both. Preconditions: FRESH and FLOW
(the condition declares no name), TRIVIA. Source: NatGen; SPAT While2For; JavaTransformer.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {"while-to-stepless-for": ("Write while (c) as for (; c;)", "R")},
    absent={"python": "its for loop runs over values"},
)
