"""`a + b` as `b + a`: the operands of an operator that does not mind, in the other order.

Only where both are plain: names, literals, parentheses, and comparisons under `&&` and `||`.
Preconditions: PURE (nothing is evaluated that another could change), INTEGRAL (no string is joined,
no list grows, no class has its own operator), for `&&` and `||` NOTHROW of both, in Python also
BOOLVAL (they give one of their operands), TRIVIA. Source: NatGen OperandSwap; JavaTransformer;
ReCode.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {"swap-operands": ("Write the operands of + * == & | ^ && || in the other order", "R")},
)
