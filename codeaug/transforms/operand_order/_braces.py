"""`a + b` as `b + a` in Java and C++."""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.model import Edit
from codeaug.predicates import cpp_types, java_types
from codeaug.predicates.braces import require_no_macros, type_of
from codeaug.predicates.conditions import operator_of
from codeaug.predicates.evaluation import LITERALS, is_nothrow, is_pure
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code
from codeaug.predicates.verdicts import require
from codeaug.transforms import Site, Subject
from codeaug.transforms._sites import require_no_comments, sites

_PLAIN = LITERALS | {"identifier", "parenthesized_expression"}
_COMPARISONS = ("==", "!=", "<", ">", "<=", ">=")
_VALUES = ("+", "*", "==", "!=", "&", "|", "^")
_LOGICAL = ("&&", "||")


def swap_operands(subject: Subject) -> Iterator[Site]:
    """Each operation that gives the same for its operands in either order."""
    return sites(subject, lambda code: code.found("binary_expression"), _swapped)


def _swapped(code: Code, node: Node) -> tuple[Edit, ...] | None:
    left, right, operator = node.child("left"), node.child("right"), operator_of(node)
    if left is None or right is None or operator not in (*_VALUES, *_LOGICAL):
        return None
    plain = all(_is_plain(side, operator) for side in (left, right))
    if not plain or left.text == right.text:
        return None
    if operator in ("==", "!=") and LITERALS & {left.kind, right.kind}:
        return None  # literal-first's
    require_no_comments(code, node, node.start, node.end)
    require_no_macros(code, node)
    if operator in _LOGICAL:
        quiet = is_nothrow(code, left) and is_nothrow(code, right)
        require(quiet, "NOTHROW", "what is left out today may do something or throw")
    else:
        whole = _is_whole(code, left) and _is_whole(code, right)
        require(whole, "INTEGRAL", "the operands are not proven to be integers")
        pure = is_pure(code, left) and is_pure(code, right)
        require(pure, "PURE", "the other operand may change it")
    between = code.source[left.end : right.start].decode("utf-8", "surrogateescape")
    return (Edit(node.start, node.end, right.text + between + left.text),)


def _is_plain(side: Node, operator: str) -> bool:
    """Whether it can stand on either side without parentheses."""
    compared = side.kind == "binary_expression" and operator_of(side) in _COMPARISONS
    return side.kind in _PLAIN or (compared and operator in _LOGICAL)


def _is_whole(code: Code, side: Node) -> bool:
    kind = type_of(code, side)
    if code.language == "java":
        return kind in (*java_types.INTEGRAL, "boolean")
    return kind in cpp_types.INTEGRAL
