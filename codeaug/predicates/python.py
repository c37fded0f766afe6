"""The shared predicates of the Python transforms.

BUILTIN, NOFLOAT, BOOLVAL, PURE and NOTHROW are in `python_types`, the names they need in
`python_names`, layout in `python_source`. A predicate that is not met raises `Declined`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import libcst as cst

from codeaug.model import Span, Unit
from codeaug.predicates.python_names import BUILTINS, WORDS, Names, module_names, names_of
from codeaug.predicates.python_source import PythonFile, only, parse, walk
from codeaug.predicates.python_types import (
    Context,
    boolval,
    nothrow,
    ordered,
    pure,
    stable,
    static_type,
)
from codeaug.predicates.verdicts import require

_FRAME_READERS = {"locals", "eval", "exec", "globals", "_getframe", "currentframe", "f_locals"}
_SOURCE_READERS = {"jit", "njit", "vectorize", "guvectorize", "script", "kernel"}


@dataclass(frozen=True, eq=False)
class Function:
    """A unit as libcst sees it. `span` is the unit's, its decorators included."""

    span: Span
    file: PythonFile
    node: cst.FunctionDef
    names: Names
    context: Context


@lru_cache(maxsize=8)
def function_of(unit: Unit, source: bytes, limit: int = 0) -> Function | None:
    """The unit as libcst sees it, or None where it cannot read the file or find the unit. `limit`
    is how long lines may be, 0 where only the file tells."""
    file = parse(source, limit)
    node = file.function(unit) if file is not None else None
    if file is None or node is None:
        return None
    names = names_of(node)
    around = tuple(names_of(outer) for outer in file.enclosing[node])
    return Function(unit.span, file, node, names, Context(file, names, around))


# --- names ----------------------------------------------------------------------------------------


def fresh(name: str, function: Function) -> bool:
    """FRESH: a name that neither the function nor the module has and Python does not own."""
    known = module_names(function.file.module)
    taken = name in function.names.by_name or name in known.by_name
    return name.isidentifier() and not taken and name not in WORDS and name not in BUILTINS


@lru_cache(maxsize=8)
def _everything(function: Function) -> dict[type[cst.CSTNode], list[cst.CSTNode]]:
    """All code of the function by kind, decorators and inner definitions included."""
    found: dict[type[cst.CSTNode], list[cst.CSTNode]] = {}
    for node in walk(function.node):
        found.setdefault(type(node), []).append(node)
    return found


@lru_cache(maxsize=8)
def nodyn(function: Function) -> bool:
    """NODYN: nothing in the function looks at local names or at its own source."""
    nodes = _everything(function)
    frames = (n for kind in (cst.Name, cst.Attribute, cst.Call) for n in nodes.get(kind, ()))
    sources = nodes.get(cst.Decorator, ())
    return not any(map(_reads_frame, frames)) and not any(map(_reads_source, sources))


def _reads_frame(node: cst.CSTNode) -> bool:
    match node:
        case cst.Name(value=name):
            return name in _FRAME_READERS
        case cst.Attribute(attr=cst.Name(value=name)):
            return name in _FRAME_READERS
        case cst.Call(func=cst.Name(value="vars" | "dir"), args=[]):
            return True
        case _:
            return False


def _reads_source(node: cst.CSTNode) -> bool:
    parts = (part for part in walk(node) if isinstance(part, cst.Name))
    return any(part.value in _SOURCE_READERS for part in parts)


def shown(name: str, function: Function) -> bool:
    """Whether an f-string prints the name itself (`{x=}`) or a query string reads it (`@x`)."""
    if re.search(rf"@{name}\b", function.file.slice(function.file.span(function.node.body))):
        return True
    printed = (
        node.expression
        for node in _everything(function).get(cst.FormattedStringExpression, ())
        if isinstance(node, cst.FormattedStringExpression) and node.equal is not None
    )
    return any(
        isinstance(part, cst.Name) and part.value == name for each in printed for part in walk(each)
    )


