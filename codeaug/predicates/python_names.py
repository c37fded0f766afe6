"""Who binds and who reads each name of a Python function, by scope."""

from __future__ import annotations

import builtins
import keyword
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import libcst as cst

from codeaug.predicates.python_source import children, walk

_COMPREHENSIONS = (cst.ListComp, cst.SetComp, cst.DictComp, cst.GeneratorExp)
BUILTINS = frozenset(dir(builtins))
WORDS = frozenset(keyword.kwlist)


@dataclass(frozen=True, eq=False)
class Scope:
    """A function, lambda, class or comprehension."""

    kind: str
    parent: Scope | None

    def within(self, other: Scope) -> bool:
        """Whether this is `other` or inside it."""
        return self is other or (self.parent is not None and self.parent.within(other))


@dataclass(frozen=True, eq=False)
class Occurrence:
    """One place of a name. `binds` is how it is bound there (`assign`, `loop`, ...), "" for a read.

    `value` is the expression that the bound value comes from and `path` the positions that lead
    from it to the name (`a, (b, c) = value` gives `(1, 0)` for `b`). `operator` is that of an
    augmented assignment (`Add`).
    """

    name: str
    node: cst.CSTNode
    scope: Scope
    binds: str = ""
    value: cst.BaseExpression | None = None
    path: tuple[int, ...] = ()
    annotation: cst.Annotation | None = None
    operator: str = ""


@dataclass(frozen=True, eq=False)
class Names:
    """All names of a function, those in definitions inside it included."""

    scope: Scope
    by_name: Mapping[str, tuple[Occurrence, ...]]

    def bindings(self, name: str) -> tuple[Occurrence, ...]:
        return tuple(o for o in self.by_name.get(name, ()) if o.binds)

    def reads(self, name: str) -> tuple[Occurrence, ...]:
        return tuple(o for o in self.by_name.get(name, ()) if not o.binds)


@lru_cache(maxsize=2048)
def names_of(function: cst.FunctionDef) -> Names:
    """The names of `function`, its parameters included."""
    scope = Scope("function", None)
    found: list[Occurrence] = []
    _parameters(function.params, scope, scope, found)
    for child in (function.returns, function.body):
        if child is not None:
            _visit(child, scope, found)
    return _names(scope, found)


def _names(scope: Scope, found: Found) -> Names:
    by_name: dict[str, list[Occurrence]] = {}
    for occurrence in found:
        by_name.setdefault(occurrence.name, []).append(occurrence)
    return Names(scope, {name: tuple(places) for name, places in by_name.items()})


@lru_cache(maxsize=8)
def module_names(module: cst.Module) -> Names:
    """The names that a module itself binds, without what its functions and classes do inside."""
    scope = Scope("module", None)
    found: list[Occurrence] = []
    for statement in module.body:
        _outline(statement, scope, found)
    return _names(scope, found)


def _outline(node: cst.CSTNode, scope: Scope, found: Found) -> None:
    if isinstance(node, (cst.FunctionDef, cst.ClassDef)):
        how = "class" if isinstance(node, cst.ClassDef) else "def"
        found.append(Occurrence(node.name.value, node.name, scope, how))
    elif isinstance(node, (cst.If, cst.Else, cst.Try, cst.ExceptHandler, cst.IndentedBlock)):
        for child in children(node):
            _outline(child, scope, found)
    else:
        _visit(node, scope, found)


Found = list[Occurrence]


def _visit(node: cst.CSTNode, scope: Scope, found: Found) -> None:
    """Record the names of `node`, which is evaluated in `scope`."""
    handler = _HANDLERS.get(type(node))
    if handler is not None:
        handler(node, scope, found)
    else:
        _each(children(node), scope, found)


def _each(nodes: Iterable[cst.CSTNode], scope: Scope, found: Found) -> None:
    for node in nodes:
        _visit(node, scope, found)


