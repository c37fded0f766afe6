"""Which Python names certainly hold a list, tuple, dict or set, and who could change it."""

from __future__ import annotations

import libcst as cst

from codeaug.predicates.python import Function
from codeaug.predicates.python_flow import around, captured, inside, variable
from codeaug.predicates.python_names import Occurrence, module_names
from codeaug.predicates.python_source import walk
from codeaug.predicates.python_tree import Tree, tree_of
from codeaug.predicates.python_types import Context, declared_global, static_type
from codeaug.predicates.verdicts import require

_DISPLAYS: dict[type[cst.CSTNode], str] = {
    cst.List: "list",
    cst.ListComp: "list",
    cst.Tuple: "tuple",
    cst.Dict: "dict",
    cst.DictComp: "dict",
    cst.Set: "set",
    cst.SetComp: "set",
}
_CALLS = {"list": "list", "sorted": "list", "tuple": "tuple", "dict": "dict", "set": "set"}
_CALLS |= {"frozenset": "frozenset", "range": "range"}
_STRING_CALLS = {"split": "list", "rsplit": "list", "splitlines": "list"}
_STRING_CALLS |= {"partition": "tuple", "rpartition": "tuple"}
_ANNOTATIONS = {"list": "list", "List": "list", "dict": "dict", "Dict": "dict", "set": "set"}
_ANNOTATIONS |= {"Set": "set", "tuple": "tuple", "Tuple": "tuple", "str": "str", "bytes": "bytes"}
_SUBCLASSES = {"OrderedDict": "dict", "defaultdict": "dict", "Counter": "dict"}
_FIXED = {"tuple", "str", "bytes", "range", "frozenset"}
_READERS = {"len", "sorted", "sum", "min", "max", "any", "all", "enumerate", "zip", "list", "tuple"}
_READERS |= {"set", "frozenset", "dict", "str", "repr", "print", "isinstance", "bool", "range"}
_HARMLESS = _READERS | {"int", "float", "abs", "ord", "chr", "round", "divmod", "type", "hasattr"}
_READING = {"index", "count", "copy", "get", "items", "keys", "values", "isdisjoint", "union"}
_CHANGING = {"append", "extend", "insert", "pop", "remove", "sort", "reverse", "clear", "add"}
_CHANGING |= {"setdefault", "update", "popitem", "discard"}
_METHODS = {**dict.fromkeys(_READING, "read"), **dict.fromkeys(_CHANGING, "change")}


def collection(node: cst.BaseExpression, function: Function) -> str:
    """`list`, `tuple`, `dict`, `set`, `str`, ... where that is certain, else ""."""
    return _kind(node, function, function.context, frozenset())


def _kind(
    node: cst.BaseExpression, function: Function, context: Context, seen: frozenset[str]
) -> str:
    if type(node) in _DISPLAYS:
        return _DISPLAYS[type(node)]
    match node:
        case cst.Name(value=name):
            return "" if name in seen else _name(name, function, context, seen | {name})
        case cst.Call():
            return _made_by(node, function, context, seen)
        case cst.Subscript(value=value, slice=[cst.SubscriptElement(slice=cst.Slice())]):
            kind = _kind(value, function, context, seen)
            return kind if kind in ("list", "tuple", "str", "bytes") else ""
        case _:
            kind = static_type(node, context)
            return kind if kind in ("str", "bytes") else ""


def _made_by(node: cst.Call, function: Function, context: Context, seen: frozenset[str]) -> str:
    match node.func:
        case cst.Name(value=name) if name in _CALLS and context.is_builtin(name):
            return _CALLS[name]
        case cst.Name(value=name) if name in _SUBCLASSES and _from_collections(name, context):
            return _SUBCLASSES[name]
        case cst.Attribute(value=cst.Name(value="collections"), attr=cst.Name(value=name)):
            return _SUBCLASSES.get(name, "") if context.is_module("collections") else ""
        case cst.Attribute(value=owner, attr=cst.Name(value=method)) if method in _STRING_CALLS:
            return _STRING_CALLS[method] if static_type(owner, context) == "str" else ""
        case cst.Attribute(value=owner, attr=cst.Name(value="copy")) if not node.args:
            kind = _kind(owner, function, context, seen)
            return kind if kind in ("list", "dict", "set") else ""
        case _:
            return ""


