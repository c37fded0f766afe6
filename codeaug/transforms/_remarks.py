"""Comments of a function: what the transforms that touch nothing else do alike."""

from __future__ import annotations

from functools import lru_cache

from codeaug.languages.remarks import Remark, remarks
from codeaug.languages.wording import is_plain, is_prose
from codeaug.predicates.verdicts import require
from codeaug.syntax import SyntaxLimit
from codeaug.transforms import Subject

_MARKS = {"python": ("#", '"""', "'''"), "java": ("//", "/*"), "cpp": ("//", "/*")}


def remarks_of(subject: Subject) -> tuple[Remark, ...]:
    """The comments of the unit, and the docstrings in it."""
    unit = subject.unit
    if not any(mark in unit.code for mark in _MARKS[unit.language]):
        return ()
    try:
        return remarks(unit.language, subject.source, unit.span)
    except SyntaxLimit:
        return ()


def require_prose(text: str) -> None:
    """TRIVIA: a comment that is only words, and speaks to no tool."""
    require(is_prose(text), "TRIVIA", "the comment is no plain text, or speaks to a tool")


def require_plain(text: str) -> None:
    """TRIVIA: a comment for readers, which may hold some code."""
    require(is_plain(text), "TRIVIA", "the comment has no words, or speaks to a tool")


@lru_cache(maxsize=16)
def longest_line(source: bytes) -> int:
    """How long lines may become: as the file's longest, but no longer than usual limits."""
    lines = source.decode("utf-8", "replace").splitlines()
    return max(79, min(100, max((len(line.expandtabs(4)) for line in lines), default=0)))


def line_around(source: bytes, start: int, end: int) -> tuple[str, str]:
    """What stands before `start` and behind `end` on their lines."""
    stop = source.find(b"\n", end)
    before = source[source.rfind(b"\n", 0, start) + 1 : start]
    after = source[end : len(source) if stop < 0 else stop]
    return before.decode("utf-8", "replace"), after.decode("utf-8", "replace").rstrip("\r")
