"""A `typedef` inside a function as `using`, and back: two spellings of one alias.

Preconditions: NATURAL (one name of a simple form; the file shows C++11), TRIVIA, NOMACRO.
Source: clang-tidy modernize-use-using.
"""

from __future__ import annotations

from codeaug.transforms import idea

_WHY = "it has no local type aliases"

TRANSFORMS = idea(
    __name__,
    {
        "typedef-to-using": ("Write a local typedef as a using alias", "A"),
        "using-to-typedef": ("Write a local using alias as a typedef", "A"),
    },
    absent={"python": _WHY, "java": _WHY},
)
