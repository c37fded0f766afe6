"""`1 == n` as `n == 1`, and back, and `a < b` as `b > a`, in Java and C++."""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.model import Edit
from codeaug.predicates.braces import is_builtin, require_no_macros, type_of
from codeaug.predicates.conditions import operator_of
from codeaug.predicates.evaluation import LITERALS, is_pure
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code
from codeaug.predicates.verdicts import require
from codeaug.transforms import Site, Subject
from codeaug.transforms._sites import require_no_comments, sites

_MIRRORED = {"==": "==", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
_ORDERS = ("<", ">", "<=", ">=")
_WHOLE = frozenset(
    {"identifier", "field_access", "array_access", "call", "parenthesized_expression"}
)


def literal_last(subject: Subject) -> Iterator[Site]:
    """Each comparison that begins with a literal."""
    return sites(subject, lambda code: code.found("binary_expression"), _last)


def literal_first(subject: Subject) -> Iterator[Site]:
    """Each comparison that ends with a literal."""
    return sites(subject, lambda code: code.found("binary_expression"), _first)


def _last(code: Code, node: Node) -> tuple[Edit, ...] | None:
    left, right = node.child("left"), node.child("right")
    if left is None or right is None or not _is_literal(left) or _is_literal(right):
        return None
    require(not _begins_range(node, right), "NATURAL", "a range reads from low to high")
    return _beside_literal(code, node, left, right, right)


def _begins_range(node: Node, value: Node) -> bool:
    """Whether it is the `0 <= n` of `0 <= n && n < most`."""
    above = node.parent
    other = above.child("right") if above is not None and operator_of(above) == "&&" else None
    inner = other.child("left") if other is not None and other is not node else None
    alike = inner is not None and other is not None and inner.text == value.text
    return alike and other is not None and {operator_of(node), operator_of(other)} <= {"<", "<="}


def _first(code: Code, node: Node) -> tuple[Edit, ...] | None:
    left, right = node.child("left"), node.child("right")
    if left is None or right is None or not _is_literal(right) or _is_literal(left):
        return None
    return _beside_literal(code, node, left, right, left)


def mirror_comparison(subject: Subject) -> Iterator[Site]:
    """Each comparison by `<`, `>`, `<=` or `>=` of two values of which none is a literal."""
    return sites(subject, lambda code: code.found("binary_expression"), _values)


def _values(code: Code, node: Node) -> tuple[Edit, ...] | None:
    left, right = node.child("left"), node.child("right")
    if left is None or right is None or operator_of(node) not in _ORDERS:
        return None
    if _is_literal(left) or _is_literal(right):
        return None
    known = all(is_builtin(code, type_of(code, side)) for side in (left, right))
    require(known, "BUILTIN", "the operator may be overloaded, or a value boxed")
    require(is_pure(code, left) and is_pure(code, right), "PURE", "one may change the other")
    return _mirrored(code, node, left, right)


def _beside_literal(
    code: Code, node: Node, left: Node, right: Node, value: Node
) -> tuple[Edit, ...] | None:
    if operator_of(node) not in _MIRRORED:
        return None
    require(value.kind in _WHOLE, "NATURAL", "an operand that would need parentheses")
    if code.language == "cpp":
        known = all(is_builtin(code, type_of(code, side)) for side in (left, right))
        require(known, "BUILTIN", "the operator may be overloaded")
    return _mirrored(code, node, left, right)


def _mirrored(code: Code, node: Node, left: Node, right: Node) -> tuple[Edit, ...]:
    operator = operator_of(node)
    require_no_comments(code, node, node.start, node.end)
    require("\n" not in node.text, "NATURAL", "a comparison of several lines")
    require_no_macros(code, node)
    listed = any(above.kind == "template_argument_list" for above in node.ancestors())
    require(not listed, "NODEP", "an argument of a template")
    between = code.source[left.end : right.start].decode("utf-8", "surrogateescape")
    text = right.text + between.replace(operator, _MIRRORED[operator]) + left.text
    return (Edit(node.start, node.end, text),)


def _is_literal(node: Node) -> bool:
    negative = node.kind == "unary_expression" and node.text[:1] == "-" and bool(node.parts)
    return (node.parts[-1] if negative else node).kind in LITERALS
