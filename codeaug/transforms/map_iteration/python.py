"""`for k in d: ... d[k]` becomes `for k, v in d.items()`, a test and a lookup `d.get`; and back."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from codeaug.model import Edit
from codeaug.predicates.names import singular, words_of
from codeaug.predicates.python import Function, fresh
from codeaug.predicates.python_collections import collection, require_steady, use_of
from codeaug.predicates.python_effects import harmless, simple
from codeaug.predicates.python_flow import dead_behind
from codeaug.predicates.python_source import Block, only
from codeaug.predicates.python_tree import Tree
from codeaug.predicates.verdicts import require
from codeaug.transforms import Directions, Site, Subject
from codeaug.transforms.map_iteration._python_examples import (
    EXAMPLES_GET,
    EXAMPLES_ITEMS,
    EXAMPLES_KEYS,
    EXAMPLES_LOOKUP,
)
from codeaug.transforms.python_loops import (
    header,
    in_loop,
    item_for_name,
    items,
    line_removed,
    named_first,
    plain_loop,
    require_no_early_store,
    require_own,
)
from codeaug.transforms.python_sites import (
    else_body,
    expressions,
    line_content,
    one,
    same_line,
    sites,
)

_UNKNOWN = "it is not proven to be a dict"


def to_items(subject: Subject) -> Iterator[Site]:
    """Sites of keys-to-items."""
    return sites(subject, _to_items)


def to_keys(subject: Subject) -> Iterator[Site]:
    """Sites of items-to-keys."""
    return sites(subject, _to_keys)


def to_get(subject: Subject) -> Iterator[Site]:
    """Sites of lookup-to-get: if statements, and conditional expressions wherever they stand."""
    yield from sites(subject, _if_to_get)
    if b" in " in subject.source[subject.unit.span.start : subject.unit.span.end]:
        yield from expressions(subject, _choice_to_get, cst.IfExp)


def to_lookup(subject: Subject) -> Iterator[Site]:
    """Sites of get-to-lookup."""
    return sites(subject, _to_lookup)


def _method(node: cst.BaseExpression, name: str) -> cst.BaseExpression | None:
    """The `d` of `d.name(...)`."""
    match node:
        case cst.Call(func=cst.Attribute(value=owner, attr=cst.Name(value=method))):
            return owner if method == name else None
        case _:
            return None


# --- loops ----------------------------------------------------------------------------------------


def _to_items(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    loop = plain_loop(block.statements[number])
    if loop is None or not isinstance(loop.target, cst.Name):
        return None
    node = _method(loop.iter, "keys") or loop.iter
    if not isinstance(node, cst.Name):
        return None
    file, mapping, key = function.file, node.value, loop.target.value
    found = items(mapping, key, function, loop)
    reads = [node for node in found if use_of(node.value, function) == "item"]
    if not reads:
        return None
    require(collection(node, function) == "dict", "BUILTIN", _UNKNOWN)
    require_steady(mapping, function, loop)
    require_own(function, key)
    places = in_loop(key, function, loop)
    require(sum(bool(p.binds) for p in places) == 1, "INDEP", "the loop binds the key anew")
    require_no_early_store(function, loop, mapping, found)
    unread = len(places) == len(reads) + 1 and dead_behind(key, loop, function)
    edits: list[Edit] = []
    name = named_first(loop, reads, function)
    if name:
        edits.append(line_removed(file, loop.body.body[0]))
        reads = [node for node in reads if file.span(node).start >= edits[0].end]
    else:
        name = _value_name(mapping, key, function)
    edits += [Edit(place.start, place.end, name) for place in map(file.span, reads)]
    if unread:
        return (header(file, loop, name, f"{mapping}.values()"), *edits)
    return (header(file, loop, f"{key}, {name}", f"{mapping}.items()"), *edits)


def _value_name(mapping: str, key: str, function: Function) -> str:
    single = "" if mapping == "kwargs" else "_".join(singular(words_of(mapping)))
    likely = (single, "value", "val", "v") if len(key) > 1 else ("v", "value", single)
    found = next((n for n in likely if n.isidentifier() and fresh(n, function)), "")
    require(bool(found), "FRESH", "no name for a value comes to mind")
    return found


def _to_keys(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    loop = plain_loop(block.statements[number])
    mapping = None if loop is None else _method(loop.iter, "items")
    if loop is None or mapping is None:
        return None
    match loop.target:
        case cst.Tuple(
            elements=[
                cst.Element(value=cst.Name(value=key)),
                cst.Element(value=(cst.Name() | cst.Tuple()) as target),
            ]
        ) if isinstance(mapping, (cst.Name, cst.Attribute)):
            pass
        case _:
            return None
    named = isinstance(mapping, cst.Name)
    require(named and collection(mapping, function) == "dict", "BUILTIN", _UNKNOWN)
    assert isinstance(mapping, cst.Name)
    require_steady(mapping.value, function, loop)
    uses = [use_of(p.node, function) for p in in_loop(mapping.value, function, loop)]
    require("store" not in uses, "INDEP", "the loop changes values that it may read again")
    require_own(function, key)
    places = in_loop(key, function, loop)
    require(sum(bool(p.binds) for p in places) == 1, "INDEP", "the loop binds the key anew")
    require(key.strip("_") != "", "NATURAL", "the key has no name")
    head = header(function.file, loop, key, mapping.value)
    item = f"{mapping.value}[{key}]"
    return (head, *item_for_name(function, loop, target, key, item))


# --- lookups --------------------------------------------------------------------------------------


def _looked_up(
    function: Function,
    test: cst.BaseExpression,
    arms: tuple[cst.BaseExpression, cst.BaseExpression],
) -> str | None:
    """The `d.get(k, x)` for `k in d` and the two values; None where they are something else."""
    match test:
        case cst.Comparison(
            left=key, comparisons=[cst.ComparisonTarget(operator=operator, comparator=mapping)]
        ) if isinstance(operator, (cst.In, cst.NotIn)):
            found, other = arms if isinstance(operator, cst.In) else (arms[1], arms[0])
        case _:
            return None
    match found:
        case cst.Subscript(
            value=owner, slice=[cst.SubscriptElement(slice=cst.Index(value=wanted, star=None))]
        ):
            text = function.file.text
            same = text(owner) == text(mapping) and text(wanted) == text(key)
        case _:
            return None
    if not same:
        return None
    require(_is_dict(mapping, function), "BUILTIN", _UNKNOWN)
    require(simple(key, function.context), "PURE", "the key is evaluated only once afterwards")
    plain = harmless(other, function.context)
    require(plain, "NOTHROW", "the default would be evaluated though the key is there")
    default = function.file.together(other)
    same_line(text(mapping), text(key), default)
    nothing = isinstance(other, cst.Name) and other.value == "None"
    return f"{text(mapping)}.get({text(key)}{'' if nothing else ', ' + default})"


def _is_dict(node: cst.BaseExpression, function: Function) -> bool:
    match node:
        case cst.Attribute(value=cst.Name(value="os"), attr=cst.Name(value="environ")):
            return function.context.is_module("os")
        case cst.Name():
            return collection(node, function) == "dict"
        case _:
            return False


def _choice_to_get(function: Function, tree: Tree, node: cst.IfExp) -> tuple[Edit, ...] | None:
    text = _looked_up(function, node.test, (node.body, node.orelse))
    if text is None:
        return None
    file = function.file
    place, inner = file.outer(node), file.span(node)
    require(not file.has_comment(place.start, place.end), "TRIVIA", "a comment inside")
    glued = file.source[place.start - 1 : place.start].isalpha()
    # The parentheses could be those of a call.
    argument = isinstance(tree.parents.get(node), cst.Arg)
    place = inner if glued or argument else place
    return (Edit(place.start, place.end, text),)


def _if_to_get(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    file, node = function.file, block.statements[number]
    if not isinstance(node, cst.If) or not isinstance(node.test, cst.Comparison):
        return None
    first, (second, last) = one(node.body), _other(block, number, node)
    match (first, second):
        case (
            cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=name))]),
            cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=other))]),
        ) if name == other:
            head = f"{name} = "
        case (cst.Return(value=cst.BaseExpression()), cst.Return(value=cst.BaseExpression())):
            head = "return "
        case _:
            return None
    values = (getattr(first, "value", None), getattr(second, "value", None))
    assert isinstance(values[0], cst.BaseExpression)
    assert isinstance(values[1], cst.BaseExpression)
    text = _looked_up(function, node.test, (values[0], values[1]))
    if text is None or last is None:
        return None
    start, end = file.span(node).start, line_content(file, last).end
    require(not file.has_comment(start, end), "TRIVIA", "a comment inside")
    return (Edit(start, end, head + text),)


def _other(
    block: Block, number: int, node: cst.If
) -> tuple[cst.BaseSmallStatement | None, cst.CSTNode | None]:
    """The statement of the other branch and the last of all: an else, or a return behind it."""
    body = else_body(node)
    if body is not None:
        return one(body), body.body[-1]
    follows = block.statements[number + 1 : number + 2]
    if node.orelse is not None or not follows:
        return None, None
    after = only(follows[0])
    return (after, follows[0]) if isinstance(after, cst.Return) else (None, None)


def _to_lookup(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    small = only(block.statements[number])
    if not isinstance(small, (cst.Return, cst.Assign, cst.AnnAssign)) or small.value is None:
        return None
    call, mapping = small.value, _method(small.value, "get")
    if mapping is None or not isinstance(call, cst.Call) or not 1 <= len(call.args) <= 2:
        return None
    if not isinstance(mapping, (cst.Name, cst.Attribute)):
        return None
    plain = all(arg.keyword is None and not arg.star for arg in call.args)
    require(_is_dict(mapping, function), "BUILTIN", _UNKNOWN)
    require(plain, "NATURAL", "an unusual call")
    file, key = function.file, call.args[0].value
    other = call.args[1].value if len(call.args) == 2 else None
    require(simple(key, function.context), "PURE", "the key would be evaluated twice")
    harmful = other is not None and not harmless(other, function.context)
    require(not harmful, "PURE", "the default would be evaluated only sometimes")
    texts = file.text(mapping), file.text(key), "None" if other is None else file.text(other)
    same_line(*texts)
    place = file.outer(call)
    require(not file.has_comment(place.start, place.end), "TRIVIA", "a comment inside")
    return (Edit(place.start, place.end, _lookup(*texts)),)


def _lookup(mapping: str, key: str, other: str) -> str:
    return f"{mapping}[{key}] if {key} in {mapping} else {other}"


DIRECTIONS: Directions = {
    "keys-to-items": (to_items, EXAMPLES_ITEMS),
    "items-to-keys": (to_keys, EXAMPLES_KEYS),
    "lookup-to-get": (to_get, EXAMPLES_GET),
    "get-to-lookup": (to_lookup, EXAMPLES_LOOKUP),
}
