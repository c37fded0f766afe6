"""A map is run over by its entries instead of its keys, or asked once instead of twice; and back.

Preconditions: BUILTIN (a map of the language's own; in Java a plain variable of a type of java.util
that is used in the loop for nothing else), INDEP (no call before the last read can change a value,
or what a key hashes to; a default that is always evaluated does nothing), FRESH, NOCAP, TRIVIA.
Source: pylint consider-using-dict-items; ruff SIM401; SonarJava S2864; SpotBugs
WMI_WRONG_MAP_ITERATOR.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "keys-to-items": ("Run over the entries of a map instead of its keys", "B"),
        "items-to-keys": ("Run over the keys of a map and look values up", "B"),
        "lookup-to-get": ("Ask a map for a value with a default", "B"),
        "get-to-lookup": ("Ask whether a key is there before the value", "B"),
    },
    absent={
        "cpp": "a map of C++ is run over by its entries anyway, and has no look-up with a default",
        "java": "null counts as a value, so a default is not what a missing key gives",
    },
)
