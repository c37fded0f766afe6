"""A Java loop that asks, finds, collects, adds up or does one thing as a stream, and back.

Forward: the collection is an array or one of java.util, the variable has the element's very type,
every local that the lambda uses is final in effect (NOCAP), no checked exception can leave the
lambda (EXC), nothing is assigned in it (PURE), nothing changes the collection meanwhile (INDEP),
and the file shows to be Java 8. `findFirst` only for what cannot be null. Sums of `double` never:
`DoubleStream.sum` compensates. `toList()` never: its list cannot be changed. TRIVIA. Source:
Effective Java; the IDEs.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "loop-to-stream": ("Write a loop as a stream", "B"),
        "stream-to-loop": ("Write a stream as a loop", "B"),
    },
    absent={
        "cpp": "calls of <algorithm> are the idea there",
        "python": "comprehensions, any and all are the idea there",
    },
)
