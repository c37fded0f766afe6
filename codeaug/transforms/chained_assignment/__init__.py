"""One value for several targets: as a chain, or as one assignment each.

The targets are bound in their order either way, so the value must be the same when it is asked for
again: a constant, or a variable that nothing here binds anew. Never a list or another value that
can be changed: it would be shared. Preconditions: PURE, INDEP, TRIVIA, NATURAL. Source: field work;
the Python reference on assignment statements.
"""

from __future__ import annotations

from codeaug.transforms import idea

WHY = "a chain assigns from right to left there, and converts on its way"

TRANSFORMS = idea(
    __name__,
    {
        "chain-assignments": ("Assign one value to several targets at once", "A"),
        "split-chained-assignment": ("Assign a value to each target by itself", "A"),
    },
    absent={"java": WHY, "cpp": WHY},
)
