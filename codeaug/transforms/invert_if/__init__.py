"""Swap the branches of an if and negate its condition by flipping the operator.

Never by wrapping the condition in a negation. Preconditions: a plain else, BUILTIN and NOFLOAT for
comparisons that have no complement in general, TRIVIA. Source: IntelliJ, Invert if; Le-Cong et al.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "invert-if": ("Swap the branches of an if", "A"),
    },
)
