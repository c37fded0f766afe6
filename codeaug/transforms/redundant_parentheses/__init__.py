"""`return a + b;` as `return (a + b);`, and likewise what is assigned.

Preconditions: in C++ BUILTIN (the parentheses would keep an object from being moved or left out of
a copy, or make an array's string something else) and NODEP (`decltype(auto)` sees them); TRIVIA,
NATURAL. Source: JavaTransformer and RopGen print them; ruff and clang-format take them away.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {"add-parentheses": ("Put parentheses around a whole value", "R")},
)
