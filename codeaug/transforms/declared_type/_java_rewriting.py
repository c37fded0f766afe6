"""`Foo x = new Foo()` as `var x = new Foo()`, and back, in Java."""

from __future__ import annotations

import re
from collections.abc import Iterator

from codeaug.model import Edit
from codeaug.predicates import java, java_types
from codeaug.predicates.braces import type_of
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code, Local
from codeaug.predicates.verdicts import require
from codeaug.transforms import Site, Subject
from codeaug.transforms._sites import require_no_comments, sites

_DECLARATIONS = ("local_variable_declaration", "resource", "enhanced_for_statement")
_LISTS = frozenset({"List", "Set", "Collection", "Iterable", "ArrayList", "HashSet", "Queue"})
_LISTS |= {"LinkedList", "Deque", "LinkedHashSet", "TreeSet", "ArrayDeque", "SortedSet"}


def infer_type(subject: Subject) -> Iterator[Site]:
    """Each declaration whose value shows its type."""
    return sites(subject, lambda code: code.found(*_DECLARATIONS), _inferred)


def _inferred(code: Code, node: Node) -> tuple[Edit, ...] | None:
    kind, value, local = _declared(code, node)
    if kind is None or value is None or local is None or kind.text == "var":
        return None
    shown = value.kind in ("object_creation_expression", "cast_expression", "call")
    if node.kind != "enhanced_for_statement" and not shown:
        return None
    require(java.level(code.root) >= 10, "NATURAL", "nothing in the file shows Java 10")
    require_no_comments(code, node, kind.start, value.end)
    edits = [Edit(kind.start, kind.end, "var")]
    wanted = _plain(local.type)
    if value.kind == "object_creation_expression" and "<>" in value.text:
        made = value.child("type")
        arguments = kind.text[len(kind.text.split("<")[0]) :]
        same = made is not None and made.text.split("<")[0] == kind.text.split("<")[0]
        same = same and java_types.is_plain_creation(value)
        require(same, "BUILTIN", "the value has another type")
        assert made is not None
        require("?" not in arguments, "BUILTIN", "nothing has a wildcard for its type argument")
        diamond = next(n for n in made.find("type_arguments"))
        edits.append(Edit(diamond.start, diamond.end, arguments))
        return tuple(edits)
    found = _value_type(code, node, value)
    require(bool(found) and _plain(found) == wanted, "BUILTIN", "the value has another type")
    return tuple(edits)


def write_type(subject: Subject) -> Iterator[Site]:
    """Each declaration with `var`."""
    return sites(subject, lambda code: code.found(*_DECLARATIONS), _written)


def _written(code: Code, node: Node) -> tuple[Edit, ...] | None:
    kind, value, local = _declared(code, node)
    if kind is None or value is None or local is None or kind.text != "var":
        return None
    require_no_comments(code, node, kind.start, value.end)
    found = _value_type(code, node, value)
    require(found not in ("", java_types.NULL), "BUILTIN", "the type of the value is not known")
    require(not re.search(r"\b[a-z]\w*\.", found), "NATURAL", "the type is not imported")
    edits = [Edit(kind.start, kind.end, found)]
    made = value.child("type")
    generic = value.kind == "object_creation_expression" and "<" in found
    if generic and made is not None:
        arguments = next(made.find("type_arguments"))
        edits.append(Edit(arguments.start, arguments.end, "<>"))
    return tuple(edits)


def _declared(code: Code, node: Node) -> tuple[Node | None, Node | None, Local | None]:
    """The written type, the value and the name of a declaration of one variable."""
    names = [c for c in node.children if c.field == "declarator"]
    if len(names) > 1:
        return None, None, None
    at = names[0] if names else node
    name, value = at.child("name"), at.child("value")
    if at.child("dimensions") is not None or name is None:
        return None, None, None
    local = next((v for v in code.by_name.get(name.text, ()) if v.node is name), None)
    return node.child("type"), value, local


def _value_type(code: Code, node: Node, value: Node) -> str:
    """The exact type of a declaration's value, or of an element of it."""
    if node.kind == "enhanced_for_statement":
        return _element_type(type_of(code, value))
    if value.kind == "object_creation_expression" and not java_types.is_plain_creation(value):
        return ""
    return type_of(code, value)


def _element_type(kind: str) -> str:
    if kind.endswith("[]"):
        return kind[:-2]
    name, _, given = kind.partition("<")
    simple = given[:-1].strip() if given.endswith(">") else ""
    known = name in _LISTS and simple and "?" not in simple
    return simple if known else ""


def _plain(text: str) -> str:
    return "".join(text.split())
