"""Loops of Python that run over a collection: their parts, and what the rewrites need of them."""

from __future__ import annotations

import libcst as cst

from codeaug.model import Edit
from codeaug.predicates.python import Function, nodyn, shown
from codeaug.predicates.python_collections import use_of
from codeaug.predicates.python_flow import captured, dead_behind, inside, variable
from codeaug.predicates.python_names import Occurrence
from codeaug.predicates.python_source import PythonFile, block_indent, body_lines, only
from codeaug.predicates.python_tree import tree_of
from codeaug.predicates.verdicts import require
from codeaug.transforms.python_sites import same_line

_MOST_READS = 2


def plain_loop(node: cst.CSTNode) -> cst.For | None:
    """A `for` with an indented body, neither asynchronous nor with an `else`."""
    if not isinstance(node, cst.For) or node.asynchronous is not None or node.orelse is not None:
        return None
    return node if isinstance(node.body, cst.IndentedBlock) else None


def called(node: cst.BaseExpression, name: str, function: Function) -> list[cst.BaseExpression]:
    """The plain arguments of a call of that builtin, none where it is something else."""
    match node:
        case cst.Call(func=cst.Name(value=callee)) if callee == name:
            plain = all(arg.keyword is None and not arg.star for arg in node.args)
            known = function.context.is_builtin(name)
            return [arg.value for arg in node.args] if plain and known else []
        case _:
            return []


def in_loop(name: str, function: Function, loop: cst.For | cst.While) -> list[Occurrence]:
    """The places of a variable in a loop."""
    span = function.file.span(loop)
    return [place for place in variable(name, function) if inside(place, span, function)]


def items(sequence: str, index: str, function: Function, loop: cst.For) -> list[cst.Subscript]:
    """Every `sequence[index]` of the loop."""
    above = tree_of(function.node).parents
    own = {place.node for place in in_loop(index, function, loop)}
    found = []
    for place in in_loop(sequence, function, loop):
        node = above.get(place.node)
        match node:
            case cst.Subscript(
                value=value, slice=[cst.SubscriptElement(slice=cst.Index(value=name))]
            ) if value is place.node and name in own:
                found.append(node)
            case _:
                pass
    return found


def one_meaning(name: str, function: Function) -> bool:
    """Whether no comprehension or inner function has a name like it of its own."""
    places = function.names.by_name.get(name, ())
    return len(places) == len(variable(name, function))


def header(file: PythonFile, loop: cst.For, target: str, source: str) -> Edit:
    """Another target and iterable for the loop."""
    start, end = file.outer(loop.target).start, file.outer(loop.iter).end
    require(not file.has_comment(start, end), "TRIVIA", "a comment in the loop's head")
    return Edit(start, end, f"{target} in {source}")


def line_removed(file: PythonFile, statement: cst.CSTNode) -> Edit:
    """The lines of a statement in a loop's body."""
    span = file.span(statement)
    start, end = file.line_start(span.start), file.line_end(span.end)
    require(not file.has_comment(span.start, end), "TRIVIA", "a comment on the same line")
    return Edit(start, end, "")


def require_dead(name: str, function: Function, loop: cst.CSTNode) -> None:
    require(dead_behind(name, loop, function), "FRESH", "the name is read later")


def require_no_early_store(
    function: Function, loop: cst.For, sequence: str, found: list[cst.Subscript]
) -> None:
    """INDEP: elements are stored only by the loop's last statement, and at the index."""
    stores = [
        place.node
        for place in in_loop(sequence, function, loop)
        if not place.binds and use_of(place.node, function) == "store"
    ]
    if not stores:
        return
    last = only(loop.body.body[-1])
    targets = last.targets if isinstance(last, cst.Assign) else ()
    target = targets[0].target if len(targets) == 1 else None
    plain = len(stores) == 1 and any(node is target for node in found)
    require(plain, "INDEP", "the loop changes elements that it may read again")


def named_first(loop: cst.For, reads: list[cst.Subscript], function: Function) -> str:
    """The name that the body's first statement gives to the element, "" where it gives none."""
    match only(loop.body.body[0]):
        case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=name))], value=value):
            pass
        case _:
            return ""
    bindings = [place for place in in_loop(name, function, loop) if place.binds]
    fixed = len(reads) == 1 or (len(bindings) == 1 and one_meaning(name, function))
    if not any(node is value for node in reads) or len(loop.body.body) < 2 or not fixed:
        return ""
    return "" if captured(name, function) else name


def require_own(function: Function, *names: str) -> None:
    require(nodyn(function), "NODYN", "the function looks at its own local names")
    for name in names:
        require(not captured(name, function), "NOCAP", "an inner function sees the name")
        require(not shown(name, function), "NODYN", "the name itself is shown")


def _few_reads(
    function: Function, loop: cst.For, target: cst.BaseExpression, index: str
) -> list[cst.CSTNode]:
    """The reads of the loop's name, where they are so few that it needs no name."""
    if not isinstance(target, cst.Name) or captured(target.value, function):
        return []
    places = in_loop(target.value, function, loop)
    reads = [place.node for place in places if not place.binds]
    fixed = len(places) == len(reads) + 1 and 0 < len(reads) <= _MOST_READS
    if not fixed or shown(target.value, function) or not one_meaning(index, function):
        return []
    return reads if dead_behind(target.value, loop, function) else []


def item_for_name(
    function: Function, loop: cst.For, target: cst.BaseExpression, index: str, item: str
) -> tuple[Edit, ...]:
    """Without the loop's name: its few reads become `item`, else the body first binds it."""
    file = function.file
    reads = _few_reads(function, loop, target, index)
    if reads:
        return tuple(Edit(place.start, place.end, item) for place in map(file.span, reads))
    assert isinstance(loop.body, cst.IndentedBlock)
    lines, indent = body_lines(file, loop.body), block_indent(file, loop.body)
    line = f"{indent}{target_text(file, target)} = {item}{file.newline}"
    return (Edit(lines.start, lines.start, line),)


def target_text(file: PythonFile, target: cst.BaseExpression) -> str:
    """The target without parentheses."""
    text = file.slice(file.span(target))
    same_line(text)
    return text
