"""A negated condition of several parts as a condition of negated parts, and back.

The parts keep their order, so that they are evaluated as before and as often. In Python an operand
that is no longer negated gives its own value instead of a boolean: only where nothing but its truth
counts. Preconditions: the opposite of each part is proven to be its opposite (BUILTIN, NOFLOAT,
BOOLVAL, NODEP), FLOW, TRIVIA, and NATURAL: what is factored out must leave fewer negations. Source:
De Morgan; clang-tidy readability-simplify-boolean-expr.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "distribute-negation": ("Negate the parts of a condition, not the whole", "A"),
        "factor-negation": ("Negate a condition as a whole, not its parts", "A"),
    },
)
