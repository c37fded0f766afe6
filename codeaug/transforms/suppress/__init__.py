"""A try whose handler does nothing as `with contextlib.suppress(...)`, and back.

Only where the file imports it already, and for exceptions whose names nobody computes. From Python
3.12 on `suppress` also looks into exception groups, which `except` does not: a file that speaks of
groups, or awaits, declines, and the tier asks for tests. Preconditions: PURE, NOTHROW, TRIVIA,
NATURAL. Source: ruff SIM105.
"""

from __future__ import annotations

from codeaug.transforms import idea

WHY = "contextlib is Python's"

TRANSFORMS = idea(
    __name__,
    {
        "try-to-suppress": ("Write an empty handler as contextlib.suppress", "B"),
        "suppress-to-try": ("Write contextlib.suppress as an empty handler", "B"),
    },
    absent={"java": WHY, "cpp": WHY},
)
