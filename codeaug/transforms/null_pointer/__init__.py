"""`NULL` or `0` as `nullptr`, and `nullptr` as `NULL`, where a pointer stands on the other side.

As an argument the three choose different overloads. Preconditions: BUILTIN (what it is compared
with, assigned to or returned as is proven to be a pointer), NOMACRO, and NATURAL: the file shows
C++11, or writes NULL elsewhere. Source: clang-tidy modernize-use-nullptr.
"""

from __future__ import annotations

from codeaug.transforms import idea

_WHY = "its null has one name"

TRANSFORMS = idea(
    __name__,
    {
        "null-to-nullptr": ("Write a null pointer as nullptr", "A"),
        "nullptr-to-null": ("Write a null pointer as NULL", "B"),
    },
    absent={"python": _WHY, "java": _WHY},
)
