"""Where a Python statement stands, and which locals somebody could still read behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import libcst as cst

from codeaug.model import Span
from codeaug.predicates.python import Function
from codeaug.predicates.python_names import Occurrence, Scope
from codeaug.predicates.python_source import children, walk
from codeaug.predicates.python_tree import tree_of

_GUARDS = (cst.Try, cst.TryStar, cst.With)
_USING_UP = {
    "any",
    "all",
    "sum",
    "min",
    "max",
    "list",
    "tuple",
    "set",
    "frozenset",
    "sorted",
    "dict",
}
_DEFINITIONS = (cst.FunctionDef, cst.ClassDef, cst.Lambda)


def around(function: Function, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """What `node` stands in, from the inside out, up to the function's body."""
    return tree_of(function.node).above(node)


# --- variables ------------------------------------------------------------------------------------


def variable(name: str, function: Function) -> tuple[Occurrence, ...]:
    """The places of the function's own variable `name`, those in inner scopes included.

    A comprehension, lambda or inner function that binds the name itself has another variable.
    """
    places = function.names.by_name.get(name, ())
    binders = {id(place.scope) for place in places if place.binds}
    binders -= {id(place.scope) for place in places if place.binds == "declared"}
    return tuple(place for place in places if _reaches(place.scope, function, binders))


def _reaches(scope: Scope, function: Function, binders: set[int]) -> bool:
    while scope is not function.names.scope:
        if id(scope) in binders or scope.parent is None:
            return False
        scope = scope.parent
    return True


def captured(name: str, function: Function) -> bool:
    """NOCAP is not met: a lambda, class or inner function sees the variable, or it is no local.

    A generator sees it too, later, unless the call around it uses it up.
    """
    return any(
        place.binds == "declared" or _inner(place.scope, function) or _later(place, function)
        for place in variable(name, function)
    )


def _later(place: Occurrence, function: Function) -> bool:
    if place.scope is function.names.scope:
        return False
    outer = around(function, place.node)
    return any(
        isinstance(node, cst.GeneratorExp) and not _used_up(node, function) for node in outer
    )


def _used_up(node: cst.GeneratorExp, function: Function) -> bool:
    above = around(function, node)
    match next(above, None), next(above, None):
        case cst.Arg(), cst.Call(func=cst.Name(value=name)):
            return name in _USING_UP and function.context.is_builtin(name)
        case cst.Arg(), cst.Call(func=cst.Attribute(attr=cst.Name(value=name))):
            return name in ("join", "extend", "update")
        case _:
            return False


def _inner(scope: Scope, function: Function) -> bool:
    """Whether the scope is more than comprehensions of the function itself."""
    while scope.kind == "comprehension" and scope.parent is not None:
        scope = scope.parent
    return scope is not function.names.scope


def inside(place: Occurrence, span: Span, function: Function) -> bool:
    own = function.file.span(place.node)
    return span.start <= own.start and own.end <= span.end


def unseen_on_error(
    name: str, function: Function, block: Sequence[cst.CSTNode], number: int
) -> bool:
    """Whether nobody reads the variable where an exception of these statements is caught.

    Without `try` and `with` around it an exception ends the function, and its locals. With one,
    all places of the name have to be in statements of `block` from `number` on.
    """
    if not any(isinstance(node, _GUARDS) for node in around(function, block[number])):
        return True
    span = function.file.span
    rest = Span(span(block[number]).start, span(block[-1]).end)
    return all(inside(place, rest, function) for place in variable(name, function))


_BINDERS: dict[str, type[cst.CSTNode]] = {
    **dict.fromkeys(("assign", "annotated", "import", "from"), cst.SimpleStatementLine),
    "def": cst.FunctionDef,
    "class": cst.ClassDef,
    "loop": cst.For,
    "with": cst.With,
}


def surely_bound(name: str, statement: cst.CSTNode, function: Function) -> bool:
    """DA: wherever `statement` runs, the name holds something if it is the function's own."""
    places = [place for place in variable(name, function) if place.binds]
    kinds = {place.binds for place in places}
    if not places or kinds & {"del", "as"}:
        return not places
    blocks = list(around(function, statement))
    return bool(kinds & {"param", "star"}) or any(
        _binds_before(place, statement, blocks, function) for place in places
    )


def _binds_before(
    place: Occurrence, statement: cst.CSTNode, blocks: Sequence[cst.CSTNode], function: Function
) -> bool:
    """Whether it stands in an earlier statement of a block around, or heads a loop around."""
    span, above = function.file.span, around(function, place.node)
    binder = next((node for node in above if isinstance(node, tuple(_BINDERS.values()))), None)
    if place.binds == "annotated" and place.value is None:
        return False
    if not isinstance(binder, _BINDERS.get(place.binds, ())):
        return False
    if isinstance(binder, cst.For):
        return any(node is binder.body for node in blocks)
    block = next(above, None)
    earlier = span(place.node).start < span(statement).start
    return earlier and any(node is block for node in blocks)


# --- liveness -------------------------------------------------------------------------------------


def dead_behind(name: str, statement: cst.CSTNode, function: Function) -> bool:
    """Whether nobody reads what the variable holds when `statement` is over."""
    return _Liveness(name, function).dead_behind(statement)


