"""`o instanceof Foo` with a cast to `Foo` as `o instanceof Foo foo`, and back.

Preconditions: INDEP (the tested variable is a local that nothing assigns between test and cast),
FRESH (the scope of a pattern follows the flow of control), BUILTIN (test, cast and declaration name
the same type), FLOW, TRIVIA, and NATURAL: the file shows Java 16. Source: JEP 394; OpenRewrite
InstanceOfPatternMatch and its issue 480.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "cast-to-pattern": ("Name the tested value in instanceof itself", "A"),
        "pattern-to-cast": ("Test with a plain instanceof, then cast", "A"),
    },
    absent={
        "python": "isinstance narrows the name itself",
        "cpp": "its dynamic_cast tests and names at once",
    },
)
