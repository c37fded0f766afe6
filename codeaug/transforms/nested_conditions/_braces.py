"""`if (a) { if (b) X }` as `if (a && b) X`, and back, in Java and C++."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from codeaug.model import Edit
from codeaug.predicates import cpp, java
from codeaug.predicates.braces import is_builtin, type_of
from codeaug.predicates.conditions import condition_of, operator_of
from codeaug.predicates.flow import SIMPLE, branches, in_plain_block, statements
from codeaug.predicates.layout import body_of, compose_if, if_style
from codeaug.predicates.nodes import Node, unwrapped
from codeaug.predicates.scopes import Code
from codeaug.predicates.verdicts import require
from codeaug.transforms import Site, Subject
from codeaug.transforms._sites import ifs, replacement, sites

_LOOSER = frozenset({"||"})
_NEVER = ("assignment_expression", "ternary_expression", "lambda_expression", "comma_expression")


def merge_conditions(subject: Subject) -> Iterator[Site]:
    """Each `if` that holds nothing but another `if`."""
    return sites(subject, ifs, _merged)


def split_condition(subject: Subject) -> Iterator[Site]:
    """Each `if` on a conjunction."""
    return sites(subject, ifs, _split)


def _merged(code: Code, node: Node) -> tuple[Edit, ...] | None:
    then, other = branches(node)
    only = statements(then)
    if other is not None or len(only) != 1 or only[0].kind != "if_statement":
        return None
    inner, inner_other = branches(only[0])
    if inner_other is not None or not _has_room(node):
        return None
    outer_condition, inner_condition = condition_of(node), condition_of(only[0])
    _require_operands(code, outer_condition, inner_condition)
    text = f"{_operand(outer_condition)} && {_operand(inner_condition)}"
    style = if_style(node, then if then.kind == "block" else inner)
    body = compose_if(code.layout, style, text, body_of(inner))
    return (replacement(code, node, node, body),)


def _split(code: Code, node: Node) -> tuple[Edit, ...] | None:
    condition = unwrapped(_condition(node) or node)
    if condition.kind != "binary_expression" or operator_of(condition) != "&&":
        return None
    then, other = branches(node)
    left, right = condition.child("left"), condition.child("right")
    if other is not None or left is None or right is None or not _has_room(node):
        return None
    condition_of(node)
    _require_operands(code, left, right)
    braced = then.kind == "block" or then.kind in SIMPLE
    require(braced, "REACH", "an else could move to another if")
    layout, style = code.layout, if_style(node, then)
    inner = compose_if(layout, style, unwrapped(right).text, body_of(then))
    outer = compose_if(layout, replace(style, braces=True), unwrapped(left).text, inner)
    return (replacement(code, node, node, outer),)


def _condition(node: Node) -> Node | None:
    condition = node.child("condition")
    if condition is not None and condition.kind == "condition_clause":
        return condition.child("value")
    return condition


def _has_room(node: Node) -> bool:
    return in_plain_block(node) or node.field == "alternative" or _is_else(node)


def _is_else(node: Node) -> bool:
    return node.parent is not None and node.parent.kind == "else_clause"


def _require_operands(code: Code, *operands: Node) -> None:
    for operand in operands:
        inner = unwrapped(operand)
        require(not java.has_pattern(inner), "FLOW", "a pattern variable's scope would change")
        odd = inner.kind in _NEVER
        require(not odd, "NATURAL", "an assignment or a conditional would be an operand")
        require("\n" not in inner.text, "NATURAL", "a condition of several lines")
        if code.language == "cpp":
            _require_logical(code, inner)


def _require_logical(code: Code, operand: Node) -> None:
    """`&&` is the language's own: no overload in sight and no template parameter to bring one."""
    if is_builtin(code, type_of(code, operand)):
        return
    require(not cpp.in_template(code), "NODEP", "its type may depend on a template parameter")
    overloaded = b"operator&&" in code.source or b"operator &&" in code.source
    require(not overloaded, "BUILTIN", "operator&& is overloaded in this file")


def _operand(condition: Node) -> str:
    inner = unwrapped(condition)
    loose = inner.kind == "binary_expression" and operator_of(inner) in _LOOSER
    return f"({inner.text})" if loose else inner.text
