"""A statement in a block of its own.

Preconditions: in C++ NOMACRO (what looks like a call may be a macro that declares a name, so only
assignments and steps move), TRIVIA, NATURAL. Source: JavaTransformer; Quiring et al.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {"add-block": ("Put braces around a statement in a block", "R")},
    absent={"python": "it has no blocks without a head"},
)
