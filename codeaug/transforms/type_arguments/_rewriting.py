"""`new Foo<T>()` as `new Foo<>()`, and back, in Java."""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.model import Edit
from codeaug.predicates import java_types
from codeaug.predicates.braces import return_type, type_of
from codeaug.predicates.conditions import operator_of
from codeaug.predicates.flow import in_lambda
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code
from codeaug.predicates.verdicts import require
from codeaug.transforms import Site, Subject
from codeaug.transforms._sites import require_no_comments, sites

_STANDARD = frozenset({"ArrayList", "LinkedList", "ArrayDeque", "HashSet", "LinkedHashSet"})
_STANDARD |= {"TreeSet", "HashMap", "LinkedHashMap", "TreeMap", "ConcurrentHashMap"}
_STANDARD |= {"IdentityHashMap", "WeakHashMap", "Hashtable", "Vector", "Stack", "PriorityQueue"}
_STANDARD |= {"CopyOnWriteArrayList", "ConcurrentLinkedQueue", "LinkedBlockingQueue"}


def infer_arguments(subject: Subject) -> Iterator[Site]:
    """Each `new` with type arguments."""
    return sites(subject, lambda code: code.found("object_creation_expression"), _diamond)


def _diamond(code: Code, node: Node) -> tuple[Edit, ...] | None:
    made = node.child("type")
    if made is None or made.kind != "generic_type" or "<>" in made.text:
        return None
    arguments = made.parts[-1]
    require_no_comments(code, node, arguments.start, arguments.end)
    wanted = _wanted(code, node)
    _require_same_arguments(made, _plain(arguments.text), wanted)
    require(java_types.is_plain_creation(node), "BUILTIN", "an anonymous class needs them")
    return (Edit(arguments.start, arguments.end, "<>"),)


def write_arguments(subject: Subject) -> Iterator[Site]:
    """Each `new` with `<>`."""
    return sites(subject, lambda code: code.found("object_creation_expression"), _no_diamond)


def _no_diamond(code: Code, node: Node) -> tuple[Edit, ...] | None:
    made = node.child("type")
    if made is None or made.kind != "generic_type" or "<>" not in made.text:
        return None
    arguments, wanted = made.parts[-1], _wanted(code, node)
    start = wanted.find("<")
    require(start > 0, "BUILTIN", "its place does not tell the type arguments")
    _require_same_arguments(made, _plain(wanted[start:]), wanted)
    require(java_types.is_plain_creation(node), "BUILTIN", "an anonymous class")
    return (Edit(arguments.start, arguments.end, wanted[start:]),)


def _require_same_arguments(made: Node, arguments: str, wanted: str) -> None:
    """BUILTIN: the class has the type parameters of the type that its place wants."""
    require("?" not in arguments, "BUILTIN", "nothing has a wildcard for its type argument")
    name, place = made.text.split("<")[0], wanted.split("<")[0]
    require("<" in wanted, "BUILTIN", "its place does not tell the type arguments")
    known = name in _STANDARD or name == place
    require(known, "BUILTIN", "the class may have other type parameters")
    same = _plain(wanted[len(place) :]) == arguments
    require(same, "BUILTIN", "the type arguments are not those of its place")


def _plain(text: str) -> str:
    return "".join(text.split())


def _wanted(code: Code, node: Node) -> str:
    """The type of what the new object is assigned to or returned as; "" where unknown."""
    above = node.parent
    if above is None:
        return ""
    if above.kind == "return_statement":
        return "" if in_lambda(code, node) else return_type(code)
    if above.kind == "variable_declarator":
        local = next((v for v in code.locals if v.value is node), None)
        return "" if local is None else local.type
    if above.kind != "assignment_expression" or operator_of(above) != "=":
        return ""
    target = above.child("left")
    return "" if target is None else type_of(code, target)
