"""Functional interfaces of the JDK, and places where a lambda has only one possible target."""

from __future__ import annotations

from dataclasses import dataclass

from codeaug.predicates.braces import return_type, type_of
from codeaug.predicates.conditions import operator_of
from codeaug.predicates.flow import in_lambda
from codeaug.predicates.java_collections import (
    COLLECTIONS,
    MAPS,
    collection_of,
    is_imported,
    map_arguments,
    split_type,
)
from codeaug.predicates.java_types import class_around
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code


@dataclass(frozen=True, slots=True)
class Interface:
    """`int compare(T, T)` of `Comparator<T>`: types are given by the number of the argument."""

    package: str
    method: str
    result: str
    given: tuple[str, ...]
    arguments: int
    throws: str = ""


_FUNCTION = "java.util.function"
INTERFACES = {
    "Runnable": Interface("java.lang", "run", "void", (), 0),
    "Comparator": Interface("java.util", "compare", "int", ("0", "0"), 1),
    "Callable": Interface("java.util.concurrent", "call", "0", (), 1, "Exception"),
    "Supplier": Interface(_FUNCTION, "get", "0", (), 1),
    "Consumer": Interface(_FUNCTION, "accept", "void", ("0",), 1),
    "BiConsumer": Interface(_FUNCTION, "accept", "void", ("0", "1"), 2),
    "Function": Interface(_FUNCTION, "apply", "1", ("0",), 2),
    "BiFunction": Interface(_FUNCTION, "apply", "2", ("0", "1"), 3),
    "Predicate": Interface(_FUNCTION, "test", "boolean", ("0",), 1),
    "BiPredicate": Interface(_FUNCTION, "test", "boolean", ("0", "1"), 2),
    "UnaryOperator": Interface(_FUNCTION, "apply", "0", ("0",), 1),
    "BinaryOperator": Interface(_FUNCTION, "apply", "0", ("0", "0"), 1),
    "IntFunction": Interface(_FUNCTION, "apply", "0", ("int",), 1),
    "IntPredicate": Interface(_FUNCTION, "test", "boolean", ("int",), 0),
    "IntUnaryOperator": Interface(_FUNCTION, "applyAsInt", "int", ("int",), 0),
    "ToIntFunction": Interface(_FUNCTION, "applyAsInt", "int", ("0",), 1),
    "ToLongFunction": Interface(_FUNCTION, "applyAsLong", "long", ("0",), 1),
    "BooleanSupplier": Interface(_FUNCTION, "getAsBoolean", "boolean", (), 0),
    "PrivilegedAction": Interface("java.security", "run", "0", (), 1),
}
_OF_STREAMS = frozenset(
    {"filter", "map", "anyMatch", "allMatch", "noneMatch", "forEach", "forEachOrdered", "peek"}
    | {"mapToInt", "mapToLong", "flatMap"}
)
_KEEPING = ("filter", "sorted", "distinct", "limit", "skip", "peek")
_OF_COLLECTIONS = frozenset({"forEach", "removeIf", "replaceAll", "sort"})
_OF_MAPS = frozenset({"computeIfAbsent"})
_MADE_WITH = ("Thread",)


def interface_of(code: Code, written: str) -> tuple[Interface, tuple[str, ...]] | None:
    """The interface and type arguments of a written type, where it surely is the JDK's."""
    base, arguments = split_type(written)
    found = INTERFACES.get(base)
    if found is None or len(arguments) != found.arguments:
        return None
    if not is_imported(code, f"{found.package}.{base}"):
        return None
    return None if any(a.startswith("?") or not a for a in arguments) else (found, arguments)


def substituted(kind: str, arguments: tuple[str, ...]) -> str:
    """The type that `kind` means: a type of its own, or the number of a type argument."""
    return arguments[int(kind)] if kind.isdigit() else kind


def declared_target(code: Code, node: Node) -> str:
    """The written type of the variable, field or result that the expression becomes, else ""."""
    above = node.parent
    if above is None:
        return ""
    if above.kind == "variable_declarator":
        local = next((v for v in code.locals if v.value is node), None)
        return "" if local is None else local.type
    if above.kind == "assignment_expression" and operator_of(above) == "=":
        left = above.child("left")
        return "" if left is None or left is node else type_of(code, left)
    if above.kind == "return_statement" and not in_lambda(code, node):
        return return_type(code)
    return ""


def has_one_target(code: Code, node: Node) -> bool:
    """Whether a lambda there can only become one interface, whatever it looks like."""
    if declared_target(code, node):
        return True
    call = _call_around(node)
    if call is None:
        return False
    if call.kind == "object_creation_expression":
        made = call.child("type")
        alone = node.parent is not None and len(node.parent.parts) == 1
        return made is not None and made.text in _MADE_WITH and alone
    name, owner = call.child("name"), call.child("object")
    if name is None:
        return False
    if owner is None:
        return _is_own_single(code, name.text)
    if name.text in _OF_STREAMS and stream_element(code, owner) is not None:
        return True
    kind, _ = collection_of(code, owner)
    if kind in COLLECTIONS:
        return name.text in _OF_COLLECTIONS
    return bool(map_arguments(code, owner)) and name.text in _OF_MAPS


def _call_around(node: Node) -> Node | None:
    above = node.parent
    if above is None or above.kind != "argument_list" or above.parent is None:
        return None
    return above.parent if above.parent.kind in ("call", "object_creation_expression") else None


def _is_own_single(code: Code, name: str) -> bool:
    """Whether this class alone has that method, once."""
    owner = class_around(code.function)
    if owner is None or not is_alone(owner):
        return False
    named = [m.child("name") for m in owner.parts if m.kind == "method_declaration"]
    return sum(n is not None and n.text == name for n in named) == 1


def is_alone(body: Node) -> bool:
    """Whether a class has no superclass or interface from which methods may come."""
    declared = body.parent
    if declared is None or declared.kind != "class_declaration":
        return False
    inherits = ("superclass", "super_interfaces")
    return not any(c.kind in inherits for c in declared.children)


def stream_element(code: Code, node: Node) -> str | None:
    """The element type of a stream of a known collection; "" where a step may have changed it."""
    known = True
    current: Node | None = node
    while current is not None and current.kind == "call":
        name, owner, given = (current.child(f) for f in ("name", "object", "arguments"))
        if name is None or given is None or owner is None:
            return None
        if name.text == "stream":
            static = owner.text == "Arrays" and len(given.parts) == 1
            kind, element = collection_of(code, given.parts[0] if static else owner)
            if static and kind == "[]" and not element[:1].isupper():
                return None
            return (element if known else "") if kind else None
        if name.text not in (*_KEEPING, "map"):
            return None
        known = known and name.text in _KEEPING
        current = owner
    return None


def element_given(code: Code, node: Node) -> str:
    """The static type of the first parameter of a lambda in that place, else ""."""
    target = interface_of(code, declared_target(code, node))
    if target is not None:
        interface, arguments = target
        return substituted(interface.given[0], arguments) if interface.given else ""
    call = _call_around(node)
    owner = call.child("object") if call is not None and call.kind == "call" else None
    name = call.child("name") if call is not None else None
    if owner is None or name is None:
        return ""
    if name.text in _OF_STREAMS:
        of_stream = stream_element(code, owner)
        if of_stream is not None:
            return of_stream
    kind, element = collection_of(code, owner)
    return element if kind in COLLECTIONS - MAPS and name.text in _OF_COLLECTIONS else ""
