"""Change the order of statements where nobody can tell the difference.

`move-to-first-use` declares a variable where it is first needed: it moves the declaration down, or
joins it with the first assignment. `swap-statements` exchanges two neighbours, and is its own
reverse. `split-declaration` gives each of several names a declaration of its own, in their order.
Preconditions: INDEP of all that is passed, FRESH, NOCAP, TRIVLIFE, NATURAL where an order is usual,
TRIVIA. Source: Fowler, Slide Statements; SEI CERT DCL19-C.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "move-to-first-use": ("Declare a variable where it is first used", "B"),
        "swap-statements": ("Swap two independent statements", "B"),
        "split-declaration": ("Declare each variable in a statement of its own", "B"),
    },
    absent={"python": "declarations are statements of Java and C++"},
)