def nocap(name: str, function: Function) -> bool:
    """NOCAP: every occurrence is in the function's own scope, and none declares it elsewhere's."""
    places = function.names.by_name.get(name, ())
    own = function.names.scope
    return all(place.scope is own and place.binds != "declared" for place in places)


# --- conditions -----------------------------------------------------------------------------------

_FLIPS: dict[type[cst.BaseCompOp], str] = {
    cst.Is: "is not",
    cst.IsNot: "is",
    cst.In: "not in",
    cst.NotIn: "in",
    cst.Equal: "!=",
    cst.NotEqual: "==",
    cst.LessThan: ">=",
    cst.GreaterThanEqual: "<",
    cst.GreaterThan: "<=",
    cst.LessThanEqual: ">",
}
_OPERANDS = (cst.Name, cst.Attribute, cst.Call, cst.Subscript)


def negated(node: cst.BaseExpression, function: Function) -> str:
    """The condition's complement, as a person writes it: never `not (a < b)`.

    Declines BUILTIN where a comparison may have no complement, NATURAL where none reads well.
    """
    require("\n" not in function.file.text(node), "NATURAL", "the condition takes several lines")
    match node:
        case cst.UnaryOperation(operator=cst.Not()):
            return _bare(node.expression, function)
        case cst.Comparison(comparisons=[target]):
            return _flipped(node, target, function)
        case cst.BooleanOperation():
            return _de_morgan(node, function)
        case _:
            require(isinstance(node, _OPERANDS), "NATURAL", "only `not (...)` would negate it")
            return f"not {function.file.text(node)}"


def _bare(node: cst.BaseExpression, function: Function) -> str:
    require(not isinstance(node, cst.NamedExpr), "NATURAL", "an assignment in the condition")
    return function.file.bare(node)


def _flipped(node: cst.Comparison, target: cst.ComparisonTarget, function: Function) -> str:
    operator, right = target.operator, target.comparator
    kinds = (static_type(node.left, function.context), static_type(right, function.context))
    if isinstance(operator, (cst.Equal, cst.NotEqual)):
        require(all(kinds), "BUILTIN", "== and != of unknown types need not be complements")
    elif not isinstance(operator, (cst.Is, cst.IsNot, cst.In, cst.NotIn)):
        require(all(kinds), "BUILTIN", "a comparison of unknown types has no complement")
        require(ordered(node.left, right, function.context), "NOFLOAT", "NaN has no order")
    text = function.file.text
    return f"{text(node.left)} {_FLIPS[type(operator)]} {text(right)}"


def _de_morgan(node: cst.BooleanOperation, function: Function) -> str:
    parts = (node.left, node.right)
    simple = not any(isinstance(part, cst.BooleanOperation) for part in parts)
    require(simple, "NATURAL", "a condition of more than two operands")
    word = "or" if isinstance(node.operator, cst.And) else "and"
    left, right = (negated(part, function) for part in parts)
    inner = [part.expression for part in parts if isinstance(part, cst.UnaryOperation)]
    plain = not any(isinstance(part, (cst.BooleanOperation, cst.IfExp)) for part in inner)
    require(plain, "NATURAL", "a negated group inside the condition")
    return f"{left} {word} {right}"


def negation_is_bool(node: cst.BaseExpression, function: Function) -> bool:
    """Whether what `negated` writes is a real boolean."""
    match node:
        case cst.UnaryOperation(operator=cst.Not()):
            return boolval(node.expression, function.context)
        case cst.BooleanOperation():
            return all(negation_is_bool(part, function) for part in (node.left, node.right))
        case _:
            return True


def operand(node: cst.BaseExpression, file: PythonFile) -> str:
    """The expression as an operand of `and`, with parentheses where they are needed."""
    loose = isinstance(node, (cst.IfExp, cst.Lambda, cst.NamedExpr))
    either = isinstance(node, cst.BooleanOperation) and isinstance(node.operator, cst.Or)
    text = file.text(node)
    return f"({text})" if (loose or either) and not node.lpar else text


