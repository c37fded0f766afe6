"""f-strings, `str.format`, `%` and concatenation: one as another.

Python: an f-string evaluates and formats one value after the other, the others evaluate all first:
where a value's formatting may run code, the later ones must not be able to notice. `%s` is `str`,
which is not what `{}` does for an enum: `!s`, unless the type is known. Java: only `%s`, which is
what `+` does for strings, primitive and boxed values; `%d` writes the digits of the locale. Only
such values, their types proven. Preconditions: INDEP, PURE, BUILTIN, NODYN, TRIVIA, NATURAL
(messages of logging and gettext are never touched). Source: ruff UP031, UP032; flynt; OpenRewrite.
"""

from __future__ import annotations

from codeaug.transforms import idea

_CPP = "flags, precision, char and uint8_t differ between streams and formats"

TRANSFORMS = (
    *idea(
        __name__,
        {
            "format-to-fstring": ("Write str.format as an f-string", "A"),
            "percent-to-fstring": ("Write % formatting as an f-string", "A"),
            "percent-to-format": ("Write % formatting as str.format", "A"),
            "fstring-to-format": ("Write an f-string as str.format", "A"),
            "fstring-to-percent": ("Write an f-string as % formatting", "A"),
        },
        absent={"java": "concatenation is the other form there", "cpp": _CPP},
    ),
    *idea(
        __name__,
        {
            "concat-to-format": ("Write concatenated strings as String.format", "B"),
            "format-to-concat": ("Write String.format as concatenated strings", "B"),
        },
        absent={"python": "concatenation converts nothing there", "cpp": _CPP},
    ),
)
