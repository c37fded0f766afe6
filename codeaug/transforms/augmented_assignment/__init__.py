"""`x += e` as `x = x + e`, and back.

Only for a plain local whose value is proven to be of an immutable built-in type just before:
`+=` changes a list in place. Preconditions: BUILTIN, TRIVIA, NATURAL. Source: ruff PLR6104; SPAT.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "expand-augmented-assignment": ("Write an augmented assignment in full", "A"),
        "augment-assignment": ("Write an assignment as an augmented one", "A"),
    },
    absent={"java": "not written yet", "cpp": "not written yet"},
)