# --- order of evaluation --------------------------------------------------------------------------


def leading(node: cst.BaseExpression, context: Context) -> Iterator[cst.BaseExpression]:
    """INDEP: the parts of `node` that may be evaluated before all of it.

    Each is evaluated exactly once, and nothing is evaluated before it that could raise, be seen
    from outside, or come out differently afterwards.
    """
    yield node
    for part in _operands(node):
        yield from leading(part, context)
        # Modules change their values, but hardly ever their functions.
        function = isinstance(node, cst.Call) and part is node.func and pure(part, context)
        if not function and not nothrow(part, context):
            return


def _operands(node: cst.BaseExpression) -> Iterator[cst.BaseExpression]:
    """The unconditional operands in their order; empty for what is not known to be simple."""
    match node:
        case cst.Call():
            yield node.func
            yield from _arguments(node)
        case cst.Attribute(value=value) | cst.Await(expression=value):
            yield value
        case cst.UnaryOperation(expression=value):
            yield value
        case cst.BinaryOperation(left=left, right=right):
            yield from (left, right)
        case cst.Comparison(left=left):
            yield from (left, node.comparisons[0].comparator)
        case cst.Tuple() | cst.List() | cst.Set():
            yield from _elements(node)
        case cst.Subscript(value=value, slice=[cst.SubscriptElement(slice=cst.Index() as index)]):
            yield from (value, index.value)
        case _:
            yield from _first_parts(node)


def _first_parts(node: cst.BaseExpression) -> Iterator[cst.BaseExpression]:
    """As `_operands`, of what goes on by conditions or again and again: the start of it."""
    match node:
        case cst.BooleanOperation(left=value) | cst.IfExp(test=value):
            yield value
        case cst.Yield(value=cst.From(item=value)) | cst.Yield(value=cst.BaseExpression() as value):
            yield value
        case cst.BaseComp(for_in=cst.CompFor(iter=value)):
            yield value
        case cst.Dict(elements=[cst.DictElement(key=cst.SimpleString(), value=value), *_]):
            yield value
        case cst.FormattedString():
            yield from _first_shown(node)


def _arguments(node: cst.Call) -> Iterator[cst.BaseExpression]:
    """Arguments up to the first starred one: those are evaluated out of their written order."""
    if any(arg.star for arg in node.args) and any(arg.keyword for arg in node.args):
        return
    for arg in node.args:
        if arg.star:
            return
        yield arg.value


def _elements(node: cst.Tuple | cst.List | cst.Set) -> Iterator[cst.BaseExpression]:
    for element in node.elements:
        if isinstance(element, cst.StarredElement):
            return
        yield element.value


def _first_shown(node: cst.FormattedString) -> Iterator[cst.BaseExpression]:
    """Only the first: formatting it runs code before the second is evaluated."""
    for part in node.parts:
        if isinstance(part, cst.FormattedStringExpression):
            if part.equal is None:
                yield part.expression
            return


def head(statement: cst.CSTNode, context: Context) -> cst.BaseExpression | None:
    """The expression that a statement evaluates first and once, None where there is none such."""
    small = only(statement)
    match small or statement:
        case cst.Return(value=value) | cst.Expr(value=value) | cst.Assign(value=value):
            return value
        case cst.AnnAssign(target=cst.Name(), value=value):
            return value
        case cst.AugAssign(target=cst.Name(value=name), value=value) if stable(name, context):
            return value
        case cst.If(test=value) | cst.For(iter=value) | cst.Raise(exc=value):
            return value
        case cst.With(items=[cst.WithItem(item=value), *_]):
            return value
        case _:
            return None


def assigns(node: cst.CSTNode) -> bool:
    """Whether a walrus or a yield is in `node`: moving it moves more than a value."""
    return any(isinstance(part, (cst.NamedExpr, cst.Yield)) for part in walk(node))
