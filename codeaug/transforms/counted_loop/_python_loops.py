"""What Python's loops over indices and over elements have in common."""

from __future__ import annotations

from dataclasses import dataclass

import libcst as cst

from codeaug.model import Edit
from codeaug.predicates.names import singular, words_of
from codeaug.predicates.python import Function, fresh
from codeaug.predicates.python_collections import collection
from codeaug.predicates.python_flow import dead_behind, inside, own_jumps, parents, variable
from codeaug.predicates.python_names import Occurrence
from codeaug.predicates.python_source import PythonFile, only
from codeaug.predicates.verdicts import require

INDEXED = {"list", "tuple", "str", "bytes", "range"}
_SCALARS = {"str": ("char", "ch", "c"), "bytes": ("byte", "b"), "range": ("number", "n")}
_COUNTERS = ("i", "j", "k", "idx", "index")


@dataclass(frozen=True, eq=False)
class Enumerated:
    """`for index, target in enumerate(source)`; `start` is where the index begins."""

    index: str
    target: cst.BaseAssignTargetExpression
    source: cst.BaseExpression


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


def enumerated(node: cst.For, function: Function) -> Enumerated | None:
    arguments = called(node.iter, "enumerate", function)
    match node.target:
        case cst.Tuple(
            elements=[
                cst.Element(value=cst.Name(value=index)),
                cst.Element(value=(cst.Name() | cst.Tuple()) as target),
            ]
        ) if len(arguments) == 1:
            return Enumerated(index, target, arguments[0])
        case _:
            return None


def in_loop(name: str, function: Function, loop: cst.For) -> list[Occurrence]:
    """The places of a variable in a loop."""
    span = function.file.span(loop)
    return [place for place in variable(name, function) if inside(place, span, function)]


def items(sequence: str, index: str, function: Function, loop: cst.For) -> list[cst.Subscript]:
    """Every `sequence[index]` of the loop."""
    above = parents(function.node)
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


def element_name(sequence: str, function: Function) -> str:
    """A free name for one element. Declines FRESH where none comes to mind."""
    single = singular(words_of(sequence))
    likely = ["_".join(single)] if single and len("".join(single)) > 1 else []
    likely += _SCALARS.get(collection(cst.Name(sequence), function), ())
    free = (name for name in (*likely, "item", "element", "value") if fresh(name, function))
    found = next((name for name in free if name.isidentifier()), "")
    require(bool(found), "FRESH", "no name for an element comes to mind")
    return found


def index_name(function: Function) -> str:
    found = next((name for name in _COUNTERS if fresh(name, function)), "")
    require(bool(found), "FRESH", "no name for an index comes to mind")
    return found


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


def counts_on(statement: cst.CSTNode, name: str) -> bool:
    """`name += 1`."""
    match only(statement):
        case cst.AugAssign(
            target=cst.Name(value=target),
            operator=cst.AddAssign(),
            value=cst.Integer(value="1"),
        ):
            return target == name
        case _:
            return False


def require_every_round(loop: cst.For | cst.While) -> None:
    """REACH: no `continue` of its own would skip the last statement of the body."""
    skips = any(True for _ in own_jumps(loop, cst.Continue))
    require(not skips, "REACH", "a continue would skip the counting")


def require_dead(name: str, function: Function, loop: cst.CSTNode) -> None:
    require(dead_behind(name, loop, function), "FRESH", "the name is read later")
