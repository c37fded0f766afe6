"""`x += e` as `x = x + e`, and back.

Only for a plain local whose value is proven to be of an immutable built-in type just before:
`+=` changes a list in place. Preconditions: BUILTIN, TRIVIA, NATURAL. Source: ruff PLR6104; SPAT.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "expand-augmented-assignment": ("Write an assignment by an operator as a plain one", "A"),
        "augment-assignment": ("Assign by an operator: x += e", "A"),
    },
    absent={"java": "not written yet", "cpp": "not written yet"},
)
