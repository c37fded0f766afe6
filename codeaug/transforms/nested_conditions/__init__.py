"""One condition of two operands as two nested ifs, and back.

Neither if has an else. Operands keep their order, so short-circuit evaluation stays as it was.
Preconditions: TRIVIA, NATURAL. Source: ruff SIM102; OpenRewrite MergeNestedIf; clang-tidy.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "merge-conditions": ("Merge nested ifs into one condition", "A"),
        "split-condition": ("Split a condition into nested ifs", "A"),
    },
)
