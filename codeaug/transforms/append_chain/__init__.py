"""`b.append(x).append(y);` as a statement each, and back.

`append` of the standard library's builders returns the builder itself. Preconditions: BUILTIN (a
local variable that is a StringBuilder or StringBuffer), INDEP (nothing assigns to it meanwhile),
TRIVIA, NATURAL. Source: IntelliJ, "Call chain" intentions; PMD ConsecutiveAppendsShouldReuse.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "chain-appends": ("Append to a builder in one statement", "A"),
        "split-appends": ("Append to a builder in a statement each", "A"),
    },
    absent={
        "python": "methods that change a list return None",
        "cpp": "a stream is written to in one statement",
    },
)
