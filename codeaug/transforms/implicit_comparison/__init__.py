"""A pointer or number as a condition by itself, or compared with null or zero.

`if (node)` as `if (node != nullptr)`, `!length` as `length == 0`, `*text` as `*text != '\\0'`, and
back. Preconditions: BUILTIN (a class may overload the operator), NOMACRO, TRIVIA. Null is written
as the file writes it. Source: clang-tidy readability-implicit-bool-conversion; the Google and LLVM
guides let both stand.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "explicit-comparison": ("Compare a tested pointer or number with null or zero", "A"),
        "implicit-comparison": ("Test a pointer or number itself, not against null or zero", "A"),
    },
    absent={
        "java": "conditions of Java are booleans",
        "python": "what is true of an object is not that it is not None",
    },
)
