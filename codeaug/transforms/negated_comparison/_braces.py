"""`a < b` as `!(a >= b)` in Java and C++."""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.model import Edit
from codeaug.predicates.braces import require_no_macros
from codeaug.predicates.conditions import negated, operator_of
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code
from codeaug.transforms import Site, Subject
from codeaug.transforms._sites import require_no_comments, sites

_COMPARISONS = ("==", "!=", "<", ">", "<=", ">=")


def negate_comparison(subject: Subject) -> Iterator[Site]:
    """Each comparison that is no operand but of `&&` and `||`."""
    return sites(subject, lambda code: code.found("binary_expression"), _twice)


def _twice(code: Code, node: Node) -> tuple[Edit, ...] | None:
    if operator_of(node) not in _COMPARISONS or _is_operand(node):
        return None
    require_no_comments(code, node, node.start, node.end)
    require_no_macros(code, node)
    return (Edit(node.start, node.end, f"!({negated(code, node)})"),)


def _is_operand(node: Node) -> bool:
    """Whether an operator that binds tighter than `&&` takes it: `!(a) == b` is a warning."""
    above = node.parent
    while above is not None and above.kind == "parenthesized_expression":
        above = above.parent
    if above is None or above.kind in ("unary_expression", "cast_expression"):
        return True
    return above.kind == "binary_expression" and operator_of(above) not in ("&&", "||")
