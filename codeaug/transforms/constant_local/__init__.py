"""A local variable that never changes as `const` (Java: `final`), and back.

Preconditions: the variable has a value from the start and nothing assigns to it. In C++ only plain
numbers and booleans (a class may do something else as a constant), and BUILTIN: whatever takes the
variable takes a value, so that no overload or template can tell the two apart. In Java the value is
no constant of the compiler, which would change what the language makes of it. Source: C++ Core
Guidelines Con.4; clang-tidy misc-const-correctness; Checkstyle FinalLocalVariable.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "make-constant": ("Declare a variable that never changes as const or final", "A"),
        "make-variable": ("Declare a constant local variable as a plain one", "A"),
    },
    absent={
        "java": "final is about the variable alone and an idea of its own",
        "python": "its local variables cannot be constant",
    },
)
