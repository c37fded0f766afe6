"""`while` for `for`, a condition for a `break`, and back.

`for-to-while` and `while-to-for` move a loop's first and last step out of its head or into it, and
write the endless loop either way; in Python they count over a range. `loop-with-break-to-condition`
takes an `if (c) break;` at the beginning or end of a loop into its condition;
`condition-to-loop-with-break` takes a conjunct, an assignment or the test of a `do` out.
Preconditions: REACH (no `continue` of the loop would miss a step), FRESH, TRIVLIFE, BUILTIN where a
comparison is negated and for the bounds of a range, DA, TRIVIA. Source: MutableAST; NatGen, which
puts the step in the wrong places.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "for-to-while": ("Write a for loop as a while loop", "B"),
        "while-to-for": ("Write a while loop as a for loop", "B"),
        "loop-with-break-to-condition": (
            "Put a loop's first or last break into its condition",
            "B",
        ),
        "condition-to-loop-with-break": ("Leave a loop by a break instead of its condition", "B"),
    },
)
