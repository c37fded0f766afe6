"""A counting `while` as a counting `for`, a loop that is left by a first break as a condition.

Preconditions: OWNCONT (REACH: no `continue` would skip the counting), the bound is a number that
stays the same, the counter is counted once a round, by a literal, and not read behind the loop;
for the break: it is the first statement, and its condition has an opposite. TRIVIA. Source: NatGen
and MutableAST, which insert the counting in wrong places; JDT, Convert to enhanced for.
"""

from __future__ import annotations

from codeaug.transforms import idea

_OTHERS = "not written for this language yet"

TRANSFORMS = idea(
    __name__,
    {
        "while-to-for": ("Write a counting while loop as a for loop", "B"),
        "for-to-while": ("Write a counting for loop as a while loop", "B"),
        "loop-with-break-to-condition": ("Put the break of an endless loop into its head", "B"),
        "condition-to-loop-with-break": ("Leave an endless loop by a break in its body", "B"),
    },
    absent={"java": _OTHERS, "cpp": _OTHERS},
)
