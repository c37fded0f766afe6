"""`for (K k : m.keySet())` as `for (Map.Entry<K, V> e : m.entrySet())`, and back, in Java."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from codeaug.model import Edit
from codeaug.predicates.freshness import first_fresh
from codeaug.predicates.java_collections import (
    bound_of,
    is_imported,
    is_own_object,
    map_arguments,
    risky_calls,
    split_type,
)
from codeaug.predicates.java_types import final_fields
from codeaug.predicates.loops import (
    first_declaration,
    is_written,
    plain_source,
    require_none_before,
    require_unassigned,
    uses_of,
    written_names,
)
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code, Local, callable_around
from codeaug.predicates.verdicts import Declined, require
from codeaug.transforms import Directions, Site, Subject
from codeaug.transforms._loops import (
    header_span,
    in_order,
    with_declaration,
    without_declaration,
)
from codeaug.transforms._sites import require_no_comments, sites
from codeaug.transforms.map_iteration._java_examples import ITEMS_TO_KEYS, KEYS_TO_ITEMS

_FIXED = frozenset(
    {"String", "Integer", "Long", "Short", "Byte", "Character", "Boolean", "Double", "Float"}
    | {"Class<?>", "UUID"}
)
_FOR = ("enhanced_for_statement",)


@dataclass(frozen=True, slots=True)
class _Walk:
    """`for (declared name : map.view()) body`."""

    loop: Node
    kind: Node
    name: Node
    local: Local
    map: Node
    view: Node
    body: Node
    key: str
    value: str


def keys_to_items(subject: Subject) -> Iterator[Site]:
    """Each loop over `keySet()` that gets values."""
    return sites(subject, lambda code: code.found(*_FOR), _to_items)


def items_to_keys(subject: Subject) -> Iterator[Site]:
    """Each loop over `entrySet()` that only takes the entry's parts."""
    return sites(subject, lambda code: code.found(*_FOR), _to_keys)


def _walk_of(code: Code, loop: Node, view: str) -> _Walk | None:
    over, kind, name, body = (loop.child(f) for f in ("value", "type", "name", "body"))
    called = over.child("name") if over is not None and over.kind == "call" else None
    if over is None or kind is None or name is None or body is None or called is None:
        return None
    owner = over.child("object")
    if called.text != view or owner is None:
        return None
    local = next((v for v in code.locals if v.node is name), None)
    arguments = map_arguments(code, owner)
    if local is None or not any(w.text == name.text for w in body.find("identifier")):
        return None
    require(bool(arguments), "BUILTIN", "it is not known to be a map of the JDK")
    plain_source(code, owner)
    return _Walk(loop, kind, name, local, owner, called, body, *arguments)


# --- keys to items --------------------------------------------------------------------------------


def _to_items(code: Code, loop: Node) -> tuple[Edit, ...] | None:
    if not _gets(loop):
        return None
    walk = _walk_of(code, loop, "keySet")
    if walk is None:
        return None
    uses = uses_of(code, walk.local, walk.body)
    found = [_get(use, walk.map.text) for use in uses]
    gets = [get for get in found if get is not None]
    others = [use for use, get in zip(uses, found, strict=True) if get is None]
    if not gets:
        return None
    inferred = walk.kind.text == "var"
    same = inferred or walk.kind.text == bound_of(walk.key)
    require(same, "BUILTIN", "the loop converts its keys")
    require_unassigned(code, walk.local, walk.body)
    _require_same_values(code, walk, gets)
    header_span(code, loop)
    entry = first_fresh(code, ("entry", "e"))
    head = f"{'var' if inferred else _entry_type(code, walk)} {entry}"
    edits = [
        Edit(walk.kind.start, walk.name.end, head),
        Edit(walk.view.start, walk.view.end, "entrySet"),
        *(Edit(get.start, get.end, f"{entry}.getValue()") for get in gets),
    ]
    if len(others) > 1 or any(_is_inside_lambda(code, use, walk) for use in others):
        declared = code.source[_lead(walk) : walk.name.end].decode("utf-8", "surrogateescape")
        line = f"{declared} = {entry}.getKey();"
        edits += _beside(code, walk, line, edits)
    else:
        edits += [Edit(use.start, use.end, f"{entry}.getKey()") for use in others]
    return in_order(edits)


def _gets(loop: Node) -> bool:
    body = loop.child("body")
    calls = body.find("call") if body is not None else ()
    return any((c.child("name") or c).text == "get" for c in calls)


def _get(use: Node, owner: str) -> Node | None:
    """The `map.get(k)` of which this is the key."""
    above = use.parent
    call = above.parent if above is not None else None
    if above is None or call is None or above.kind != "argument_list" or len(above.parts) != 1:
        return None
    name, receiver = call.child("name"), call.child("object")
    known = call.kind == "call" and name is not None and name.text == "get"
    return call if known and receiver is not None and receiver.text == owner else None


def _lead(walk: _Walk) -> int:
    """Where the loop variable's declaration begins, its modifiers included."""
    modifiers = next((c for c in walk.loop.children if c.kind == "modifiers"), None)
    return walk.kind.start if modifiers is None else modifiers.start


