"""A comment worded otherwise, so that it says the same; the code's tokens stay as they are.

A closed list (`codeaug.languages.wording`): contractions and abbreviations written out or not,
filler left out, `Return the size` as `Returns the size`. Preconditions: TRIVIA (plain words; not a
licence, an order to a tool, code, an address, a tag, work to do), NATURAL (line length). A
docstring is a value at run time, so NODYN: only those of private functions without decorators, in
files that read no docstrings. Comments above a function are no part of it. Source: Google's and
Oracle's guides to documentation comments; pydocstyle D401.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "spell-out-comment": ("Write out what a comment abbreviates", "A"),
        "shorten-comment": ("Say a comment in fewer words", "A"),
        "comment-to-third-person": ("Let comments tell what the code does", "A"),
        "comment-to-imperative": ("Let comments tell the code what to do", "A"),
    },
)
