"""`i++` as `++i`, and back, where nobody uses the value.

Preconditions: the expression is a statement or the update of a `for`; in C++ BUILTIN or an iterator
of the standard library, since a class may define the two differently. Source: clang-tidy and
Clang-Format style guides; LLVM and Google prefer the prefix.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "postfix-increment": ("Write ++i as i++ where the value is not used", "A"),
        "prefix-increment": ("Write i++ as ++i where the value is not used", "A"),
    },
    absent={"python": "Python has no increment operator"},
)
