"""`for x in xs: ys.append(f(x))` becomes `ys = [f(x) for x in xs]`, a search `any` or `all`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from codeaug.model import Edit, Span
from codeaug.predicates.python import Function, negated
from codeaug.predicates.python_effects import names_in
from codeaug.predicates.python_flow import (
    captured,
    dead_behind,
    inside,
    unseen_on_error,
    variable,
)
from codeaug.predicates.python_source import Block, Statement, only, walk
from codeaug.predicates.verdicts import Declined, require
from codeaug.transforms import Directions, Site, Subject
from codeaug.transforms.comprehension import _python_loops
from codeaug.transforms.comprehension._python_examples import EXAMPLES
from codeaug.transforms.comprehension._python_loop_examples import EXAMPLES as EXAMPLES_BACK
from codeaug.transforms.comprehension._python_shape import shape_of
from codeaug.transforms.comprehension._shape import (
    BRACKETS,
    Shape,
    comprehension,
    lines_of,
    loop_names,
    require_plain,
)
from codeaug.transforms.python_sites import line_content, removed, sites

_MAKERS = {"append": "list", "add": "set", "item": "dict"}


def to_comprehension(subject: Subject) -> Iterator[Site]:
    """Sites of loop-to-comprehension."""
    return sites(subject, _to_comprehension)


def _to_comprehension(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    node = block.statements[number]
    if not isinstance(node, cst.For) or node.asynchronous or node.orelse is not None:
        return None
    shape = shape_of(node)
    if shape is None:
        return None
    if shape.how in ("True", "False"):
        return _search(function, block, number, shape)
    if shape.how == "found":
        return _flag(function, block, number, shape)
    return _filled(function, block, number, shape)


# --- what it becomes ------------------------------------------------------------------------------


def _filled(function: Function, block: Block, number: int, shape: Shape) -> tuple[Edit, ...] | None:
    first = _made(function, block, number, shape.name)
    if first is None:
        return None
    start, made = block.statements[first], _value(only(block.statements[first]))
    if not _is_empty(function, made, shape.how):
        return None
    _require_same(function, block, number, shape)
    _require_unseen(function, block, (first, number), shape.name)
    copy = len(shape.clauses) == 1 and not shape.clauses[0].tests
    same = ", ".join(function.file.text(part) for part in shape.elements)
    target = function.file.bare(shape.clauses[0].target)
    require(not copy or same != target, "NATURAL", "a copy, for which nobody writes all this")
    return _replaced(function, block, (first, number), shape, (start, BRACKETS[shape.how]))


def _made(function: Function, block: Block, number: int, name: str) -> int | None:
    """The statement before, of the same block, that bound `name`, with nothing of it in between."""
    for before in range(number - 1, -1, -1):
        statement = block.statements[before]
        if name in names_in(function, statement):
            match only(statement):
                case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=bound))]):
                    return before if bound == name else None
                case cst.AnnAssign(target=cst.Name(value=bound), value=cst.BaseExpression()):
                    return before if bound == name else None
                case _:
                    return None
    return None


def _value(small: cst.BaseSmallStatement | None) -> cst.BaseExpression | None:
    return small.value if isinstance(small, (cst.Assign, cst.AnnAssign)) else None


def _is_empty(function: Function, value: cst.BaseExpression | None, how: str) -> bool:
    match value:
        case cst.List(elements=[]):
            return how == "append"
        case cst.Dict(elements=[]):
            return how == "item"
        case cst.Call(func=cst.Name(value=name), args=[]):
            return name == _MAKERS[how] and function.context.is_builtin(name)
        case _:
            return False


def _require_same(function: Function, block: Block, number: int, shape: Shape) -> None:
    require_plain(function, shape)
    loop = block.statements[number]
    span = function.file.span(loop)
    for name in loop_names(shape.clauses):
        others = [p for p in variable(name, function) if not inside(p, span, function)]
        if others:
            bound = any(place.binds for place in others)
            require(bound and dead_behind(name, loop, function), "FRESH", "the name is read later")


def _require_unseen(function: Function, block: Block, between: tuple[int, int], name: str) -> None:
    """Nobody sees what is filled before the loop is over."""
    first, number = between
    span = function.file.span(block.statements[number])
    own = [p for p in variable(name, function) if inside(p, span, function)]
    require(len(own) == 1, "INDEP", "the loop reads it")
    require(not captured(name, function), "NOCAP", "an inner function sees it half full")
    hidden = unseen_on_error(name, function, block.statements, first)
    require(hidden, "INDEP", "where an exception is caught it is seen half full")
    if number > first + 1:
        start, last = block.statements[first], block.statements[-1]
        rest = Span(function.file.span(start).start, function.file.span(last).end)
        kept = all(inside(place, rest, function) for place in variable(name, function))
        require(kept, "INDEP", "what stands in between may leave with it empty")


def _replaced(
    function: Function,
    block: Block,
    between: tuple[int, int],
    shape: Shape,
    made: tuple[Statement, str],
) -> tuple[Edit, ...]:
    """The statement that made it goes, and the comprehension stands in the loop's place."""
    file, (first, number) = function.file, between
    start, brackets = made
    value = _value(only(start))
    assert value is not None
    span, loop = file.span(start), file.span(block.statements[number])
    head = file.slice(Span(span.start, file.outer(value).start))
    last: Statement = block.statements[number]
    if _returned(function, block, number, shape.name) and isinstance(only(start), cst.Assign):
        head, last = "return ", block.statements[number + 1]
    end = line_content(file, last).end
    lost = file.has_comment(loop.start, end) or file.has_comment(
        span.start, file.line_end(span.end)
    )
    require(not lost, "TRIVIA", "a comment inside")
    element = ": ".join(map(file.together, shape.elements))
    text = comprehension(file, block, head, brackets, lines_of(file, element, shape.clauses))
    if number == first + 1:
        gap = file.has_comment(span.end, loop.start)
        require(not gap, "TRIVIA", "a comment above the loop")
        return (Edit(span.start, end, text),)
    return removed(file, block, first), Edit(loop.start, end, text)


