"""A block comment as line comments, and back; the code's tokens stay as they are.

Only for comments that have their lines for themselves and are no documentation. Preconditions:
TRIVIA (plain words, not an order to a tool, no box), NATURAL (a form that the file has elsewhere,
where it is not the usual one). Source: Google's guides for Java and C++ allow both.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "line-comments": ("Write a block comment as line comments", "A"),
        "block-comment": ("Write line comments as a block comment", "A"),
    },
    absent={"python": "it has only one form of comment"},
)
