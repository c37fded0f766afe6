"""`typedef T name` and `using name = T` for one another in C++."""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.model import Edit
from codeaug.predicates import cpp
from codeaug.predicates.braces import require_no_macros
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code
from codeaug.predicates.verdicts import require
from codeaug.transforms import Site, Subject
from codeaug.transforms._sites import require_no_comments, sites

_SIMPLE = frozenset({"pointer_declarator", "reference_declarator"})


def to_using(subject: Subject) -> Iterator[Site]:
    """Each `typedef` of the function."""
    return sites(subject, lambda code: code.found("type_definition"), _as_using)


def _as_using(code: Code, node: Node) -> tuple[Edit, ...] | None:
    names = [c for c in node.children if c.field == "declarator"]
    kind = node.child("type")
    require(len(names) == 1 and kind is not None, "NATURAL", "several names in one typedef")
    assert kind is not None
    require(cpp.is_modern(code.source), "NATURAL", "nothing in the file shows C++11")
    _require_plain(code, node)
    require(kind.child("body") is None, "NATURAL", "it declares a type of its own")
    name, left, right = _around_name(names[0])
    first = next(c for c in node.children if c.kind not in ("typedef", "comment"))
    base = code.source[first.start : kind.end].decode("utf-8", "surrogateescape")
    gap = " " if left.startswith("(") else ""
    aliased = f"{base}{gap}{left}{right}" if gap else f"{base}{_stars(code, left)}{right}"
    return (Edit(node.start, node.end, f"using {name} = {aliased};"),)


def _stars(code: Code, left: str) -> str:
    beside = code.layout.star_beside_type or not left
    return left if beside else " " + left


def _around_name(declarator: Node) -> tuple[str, str, str]:
    """The declared name, and what a declarator has before and behind it."""
    name = next((n for n in declarator.walk() if n.kind == "type_identifier"), None)
    kinds = {n.kind for n in declarator.walk() if n.kind.endswith("_declarator")}
    plain = name is not None and kinds <= _SIMPLE
    pointed = name is not None and declarator.kind == "function_declarator"
    require(plain or pointed, "NATURAL", "an unusual declarator")
    assert name is not None
    text = declarator.source
    left = text[declarator.start : name.start].decode("utf-8", "surrogateescape")
    right = text[name.end : declarator.end].decode("utf-8", "surrogateescape")
    return name.text, "".join(left.split()) if plain else left, right


def to_typedef(subject: Subject) -> Iterator[Site]:
    """Each `using name = T` of the function."""
    return sites(subject, lambda code: code.found("alias_declaration"), _as_typedef)


def _as_typedef(code: Code, node: Node) -> tuple[Edit, ...] | None:
    name, kind = node.child("name"), node.child("type")
    if name is None or kind is None:
        return None
    _require_plain(code, node)
    declarator = kind.child("declarator")
    kinds = {n.kind for n in declarator.walk() if n.named} if declarator is not None else set()
    simple = kinds <= {"abstract_pointer_declarator", "abstract_reference_declarator"}
    require(simple, "NATURAL", "an unusual declarator")
    end = kind.end if declarator is None else declarator.start
    base = code.source[kind.start : end].decode("utf-8", "surrogateescape").rstrip()
    stars = "" if declarator is None else "".join(declarator.text.split())
    beside = code.layout.star_beside_type
    declared = f"{base}{stars} {name.text}" if beside else f"{base} {stars}{name.text}"
    return (Edit(node.start, node.end, f"typedef {declared};"),)


def _require_plain(code: Code, node: Node) -> None:
    require_no_macros(code, node)
    require_no_comments(code, node, node.start, node.end)
    require("\n" not in node.text, "NATURAL", "an alias of several lines")
    attributed = any(c.kind.startswith("attribute") for c in node.children)
    require(not attributed and node.text.endswith(";"), "NATURAL", "an attribute is in the way")
