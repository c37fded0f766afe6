"""What a file of Java writes though the same would be meant without it."""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.predicates.nodes import FUNCTIONS, Node, file_tree

THIS_FIELD, THIS_CALL = "this.field", "this.call()"
_VARIABLES = ("formal_parameter", "variable_declarator", "spread_parameter")


def forms(source: bytes) -> Iterator[str]:
    """One word for each field or method that is named by `this` where it need not be."""
    for function in file_tree("java", source).find(*FUNCTIONS):
        taken = {name_of(node) for node in function.find(*_VARIABLES)}
        for node in function.find("call", "field_access"):
            if is_by_this(node) and node.kind == "call":
                yield THIS_CALL
            elif is_by_this(node) and name_of(node) not in taken:
                yield THIS_FIELD


def is_by_this(node: Node) -> bool:
    """Whether a field or a method is named by `this`."""
    given = node.child("object")
    return given is not None and given.kind == "this"


def name_of(node: Node) -> str:
    """The simple name of what is accessed, called or declared."""
    name = node.child("field") or node.child("name")
    return "" if name is None else name.text
