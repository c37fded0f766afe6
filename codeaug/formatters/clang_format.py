"""clang-format (clang.llvm.org/docs/ClangFormatStyleOptions.html), by the nearest `.clang-format`.

Its settings go to the program as one argument, so that it looks for no other file.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from codeaug.command import run_bytes
from codeaug.formatters.style import Style, Unformatted, indentation, line_length, number

NAMES = (".clang-format", "_clang-format")
SECONDS = 10.0
LANGUAGES = {"cpp": ("Cpp", "x.cpp"), "java": ("Java", "x.java")}
# Predefined styles by the width of lines and of an indentation (0: as wide as one likes).
_BASES = {
    "llvm": (80, 2),
    "google": (80, 2),
    "chromium": (80, 2),
    "mozilla": (80, 2),
    "webkit": (0, 4),
    "microsoft": (120, 4),
    "gnu": (79, 2),
}


@lru_cache(maxsize=64)
def style(language: str, text: str) -> Style:
    """What a `.clang-format` says about files of a language. Java is asked for by name: few who
    have such a file format other languages by it."""
    name, _ = LANGUAGES[language]
    try:
        said = _settings(text, name)
    except ValueError as error:
        return Style(unusable=f".clang-format: {error}")
    if said is None:
        return Style()
    base = str(said.get("BasedOnStyle", "LLVM"))
    if base.lower() not in _BASES:
        return Style(unusable=f".clang-format: no predefined style {base}")
    limit, width = _BASES[base.lower()]
    width = number(said.get("IndentWidth"), 1, 16) or width
    tabs = str(said.get("UseTab", "Never")).lower() not in ("never", "false")
    known = Style(
        line_length(said.get("ColumnLimit", str(limit))),
        indentation("tab" if tabs else "space", str(width)),
    )
    if str(said.get("DisableFormat", "false")).lower() == "true":
        return known
    options = (language, json.dumps(said, ensure_ascii=False))
    return Style(known.limit, known.indent, "clang-format", options)


def _settings(text: str, name: str) -> dict[str, Any] | None:
    """The document of this language, else that of all. Raises ValueError with a reason.

    Every value stays a text: the program knows best what it means.
    """
    import yaml

    try:
        # One text that stands for another again and again could grow without end.
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, yaml.BaseLoader)):
            raise ValueError("it has aliases")
        documents = list(yaml.load_all(text, yaml.BaseLoader))
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError("it is no YAML") from error
    found = [one for one in documents if isinstance(one, dict)]
    own = [one for one in found if one.get("Language") == name]
    general = [one for one in found if "Language" not in one] if name == "Cpp" else []
    said: dict[str, Any] | None = next(iter([*own, *general]), None)
    if said is not None and any(map(_is_huge, said.items())):
        raise ValueError("a number is too large")
    return said


def _is_huge(item: tuple[str, Any]) -> bool:
    """Whether a line could become very long by it. A penalty is no length."""
    key, value = item
    if isinstance(value, dict):
        return any(map(_is_huge, value.items()))
    return str(value).isdigit() and not key.startswith("Penalty") and len(str(value)) > 3


def program() -> str:
    """Where it is. Raises Unformatted."""
    if importlib.util.find_spec("clang_format") is None:
        raise Unformatted("clang-format is not installed: pip install clang-format")
    import clang_format

    return str(clang_format.get_executable("clang-format"))


def formatted(source: bytes, lines: Sequence[range], options: Sequence[str]) -> bytes:
    """The file with these lines (from 1) laid out. Raises Unformatted."""
    language, said = options
    places = [f"--lines={line.start}:{line.stop - 1}" for line in lines]
    _, name = LANGUAGES[language]
    args = [program(), f"--style={said}", f"--assume-filename={name}", *places]
    outcome, text = run_bytes(args, cwd="/", env={}, seconds=SECONDS, stdin=source)
    if outcome.exit_code != 0 or outcome.timed_out or outcome.limit:
        why = next(iter(outcome.err.splitlines()), "no answer")
        raise Unformatted(f"clang-format: {why.rpartition('error: ')[2]}")
    return text
