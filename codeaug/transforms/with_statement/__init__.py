"""Nested with statements as one of several items, and back.

The language defines one by the other. Preconditions: TRIVIA, NATURAL. Source: ruff SIM117.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "merge-with": ("Merge nested with statements into one", "A"),
        "split-with": ("Nest the items of a with statement", "A"),
    },
    absent={"java": "a try has its resources in one list", "cpp": "C++ has no with statement"},
)
