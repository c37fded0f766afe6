"""Lambdas of Java as method references, and back."""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.model import Edit
from codeaug.predicates.freshness import first_fresh, require_fresh
from codeaug.predicates.java_collections import is_imported, split_type
from codeaug.predicates.java_types import class_around, field_type
from codeaug.predicates.names import joined_words, words_of
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code
from codeaug.predicates.verdicts import Declined, require
from codeaug.transforms import Site, Subject
from codeaug.transforms._sites import require_no_comments, sites
from codeaug.transforms.lambda_form._interfaces import (
    declared_target,
    element_given,
    has_one_target,
    interface_of,
    is_alone,
)

_STATIC = {
    ("Integer", "parseInt"),
    ("Integer", "valueOf"),
    ("Long", "parseLong"),
    ("Long", "valueOf"),
    ("Double", "parseDouble"),
    ("Double", "valueOf"),
    ("Boolean", "parseBoolean"),
    ("String", "valueOf"),
    ("Character", "isDigit"),
    ("Character", "isLetter"),
    ("Character", "isWhitespace"),
    ("Character", "isUpperCase"),
    ("Character", "isLowerCase"),
    ("Math", "abs"),
    ("Math", "max"),
    ("Math", "min"),
    ("Objects", "nonNull"),
    ("Objects", "isNull"),
    ("Objects", "requireNonNull"),
}
_OF_STRING = frozenset({"trim", "isEmpty", "length", "toLowerCase", "toUpperCase", "strip"})
_OF_ENTRY = frozenset({"getKey", "getValue"})
_SUPPLIERS = frozenset({"orElseThrow", "orElseGet", "toCollection", "withInitial"})
_GENERIC = frozenset(
    {"ArrayList", "LinkedList", "HashMap", "LinkedHashMap", "TreeMap", "HashSet"}
    | {"LinkedHashSet", "TreeSet", "ArrayDeque"}
)


def lambda_to_reference(subject: Subject) -> Iterator[Site]:
    """Each lambda that only hands its parameters on."""
    return sites(subject, lambda code: code.found("lambda_expression"), _referred)


def reference_to_lambda(subject: Subject) -> Iterator[Site]:
    """Each method reference."""
    return sites(subject, lambda code: code.found("method_reference"), _spelled_out)


# --- lambda to reference --------------------------------------------------------------------------


def _referred(code: Code, node: Node) -> tuple[Edit, ...] | None:
    names, body = parameters_of(node), node.child("body")
    if names is None or body is None:
        return None
    if body.kind == "object_creation_expression":
        text = _constructor(body, names)
    elif body.kind == "array_creation_expression":
        text = _array(body, names)
    elif body.kind == "call":
        text = _method(code, node, body, names)
    else:
        return None
    if text is None:
        return None
    require_no_comments(code, node, node.start, node.end)
    require(has_one_target(code, node), "BUILTIN", "an overloaded target might be chosen otherwise")
    return (Edit(node.start, node.end, text),)


def parameters_of(node: Node) -> list[str] | None:
    """The parameters' names of a lambda; None where it has annotations or modifiers."""
    given = node.child("parameters")
    if given is None:
        return None
    if given.kind == "identifier":
        return [given.text]
    if given.kind == "inferred_parameters":
        return [p.text for p in given.parts]
    names = [p.child("name") for p in given.parts if p.kind == "formal_parameter"]
    plain = len(names) == len(given.parts) and "@" not in given.text
    return [n.text for n in names if n is not None] if plain else None


def _handed_on(call: Node, names: list[str]) -> bool:
    given = call.child("arguments")
    return given is not None and [p.text for p in given.parts] == names


def _constructor(body: Node, names: list[str]) -> str | None:
    made = body.child("type")
    plain = made is not None and not any(p.kind == "class_body" for p in body.parts)
    if made is None or not plain or not _handed_on(body, names) or body.token(".") is not None:
        return None
    return made.text.removesuffix("<>") + "::new"


def _array(body: Node, names: list[str]) -> str | None:
    made, size = body.child("type"), body.child("dimensions")
    plain = made is not None and size is not None and len(names) == 1
    whole = plain and made is not None and body.text == f"new {made.text}[{names[0]}]"
    return f"{made.text}[]::new" if whole and made is not None else None


