"""Comments of a function: what the transforms that touch nothing else do alike."""

from __future__ import annotations

from codeaug.languages.remarks import Remark, remarks
from codeaug.languages.wording import is_plain, is_prose
from codeaug.model import Edit
from codeaug.predicates.verdicts import require
from codeaug.predicates.width import fits, usual_limit
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


def require_short(subject: Subject, *edits: Edit) -> None:
    """NATURAL: no line becomes too long."""
    limit = subject.style.limit or usual_limit(subject.source)
    require(fits(subject.source, edits, limit), "NATURAL", "a line would be too long")
