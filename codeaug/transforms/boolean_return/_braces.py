"""`if (c) return true; return false;` as `return c;`, and back, in Java and C++."""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.model import Edit
from codeaug.predicates.braces import boolean_name, return_type, type_of
from codeaug.predicates.conditions import condition_of, negated, operator_of
from codeaug.predicates.flow import branches, in_lambda, in_plain_block, statements
from codeaug.predicates.java import has_pattern
from codeaug.predicates.layout import compose_if
from codeaug.predicates.nodes import Node, unwrapped
from codeaug.predicates.scopes import Code
from codeaug.predicates.verdicts import require
from codeaug.transforms import Site, Subject
from codeaug.transforms._sites import ifs, replacement, sites, usual_if_style

_CONDITIONS = ("==", "!=", "<", ">", "<=", ">=", "&&", "||")


def simplify_boolean_return(subject: Subject) -> Iterator[Site]:
    """Each `if` that only chooses between returning true and false."""
    return sites(subject, ifs, _simplified)


def expand_boolean_return(subject: Subject) -> Iterator[Site]:
    """Each return of a comparison or of a logical expression."""
    return sites(subject, lambda code: code.function.find("return_statement"), _expanded)


def _simplified(code: Code, node: Node) -> tuple[Edit, ...] | None:
    then, other = branches(node)
    last = node
    if other is None:
        following = node.following()
        if not following or not in_plain_block(node):
            return None
        other = last = following[0]
    first, second = _answer(then), _answer(other)
    if {first, second} != {"true", "false"}:
        return None
    condition = condition_of(node)
    require(in_plain_block(node), "NATURAL", "the end of an else-if chain")
    _require_boolean(code, node)
    if code.language == "cpp":
        known = type_of(code, condition) == "bool"
        require(known, "BOOLVAL", "the condition is not proven to be a plain bool")
    text = condition.text if first == "true" else negated(code, condition)
    return (replacement(code, node, last, (f"return {text};",)),)


def _answer(branch: Node) -> str:
    """`true` or `false` where the branch only returns that."""
    only = statements(branch)
    if len(only) != 1 or only[0].kind != "return_statement" or len(only[0].parts) != 1:
        return ""
    return only[0].parts[0].kind


def _require_boolean(code: Code, node: Node) -> None:
    require(not in_lambda(code, node), "BOOLVAL", "a lambda's result type is inferred")
    wanted = boolean_name(code)
    require(return_type(code) == wanted, "BOOLVAL", f"the result is not a plain {wanted}")


def _expanded(code: Code, node: Node) -> tuple[Edit, ...] | None:
    if len(node.parts) != 1:
        return None
    value = unwrapped(node.parts[0])
    comparison = value.kind == "binary_expression" and operator_of(value) in _CONDITIONS
    if not comparison and value.kind != "instanceof_expression":
        return None
    require(in_plain_block(node), "NATURAL", "a return without a block around it")
    _require_boolean(code, node)
    require(not has_pattern(value), "FLOW", "a pattern variable's scope would change")
    require("\n" not in value.text, "NATURAL", "a condition of several lines")
    if code.language == "cpp":
        known = type_of(code, value) == "bool"
        require(known, "BOOLVAL", "the value is not proven to be a plain bool")
    layout = code.layout
    guard = compose_if(layout, usual_if_style(code), value.text, ("return true;",))
    return (replacement(code, node, node, (*guard, "return false;")),)
