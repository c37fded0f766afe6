"""`if False: ...` and `unused = 0` in Python."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from codeaug.model import Edit
from codeaug.predicates.python import Function, assigns, fresh, nodyn
from codeaug.predicates.python_effects import suspends
from codeaug.predicates.python_source import Block, Statement, only
from codeaug.predicates.verdicts import require
from codeaug.transforms import Directions, Site, Subject
from codeaug.transforms._function_examples import example
from codeaug.transforms.python_sites import same_line, sites, step

NAME = "unused"
_SCOPES = (cst.Lambda, cst.BaseComp)


def add_dead_branch(subject: Subject) -> Iterator[Site]:
    """Before each statement that is a call."""
    return sites(subject, _branch)


def _branch(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    file, statement = function.file, block.statements[number]
    match only(statement):
        case cst.Expr(value=cst.Call() as call):
            text = file.text(call)
        case _:
            return None
    before = block.statements[number - 1] if number else None
    if _is_dead(before) or _is_dead(block.owner):
        return None
    place = file.span(call)
    require(not file.has_comment(place.start, place.end), "TRIVIA", "a comment inside")
    same_line(text)
    binds = assigns(call) or suspends(call)
    require(not binds, "PURE", "the copy would bind a name, or wait")
    _require_place(statement)
    start, inner = file.span(statement).start, step(file, block)
    indent = file.indent(start)
    dead = f"if False:{file.newline}{indent}{inner}{text}{file.newline}{indent}"
    return (Edit(start, start, dead),)


def _is_dead(node: cst.CSTNode | None) -> bool:
    test = node.test if isinstance(node, cst.If) else None
    return isinstance(test, cst.Name) and test.value == "False"


def add_unused_local(subject: Subject) -> Iterator[Site]:
    """Before each statement."""
    return sites(subject, _unused)


def _unused(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    file, statement = function.file, block.statements[number]
    match only(statement):
        case cst.Expr(value=cst.SimpleString() | cst.ConcatenatedString()) if not number:
            return None  # a docstring comes first
    require(nodyn(function), "NODYN", "the function looks at its own local names")
    require(fresh(NAME, function), "FRESH", f"{NAME} is taken")
    _require_place(statement)
    start = file.span(statement).start
    return (Edit(start, start, f"{NAME} = 0{file.newline}{file.indent(start)}"),)


def _require_place(statement: Statement) -> None:
    decorated = getattr(statement, "decorators", ())
    require(not decorated, "NATURAL", "it begins with a decorator")
    above = any(line.comment is not None for line in statement.leading_lines)
    require(not above, "TRIVIA", "a comment above is about it")


_BRANCH = (
    example("python", "print(a)\nreturn b", "if False:\n    print(a)\nprint(a)\nreturn b"),
    example(
        "python",
        "if a:\n    b.append(a)  # one\nreturn b",
        "if a:\n    if False:\n        b.append(a)\n    b.append(a)  # one\nreturn b",
    ),
    example(
        "python",
        "x = 1\nf(x, [each for each in b])",
        "x = 1\nif False:\n    f(x, [each for each in b])\nf(x, [each for each in b])",
    ),
    example("python", "# shows it\nprint(a)", declined="TRIVIA"),
    example("python", "print(c := a)\nreturn c", declined="PURE", why="it would be a local anyway"),
    example("python", "print(a,\n      b)", declined="NATURAL"),
    example("python", "if False:\n    print(a)\nprint(a)", why="there is one"),
    example("python", "return print(a)", why="no statement that is a call"),
    example("python", "'''Says nothing.'''", why="a docstring"),
)
_LOCAL = (
    example("python", "return a", "unused = 0\nreturn a"),
    example(
        "python",
        "'''Adds.'''\nfor each in a:\n    b += each",
        "'''Adds.'''\nunused = 0\nfor each in a:\n    b += each",
    ),
    example("python", "a = 1; b = 2\nreturn a", "unused = 0\na = 1; b = 2\nreturn a"),
    example("python", "return unused(a)", declined="FRESH", why="the module's would be hidden"),
    example("python", "return locals()", declined="NODYN"),
    example("python", "# the first\nreturn a", declined="TRIVIA"),
    example("python", "'''Says nothing.'''", why="a docstring alone"),
)

DIRECTIONS: Directions = {
    "add-dead-branch": (add_dead_branch, _BRANCH),
    "add-unused-local": (add_unused_local, _LOCAL),
}
