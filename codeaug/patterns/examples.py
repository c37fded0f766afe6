"""Examples of patterns: files, or functions or statements that are put into one."""

from __future__ import annotations

from textwrap import indent

from codeaug.languages import find_units
from codeaug.model import Unit

_FRAMES = {
    "java": ("{}", "class Example {{\n{}}}\n", "class Example {{\n    void f() {{\n{}    }}\n}}\n"),
    "cpp": ("{}", "void f() {{\n{}}}\n"),
    "python": ("{}", "def f():\n{}"),
}


def framed(language: str, before: str, after: str) -> tuple[str, str]:
    """Both as files of one function; statements as its body. As they are where nothing helps."""
    before, after = (text if text.endswith("\n") else f"{text}\n" for text in (before, after))
    for frame in _FRAMES[language]:
        step = "" if frame == "{}" or language != "python" else "    "
        old, new = (frame.format(indent(text, step)) for text in (before, after))
        if any(isinstance(unit, Unit) for unit in find_units(language, old.encode(), "a", "")):
            return old, new if after.strip() else ""
    return before, after if after.strip() else ""
