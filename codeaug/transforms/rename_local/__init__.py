"""Rename a local to a name that this repository gives to such values.

Only locals, never parameters (callers may name them) and never a name that is bound in more than
one scope. The new name comes from the repository's vocabulary: by declared type, by the callee
that the value comes from, or as the other form of an abbreviation. Preconditions: FRESH, NODYN,
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
