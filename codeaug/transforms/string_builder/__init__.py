"""A string made by `+` as one made by a StringBuilder, and back.

`append` of a char[] appends characters where `+` does not, so the type of every part must be known.
Preconditions: BUILTIN (those types; a string among the first two; no constant expression), INDEP
(nothing sees the string half made), NOTHROW (the constructor refuses null), TRIVIA, NATURAL.
Source: OpenRewrite ChainStringBuilderAppendCalls; JLS 15.18.1.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "builder-to-concatenation": ("Join strings by + instead of a StringBuilder", "B"),
        "concatenation-to-builder": ("Join strings by a StringBuilder instead of +", "B"),
    },
    absent={
        "python": "its strings are joined by join and by formats",
        "cpp": "its strings can be appended to",
    },
)
