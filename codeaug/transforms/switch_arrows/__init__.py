"""A `switch` statement of Java with arrows instead of colons, and back.

Only where the file has arrows already: they came with Java 14. An arrow never falls through, and a
`break` leaves the switch either way. Preconditions: REACH (no case falls into the next), FRESH (no
variable of one case in another), BUILTIN (no patterns), TRIVIA, NATURAL. Source: JEP 361;
OpenRewrite, SwitchCaseReturnsToSwitchExpression and its like.
"""

from __future__ import annotations

from codeaug.transforms import idea

_JAVA = "arrows are Java's"

TRANSFORMS = idea(
    __name__,
    {
        "colons-to-arrows": ("Write the cases of a switch with arrows", "B"),
        "arrows-to-colons": ("Write the cases of a switch with colons and breaks", "B"),
    },
    absent={"python": _JAVA, "cpp": _JAVA},
)
