"""`push_back` of a value as `emplace_back` of what it is made from, and back.

Preconditions: BUILTIN (a container of the standard library with a known element type, and a value
of that type), TRIVLIFE (no copy that anybody could observe comes or goes), PURE (a raw `new` would
leak where the container cannot grow), TRIVIA, NATURAL. Source: clang-tidy modernize-use-emplace.
"""

from __future__ import annotations

from codeaug.transforms import idea

_WHY = "its lists hold references"

TRANSFORMS = idea(
    __name__,
    {
        "emplace-back": ("Make an element in its container: emplace_back", "A"),
        "push-back": ("Put a finished element into its container: push_back", "A"),
    },
    absent={"python": _WHY, "java": _WHY},
)
