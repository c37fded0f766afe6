"""The type arguments of a constructor as `<>`, and back, where its place has the same ones.

Preconditions: BUILTIN (assigned to, or returned as, a type with the same type parameters; no
wildcard, no anonymous class), TRIVIA, NATURAL. Source: OpenRewrite UseDiamondOperator.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "infer-type-arguments": ("Let a constructor take its type arguments from its place", "A"),
        "write-type-arguments": ("Write a constructor's type arguments", "A"),
    },
    absent={
        "python": "its constructors have no type arguments",
        "cpp": "its constructors have no diamond",
    },
)
