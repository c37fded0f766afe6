"""`a < b` as `!(a >= b)`: the opposite of the opposite.

Nobody writes it, and it says the same. Preconditions: INTEGRAL, NOFLOAT (NaN is neither less nor
not less), BUILTIN for `==` and `!=`, NODEP, TRIVIA. Source: SPAT ReverseIfElse; JavaTransformer,
which flips comparisons of floating point, too.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {"negate-comparison": ("Write a comparison as the negation of its opposite", "R")},
)
