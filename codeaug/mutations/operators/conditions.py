"""A condition turned round, or fixed: does any test take both branches, and notice which?

LCR/UOI of Offutt et al.; PIT NEGATE_CONDITIONALS and REMOVE_CONDITIONALS; cosmic-ray `core/AddNot`.
"""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.model import Edit
from codeaug.mutations.body import Body, replaced, shown
from codeaug.mutations.operator import Example, Fault, Operator
from codeaug.mutations.removal import ends_checked, targets
from codeaug.predicates.java import has_pattern
from codeaug.predicates.nodes import Node, unwrapped

_CONDITIONAL = ("if_statement", "elif_clause", "while_statement", "do_statement", "for_statement")
_COMPARISONS = ("comparison_operator", "binary_expression")
_RELATIONAL = ("==", "!=", "<", ">", "<=", ">=", "is", "is not", "in", "not in")
_CONSTANT = ("true", "false", "True", "False", "0", "1")
_TIGHT = ("identifier", "call", "field_access", "attribute", "array_access", "subscript")


def _negation(body: Body) -> Iterator[Fault]:
    for condition in _conditions(body, *_CONDITIONAL, "ternary_expression"):
        if _is_comparison(condition) or (body.language == "java" and has_pattern(condition)):
            continue  # comparisons have an operator of their own
        what = shown(condition)
        hint = f"check the result when {what} holds, and when it does not"
        yield Fault(_negated(body, condition), f"the condition {what} negated", hint)


def _forced(body: Body) -> Iterator[Fault]:
    for condition in _conditions(body, "if_statement", "elif_clause"):
        changes = any(True for _ in targets(condition)) or has_pattern(condition)
        if changes or ends_checked(body, condition):
            continue
        for value, holds in (("true", "does not hold"), ("false", "holds")):
            text = value.capitalize() if body.language == "python" else value
            yield Fault(
                replaced(condition, text),
                f"`{text}` for the condition {shown(condition)}",
                f"check the result when {shown(condition)} {holds}",
            )


def _conditions(body: Body, *kinds: str) -> Iterator[Node]:
    for node in body.find(*kinds):
        condition = node.child("condition")
        if node.kind == "ternary_expression" and condition is None and len(node.parts) == 3:
            condition = node.parts[1]
        if condition is None or node.token("constexpr"):
            continue
        if condition.kind == "condition_clause":
            condition = None if condition.child("initializer") else condition.child("value")
        inner = unwrapped(condition) if condition is not None else None
        if inner is None or inner.kind == "local_variable_declaration":
            continue
        if inner.text not in _CONSTANT and body.is_own(inner):
            yield inner


def _is_comparison(node: Node) -> bool:
    if node.kind not in _COMPARISONS or len(node.parts) > 2:
        return False
    return any(child.kind in _RELATIONAL for child in node.children)


def _negated(body: Body, node: Node) -> tuple[Edit, ...]:
    inner = node.child("argument")
    if node.kind == "not_operator" and inner is not None:
        return (Edit(node.start, inner.start, ""),)
    if node.kind == "unary_expression" and inner is not None and node.text.startswith("!"):
        return (Edit(node.start, inner.start, ""),)
    if body.language == "python":
        return (Edit(node.start, node.start, "not ("), Edit(node.end, node.end, ")"))
    if node.kind in _TIGHT:
        return (Edit(node.start, node.start, "!"),)
    return (Edit(node.start, node.start, "!("), Edit(node.end, node.end, ")"))


OPERATORS = (
    Operator(
        "negate-condition",
        "The condition of a branch or loop negated, other than a comparison",
        "PIT NEGATE_CONDITIONALS; cosmic-ray core/AddNot; Mull negate_mutator",
        _negation,
        (
            Example(
                "python",
                "def f(a, b):\n    if a and b:\n        return 1 if not a else 2\n",
                (
                    "def f(a, b):\n    if not (a and b):\n        return 1 if not a else 2\n",
                    "def f(a, b):\n    if a and b:\n        return 1 if a else 2\n",
                ),
            ),
            Example("python", "def f(a):\n    while True:\n        a()\n"),
            Example(
                "java",
                "class A { void f(B b) { if (b.g()) b.h(); while (!b.g()) b.i(); } }",
                (
                    "class A { void f(B b) { if (!b.g()) b.h(); while (!b.g()) b.i(); } }",
                    "class A { void f(B b) { if (b.g()) b.h(); while (b.g()) b.i(); } }",
                ),
            ),
            Example(
                "java",
                "class A { void f(Object b) { if (b instanceof B c) c.h(); } }",
                why="c would not be in scope",
            ),
            Example(
                "cpp",
                "int f(int* a) { return a ? 1 : 2; }",
                ("int f(int* a) { return !a ? 1 : 2; }",),
            ),
            Example("cpp", "int f() { if (int a = g()) return a; return 2; }", why="a declaration"),
        ),
    ),
    Operator(
        "force-condition",
        "The condition of an `if` always true, or always false",
        "PIT REMOVE_CONDITIONALS",
        _forced,
        (
            Example(
                "python",
                "def f(a):\n    if a > 1:\n        return 1\n",
                (
                    "def f(a):\n    if True:\n        return 1\n",
                    "def f(a):\n    if False:\n        return 1\n",
                ),
            ),
            Example("python", "def f(a):\n    if (b := a):\n        b()\n", why="b is set there"),
            Example(
                "java",
                "class A { void f(int a) { if (a > 1) g(); } }",
                (
                    "class A { void f(int a) { if (true) g(); } }",
                    "class A { void f(int a) { if (false) g(); } }",
                ),
            ),
            Example(
                "java",
                "class A { void f(int a) { int b; if ((b = g()) > 1) h(b); } }",
                why="b is set there",
            ),
            Example(
                "cpp",
                "void f(int a) { if (a) g(); }",
                ("void f(int a) { if (true) g(); }", "void f(int a) { if (false) g(); }"),
            ),
            Example("cpp", "void f(int a) { if constexpr (N > 1) g(); }", why="for the compiler"),
        ),
    ),
)
