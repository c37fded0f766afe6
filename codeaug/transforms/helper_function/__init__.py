"""A call of a private function of the same file replaced by what that function does.

The function itself stays: a variant is the text of one unit, so that it can neither take away nor
add another function. For the same reason the way back, extracting a new one, has no place here; see
`local_helper` for what one unit can hold. Preconditions: REACH (it is proven that this function is
called and nothing else: private in Java, static or a member of a class without bases in C++, a
private name that the module binds once in Python; no decorator, annotation or exception clause; no
return that would lead elsewhere), BUILTIN (arguments and result are converted to nothing), PURE
and INDEP (each argument is evaluated once and at the same point), FRESH (all names mean the same in
both places), TRIVLIFE, NODYN, DA, NATURAL. Source: Fowler, Inline Function; rope.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {"inline-helper": ("Put what a private function does in the place of its call", "B")},
)
