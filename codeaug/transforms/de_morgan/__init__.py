"""`not (a and b)` as `not a or not b`, and back.

The operands stay in their order, so what is evaluated stays too. An operand that is no longer
negated gives its own value instead of a boolean: only where nothing but its truth counts.
Preconditions: BUILTIN and NOFLOAT where an operator flips, BOOLVAL, NODEP, TRIVIA, NATURAL.
Source: De Morgan; clang-tidy readability-simplify-boolean-expr.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "distribute-negation": ("Negate each operand instead of all", "A"),
        "factor-negation": ("Negate all operands at once", "A"),
    },
    absent={"java": "not written yet", "cpp": "not written yet"},
)
