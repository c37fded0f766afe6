"""A map is run over by its entries instead of its keys, or asked once instead of twice; and back.

Preconditions: BUILTIN (a map of the language's own), INDEP (what is in the map stays while its
entries are read; a default that is always evaluated does nothing), FRESH, TRIVIA. Source: pylint
consider-using-dict-items; ruff SIM401; SonarJava S2864.
"""

from __future__ import annotations

from codeaug.transforms import idea

_JAVA = "not written for this language yet"
_CPP = "a map of C++ is run over by its entries anyway"

TRANSFORMS = idea(
    __name__,
    {
        "keys-to-items": ("Run over the entries of a map instead of its keys", "B"),
        "items-to-keys": ("Run over the keys of a map and look values up", "B"),
        "lookup-to-get": ("Ask a map for a value with a default", "B"),
        "get-to-lookup": ("Ask whether a key is there before the value", "B"),
    },
    absent={"java": _JAVA, "cpp": _CPP},
)
