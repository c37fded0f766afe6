"""`static_cast<int>(x)` as `int(x)`, and back, for numbers.

A cast to a number by its type's name does what `static_cast` does. Preconditions: BUILTIN (back:
both are numbers, so that it is no `reinterpret_cast`), NOMACRO, TRIVIA, NATURAL (not where it reads
as a declaration). Source: clang-tidy google-readability-casting; Core Guidelines ES.49.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "functional-cast": ("Write static_cast<T>(x) as T(x) for a number", "A"),
        "static-cast": ("Write T(x) and (T)x as static_cast<T>(x) for a number", "A"),
    },
    absent={
        "java": "Java has one form of cast",
        "python": "Python has conversions, no casts",
    },
)