def _from_collections(name: str, context: Context) -> bool:
    if context.names.bindings(name) or context.from_around(name):
        return False
    places = module_names(context.file.module).bindings(name)
    if [place.binds for place in places] != ["from"]:
        return False
    return any(
        isinstance(small, cst.ImportFrom)
        and isinstance(small.module, cst.Name)
        and small.module.value == "collections"
        and any(part is places[0].node for part in walk(small))
        for line in context.file.module.body
        if isinstance(line, cst.SimpleStatementLine)
        for small in line.body
    )


def _name(name: str, function: Function, context: Context, seen: frozenset[str]) -> str:
    places = [p for p in context.names.bindings(name) if p.binds != "augmented"]
    if not places:
        return _constant(name, function, seen)
    if any(place.scope is not context.names.scope for place in places):
        return ""
    kinds = {_bound(place, function, context, seen) for place in places}
    return kinds.pop() if len(kinds) == 1 else ""


def _bound(place: Occurrence, function: Function, context: Context, seen: frozenset[str]) -> str:
    if place.binds == "star":
        star = function.node.params.star_arg
        return "tuple" if isinstance(star, cst.Param) and star.name is place.node else "dict"
    value = "" if place.value is None else _kind(place.value, function, context, seen)
    if place.binds in ("param", "annotated"):
        kind = _annotated(place.annotation)
        return kind if place.value is None or value == kind else ""
    return value if place.binds in ("assign", "walrus") and not place.path else ""


def _annotated(annotation: cst.Annotation | None) -> str:
    node = None if annotation is None else annotation.annotation
    if isinstance(node, cst.Subscript):
        node = node.value
    name = node.attr if isinstance(node, cst.Attribute) else node
    return _ANNOTATIONS.get(name.value, "") if isinstance(name, cst.Name) else ""


def _constant(name: str, function: Function, seen: frozenset[str]) -> str:
    """The kind of a module's name that is bound once, by a display or a call."""
    context = function.context
    known = module_names(context.file.module)
    places = known.bindings(name)
    single = len(places) == 1 and places[0].binds in ("assign", "annotated") and not places[0].path
    if not single or context.from_around(name) or places[0].value is None:
        return ""
    if declared_global(name, context.file):
        return ""
    return _kind(places[0].value, function, Context(context.file, known), seen)


# --- who changes it -------------------------------------------------------------------------------


def use_of(node: cst.CSTNode, function: Function) -> str:
    """What becomes of a collection where it is read: `item` is `xs[i]`, `store` is `xs[i] = y`.

    Else `read` or `change`, `return`, and `shared` where somebody may keep it.
    """
    tree = tree_of(function.node)
    place = tree.parents.get(node)
    match place:
        case cst.Subscript(value=value) if value is node:
            return "store" if _is_target(place, tree) else "item"
        case cst.Arg():
            call = tree.parents.get(place)
            return "read" if _is_reader(call, function.context) else "shared"
        case cst.Attribute(attr=cst.Name(value=method)):
            call = tree.parents.get(place)
            if isinstance(call, cst.Call) and call.func is place:
                return _METHODS.get(method, "shared")
            return "shared"
        case cst.For() | cst.CompFor() | cst.Comparison() | cst.ComparisonTarget():
            return "read"
        case cst.FormattedStringExpression():
            return "read"
        case cst.Return():
            return "return"
        case _:
            return "read" if tree.tested(node) else "shared"


