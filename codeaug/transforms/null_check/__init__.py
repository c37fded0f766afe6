"""`Objects.requireNonNull` as an `if` that throws, and back.

Preconditions: PURE (a local variable is asked, with a plain text or none), BUILTIN (`Objects` is
java.util's, and what is asked a reference), NATURAL. Source: java.util.Objects' documentation.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "require-non-null": ("Ask for a value that is not null by Objects.requireNonNull", "A"),
        "spell-out-null-check": ("Throw for null by an if instead of Objects.requireNonNull", "A"),
    },
    absent={
        "python": "Python has no such function",
        "cpp": "C++ has no such function",
    },
)
