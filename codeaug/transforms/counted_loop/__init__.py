"""A loop over indices as a loop over elements, and back.

Forward: the index serves only to read the element; the array or list is not assigned, and nothing
that runs before the last read may change an element or, for lists, the size; the element's name is
FRESH. Back: what is run over is a plain variable that is not assigned. In Python also a counter
beside the loop ~ `enumerate`. TRIVIA. Source: Fowler; clang-tidy modernize-loop-convert;
OpenRewrite ForLoopToForEach; pylint consider-using-enumerate.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "index-to-each": ("Run over elements where an index is not needed", "B"),
        "each-to-index": ("Run over elements by an index", "B"),
    },
)
