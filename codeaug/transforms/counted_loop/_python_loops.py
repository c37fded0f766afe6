"""What Python's loops over indices and over elements have in common."""

from __future__ import annotations

from dataclasses import dataclass

import libcst as cst

from codeaug.predicates.names import singular, words_of
from codeaug.predicates.python import Function, fresh
from codeaug.predicates.python_collections import collection
from codeaug.predicates.python_flow import own_jumps
from codeaug.predicates.python_source import only
from codeaug.predicates.verdicts import require
from codeaug.transforms.python_loops import called

INDEXED = {"list", "tuple", "str", "bytes", "range"}
_SCALARS = {"str": ("char", "ch", "c"), "bytes": ("byte", "b"), "range": ("number", "n")}
_COUNTERS = ("i", "j", "k", "idx", "index")


@dataclass(frozen=True, eq=False)
class Enumerated:
    """`for index, target in enumerate(source)`; `start` is where the index begins."""

    index: str
    target: cst.BaseAssignTargetExpression
    source: cst.BaseExpression


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
