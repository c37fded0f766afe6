"""`final` of local variables that nothing assigns to anyway, and back.

All of a function's at once, as one house writes them. Preconditions: DA (assigned once), BUILTIN (a
constant is one by its `final` alone, JLS 4.12.4, which decides reachability, narrowing and which
strings are one object), TRIVIA. Source: Checkstyle FinalLocalVariable; PMD LocalVariableCouldBeFinal.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "drop-final": ("Declare locals without final", "A"),
        "write-final": ("Declare locals as final", "A"),
    },
    absent={
        "python": "Python has no such modifier of locals",
        "cpp": "const is part of the type and chooses among overloads",
    },
)
