"""Nothing assigned in place of the value: is what a variable or field holds ever looked at?

mutmut `operator_assignment`; Major's EVR (expression value replacement); PIT
EXPERIMENTAL_MEMBER_VARIABLE.
"""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.mutations.body import Body, replaced, shown
from codeaug.mutations.operator import Example, Fault, Operator
from codeaug.mutations.removal import ends_checked
from codeaug.predicates.cpp_types import FLOATING, INTEGRAL, is_pointer
from codeaug.predicates.java_types import PRIMITIVE
from codeaug.predicates.nodes import Node

_NOTHING = ("None", "null", "nullptr", "NULL", "false", "False", "0", "0.0", "0L", "{}", "'\\0'")
_VALUED = ("assignment", "assignment_expression", "variable_declarator", "init_declarator")


def _find(body: Body) -> Iterator[Fault]:
    for node in body.find(*_VALUED):
        left = node.child("left") or node.child("name") or node.child("declarator")
        right = node.child("right") or node.child("value")
        operator = node.child("operator")
        if left is None or right is None or (operator is not None and operator.text != "="):
            continue
        value = _nothing(body, node, left)
        if value and right.text not in _NOTHING and not ends_checked(body, right):
            yield Fault(
                replaced(right, value),
                f"`{value}` for {shown(right)}",
                f"check the value of {shown(left)} afterwards",
            )


def _nothing(body: Body, node: Node, left: Node) -> str:
    """The empty value of what is assigned to; "" where its type has none, or is not known."""
    if body.language == "python":
        chained = node.child("right")
        plain = left.kind in ("identifier", "attribute", "subscript")
        return "None" if plain and chained is not None and chained.kind != "assignment" else ""
    declared = node.kind in ("variable_declarator", "init_declarator")
    if declared and (node.parent is None or node.parent.kind != "local_variable_declaration"):
        return ""
    if not declared:
        kind = body.type_of(left)
    else:
        local = next((v for v in body.code.locals if v.value is node.child("value")), None)
        kind = "" if local is None else local.type
    return _java(kind) if body.language == "java" else _cpp(body, kind)


def _java(kind: str) -> str:
    if kind in PRIMITIVE:
        return "false" if kind == "boolean" else "0"
    return "null" if kind else ""


def _cpp(body: Body, kind: str) -> str:
    if is_pointer(kind):
        return "nullptr" if b"nullptr" in body.source else "0"
    kind = kind.removeprefix("const ")
    if kind in INTEGRAL or kind in FLOATING:
        return "false" if kind == "bool" else "0"
    return ""


OPERATORS = (
    Operator(
        "assigned-value",
        "Nothing assigned in place of a value: None, null, 0, false",
        "mutmut operator_assignment; Major EVR; PIT EXPERIMENTAL_MEMBER_VARIABLE",
        _find,
        (
            Example(
                "python",
                "def f(a):\n    b = a + 1\n    b.c = None\n    b += 1\n    return b\n",
                ("def f(a):\n    b = None\n    b.c = None\n    b += 1\n    return b\n",),
            ),
            Example("python", "def f(a):\n    b, c = a\n    return c\n", why="it takes two values"),
            Example(
                "java",
                "class A { final B b; A(B b) { this.b = b; int c = b.d(); var e = b; } }",
                (
                    "class A { final B b; A(B b) { this.b = null; int c = b.d(); var e = b; } }",
                    "class A { final B b; A(B b) { this.b = b; int c = 0; var e = b; } }",
                ),
            ),
            Example(
                "cpp",
                "int f(int a) { int b = a; const char* c = h; auto d = a; B e = d; return b; }",
                (
                    "int f(int a) { int b = 0; const char* c = h; auto d = a; B e = d; return b; }",
                    "int f(int a) { int b = a; const char* c = 0; auto d = a; B e = d; return b; }",
                ),
                "what `auto` and B would become of a 0 is not known",
            ),
        ),
    ),
)
