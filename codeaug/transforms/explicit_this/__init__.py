"""`this.x` as `x`, and back, for the fields and methods of the function's own class.

Fields all at once, and methods all at once, as one house writes them. Preconditions: FRESH (no
local variable of that name), NODEP (where bases are templates, the two look in different places),
NATURAL (`this` only where the file writes it, too). C++ names methods without `this`, not by it:
nothing tells a static one. Source: Checkstyle RequireThis; IntelliJ's unnecessary `this` qualifier.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "drop-this": ("Name a field or method without this", "A"),
        "write-this": ("Name a field or method by this", "A"),
    },
    absent={"python": "self is always written", "java": "C++ alone so far"},
)
