"""`return (a + b)` in Python."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from codeaug.model import Edit
from codeaug.predicates.python import Function
from codeaug.predicates.python_source import Block, only
from codeaug.predicates.verdicts import require
from codeaug.transforms import Directions, Site, Subject
from codeaug.transforms._function_examples import example
from codeaug.transforms.python_sites import put, same_line, sites

_LEFT_ALONE = (cst.Integer, cst.Float, cst.SimpleString, cst.Lambda)


def add_parentheses(subject: Subject) -> Iterator[Site]:
    """Each value that is returned or assigned."""
    return sites(subject, _enclosed)


def _enclosed(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    file = function.file
    match only(block.statements[number]):
        case cst.Return(value=value) | cst.Assign(value=value) | cst.AugAssign(value=value) if (
            value is not None and not value.lpar and not isinstance(value, _LEFT_ALONE)
        ):
            place = file.span(value)
        case _:
            return None
    require(not file.has_comment(place.start, place.end), "TRIVIA", "a comment inside")
    same_line(file.slice(place))
    return (put(file, place, f"({file.slice(place)})"),)


_EXAMPLES = (
    example("python", "return a + b", "return (a + b)"),
    example("python", "a, b = b, a  # both\nreturn a", "a, b = (b, a)  # both\nreturn a"),
    example("python", "a += not b\nreturn a", "a += (not b)\nreturn a"),
    example("python", "return[a, b]", "return ([a, b])"),
    example("python", "return max(a,\n           b)", declined="NATURAL"),
    example("python", "return [a,  # first\n        b]", declined="TRIVIA"),
    example("python", "return (a + b)", why="it has them"),
    example("python", "a = 3", why="a literal"),
    example("python", "print(a)", why="nothing takes the value"),
)

DIRECTIONS: Directions = {"add-parentheses": (add_parentheses, _EXAMPLES)}
