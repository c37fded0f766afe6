"""Another relational operator: at the boundary, its opposite, and what is left of it.

ROR of Offutt et al., reduced to the sufficient replacements of Kaminski, Ammann, Offutt (AST 2011);
PIT CONDITIONALS_BOUNDARY and NEGATE_CONDITIONALS; Mull `cxx_comparison`, `cxx_boundary`.
"""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.mutations.body import Body, replaced, shown
from codeaug.mutations.operands import (
    Binary,
    binaries,
    is_literal,
    is_number,
    is_scalar,
    is_unsigned,
)
from codeaug.mutations.operator import Example, Fault, Operator

_BOUNDARY = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
_STRONGER = {"<": "!=", "<=": "==", ">": "!=", ">=": "==", "==": ">=", "!=": "<"}
_LOOPS = ("for_statement", "while_statement", "do_statement")


def _boundary(body: Body) -> Iterator[Fault]:
    for each in _comparisons(body, _BOUNDARY):
        old = each.operator.text
        never_less = is_unsigned(body, each.left) and is_literal(each.right, "0")
        if old not in ("<", ">=") or not never_less:
            yield _fault(each, _BOUNDARY[old], "equals")


def _negation(body: Body) -> Iterator[Fault]:
    for each in _comparisons(body, _OPPOSITE):
        yield _fault(each, _OPPOSITE[each.operator.text], "")


def _replacement(body: Body) -> Iterator[Fault]:
    for each in _comparisons(body, _STRONGER):
        if not is_number(body, each.left) or not is_number(body, each.right):
            continue
        old = each.operator.text
        if old in ("==", "!="):
            if body.language != "python" and not is_unsigned(body, each.left):
                side = "greater" if old == "==" else "less"
                yield _fault(each, _STRONGER[old], f"is {side} than")
        elif not _counts(each) and not _is_least(body, each):
            side = "greater" if old in ("<", ">=") else "less"
            yield _fault(each, _STRONGER[old], f"is {side} than")


def _comparisons(body: Body, table: dict[str, str]) -> Iterator[Binary]:
    for each in binaries(body):
        operator = each.operator.text
        if operator not in table:
            continue
        equality = operator in ("==", "!=")
        if equality or body.language != "cpp" or _is_known(body, each):
            yield each


def _is_known(body: Body, each: Binary) -> bool:
    """C++: whether the other operators are surely defined where this one is."""
    return is_scalar(body, each.left) or is_scalar(body, each.right)


def _counts(each: Binary) -> bool:
    """Whether this is a counting loop's condition, where `i != n` mostly is `i < n`."""
    return any(
        above.kind in _LOOPS
        and (condition := above.child("condition")) is not None
        and each.node.within(condition)
        for above in each.node.ancestors()
    )


def _is_least(body: Body, each: Binary) -> bool:
    """Whether `u > 0` is `u != 0`, `u <= 0` is `u == 0`, and the like."""
    return is_unsigned(body, each.left) and is_literal(each.right, "0", "1")


def _fault(each: Binary, new: str, where: str) -> Fault:
    old = each.operator.text
    hint = f"check the result when {shown(each.left)} {where} {shown(each.right)}"
    if not where:
        hint = f"check the result when {shown(each.node)} holds, and when it does not"
    return Fault(replaced(each.operator, new), f"`{new}` for `{old}`", hint)


OPERATORS = (
    Operator(
        "conditional-boundary",
        "`<=` for `<`, `>` for `>=`, and so on",
        "PIT CONDITIONALS_BOUNDARY; Mull cxx_lt_to_le",
        _boundary,
        (
            Example(
                "python",
                "def f(a, b):\n    return 0 <= a < b\n",
                ("def f(a, b):\n    return 0 < a < b\n", "def f(a, b):\n    return 0 <= a <= b\n"),
            ),
            Example("python", "def f(a):\n    return len(a) >= 0\n", why="never below zero"),
            Example(
                "java",
                "class A { boolean f(int a) { return a > 1; } }",
                ("class A { boolean f(int a) { return a >= 1; } }",),
            ),
            Example("java", "class A { boolean f(Object a) { return a == null; } }"),
            Example(
                "cpp", "bool f(int a) { return a <= 1; }", ("bool f(int a) { return a < 1; }",)
            ),
            Example("cpp", "bool f(B a, B b) { return a < b; }", why="`<=` may not be defined"),
            Example("cpp", "bool f(unsigned a) { return a >= 0; }", why="never below zero"),
        ),
    ),
    Operator(
        "negate-comparison",
        "`!=` for `==`, `>=` for `<`, and so on",
        "ROR; PIT NEGATE_CONDITIONALS",
        _negation,
        (
            Example(
                "python",
                "def f(a):\n    return a == 1\n",
                ("def f(a):\n    return a != 1\n",),
            ),
            Example(
                "java",
                "class A { boolean f(Object a) { return a != null; } }",
                ("class A { boolean f(Object a) { return a == null; } }",),
            ),
            Example(
                "cpp", "bool f(int a) { return a < 2; }", ("bool f(int a) { return a >= 2; }",)
            ),
            Example("cpp", "bool f(int a, int b) { return a & b; }"),
        ),
    ),
    Operator(
        "relational",
        "`!=` for `<`, `==` for `<=`, `>=` for `==`, and so on, between numbers",
        "ROR, sufficient replacements (Kaminski et al.)",
        _replacement,
        (
            Example(
                "python", "def f(a, b):\n    return a < b\n", ("def f(a, b):\n    return a != b\n",)
            ),
            Example("python", "def f(a):\n    return len(a) > 0\n", why="`!=` is the same"),
            Example(
                "java",
                "class A { boolean f(int a, int b) { return a == b; } }",
                ("class A { boolean f(int a, int b) { return a >= b; } }",),
            ),
            Example(
                "java",
                "class A { void f(int n) { for (int i = 0; i < n; i++) g(i); } }",
                why="a counting loop ends at the same place",
            ),
            Example(
                "cpp",
                "bool f(int a, int b) { return a >= b; }",
                ("bool f(int a, int b) { return a == b; }",),
            ),
            Example("cpp", "bool f(unsigned a) { return a > 0; }", why="`!=` is the same"),
        ),
    ),
)
