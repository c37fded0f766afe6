"""A declared type as `var` or `auto`, and back.

The variable keeps exactly the type that it has. Preconditions: BUILTIN (the value is proven to have
the written type, not one that converts to it), NODEP, TRIVIA, NATURAL: only where the value itself
shows its type, and only in a file that shows Java 10 or C++11. Source: JEP 286; clang-tidy
modernize-use-auto.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "infer-type": ("Let a variable take its type from its value", "A"),
        "write-type": ("Write the type of a variable", "A"),
    },
    absent={"python": "its local variables have no declared type"},
)
