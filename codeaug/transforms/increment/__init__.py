"""`i++` as `++i`, and back, where nobody uses the value; for robustness also as `i += 1`.

Preconditions: the expression is a statement or the update of a `for`; in C++ BUILTIN or an iterator
of the standard library, since a class may define the two differently. `+=` wants BUILTIN in Java,
too: what is boxed takes no `int`. Source: clang-tidy and Clang-Format style guides; LLVM and Google
prefer the prefix; SPAT PP2AddAssignment.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "postfix-increment": ("Write ++i as i++ where the value is not used", "A"),
        "prefix-increment": ("Write i++ as ++i where the value is not used", "A"),
        "increment-to-assignment": ("Write i++ as i += 1 where the value is not used", "R"),
    },
    absent={"python": "Python has no increment operator"},
)
