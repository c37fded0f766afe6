"""What evaluating a piece of Python may do to others, and which names it touches."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

import libcst as cst

from codeaug.model import Span
from codeaug.predicates.python import Function
from codeaug.predicates.python_names import Names, Occurrence
from codeaug.predicates.python_source import PythonFile, walk
from codeaug.predicates.python_types import Context, builtin, nothrow, pure

_LITERALS = (cst.Integer, cst.Float, cst.Imaginary, cst.SimpleString)
_SUSPENDING = (cst.Yield, cst.Await, cst.NamedExpr)
_LAZY = (cst.Lambda, cst.GeneratorExp)


def harmless(node: cst.BaseExpression, context: Context) -> bool:
    """Evaluating it does nothing, cannot raise, and gives the same whatever else has run."""
    match node:
        case cst.Attribute():
            return False
        case cst.List() | cst.Tuple():
            elements = node.elements
            return all(isinstance(e, cst.Element) and harmless(e.value, context) for e in elements)
        case cst.Dict():
            return all(_plain_entry(element, context) for element in node.elements)
        case cst.Call(func=cst.Name(value="list" | "dict" | "set" | "tuple" as name), args=[]):
            return context.is_builtin(name)
        case cst.ConcatenatedString():
            return all(harmless(part, context) for part in (node.left, node.right))
        case cst.UnaryOperation(operator=cst.Not()):
            return builtin(node.expression, context) and harmless(node.expression, context)
        case _:
            return nothrow(node, context)


def _plain_entry(element: cst.BaseDictElement, context: Context) -> bool:
    if not isinstance(element, cst.DictElement) or not isinstance(element.key, _LITERALS):
        return False
    return harmless(element.value, context)


def simple(node: cst.BaseExpression, context: Context) -> bool:
    """Whether evaluating it twice or a little later makes no difference: a name or a constant."""
    return isinstance(node, (cst.Name, *_LITERALS)) and pure(node, context)


def suspends(node: cst.CSTNode) -> bool:
    """Whether an assignment, a yield or an await is in `node`."""
    return any(isinstance(part, _SUSPENDING) for part in walk(node))


def lazy(node: cst.CSTNode) -> bool:
    """Whether it is, or has inside a lambda, what is evaluated at another time."""
    return isinstance(node, _LAZY) or any(isinstance(part, cst.Lambda) for part in walk(node))


def reads_class(node: cst.CSTNode) -> bool:
    """Whether it needs the function's own frame: `super()` without arguments, `__class__`."""
    return any(
        (isinstance(part, cst.Call) and _is_name(part.func, "super") and not part.args)
        or _is_name(part, "__class__")
        for part in walk(node)
    )


def _is_name(node: cst.CSTNode, name: str) -> bool:
    return isinstance(node, cst.Name) and node.value == name


# --- places of names ------------------------------------------------------------------------------


def touched(function: Function, span: Span) -> tuple[Occurrence, ...]:
    """Every place of a name within `span`."""
    starts, places = _in_order(function.file, function.names)
    return places[bisect_left(starts, span.start) : bisect_left(starts, span.end)]


@lru_cache(maxsize=64)
def _in_order(file: PythonFile, names: Names) -> tuple[tuple[int, ...], tuple[Occurrence, ...]]:
    places = [place for each in names.by_name.values() for place in each]
    found = sorted(((file.span(p.node).start, n) for n, p in enumerate(places)))
    return tuple(start for start, _ in found), tuple(places[n] for _, n in found)


def names_in(function: Function, *nodes: cst.CSTNode) -> set[str]:
    """The names that are read or bound in the nodes."""
    spans = (function.file.span(node) for node in nodes)
    return {place.name for span in spans for place in touched(function, span)}
