"""Constant expressions of Java (JLS 15.29): what they are decides reachability, narrowing and which
strings are one object."""

from __future__ import annotations

from codeaug.predicates.conditions import operator_of
from codeaug.predicates.evaluation import LITERALS
from codeaug.predicates.java_types import class_around
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code, Local

_MADE_OF = frozenset(
    {"binary_expression", "unary_expression", "parenthesized_expression", "ternary_expression"}
)


def may_be_constant(code: Code, node: Node, taken: Node | None = None) -> bool:
    """Whether the expression may be a constant one, if `taken` in it were one."""
    if node is taken:
        return True
    if node.kind in LITERALS:
        return node.kind != "null_literal"
    if node.kind == "identifier":
        return _is_constant_name(code, node)
    if node.kind == "field_access":
        field = node.child("field")
        return field is not None and field.text.isupper()
    if node.kind == "cast_expression":
        value = node.child("value")
        return value is not None and may_be_constant(code, value, taken)
    return node.kind in _MADE_OF and all(may_be_constant(code, p, taken) for p in node.parts)


def _is_constant_name(code: Code, node: Node) -> bool:
    """A final variable with a value; a field that another file declares, by its name."""
    local = code.lookup(node.text, node.start)
    if local is not None:
        return _is_constant_local(code, local)
    owner = class_around(code.function)
    for member in owner.parts if owner is not None else ():
        if member.kind in ("field_declaration", "constant_declaration"):
            for declarator in (c for c in member.children if c.field == "declarator"):
                name, value = declarator.child("name"), declarator.child("value")
                if name is not None and name.text == node.text:
                    final = is_final(member) or member.kind == "constant_declaration"
                    return final and value is not None and may_be_constant(code, value)
    return node.text.isupper()


def is_variable_field(code: Code, name: str) -> bool:
    """Whether it is a field declared here that is no constant variable (JLS 4.12.4)."""
    owner = class_around(code.function)
    for member in owner.parts if owner is not None else ():
        if member.kind == "field_declaration":
            for declarator in (c for c in member.children if c.field == "declarator"):
                own, value = declarator.child("name"), declarator.child("value")
                if own is not None and own.text == name:
                    free = value is None or not may_be_constant(code, value)
                    return free or not is_final(member)
    return False


def _is_constant_local(code: Code, local: Local) -> bool:
    value = local.value
    final = local.kind == "local" and is_final(local.statement)
    return final and value is not None and may_be_constant(code, value)


def is_final(declaration: Node) -> bool:
    """Whether a declaration says `final`."""
    written = next((c.text for c in declaration.children if c.kind == "modifiers"), "")
    return "final" in written.split()


def joins_constants(code: Code, use: Node) -> bool:
    """Whether `+` would make one string at compile time of a literal in this place and what stands
    beside it: that is one object wherever it is written."""
    below, above = use, use.parent
    while above is not None and (
        above.kind == "parenthesized_expression" or operator_of(above) == "+"
    ):
        below, above = above, above.parent
    return below is not use and may_be_constant(code, below, use)
