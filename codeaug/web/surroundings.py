"""A unit in its file, as it was at the commit of the evidence: read from our own clone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from codeaug import git
from codeaug.model import Repository, Unit
from codeaug.web.diff import file_lines

_LINES = 1000  # before and after the unit


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    html: str
    inside: bool


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The lines of the file around the unit, or why they cannot be shown."""

    lines: tuple[Line, ...] = ()
    total: int = 0
    problem: str = ""


class NotHere(Exception):
    """A file that cannot be shown, and why."""


def file_of(unit: Unit, repository: Repository | None) -> str:
    """The text of the file in which a unit stands. Raises NotHere."""
    if repository is None:
        raise NotHere("The commit of this function is not in this store.")
    git_dir = Path(repository.git_dir)
    try:
        if not repository.git_dir or not (git_dir / "HEAD").is_file():
            raise KeyError(unit.blob)
        with git.blobs(git_dir) as read:
            return read(unit.blob).decode("utf-8", "replace")
    except (KeyError, OSError) as error:
        raise NotHere(
            f"The clone of {repository.name} is not on this machine, so its files cannot be shown. "
            "The next codeaug run here makes it."
        ) from error


def around(unit: Unit, repository: Repository | None) -> Surroundings:
    try:
        lines = file_lines(file_of(unit, repository), unit.language)
    except NotHere as error:
        return Surroundings(problem=str(error))
    first, last = max(1, unit.line - _LINES), unit.end_line + _LINES
    return Surroundings(
        tuple(
            Line(number, html, unit.line <= number <= unit.end_line)
            for number, html in enumerate(lines, 1)
            if first <= number <= last
        ),
        len(lines),
    )
