"""Name a part of an expression, or put a name's only use back in its place.

Nothing is evaluated earlier, later, more or less often than before. Preconditions: PURE or NOTHROW
for everything that would change places with the moved expression, FRESH, NOCAP, NODYN, TRIVIA,
NATURAL. Source: Fowler, Extract Variable and Inline Variable; rope.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "extract-variable": ("Name a part of an expression", "A"),
        "inline-variable": ("Put a variable into its only use", "A"),
    },
)
