"""A unary operator taken away or put in, and `++` for `--`.

UOI of Offutt et al.; PIT INVERT_NEGS, INCREMENTS and UOI; Mull `cxx_minus_to_noop`,
`cxx_remove_negation`, `cxx_pre_inc_to_pre_dec`.
"""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.model import Edit
from codeaug.mutations.body import Body, replaced, shown
from codeaug.mutations.operands import binaries, is_number, is_signed
from codeaug.mutations.operator import Example, Fault, Operator
from codeaug.predicates.cpp_types import is_pointer
from codeaug.predicates.nodes import Node

_ARITHMETIC = ("-", "*", "/", "//", "%", "**", "+")
_CONDITIONAL = ("if_statement", "elif_clause", "while_statement", "do_statement", "for_statement")


def _removed(body: Body) -> Iterator[Fault]:
    for node in body.find("unary_expression", "unary_operator", "not_operator"):
        inner = node.child("argument")
        sign = node.children[0].text
        if inner is None or sign not in ("-", "!", "~", "not") or _is_condition(node):
            continue
        if inner.text in ("0", "0.0") or (sign == "!" and not _is_boolean(body, inner)):
            continue
        yield Fault(
            (Edit(node.start, inner.start, ""),),
            f"`{sign}` of {shown(node)} removed",
            f"check the value of {shown(node)}",
        )


def _is_boolean(body: Body, node: Node) -> bool:
    """`!p` of C++ is a boolean where `p` need not be one."""
    return body.language != "cpp" or body.type_of(node) == "bool" or node.kind == "call"


def _is_condition(node: Node) -> bool:
    """A whole condition is negated by another operator."""
    above = node.parent
    while above is not None and above.kind in ("parenthesized_expression", "condition_clause"):
        above = above.parent
    return above is not None and above.kind in _CONDITIONAL


def _inserted(body: Body) -> Iterator[Fault]:
    for each in binaries(body):
        if each.operator.text not in _ARITHMETIC or each.left.kind != "identifier":
            continue
        powered = each.operator.text == "**"
        if powered or not _may_negate(body, each.left) or not is_number(body, each.right):
            continue
        yield Fault(
            (Edit(each.left.start, each.left.start, "-"),),
            f"`-` before {shown(each.left)}",
            f"check the value of {shown(each.node)} where {shown(each.left)} is not zero",
        )
    for node in body.find("return_statement"):
        result = node.parts[0] if len(node.parts) == 1 else None
        plain = result is not None and result.kind == "identifier"
        if plain and body.language != "python" and is_signed(body, node.parts[0]):
            place = node.parts[0].start
            what = shown(node.parts[0])
            yield Fault(
                (Edit(place, place, "-"),), f"`-` before {what}", f"check the sign of {what}"
            )


def _may_negate(body: Body, node: Node) -> bool:
    return is_number(body, node) if body.language == "python" else is_signed(body, node)


def _counted(body: Body) -> Iterator[Fault]:
    for node in body.find("update_expression"):
        sign = node.token("++") or node.token("--") or node.child("operator")
        if sign is None or not node.parts or not _may_count(body, node.parts[0]):
            continue
        new = "--" if sign.text == "++" else "++"
        yield Fault(
            replaced(sign, new),
            f"`{new}` for `{sign.text}`",
            f"check the value of {shown(node.parts[0])} afterwards",
        )


def _may_count(body: Body, node: Node) -> bool:
    """C++: an iterator may not know both directions."""
    if body.language != "cpp" or is_number(body, node) or is_pointer(body.type_of(node)):
        return True
    return node.kind == "identifier" and body.code.lookup(node.text, node.start) is None


OPERATORS = (
    Operator(
        "remove-unary",
        "`-`, `!`, `~` or `not` removed",
        "UOD; PIT INVERT_NEGS; Mull cxx_minus_to_noop; cosmic-ray core/ReplaceUnaryOperator",
        _removed,
        (
            Example(
                "python",
                "def f(a):\n    return -a, not a\n",
                ("def f(a):\n    return a, not a\n", "def f(a):\n    return -a, a\n"),
            ),
            Example(
                "java",
                "class A { boolean f(boolean a) { return !a; } }",
                ("class A { boolean f(boolean a) { return a; } }",),
            ),
            Example("java", "class A { void f(boolean a) { if (!a) g(); } }", why="a condition"),
            Example("cpp", "int f(int a) { return ~a; }", ("int f(int a) { return a; }",)),
            Example("cpp", "bool f(int* a) { return !a; }", why="no boolean without it"),
        ),
    ),
    Operator(
        "insert-minus",
        "`-` before an operand or a result",
        "UOI (Offutt et al.); PIT ABS",
        _inserted,
        (
            Example(
                "python", "def f(a, b):\n    return a * b\n", ("def f(a, b):\n    return -a * b\n",)
            ),
            Example("python", "def f(a, b):\n    return a ** b\n", why="it would bind otherwise"),
            Example(
                "java",
                "class A { int f(int a) { return a; } }",
                ("class A { int f(int a) { return -a; } }",),
            ),
            Example("java", "class A { byte f(byte a) { return a; } }", why="`-a` is an int"),
            Example("cpp", "int f(int a) { return a - 1; }", ("int f(int a) { return -a - 1; }",)),
        ),
    ),
    Operator(
        "increment",
        "`--` for `++` and back",
        "PIT INCREMENTS; Mull cxx_pre_inc_to_pre_dec",
        _counted,
        (
            Example(
                "java",
                "class A { int f(int a) { a++; return --a; } }",
                (
                    "class A { int f(int a) { a--; return --a; } }",
                    "class A { int f(int a) { a++; return ++a; } }",
                ),
            ),
            Example("cpp", "void f(int& a) { ++a; }", ("void f(int& a) { --a; }",)),
            Example("cpp", "void f(B& b) { auto a = b.g(); ++a; }", why="it may go one way"),
        ),
    ),
)
