"""Lines of Python files: what `startup/sitecustomize.py` wrote, and what is code at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import CodeType

from .gcov import Lines, in_project

STARTUP = "/host/native/startup"


def read_lines(folder: Path) -> Iterator[Lines]:
    """The lines of each process that reported in `folder`."""
    for path in sorted(folder.glob("*.lines")):
        executed = json.loads(path.read_text(encoding="utf-8"))
        yield {
            place: (frozenset(lines), executable(Path(source)))
            for source, lines in executed.items()
            if (place := in_project(source)) is not None
        }


def executable(source: Path) -> frozenset[int]:
    """The lines of a file that are code; none when it is no Python of ours."""
    try:
        return frozenset(_lines(compile(source.read_bytes(), str(source), "exec")))
    except (OSError, SyntaxError, ValueError):
        return frozenset()


def _lines(code: CodeType) -> Iterator[int]:
    yield from (line for _, _, line in code.co_lines() if line)
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _lines(constant)


def complaint(source: Path) -> str:
    """What Python's compiler says of a file; "" when it compiles."""
    try:
        compile(source.read_bytes(), str(source), "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        return f"{source}:{getattr(error, 'lineno', 1)}: error: {error}"
    return ""
