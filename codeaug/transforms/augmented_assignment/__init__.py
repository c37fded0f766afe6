"""`x += e` as `x = x + e`, and back, for built-in types.

A plain assignment hides no narrowing, and an augmented one no overloaded operator; in Python `+=`
changes a list in place, so the value is proven to be of an immutable type just before.
Preconditions: BUILTIN (the type of `x op e` is the type of `x`), INDEP (in C++ nothing that `e`
does can change `x`), TRIVIA, NATURAL. Source: Fowler; JLS 15.26.2; ruff PLR6104.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "augment-assignment": ("Assign by an operator: x += e", "A"),
        "expand-augmented-assignment": ("Write an assignment by an operator as a plain one", "A"),
    },
)