def _beside(code: Code, walk: _Walk, line: str, edits: list[Edit]) -> list[Edit]:
    """The declaration at the beginning of the body, where no edit is in its way."""
    require(walk.body.kind == "block", "NATURAL", "a loop without braces")
    more = with_declaration(code, walk.loop, walk.body, line)
    clash = any(e.start == more[0].start for e in edits)
    require(not clash, "NATURAL", "the body begins with the value")
    return more


def _is_inside_lambda(code: Code, use: Node, walk: _Walk) -> bool:
    return callable_around(use, code.function) is not callable_around(walk.loop, code.function)


def _entry_type(code: Code, walk: _Walk) -> str:
    if is_imported(code, "java.util.Map"):
        return f"Map.Entry<{walk.key}, {walk.value}>"
    imported = is_imported(code, "java.util.Map.Entry")
    require(imported, "NATURAL", "the file does not import Map")
    return f"Entry<{walk.key}, {walk.value}>"


def _require_same_values(code: Code, walk: _Walk, reads: list[Node]) -> None:
    """INDEP: at each read the map has under the key what it had when the round began."""
    local, name = plain_source(code, walk.map)
    if local is not None:
        require_unassigned(code, local, walk.body)
    elif name not in final_fields(code):
        assigned = any(t.text in (name, f"this.{name}") for _, t in written_names(walk.body))
        require(not assigned, "INDEP", f"{name} is assigned in the loop")
    allowed = {id(n) for read in reads for n in read.walk()}
    for word in code.words.get(name, ()):
        used = word.kind == "identifier" and word.within(walk.body) and id(word) not in allowed
        require(not used, "INDEP", f"{name} is used otherwise in the loop")
    inside = any(_is_inside_lambda(code, read, walk) for read in reads)
    require(not inside, "NOCAP", "a lambda reads the value")
    fixed = walk.key in _FIXED and is_own_object(code, walk.map)
    if not fixed:
        mine = {id(read) for read in reads}
        risky = [call for call in risky_calls(code, walk.body) if id(call) not in mine]
        field = local is None and name not in final_fields(code)
        before = [*reads, *([walk.map] if field and not risky else [])]
        require_none_before(risky, before, walk.body, "a call may change the value before")


# --- items to keys --------------------------------------------------------------------------------


def _to_keys(code: Code, loop: Node) -> tuple[Edit, ...] | None:
    walk = _walk_of(code, loop, "entrySet")
    if walk is None:
        return None
    uses = uses_of(code, walk.local, walk.body)
    parts = [_part(use) for use in uses]
    keys = [p for p in parts if p is not None and (p.child("name") or p).text == "getKey"]
    values = [p for p in parts if p is not None and (p.child("name") or p).text == "getValue"]
    if not values:
        return None
    require(None not in parts, "INDEP", "the entry itself is needed")
    base = split_type(walk.kind.text)[0]
    require(base in ("Map.Entry", "Entry", "var"), "BUILTIN", "the loop converts its entries")
    _require_same_values(code, walk, values)
    start, end = header_span(code, loop)
    first = first_declaration(walk.body, f"{walk.name.text}.getKey()")
    head, name, more = _taken_over(code, first) if first is not None else _key(code, walk)
    if first is not None:
        inside = next(local for local in code.locals if local.statement is first)
        require_unassigned(code, inside, walk.body)
        keys = [key for key in keys if not key.within(first)]
    named = any(k.field == "value" and k.parent and k.parent.parts[0] is not k for k in keys)
    require(not named, "NATURAL", "the key gets a name of its own later")
    require_no_comments(code, loop, start, end)
    edits = [
        Edit(_lead(walk), walk.name.end, head),
        Edit(walk.view.start, walk.view.end, "keySet"),
        *more,
        *(Edit(key.start, key.end, name) for key in keys),
        *(Edit(value.start, value.end, f"{walk.map.text}.get({name})") for value in values),
    ]
    return in_order(edits)


def _part(use: Node) -> Node | None:
    """The `entry.getKey()` or `entry.getValue()` of which this is the entry."""
    call = use.parent
    if call is None or call.kind != "call" or use.field != "object" or is_written(use):
        return None
    name = call.child("name")
    return call if name is not None and name.text in ("getKey", "getValue") else None


def _taken_over(code: Code, first: Node) -> tuple[str, str, list[Edit]]:
    """The header's `K k`, its name, and the removal of `K k = entry.getKey();`."""
    declarator = next(c for c in first.children if c.field == "declarator")
    name = declarator.child("name")
    if name is None or declarator.child("dimensions") is not None:
        raise Declined("NATURAL", "an unusual declaration")
    require_no_comments(code, first, first.start, first.end)
    head = first.source[first.start : name.end].decode("utf-8", "surrogateescape")
    require("\n" not in head, "NATURAL", "an annotation on its own line")
    return head, name.text, [without_declaration(code, first)]


def _key(code: Code, walk: _Walk) -> tuple[str, str, list[Edit]]:
    name = first_fresh(code, ("key", "k"))
    before = code.source[_lead(walk) : walk.kind.start].decode("utf-8", "surrogateescape")
    kind = "var" if walk.kind.text == "var" else bound_of(walk.key)
    return f"{before}{kind} {name}", name, []


DIRECTIONS: Directions = {
    "keys-to-items": (keys_to_items, KEYS_TO_ITEMS),
    "items-to-keys": (items_to_keys, ITEMS_TO_KEYS),
}
