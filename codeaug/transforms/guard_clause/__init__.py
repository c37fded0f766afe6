"""Leave early instead of nesting, and back.

`guard-clause` drops an `else` behind a branch that cannot complete normally, or turns a wrapped
tail into an early exit; `nest-guard` is the reverse. Preconditions: the branch cannot complete
normally, BUILTIN where a comparison is negated, TRIVIA, NATURAL. Source: Fowler, Replace Nested
Conditional with Guard Clauses; clang-tidy readability-else-after-return.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "guard-clause": ("Replace nesting by an early exit", "A"),
        "nest-guard": ("Replace an early exit by nesting", "A"),
    },
)
