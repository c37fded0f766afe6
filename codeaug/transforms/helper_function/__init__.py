"""A call of a function of the same file replaced by what that function does.

The function itself stays: a variant is the text of one unit, which can neither take away nor add
another function. So there is no way back, Extract Function: the new one would be a second unit. A
nested `def`, or a local lambda in Java and C++, for code that runs once is not what people write,
and a name that says what the code does could come only from a comment above it: 29 of 5,846 Python
functions have such a comment, before any precondition.

Preconditions: REACH (it is proven that this function is called and nothing else: private, static or
final in Java; static, unnamed or a member of a class without bases in C++; a private name that the
module binds once in Python; no decorator or annotation, no declared exception that is caught around
the call, no return that would lead elsewhere), BUILTIN (arguments and result are converted as
before), PURE and INDEP (each argument is evaluated once and at the same point), FRESH (all names
mean the same in both places), TRIVLIFE, NODYN, DA, NATURAL. Source: Fowler, Inline Function; rope.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {"inline-helper": ("Put what a function of the file does in the place of its call", "B")},
)