def _method(code: Code, node: Node, call: Node, names: list[str]) -> str | None:
    name, owner = call.child("name"), call.child("object")
    if name is None or call.child("type_arguments") is not None:
        return None
    if owner is None or owner.kind == "this":
        return _own(code, name.text, len(names)) if _handed_on(call, names) else None
    if owner.kind == "super" and _handed_on(call, names):
        return f"super::{name.text}"
    if names and owner.text == names[0]:
        return _of_parameter(code, node, name.text) if _handed_on(call, names[1:]) else None
    if not _handed_on(call, names):
        return None
    if owner.kind == "identifier" and code.lookup(owner.text, owner.start) is None:
        known = _is_static(code, owner.text, name.text)
        require(known, "BUILTIN", "whether the method is overloaded is not known")
        return f"{owner.text}::{name.text}"
    require(_is_made_here(code, owner), "INDEP", "the receiver would be evaluated at once")
    return f"{owner.text}::{name.text}"


def _own(code: Code, name: str, arity: int) -> str:
    """`this::name` or `Owner::name` for a method that this class has once."""
    owner = class_around(code.function)
    found = _single(owner, name, arity)
    if owner is None or found is None:
        raise Declined("BUILTIN", "it is not known which method is meant")
    if not _has_static(found):
        return f"this::{name}"
    require(is_alone(owner), "BUILTIN", "an inherited method may have the name too")
    return f"{_class_name(owner)}::{name}"


def _single(owner: Node | None, name: str, arity: int = -2) -> Node | None:
    """The only method of that name in the class, with as many parameters, none variable."""
    if owner is None:
        return None
    found = [
        m
        for m in owner.parts
        if m.kind == "method_declaration" and (m.child("name") or m).text == name
    ]
    given = found[0].child("parameters") if len(found) == 1 else None
    if given is None or any(p.kind != "formal_parameter" for p in given.parts):
        return None
    return found[0] if arity in (-2, len(given.parts)) else None


def _has_static(method: Node) -> bool:
    modifiers = next((c.text for c in method.children if c.kind == "modifiers"), "")
    return "static" in modifiers.split()


def _class_name(body: Node) -> str:
    name = body.parent.child("name") if body.parent is not None else None
    if name is None:
        raise Declined("BUILTIN", "a class without a name")
    return name.text


def _class_of(code: Code, name: str) -> Node | None:
    """The body of the one class of that name in the file that inherits nothing."""
    found = [
        each
        for each in code.root.find("class_declaration")
        if (each.child("name") or each).text == name
    ]
    body = found[0].child("body") if len(found) == 1 else None
    return body if body is not None and is_alone(body) else None


def _of_parameter(code: Code, node: Node, name: str) -> str:
    """`T::name` for a method of the first parameter, whose type `T` is known."""
    written = _written_type(node) or element_given(code, node)
    base = split_type(written)[0]
    known = base == "String" and name in _OF_STRING
    if base in ("Map.Entry", "Entry"):
        known = name in _OF_ENTRY and is_imported(code, "java.util.Map")
    own = _class_of(code, base)
    found = _single(own, name)
    known = known or (found is not None and not _has_static(found))
    require(known, "BUILTIN", "whether the method is overloaded is not known")
    return f"{base}::{name}"


def _written_type(node: Node) -> str:
    given = node.child("parameters")
    first = given.parts[0] if given is not None and given.parts else None
    kind = first.child("type") if first is not None else None
    return "" if kind is None else kind.text


def _is_static(code: Code, owner: str, name: str) -> bool:
    if (owner, name) in _STATIC and not field_type(code, owner):
        package = "java.util." if owner == "Objects" else "java.lang."
        return is_imported(code, package + owner)
    found = _single(_class_of(code, owner), name)
    return found is not None and _has_static(found)


def _is_made_here(code: Code, owner: Node) -> bool:
    """Whether the receiver is a local that holds a new object, and nothing else ever."""
    local = code.lookup(owner.text, owner.start) if owner.kind == "identifier" else None
    made = local is not None and local.value is not None
    return (
        made
        and local is not None
        and local.value is not None
        and (local.value.kind == "object_creation_expression")
    )


# --- reference to lambda --------------------------------------------------------------------------


