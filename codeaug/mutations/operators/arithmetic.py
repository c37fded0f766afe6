"""Another arithmetic or bitwise operator.

AOR, LOR, SOR of Offutt et al.; PIT MATH, whose choice this is; Mull `cxx_arithmetic` and
`cxx_bitwise`; mutmut `operator_swap_op`; cosmic-ray `core/ReplaceBinaryOperator`.
"""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.mutations.body import Body, replaced, shown
from codeaug.mutations.operands import (
    Binary,
    assignments,
    binaries,
    is_integer,
    is_literal,
    is_number,
)
from codeaug.mutations.operator import Example, Fault, Operator
from codeaug.predicates.cpp_types import is_pointer

_ARITHMETIC = {"+": "-", "-": "+", "*": "/", "/": "*", "%": "*"}
_PYTHON = {"//": "/", "**": "*"}
_BITWISE = {"&": "|", "|": "&", "^": "&", "<<": ">>", ">>": "<<", ">>>": "<<"}


def _arithmetic(body: Body) -> Iterator[Fault]:
    table = _ARITHMETIC | (_PYTHON if body.language == "python" else {})
    for each in _uses(body, table):
        if _may_swap(body, each) and not _is_neutral(each):
            yield _fault(each, table)


def _bitwise(body: Body) -> Iterator[Fault]:
    for each in _uses(body, _BITWISE):
        operator = each.operator.text.removesuffix("=")
        known = is_integer(body, each.left) and is_integer(body, each.right)
        logical = body.type_of(each.left) == "boolean" and operator in "&|^"
        flags = operator in "&|^" and is_integer(body, each.right) and body.language == "java"
        if (known or logical or flags) and not is_literal(each.right, "0"):
            yield _fault(each, _BITWISE)


def _uses(body: Body, table: dict[str, str]) -> Iterator[Binary]:
    yield from (each for each in binaries(body) if each.operator.text in table)
    for each in assignments(body):
        text = each.operator.text
        if text.endswith("=") and text[:-1] in table:
            yield each


def _may_swap(body: Body, each: Binary) -> bool:
    """Whether both operators are defined for the operands."""
    operator = each.operator.text.removesuffix("=")
    if body.language == "python":
        return is_number(body, each.left) and is_number(body, each.right)
    if body.language == "java" and operator != "+":
        return True
    left, right = is_number(body, each.left), is_number(body, each.right)
    if each.operator.text == "+=" or (body.language == "cpp" and operator in "*/%"):
        return left and (right or body.language == "cpp")
    if body.language == "java":
        return left and right
    return right and (left or is_pointer(body.type_of(each.left)) or is_literal(each.right, "1"))


def _is_neutral(each: Binary) -> bool:
    """`x + 0` and `x - 0`, `x * 1` and `x / 1`."""
    operator = each.operator.text.removesuffix("=")
    if operator in "+-":
        return is_literal(each.right, "0", "0.0")
    return operator in "*/" and is_literal(each.right, "1", "1.0", "-1")


def _fault(each: Binary, table: dict[str, str]) -> Fault:
    old = each.operator.text
    assigned = old.endswith("=") and old not in table
    new = table[old.removesuffix("=")] + "=" if assigned else table[old]
    effect = f"the value of {shown(each.left)} after" if assigned else "the value of"
    return Fault(
        replaced(each.operator, new), f"`{new}` for `{old}`", f"check {effect} {shown(each.node)}"
    )


OPERATORS = (
    Operator(
        "arithmetic",
        "`-` for `+`, `/` for `*`, and so on, in assignments too",
        "AOR; PIT MATH; Mull cxx_add_to_sub and others",
        _arithmetic,
        (
            Example(
                "python",
                "def f(a, b):\n    a += b\n    return a // b\n",
                (
                    "def f(a, b):\n    a += b\n    return a / b\n",
                    "def f(a, b):\n    a -= b\n    return a // b\n",
                ),
            ),
            Example("python", "def f(a):\n    return 'x' + a * 1\n", why="a text; `a / 1` is `a`"),
            Example(
                "java",
                "class A { int f(int a, int b) { a *= b; return a + b % 2; } }",
                (
                    "class A { int f(int a, int b) { a *= b; return a - b % 2; } }",
                    "class A { int f(int a, int b) { a *= b; return a + b * 2; } }",
                    "class A { int f(int a, int b) { a /= b; return a + b % 2; } }",
                ),
            ),
            Example("java", 'class A { String f(B b) { return "x" + b; } }', why="a text"),
            Example(
                "cpp",
                "int f(int a, int b) { return (a - b) * 2; }",
                (
                    "int f(int a, int b) { return (a - b) / 2; }",
                    "int f(int a, int b) { return (a + b) * 2; }",
                ),
            ),
            Example("cpp", "long f(char* a, char* b) { return a - b; }", why="pointers do not add"),
            Example("cpp", "int f(int a) { return a + 0; }", why="`a - 0` is the same"),
        ),
    ),
    Operator(
        "bitwise",
        "`|` for `&`, `&` for `^`, `>>` for `<<`, and so on",
        "LOR, SOR; PIT MATH; Mull cxx_bitwise",
        _bitwise,
        (
            Example(
                "python",
                "def f(a, b):\n    a <<= 1\n    return a & b\n",
                (
                    "def f(a, b):\n    a <<= 1\n    return a | b\n",
                    "def f(a, b):\n    a >>= 1\n    return a & b\n",
                ),
            ),
            Example(
                "java",
                "class A { int f(int a) { return a >>> 3 ^ 1; } }",
                (
                    "class A { int f(int a) { return a >>> 3 & 1; } }",
                    "class A { int f(int a) { return a << 3 ^ 1; } }",
                ),
            ),
            Example("cpp", "int f(int a) { return a | 4; }", ("int f(int a) { return a & 4; }",)),
            Example("cpp", "void f(S& s) { s << 1; }", why="a stream, it may be"),
        ),
    ),
)
