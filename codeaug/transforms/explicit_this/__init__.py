"""`this.x` as `x`, and back, for the fields and methods of the function's own class.

Fields all at once, and methods all at once, as one house writes them. Preconditions: FRESH (no
local variable of that name), NODEP (where bases are templates of C++, the two look in different
places), DA (a constructor's lambda may not read all fields yet), BUILTIN (a constant is one by its
simple name alone, JLS 15.29), NATURAL (`this` only where others write it, too). C++ names
methods without `this`, not by it: nothing tells a static one. Source: Checkstyle RequireThis;
IntelliJ's inspections of `this`.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "drop-this": ("Name a field or method without this", "A"),
        "write-this": ("Name a field or method by this", "A"),
    },
    absent={"python": "self is always written"},
)