def _bind(
    target: cst.CSTNode,
    scope: Scope,
    found: Found,
    how: str,
    value: cst.BaseExpression | None = None,
    path: tuple[int, ...] = (),
) -> None:
    if isinstance(target, cst.Name):
        found.append(Occurrence(target.value, target, scope, how, value, path))
    elif isinstance(target, (cst.Tuple, cst.List)):
        for number, element in enumerate(target.elements):
            starred = isinstance(element, cst.StarredElement)
            inner = None if starred else value
            _bind(element.value, scope, found, how, inner, (*path, number))
    else:
        _visit(target, scope, found)


def _parameters(params: cst.Parameters, outer: Scope, inner: Scope, found: Found) -> None:
    for param in (n for n in children(params) if isinstance(n, cst.Param)):
        name, default, kind = param.name, param.default, param.annotation
        how = "star" if param.star else "param"
        found.append(Occurrence(name.value, name, inner, how, default, (), kind))
        _each((part for part in (kind, default) if part is not None), outer, found)


def _name(node: cst.Name, scope: Scope, found: Found) -> None:
    found.append(Occurrence(node.value, node, scope))


def _attribute(node: cst.Attribute, scope: Scope, found: Found) -> None:
    _visit(node.value, scope, found)


def _arg(node: cst.Arg, scope: Scope, found: Found) -> None:
    _visit(node.value, scope, found)


def _function(node: cst.FunctionDef, scope: Scope, found: Found) -> None:
    _each((d for d in node.decorators), scope, found)
    found.append(Occurrence(node.name.value, node.name, scope, "def"))
    inner = Scope("function", scope)
    _type_parameters(node.type_parameters, inner, found)
    _parameters(node.params, scope, inner, found)
    if node.returns is not None:
        _visit(node.returns, scope, found)
    _visit(node.body, inner, found)


def _type_parameters(node: cst.TypeParameters | None, scope: Scope, found: Found) -> None:
    if node is not None:
        for name in (n for n in walk(node) if isinstance(n, cst.Name)):
            found.append(Occurrence(name.value, name, scope, "type"))


def _lambda(node: cst.Lambda, scope: Scope, found: Found) -> None:
    inner = Scope("lambda", scope)
    _parameters(node.params, scope, inner, found)
    _visit(node.body, inner, found)


def _class(node: cst.ClassDef, scope: Scope, found: Found) -> None:
    found.append(Occurrence(node.name.value, node.name, scope, "class"))
    _each((part for part in (*node.decorators, *node.bases, *node.keywords)), scope, found)
    inner = Scope("class", scope)
    _type_parameters(node.type_parameters, inner, found)
    _visit(node.body, inner, found)


def _comprehension(node: cst.BaseComp, scope: Scope, found: Found) -> None:
    inner = Scope("comprehension", scope)
    assert isinstance(node, _COMPREHENSIONS)
    loop: cst.CompFor | None = node.for_in
    _visit(node.for_in.iter, scope, found)
    while loop is not None:
        if loop is not node.for_in:
            _visit(loop.iter, inner, found)
        _bind(loop.target, inner, found, "loop", loop.iter)
        _each((test for test in loop.ifs), inner, found)
        loop = loop.inner_for_in
    parts = (node.key, node.value) if isinstance(node, cst.DictComp) else (node.elt,)
    _each((part for part in parts), inner, found)


def _walrus(node: cst.NamedExpr, scope: Scope, found: Found) -> None:
    _visit(node.value, scope, found)
    owner = scope
    while owner.kind == "comprehension" and owner.parent is not None:
        owner = owner.parent
    _bind(node.target, owner, found, "walrus", node.value)


def _assign(node: cst.Assign, scope: Scope, found: Found) -> None:
    _visit(node.value, scope, found)
    for target in node.targets:
        _bind(target.target, scope, found, "assign", node.value)


def _annotated(node: cst.AnnAssign, scope: Scope, found: Found) -> None:
    if node.value is not None:
        _visit(node.value, scope, found)
    _visit(node.annotation, scope, found)
    if isinstance(node.target, cst.Name):
        name, kind = node.target, node.annotation
        found.append(Occurrence(name.value, name, scope, "annotated", node.value, (), kind))
    else:
        _visit(node.target, scope, found)


