"""Declarations of plain values move down to their first use, or change places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import libcst as cst

from codeaug.model import Edit, Span
from codeaug.predicates.python import Function, nodyn
from codeaug.predicates.python_effects import harmless, names_in, touched
from codeaug.predicates.python_flow import (
    around,
    captured,
    inside,
    surely_bound,
    unseen_on_error,
    variable,
)
from codeaug.predicates.python_source import Block, PythonFile, only
from codeaug.predicates.python_types import builtin
from codeaug.predicates.verdicts import require
from codeaug.transforms import Directions, Site, Subject
from codeaug.transforms.python_sites import removed, sites
from codeaug.transforms.statement_order._python_examples import EXAMPLES_MOVE, EXAMPLES_SWAP


def move(subject: Subject) -> Iterator[Site]:
    """Sites of move-to-first-use."""
    return sites(subject, _move)


def swap(subject: Subject) -> Iterator[Site]:
    """Sites of swap-statements."""
    return sites(subject, _swap)


def _declared(statement: cst.CSTNode) -> tuple[str, cst.BaseExpression] | None:
    """The name and the value of `name = value`, annotated or not."""
    match only(statement):
        case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=name))], value=value):
            return name, value
        case cst.AnnAssign(target=cst.Name(value=name), value=cst.BaseExpression() as value):
            return name, value
        case _:
            return None


def _lines(file: PythonFile, statement: cst.CSTNode) -> Span:
    """The whole lines of a statement."""
    span = file.span(statement)
    return Span(file.line_start(span.start), file.line_end(span.end))


def _line_above(file: PythonFile, position: int) -> bytes:
    """The line above the one that begins at `position`, without white space around it."""
    return file.source[file.line_start(max(position - 1, 0)) : max(position - 1, 0)].strip()


def _require_no_heading(file: PythonFile, position: int) -> None:
    heading = _line_above(file, position).startswith(b"#")
    require(not heading, "TRIVIA", "a comment above may be about more than this line")


# --- move -----------------------------------------------------------------------------------------


def _move(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    found = _declared(block.statements[number])
    use = None if found is None else _first_use(function, block, number, found[0])
    if found is None or use is None or use < number + 2:
        return None
    passed = block.statements[number + 1 : use]
    if all(_is_harmless(function, statement) for statement in passed):
        return None
    name, value = found
    require(harmless(value, function.context), "INDEP", "its value may depend on when it is made")
    read = names_in(function, value)
    changed = {bound for each in passed for bound in _bound(function, each)}
    require(not read & changed, "INDEP", "what it is made of changes in between")
    _require_local(function, name)
    _require_bound(function, block.statements[number], read)
    rest = Span(_start(function, block, number), function.file.span(block.statements[-1]).end)
    kept = all(inside(place, rest, function) for place in variable(name, function))
    require(kept, "INDEP", "the name is used elsewhere too")
    _require_no_end(function, block.statements[number], name)
    return _moved(function.file, block, number, use)


def _start(function: Function, block: Block, number: int) -> int:
    return function.file.span(block.statements[number]).start


def _first_use(function: Function, block: Block, number: int, name: str) -> int | None:
    """The number of the next statement of the block in which the name occurs."""
    own = function.file.span(block.statements[number])
    starts = sorted(function.file.span(p.node).start for p in function.names.by_name[name])
    after = next((start for start in starts if start >= own.end), None)
    if after is None:
        return None
    spans = (function.file.span(each) for each in block.statements)
    return next((n for n, span in enumerate(spans) if span.start <= after < span.end), None)


def _bound(function: Function, statement: cst.CSTNode) -> list[str]:
    return [p.name for p in touched(function, function.file.span(statement)) if p.binds]


def _is_harmless(function: Function, statement: cst.CSTNode) -> bool:
    found = _declared(statement)
    return found is not None and harmless(found[1], function.context)


def _require_local(function: Function, name: str) -> None:
    require(not captured(name, function), "NOCAP", "an inner function sees the name")
    require(nodyn(function), "NODYN", "the function looks at its own local names")


def _require_bound(function: Function, statement: cst.CSTNode, names: Iterable[str]) -> None:
    bound = all(surely_bound(name, statement, function) for name in names)
    require(bound, "DA", "a name may hold nothing yet, which would be told at another time")


def _require_no_end(function: Function, statement: cst.CSTNode, name: str) -> None:
    """TRIVLIFE: what the name held before is nothing that ends when it is bound anew."""
    file, context, start = function.file, function.context, function.file.span(statement).start
    again = any(isinstance(node, (cst.For, cst.While)) for node in around(function, statement))
    for place in function.names.bindings(name):
        earlier = again or file.span(place.node).start < start
        if earlier and place.binds not in ("param", "augmented"):
            value = place.value if place.binds in ("assign", "annotated") else None
            plain = value is not None and builtin(value, context)
            require(plain, "TRIVLIFE", "the old value would die at another time")


def _moved(file: PythonFile, block: Block, number: int, use: int) -> tuple[Edit, ...]:
    own = _lines(file, block.statements[number])
    _require_no_heading(file, own.start)
    target = file.line_start(file.span(block.statements[use]).start)
    # What is said above the first use stays above it.
    before = file.span(block.statements[use - 1]).end
    while target > file.line_end(before) and _line_above(file, target).startswith(b"#"):
        target = file.line_start(target - 1)
    return removed(file, block, number), Edit(target, target, file.slice(own))


# --- swap -----------------------------------------------------------------------------------------


def _swap(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    pair = block.statements[number : number + 2]
    one = _declared(pair[0])
    if one is None or len(pair) < 2 or not _fits_second(function, block, number, one):
        return None
    file, other = function.file, _declared(pair[1])
    if one[0] in names_in(function, pair[1]):
        return None
    if names_in(function, pair[0]) & set(_bound(function, pair[1])):
        return None
    found = [each for each in (one, other) if each is not None]
    plain = [harmless(value, function.context) for _, value in found]
    require(any(plain), "INDEP", "both may do something that the other sees")
    usual = other is not None and all(_bound_elsewhere(function, block, n) for n, _ in found)
    require(not usual, "NATURAL", "another branch has them in the same order")
    for name, value in found:
        _require_local(function, name)
        fixed = harmless(value, function.context)
        if fixed:
            _require_bound(function, pair[0], names_in(function, value))
        if all(plain) and len(plain) > 1:
            continue
        if fixed:
            _require_no_end(function, pair[0], name)
        hidden = unseen_on_error(name, function, block.statements, number)
        require(hidden, "INDEP", "where an exception is caught the order shows")
    above, below = _lines(file, pair[0]), _lines(file, pair[1])
    if above.end != below.start:
        return None
    _require_no_heading(file, above.start)
    return (Edit(above.start, below.end, file.slice(below) + file.slice(above)),)


def _fits_second(
    function: Function, block: Block, number: int, one: tuple[str, cst.BaseExpression]
) -> bool:
    """Whether the first of two may well stand second: it is not torn from what uses it."""
    second = block.statements[number + 1]
    after = block.statements[number + 2 : number + 3]
    used = names_in(function, *after)
    other = _declared(second)
    if other is not None:
        return bool(used) and (one[0] in used or other[0] not in used)
    small = only(second)
    calls = isinstance(small, cst.Expr) and isinstance(small.value, (cst.Call, cst.Await))
    plain = calls or isinstance(small, (cst.Assign, cst.AugAssign))
    return plain and one[0] in used and harmless(one[1], function.context)


def _bound_elsewhere(function: Function, block: Block, name: str) -> bool:
    start, last = block.statements[0], block.statements[-1]
    span = Span(function.file.span(start).start, function.file.span(last).end)
    places = (p for p in variable(name, function) if p.binds in ("assign", "annotated"))
    return any(not inside(place, span, function) for place in places)


DIRECTIONS: Directions = {
    "move-to-first-use": (move, EXAMPLES_MOVE),
    "swap-statements": (swap, EXAMPLES_SWAP),
}
