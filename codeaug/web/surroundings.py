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


def around(unit: Unit, repository: Repository | None) -> Surroundings:
    if repository is None:
        return Surroundings(problem="The commit of this function is not in this store.")
    git_dir = Path(repository.git_dir)
    try:
        if not repository.git_dir or not (git_dir / "HEAD").is_file():
            raise KeyError(unit.blob)
        with git.blobs(git_dir) as read:
            source = read(unit.blob)
    except (KeyError, OSError):
        return Surroundings(
            problem=f"The clone of {repository.name} is not on this machine, so its files cannot "
            "be shown. The next codeaug run here makes it."
        )
    lines = file_lines(source.decode("utf-8", "replace"), unit.language)
    first, last = max(1, unit.line - _LINES), unit.end_line + _LINES
    return Surroundings(
        tuple(
            Line(number, html, unit.line <= number <= unit.end_line)
            for number, html in enumerate(lines, 1)
            if first <= number <= last
        ),
        len(lines),
    )
