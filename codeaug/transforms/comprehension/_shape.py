"""What a loop that fills something and a comprehension have in common, and their text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import libcst as cst

from codeaug.predicates.python import Function, nodyn, operand
from codeaug.predicates.python_effects import lazy, reads_class, simple, suspends
from codeaug.predicates.python_flow import captured
from codeaug.predicates.python_source import Block, PythonFile
from codeaug.predicates.verdicts import require
from codeaug.transforms.python_sites import same_line, step

BRACKETS = {"append": "[]", "add": "{}", "item": "{}"}
Lines = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Clause:
    """`for target in iter`, with the tests right behind it."""

    target: cst.BaseAssignTargetExpression
    iter: cst.BaseExpression
    tests: tuple[cst.BaseExpression, ...] = ()


@dataclass(frozen=True, eq=False)
class Shape:
    """`how` the elements are put into `name`: `append`, `add`, `item`; or how the loop ends."""

    how: str
    name: str
    elements: tuple[cst.BaseExpression, ...]
    clauses: tuple[Clause, ...]

    @property
    def parts(self) -> Iterator[cst.BaseExpression]:
        """What is evaluated in every round."""
        yield from self.elements
        for number, clause in enumerate(self.clauses):
            yield from clause.tests
            if number:
                yield clause.iter


def loop_names(clauses: Iterable[Clause]) -> Iterator[str]:
    """The names that the loops bind."""
    for clause in clauses:
        yield from _bound(clause.target)


def _bound(target: cst.BaseExpression) -> Iterator[str]:
    if isinstance(target, cst.Name):
        yield target.value
        return
    require(isinstance(target, (cst.Tuple, cst.List)), "PURE", "the loop binds more than names")
    assert isinstance(target, (cst.Tuple, cst.List))
    for element in target.elements:
        yield from _bound(element.value)


def require_plain(function: Function, shape: Shape) -> None:
    """What both directions need of the elements, the tests and the loops."""
    heads = [clause.iter for clause in shape.clauses]
    require(not any(map(suspends, (*shape.parts, *heads))), "INDEP", "an await or yield inside")
    require(not any(map(lazy, shape.parts)), "NOCAP", "a lambda or generator would see other names")
    require(nodyn(function), "NODYN", "the function looks at its own local names")
    require(not any(map(reads_class, shape.parts)), "NODYN", "super() has no class in there")
    for name in loop_names(shape.clauses):
        require(not captured(name, function), "NOCAP", "an inner function sees the loop's name")
    if shape.how == "item":
        apart = any(simple(part, function.context) for part in shape.elements)
        require(apart, "INDEP", "a loop evaluates the value before the key")
    same_line(*(function.file.text(part) for part in (*shape.parts, *heads)))
    deep = len(shape.clauses) > 2 or sum(len(clause.tests) for clause in shape.clauses) > 2
    require(not deep, "NATURAL", "too much for one comprehension")


def comprehension(file: PythonFile, block: Block, head: str, brackets: str, lines: Lines) -> str:
    """`head` and the comprehension: on one line, else as a formatter would break it."""
    indent = file.indent(file.span(block.statements[0]).start)
    whole = f"{head}{brackets[:-1]}{' '.join(lines)}{brackets[-1]}"
    if len(indent + whole) <= file.limit:
        return whole
    end, level = file.newline + indent, step(file, block)
    return f"{head}{brackets[:-1]}{end}{level}{(end + level).join(lines)}{end}{brackets[-1]}"


def lines_of(file: PythonFile, element: str, clauses: Sequence[Clause]) -> Lines:
    """The element, and each loop and test as a comprehension has them."""
    return (element, *_clauses(file, clauses))


def _clauses(file: PythonFile, clauses: Sequence[Clause]) -> Iterator[str]:
    for clause in clauses:
        source = file.text(clause.iter)
        loose = isinstance(clause.iter, (cst.IfExp, cst.Lambda)) and not clause.iter.lpar
        require(not loose, "NATURAL", "it would need parentheses")
        if isinstance(clause.iter, cst.Tuple) and not clause.iter.lpar:
            source = f"({source})"
        yield f"for {file.text(clause.target)} in {source}"
        if clause.tests:
            yield f"if {tests(file, clause.tests)}"


def tests(file: PythonFile, found: Sequence[cst.BaseExpression]) -> str:
    """The tests as one condition, which a comprehension takes without parentheses."""
    if len(found) > 1:
        return " and ".join(operand(test, file) for test in found)
    loose = isinstance(found[0], (cst.IfExp, cst.Lambda)) and not found[0].lpar
    require(not loose, "NATURAL", "it would need parentheses")
    return file.bare(found[0]) if not isinstance(found[0], cst.IfExp) else file.text(found[0])


def loop(file: PythonFile, block: Block, clauses: Sequence[Clause], body: Lines) -> str:
    """The loops around the lines of `body`; the first line comes without its indentation."""
    indent, level = file.indent(file.span(block.statements[0]).start), step(file, block)
    lines: list[str] = []
    depth = ""
    for clause in clauses:
        lines.append(f"{depth}for {file.text(clause.target)} in {file.bare(clause.iter)}:")
        depth += level
        if clause.tests:
            lines.append(f"{depth}if {tests(file, clause.tests)}:")
            depth += level
    lines += [depth + line for line in body]
    return (file.newline + indent).join(lines)
