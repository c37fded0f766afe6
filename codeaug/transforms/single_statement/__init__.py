"""Braces around a single statement, and none.

Where an `if` or a loop guards one statement, styles differ: Google, LLVM and the Linux kernel let
it stand bare, MISRA, the C++ Core Guidelines and Checkstyle ask for braces. A function is written
in one style, so all of its bodies change at once. Braces go only from plain statements of one line,
where the file itself has some without. Preconditions: NOMACRO (a macro may be several statements,
or an `if`), TRIVIA, NATURAL. Source: clang-tidy readability-braces-around-statements; Checkstyle
NeedBraces; clang-format RemoveBracesLLVM.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "add-braces": ("Put braces around single statements", "A"),
        "remove-braces": ("Leave single statements without braces", "A"),
    },
    absent={"python": "Python has no braces"},
)
