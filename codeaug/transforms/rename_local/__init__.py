"""Rename a local to a name that this repository gives to such values.

Only locals, never parameters (callers may name them). A name that is bound in more than one scope
is one variable in each. The new name comes from the repository's vocabulary: by declared type, by
the callee that the value comes from, or as the other form of an abbreviation; in Python, where the
old one says next to nothing, also from what is bound to it. Preconditions: FRESH, NODYN,
NOCAP, NATURAL. Source: Fowler, Rename Variable; Allamanis et al., natural naming conventions.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "rename-local": ("Rename a local to a name of the repository", "A"),
    },
)
