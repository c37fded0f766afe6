"""A C++ loop that asks, counts or adds up, as a call of the standard library, and back.

`any_of`, `all_of`, `none_of` and `count_if` where the file includes <algorithm>, `accumulate` where
it includes <numeric> and the sum's type is the first value's. BOOLVAL for what is asked, NOMACRO,
NOCAP, TRIVIA. No rewriting to `min` and `max`: ties, NaN and dangling references differ.
Source: the C++ Core Guidelines; Fowler.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "loop-to-algorithm": ("Call the standard algorithm that a loop spells out", "B"),
        "algorithm-to-loop": ("Spell out a standard algorithm as a loop", "B"),
    },
    absent={
        "java": "streams are the idea there",
        "python": "comprehensions, any and all are the idea there",
    },
)
