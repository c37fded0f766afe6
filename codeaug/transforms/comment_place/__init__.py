"""A comment at the end of a line as a line above it, and back; the code's tokens stay as they are.

Only for one short comment on one simple statement of one line. Preconditions: TRIVIA (plain words,
not an order to a tool about that very line, nothing like `below`), NATURAL (no column of comments,
no comment that it would run into; back only where the statement stands alone, so that the comment
is about nothing else). Source: the guides of Google, PEP 8 and Oracle allow both places.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "comment-above": ("Put a comment at the end of a line above it", "A"),
        "comment-beside": ("Put a comment above a line at its end", "A"),
    },
)
