"""f-strings, `str.format` and `%`: one as another.

An f-string evaluates and formats one value after the other, the others evaluate all first: where a
value's formatting may run code, the later ones must not be able to notice. `%s` is `str`, which is
not what `{}` does for an enum: `!s`, unless the type is known. Preconditions: INDEP, PURE, BUILTIN,
NODYN, TRIVIA, NATURAL (messages of logging and gettext are never touched). Source: ruff UP031,
UP032; flynt.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "format-to-fstring": ("Write str.format as an f-string", "A"),
        "percent-to-fstring": ("Write % formatting as an f-string", "A"),
        "percent-to-format": ("Write % formatting as str.format", "A"),
        "fstring-to-format": ("Write an f-string as str.format", "A"),
        "fstring-to-percent": ("Write an f-string as % formatting", "A"),
    },
    absent={"java": "not written yet", "cpp": "a stream takes the values in their order"},
)
