"""A comprehension inside a statement, which a loop before the statement can fill."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import libcst as cst

from codeaug.predicates.names import plural
from codeaug.predicates.python import Function, head, leading
from codeaug.predicates.python_source import Statement, only
from codeaug.predicates.python_tree import tree_of
from codeaug.predicates.python_vocabulary import simple_name

_LISTS = ("items", "values", "elements")


@dataclass(frozen=True, eq=False)
class Part:
    """`call` is the call whose only argument the comprehension is, `names` what suits the list."""

    node: cst.ListComp | cst.GeneratorExp
    call: cst.Call | None
    names: tuple[str, ...]


def first_part(function: Function, statement: Statement) -> Part | None:
    """The comprehension that the statement evaluates before all that matters."""
    tree = tree_of(function.node)
    if not tree.find(cst.ListComp) and not tree.find(cst.GeneratorExp):
        return None
    root = head(statement, function.context)
    if root is None or (isinstance(root, cst.ListComp) and only(statement) is not None):
        return None
    found = (_list_in(function, part) for part in leading(root, function.context))
    return next((part for part in found if part is not None), None)


def _list_in(function: Function, part: cst.BaseExpression) -> Part | None:
    """A list, or a generator that the call around it uses up before it does anything else."""
    match part:
        case cst.ListComp():
            return Part(part, _call_of(function, part), (*_names(part), *_LISTS))
        case cst.Call(
            func=cst.Attribute(value=cst.SimpleString(), attr=cst.Name(value="join")),
            args=[cst.Arg(value=(cst.ListComp() | cst.GeneratorExp()) as node, star="")],
        ):
            return Part(node, part, (*_names(node), "parts"))
        case cst.Call(
            func=cst.Name(value="tuple" | "sorted" as name),
            args=[cst.Arg(value=cst.GeneratorExp() as node, star="", keyword=None)],
        ) if function.context.is_builtin(name):
            return Part(node, part, (*_names(node), *_LISTS))
        case _:
            return None


def _call_of(function: Function, node: cst.ListComp) -> cst.Call | None:
    """The call that has `node` as its only argument."""
    above = tree_of(function.node).above(node)
    match next(above, None), next(above, None):
        case cst.Arg(star="", keyword=None), cst.Call(args=[_]) as call:
            return call
        case _:
            return None


def _names(node: cst.ListComp | cst.GeneratorExp) -> Iterator[str]:
    """The plural of what is in the list, where that has a name."""
    word = simple_name(node.elt).strip("_")
    several = plural(word) if len(word) > 2 else ""
    if several.isidentifier() and several.islower():
        yield several
