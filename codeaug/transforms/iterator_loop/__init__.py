"""A C++ loop over iterators as a range-for, and back.

Both: a plain variable of a known standard container, the iterator serves only to reach its
element, and nothing in the loop can resize or replace the container; FRESH, NOCAP, NODEP, TRIVIA,
and forward a file that shows to be C++11. Source: clang-tidy modernize-loop-convert.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "iterator-to-each": ("Write a loop over iterators as a range-for", "B"),
        "each-to-iterator": ("Write a range-for as a loop over iterators", "B"),
    },
    absent={
        "java": "a for-each loop is the usual form; an explicit iterator is there to remove",
        "python": "an explicit iterator is there to be advanced by hand",
    },
)
