"""Like assignments one below the other as one tuple assignment, and back.

The values are evaluated in their order either way, but a later one must not read an earlier target,
and where it can raise nobody may see what was bound so far. Preconditions: INDEP, NOCAP, NODYN,
TRIVIA, NATURAL. Source: field work; no tool offers it.
"""

from __future__ import annotations

from codeaug.transforms import idea

WHY = "only Python unpacks a tuple that is never made"

TRANSFORMS = idea(
    __name__,
    {
        "join-assignments": ("Write like assignments as one tuple assignment", "A"),
        "split-assignments": ("Write a tuple assignment as one line each", "A"),
    },
    absent={"java": WHY, "cpp": WHY},
)