def _is_target(node: cst.CSTNode, tree: Tree) -> bool:
    place = tree.parents.get(node)
    while isinstance(place, (cst.Element, cst.StarredElement, cst.Tuple, cst.List)):
        node, place = place, tree.parents.get(place)
    if isinstance(place, (cst.AugAssign, cst.AnnAssign, cst.For, cst.CompFor)):
        return place.target is node
    return isinstance(place, (cst.AssignTarget, cst.Del, cst.AsName))


def _is_reader(call: cst.CSTNode | None, context: Context) -> bool:
    match call:
        case cst.Call(func=cst.Name(value=name)):
            return name in _READERS and context.is_builtin(name)
        case _:
            return False


def require_steady(name: str, function: Function, loop: cst.For | cst.While) -> None:
    """INDEP: while `loop` runs, `name` is the same collection and nobody changes its size.

    What the loop itself stores in it (`xs[i] = ...`) is for the caller to look at.
    """
    span = function.file.span(loop)
    places = [p for p in variable(name, function) if inside(p, span, function)]
    require(not any(place.binds for place in places), "INDEP", "the name is bound in the loop")
    require(not captured(name, function), "NOCAP", "an inner function sees the collection")
    if collection(cst.Name(name), function) in _FIXED:
        return
    uses = [use_of(place.node, function) for place in places]
    same = all(use in ("item", "store", "read") for use in uses)
    require(same, "INDEP", "the loop may change the collection")
    if not _is_own(name, function, loop):
        require(_is_quiet(function, loop.body), "INDEP", "what is called may change the collection")


def _is_own(name: str, function: Function, loop: cst.CSTNode) -> bool:
    """Whether nobody else has got the collection before the loop is over."""
    outer = [n for n in around(function, loop) if isinstance(n, (cst.For, cst.While))]
    end = function.file.span(outer[-1] if outer else loop).end
    shared = any(_shares(place, function, end) for place in variable(name, function))
    return bool(function.names.bindings(name)) and not shared


def _shares(place: Occurrence, function: Function, end: int) -> bool:
    """Whether it makes a collection of others known here, or this one to others before `end`."""
    if place.binds in ("assign", "annotated"):
        return bool(place.path) or not _is_new(place.value, function)
    if place.binds:
        return place.binds not in ("star", "augmented")
    early = function.file.span(place.node).start < end
    return early and use_of(place.node, function) == "shared"


def _is_new(value: cst.BaseExpression | None, function: Function) -> bool:
    """Whether evaluating it makes a collection that nobody else has."""
    named = isinstance(value, (cst.Name, cst.Attribute))
    return value is not None and not named and bool(collection(value, function))


def _is_quiet(function: Function, body: cst.CSTNode) -> bool:
    """Whether nothing called in there could know a collection of the caller's."""
    for node in walk(body):
        if isinstance(node, (cst.Await, cst.Yield, cst.With, cst.Del, cst.Import, cst.ImportFrom)):
            return False
        if isinstance(node, cst.Call) and not _is_known(node, function):
            return False
    return True


def _is_known(call: cst.Call, function: Function) -> bool:
    match call.func:
        case cst.Name(value=name):
            return name in _HARMLESS and function.context.is_builtin(name)
        case cst.Attribute(value=owner, attr=cst.Name(value=method)):
            if static_type(owner, function.context) in ("str", "bytes"):
                return True
            own = isinstance(owner, cst.Name) and method in _METHODS
            return own and _is_made_here(owner, function)
        case _:
            return False


def _is_made_here(owner: cst.BaseExpression, function: Function) -> bool:
    """Whether it is a collection of this function's, and so none that it was given."""
    assert isinstance(owner, cst.Name)
    places = [p for p in function.names.bindings(owner.value) if p.binds != "augmented"]
    assigned = all(p.binds in ("assign", "annotated") and not p.path for p in places)
    return bool(places) and assigned and all(_is_new(p.value, function) for p in places)