def _spelled_out(code: Code, node: Node) -> tuple[Edit, ...] | None:
    if not node.parts or node.child("type_arguments") is not None:
        return None
    owner = node.parts[0]
    require_no_comments(code, node, node.start, node.end)
    if node.token("new") is not None:
        text = _made(code, node, owner)
    else:
        text = _called(code, owner, node.parts[-1].text)
    suited = has_one_target(code, node) or _is_supplied(node)
    require(suited, "BUILTIN", "the parameters' types may be inferred from it")
    return (Edit(node.start, node.end, text),)


def _called(code: Code, owner: Node, name: str) -> str:
    if owner.kind == "this":
        found = _single(class_around(code.function), name)
        require(found is not None, "BUILTIN", "it is not known which method is meant")
        assert found is not None
        return _handing(code, found, name)
    require(owner.kind != "super", "BUILTIN", "it is not known which method is meant")
    variable = owner.kind not in ("identifier", "scoped_type_identifier", "field_access")
    held = owner.kind == "identifier" and code.lookup(owner.text, owner.start) is not None
    last = owner.text.rpartition(".")[2]
    field = bool(field_type(code, owner.text)) or not last[:1].isupper()
    require(not (variable or held or field), "INDEP", "its receiver is evaluated at once")
    if owner.text == "String" and name in _OF_STRING:
        short = first_fresh(code, ("s", "text", "string"))
        return f"{short} -> {short}.{name}()"
    if owner.text == "Map.Entry" and name in _OF_ENTRY:
        short = first_fresh(code, ("entry", "e"))
        return f"{short} -> {short}.{name}()"
    if (owner.text, name) in _STATIC and _is_static(code, owner.text, name):
        return _of_jdk(code, owner.text, name)
    return _of_file(code, owner.text, name)


def _of_jdk(code: Code, owner: str, name: str) -> str:
    short = first_fresh(code, ("value", "s", "each"))
    if owner == "Objects" and name in ("nonNull", "isNull"):
        return f"{short} -> {short} {'!=' if name == 'nonNull' else '=='} null"
    require(name not in ("max", "min"), "NATURAL", "two parameters without good names")
    return f"{short} -> {owner}.{name}({short})"


def _of_file(code: Code, owner: str, name: str) -> str:
    body = _class_of(code, owner)
    found = _single(body, name)
    require(found is not None, "BUILTIN", "it is not known which method is meant")
    assert found is not None
    if _has_static(found):
        here = body is class_around(code.function)
        return _handing(code, found, name if here else f"{owner}.{name}")
    given = found.child("parameters")
    require(given is not None and not given.parts, "NATURAL", "more than one parameter")
    short = first_fresh(code, (joined_words(words_of(owner), snake=False), "each"))
    return f"{short} -> {short}.{name}()"


def _handing(code: Code, method: Node, called: str) -> str:
    """`(a, b) -> called(a, b)` with the method's own names for its parameters."""
    given = method.child("parameters")
    assert given is not None
    names = [n.text for p in given.parts for n in [p.child("name")] if n is not None]
    for name in names:
        require_fresh(code, name)
    listed = ", ".join(names)
    return f"{listed if len(names) == 1 else f'({listed})'} -> {called}({listed})"


def _made(code: Code, node: Node, owner: Node) -> str:
    if owner.kind == "array_type":
        size = first_fresh(code, ("size", "length", "n"))
        one = owner.text.removesuffix("[]")
        require(not one.endswith("]"), "NATURAL", "an array of arrays")
        return f"{size} -> new {one}[{size}]"
    target = interface_of(code, declared_target(code, node))
    supplied = _is_supplied(node) or (target is not None and not target[0].given)
    require(supplied, "BUILTIN", "it is not known which constructor is meant")
    text = owner.text
    if text in _GENERIC:
        return f"() -> new {text}<>()"
    plain = text.endswith(("Exception", "Error")) or text in ("StringBuilder", "Object")
    declared = [
        each
        for each in code.root.find("class_declaration")
        if (each.child("name") or each).text == text and not each.child("type_parameters")
    ]
    require(plain or bool(declared), "BUILTIN", "whether the class is generic is not known")
    return f"() -> new {text}()"


def _is_supplied(node: Node) -> bool:
    """Whether the reference is the argument of a call that takes a supplier."""
    call = node.parent.parent if node.parent is not None else None
    if call is None or call.kind != "call" or node.parent is None:
        return False
    name = call.child("name")
    return name is not None and name.text in _SUPPLIERS and len(node.parent.parts) == 1
