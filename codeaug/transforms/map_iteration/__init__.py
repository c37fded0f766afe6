"""A loop over a map's keys that gets each value as a loop over its entries, and back.

The map is a plain variable of a type of java.util, used in the loop for nothing but `get(key)` or
the entry for nothing but its parts. INDEP: no call before the last read can change a value, or what
a key hashes to. FRESH, NOCAP, TRIVIA. Source: SpotBugs WMI_WRONG_MAP_ITERATOR; the IDEs.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "keys-to-items": ("Run over the entries of a map, not its keys", "B"),
        "items-to-keys": ("Run over the keys of a map, not its entries", "B"),
    },
    absent={
        "cpp": "the elements of a map are its entries",
        "python": "in a module of its own, still to come",
    },
)