def _augmented(node: cst.AugAssign, scope: Scope, found: Found) -> None:
    _visit(node.value, scope, found)
    if isinstance(node.target, cst.Name):
        name, operator = node.target, type(node.operator).__name__.removesuffix("Assign")
        found.append(
            Occurrence(name.value, name, scope, "augmented", node.value, operator=operator)
        )
    else:
        _visit(node.target, scope, found)


def _for(node: cst.For, scope: Scope, found: Found) -> None:
    _visit(node.iter, scope, found)
    _bind(node.target, scope, found, "loop", node.iter)
    _each((part for part in (node.body, node.orelse) if part is not None), scope, found)


def _as_name(node: cst.AsName, scope: Scope, found: Found) -> None:
    _bind(node.name, scope, found, "as")


def _with_item(node: cst.WithItem, scope: Scope, found: Found) -> None:
    _visit(node.item, scope, found)
    if node.asname is not None:
        _bind(node.asname.name, scope, found, "with", node.item)


def _delete(node: cst.Del, scope: Scope, found: Found) -> None:
    _bind(node.target, scope, found, "del")


def _import(node: cst.ImportAlias, scope: Scope, found: Found) -> None:
    if node.asname is not None:
        _bind(node.asname.name, scope, found, "import")
        return
    name: cst.BaseExpression = node.name
    while isinstance(name, cst.Attribute):
        name = name.value
    _bind(name, scope, found, "import")


def _import_from(node: cst.ImportFrom, scope: Scope, found: Found) -> None:
    if isinstance(node.names, cst.ImportStar):
        found.append(Occurrence("*", node, scope, "from"))
        return
    for alias in node.names:
        name = alias.name if alias.asname is None else alias.asname.name
        _bind(name, scope, found, "from")


def _declared(node: cst.Global | cst.Nonlocal, scope: Scope, found: Found) -> None:
    for item in node.names:
        found.append(Occurrence(item.name.value, item.name, scope, "declared"))


def _match_as(node: cst.MatchAs, scope: Scope, found: Found) -> None:
    if node.pattern is not None:
        _visit(node.pattern, scope, found)
    if node.name is not None:
        _bind(node.name, scope, found, "match")


def _match_star(node: cst.MatchStar, scope: Scope, found: Found) -> None:
    if node.name is not None:
        _bind(node.name, scope, found, "match")


def _match_mapping(node: cst.MatchMapping, scope: Scope, found: Found) -> None:
    _each((element for element in node.elements), scope, found)
    if node.rest is not None:
        _bind(node.rest, scope, found, "match")


def _match_keyword(node: cst.MatchKeywordElement, scope: Scope, found: Found) -> None:
    _visit(node.pattern, scope, found)


def _type_alias(node: cst.TypeAlias, scope: Scope, found: Found) -> None:
    for name in (n for n in walk(node) if isinstance(n, cst.Name)):
        found.append(Occurrence(name.value, name, scope, "type"))


_HANDLERS: dict[type[cst.CSTNode], Callable[..., None]] = {
    cst.Name: _name,
    cst.Attribute: _attribute,
    cst.Arg: _arg,
    cst.FunctionDef: _function,
    cst.Lambda: _lambda,
    cst.ClassDef: _class,
    **dict.fromkeys(_COMPREHENSIONS, _comprehension),
    cst.NamedExpr: _walrus,
    cst.Assign: _assign,
    cst.AnnAssign: _annotated,
    cst.AugAssign: _augmented,
    cst.For: _for,
    cst.AsName: _as_name,
    cst.WithItem: _with_item,
    cst.Del: _delete,
    cst.ImportAlias: _import,
    cst.ImportFrom: _import_from,
    cst.Global: _declared,
    cst.Nonlocal: _declared,
    cst.MatchAs: _match_as,
    cst.MatchStar: _match_star,
    cst.MatchMapping: _match_mapping,
    cst.MatchKeywordElement: _match_keyword,
    cst.TypeAlias: _type_alias,
}