def _returned(function: Function, block: Block, number: int, name: str) -> bool:
    """Whether the next statement returns it, and nothing else has to do with it."""
    follows = block.statements[number + 1 : number + 2]
    if not follows or len(variable(name, function)) != 3:
        return False
    match only(follows[0]):
        case cst.Return(value=cst.Name(value=returned)):
            return returned == name
        case _:
            return False


# --- any and all ----------------------------------------------------------------------------------


def _require_search(function: Function, block: Block, number: int, shape: Shape) -> None:
    _require_same(function, block, number, shape)
    known = all(function.context.is_builtin(name) for name in ("any", "all"))
    require(known, "FRESH", "any or all is another function here")
    steps = (node for part in shape.parts for node in walk(part))
    stops = any(isinstance(n, cst.Name) and n.value in ("next", "__next__") for n in steps)
    require(not stops, "INDEP", "a generator turns StopIteration into an error")


def _search(function: Function, block: Block, number: int, shape: Shape) -> tuple[Edit, ...] | None:
    follows = block.statements[number + 1 : number + 2]
    other = "False" if shape.how == "True" else "True"
    match only(follows[0]) if follows else None:
        case cst.Return(value=cst.Name(value=answer)) if answer == other:
            pass
        case _:
            return None
    _require_search(function, block, number, shape)
    file = function.file
    start, end = file.span(block.statements[number]).start, line_content(file, follows[0]).end
    require(not file.has_comment(start, end), "TRIVIA", "a comment inside")
    return (Edit(start, end, _question(function, block, shape, "return ")),)


def _question(function: Function, block: Block, shape: Shape, head: str) -> str:
    """`any(...)`, or what is true where no element says yes."""
    file, test = function.file, shape.elements[0]
    word, text = "any(", file.bare(test)
    if shape.how == "False":
        try:
            word, text = "all(", negated(test, function)
        except Declined:
            word = "not any("
    return comprehension(file, block, head, word + ")", lines_of(file, text, shape.clauses))


def _flag(function: Function, block: Block, number: int, shape: Shape) -> tuple[Edit, ...] | None:
    """`found = False`, and a loop that sets it and leaves."""
    before = block.statements[number - 1] if number else None
    match only(before) if before is not None else None:
        case cst.Assign(
            targets=[cst.AssignTarget(target=cst.Name(value=name))], value=cst.Name(value="False")
        ) if name == shape.name:
            pass
        case _:
            return None
    assert before is not None
    _require_search(function, block, number, shape)
    _require_unseen(function, block, (number - 1, number), shape.name)
    file = function.file
    start = file.span(before).start
    end = line_content(file, block.statements[number]).end
    require(not file.has_comment(start, end), "TRIVIA", "a comment inside")
    return (Edit(start, end, _question(function, block, shape, f"{shape.name} = ")),)


DIRECTIONS: Directions = {
    "loop-to-comprehension": (to_comprehension, EXAMPLES),
    "comprehension-to-loop": (_python_loops.to_loop, EXAMPLES_BACK),
}
