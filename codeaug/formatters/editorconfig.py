"""`.editorconfig` (editorconfig.org): how wide lines are and how they are indented."""

from __future__ import annotations

import re
from collections.abc import Iterable
from configparser import Error
from io import StringIO
from typing import Any, cast

from codeaug.formatters.style import Style, indentation, line_length

NAME = ".editorconfig"
_WILD = re.compile(r"\*+")
_MOST_WILD = 3
"""Stars in a section's name that a matcher which goes back and forth takes without trouble."""


def style(path: str, texts: Iterable[tuple[str, str]]) -> Style:
    """For the file `path`, by the paths and texts of those above it, the nearest first."""
    said: dict[str, str] = {}
    for file, text in texts:
        topmost, found = _properties(path, file, text)
        said = found | said
        if topmost:
            break
    indent = indentation(said.get("indent_style"), said.get("indent_size"))
    return Style(line_length(said.get("max_line_length")), indent)


def _properties(path: str, file: str, text: str) -> tuple[bool, dict[str, str]]:
    """Whether it is the topmost, and what its sections say about the file: nothing where it cannot
    be read."""
    from editorconfig.ini import EditorConfigParser

    names = (line for line in text.splitlines() if line.lstrip().startswith("["))
    if any(len(_WILD.findall(name)) > _MOST_WILD for name in names):
        return False, {}
    parser, stream = EditorConfigParser(f"/{path}"), cast(Any, StringIO(text))
    try:
        # `read` opens a file, and this one is in a commit.
        parser._read(stream, f"/{file}")
    except (Error, ValueError, re.error):
        return False, {}
    said = {key: value.strip().lower() for key, value in parser.options.items()}
    return bool(parser.root_file), said
