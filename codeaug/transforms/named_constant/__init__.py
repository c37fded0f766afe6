"""A literal gets a local name, and back.

The name is what the code itself says of the value: that of its parameter, or of the entry whose
default it is. Back only where every use follows the one binding. Preconditions: FRESH, NOCAP,
NODYN, TRIVIA, NATURAL. Source: Fowler, "replace magic literal".
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "name-literal": ("Name a literal", "B"),
        "inline-constant": ("Write a local constant's value in its place", "B"),
    },
    absent={"java": "not written yet", "cpp": "not written yet"},
)