class _Liveness:
    """Follows the ways on from a statement until the variable is read or bound anew."""

    def __init__(self, name: str, function: Function) -> None:
        self._name = name
        self._function = function
        self._guarded = False
        places = variable(name, function)
        self._reads = [self._span(p) for p in places if not p.binds or p.binds == "augmented"]
        self._reads += [self._span(p) for p in places if p.binds == "del"]

    def _span(self, place: Occurrence) -> Span:
        return self._function.file.span(place.node)

    def _read_in(self, *nodes: cst.CSTNode | None) -> bool:
        spans = [self._function.file.span(node) for node in nodes if node is not None]
        return any(s.start <= r.start < s.end for s in spans for r in self._reads)

    def dead_behind(self, statement: cst.CSTNode) -> bool:
        own = self._function.file.span(statement)
        if all(own.start <= read.start < own.end for read in self._reads) and not any(
            isinstance(node, (cst.For, cst.While)) for node in around(self._function, statement)
        ):
            return True
        outer = tuple(around(self._function, statement))
        # An exception may skip what would have bound it anew.
        self._guarded = any(isinstance(node, _GUARDS) for node in outer)
        below = statement
        for node in outer:
            answer = self._leave(node, below)
            if answer is not None:
                return answer
            below = node
        return True

    def _leave(self, node: cst.CSTNode, below: cst.CSTNode) -> bool | None:
        """Dead, or not, by what runs behind `below` in `node`; None where it goes on outside."""
        if isinstance(node, (cst.IndentedBlock, cst.SimpleStatementSuite)):
            place = next(n for n, each in enumerate(node.body) if each is below)
            state = self._through(node.body[place + 1 :])
            return None if state == "" else state == "bound"
        if isinstance(node, (cst.For, cst.While)) and below is node.body:
            return self._again(node)
        if isinstance(node, (cst.Try, cst.TryStar)):
            others = [part for part in children(node) if part is not below]
            return False if self._read_in(*others) else None
        return None

    def _again(self, loop: cst.For | cst.While) -> bool | None:
        head = None if isinstance(loop, cst.For) else loop.test
        if self._read_in(head, loop.orelse):
            return False
        if isinstance(loop, cst.For) and self._binds(loop.target):
            return None
        return False if self._through(loop.body.body) == "live" else None

    def _through(self, statements: Sequence[cst.CSTNode]) -> str:
        """`live` where the statements read it first, `bound` where they bind it first, or ""."""
        sure = not self._guarded
        for statement in statements:
            state = self._touch(statement)
            if state == "live" or (state and sure):
                return state
            sure = sure and not any(
                isinstance(n, (cst.Break, cst.Continue)) for n in walk(statement)
            )
        return ""

    def _touch(self, node: cst.CSTNode) -> str:
        if isinstance(node, cst.SimpleStatementLine):
            return self._through(node.body)
        if not self._read_in(node):
            return "bound" if self._surely_binds(node) else ""
        if isinstance(node, cst.For):
            hidden = self._binds(node.target) and not self._read_in(node.iter, node.orelse)
            return "" if hidden else "live"
        if isinstance(node, cst.If) and not self._read_in(node.test):
            ways = [self._through(node.body.body), self._otherwise(node.orelse)]
            return "live" if "live" in ways else "bound" if ways == ["bound", "bound"] else ""
        if isinstance(node, cst.While) and not self._read_in(node.test, node.orelse):
            return "live" if self._through(node.body.body) == "live" else ""
        if isinstance(node, cst.With) and not self._read_in(*node.items):
            return "live" if self._through(node.body.body) == "live" else ""
        return "live"

    def _otherwise(self, node: cst.If | cst.Else | None) -> str:
        if isinstance(node, cst.Else):
            return self._through(node.body.body)
        return "" if node is None else self._touch(node)

    def _surely_binds(self, node: cst.CSTNode) -> bool:
        if isinstance(node, (cst.Return, cst.Raise)):
            return True
        if isinstance(node, cst.Assign):
            return any(self._binds(target.target) for target in node.targets)
        return (
            isinstance(node, cst.AnnAssign) and node.value is not None and self._binds(node.target)
        )

    def _binds(self, target: cst.BaseExpression) -> bool:
        if isinstance(target, cst.Name):
            return target.value == self._name
        elements = target.elements if isinstance(target, (cst.Tuple, cst.List)) else ()
        return any(self._binds(element.value) for element in elements)


# --- jumps ----------------------------------------------------------------------------------------


def own_jumps(loop: cst.For | cst.While, *kinds: type[cst.CSTNode]) -> Iterator[cst.CSTNode]:
    """OWNCONT, OWNBRK: every `continue` or `break` that belongs to `loop` itself."""
    yield from _jumps(loop.body, kinds)


def _jumps(node: cst.CSTNode, kinds: tuple[type[cst.CSTNode], ...]) -> Iterator[cst.CSTNode]:
    if isinstance(node, kinds):
        yield node
    elif isinstance(node, (cst.For, cst.While)):
        # The `else` of a loop is no longer in it.
        if node.orelse is not None:
            yield from _jumps(node.orelse, kinds)
    elif not isinstance(node, (*_DEFINITIONS, cst.BaseExpression)):
        for child in children(node):
            yield from _jumps(child, kinds)
