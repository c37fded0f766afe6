"""`i++` as `++i`, and back, or as `i += 1`, in Java and C++."""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.model import Edit
from codeaug.predicates import cpp_std, cpp_types
from codeaug.predicates.braces import is_builtin, require_no_macros, type_of
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code
from codeaug.predicates.verdicts import require
from codeaug.transforms import Site, Subject
from codeaug.transforms._sites import require_no_comments, sites

_NARROW = frozenset({"bool", "char", "signed char", "unsigned char", "short", "unsigned short"})
_TIGHT = frozenset({"identifier", "field_access", "array_access", "parenthesized_expression"})


def prefix_increment(subject: Subject) -> Iterator[Site]:
    """Each `i++` or `i--` whose value nobody uses."""
    return sites(subject, lambda code: code.found("update_expression"), _prefixed)


def _prefixed(code: Code, node: Node) -> tuple[Edit, ...] | None:
    operand, sign = node.children[0], node.children[-1]
    if sign.kind not in ("++", "--") or not _unused(node):
        return None
    _require_alike(code, node, operand)
    return (Edit(node.start, node.end, sign.kind + operand.text),)


def postfix_increment(subject: Subject) -> Iterator[Site]:
    """Each `++i` or `--i` whose value nobody uses."""
    return sites(subject, lambda code: code.found("update_expression"), _postfixed)


def _postfixed(code: Code, node: Node) -> tuple[Edit, ...] | None:
    sign, operand = node.children[0], node.children[-1]
    if sign.kind not in ("++", "--") or not _unused(node):
        return None
    _require_alike(code, node, operand)
    text = operand.text if operand.kind in _TIGHT else f"({operand.text})"
    return (Edit(node.start, node.end, text + sign.kind),)


def increment_to_assignment(subject: Subject) -> Iterator[Site]:
    """Each increment or decrement whose value nobody uses."""
    return sites(subject, lambda code: code.found("update_expression"), _assigned)


def _assigned(code: Code, node: Node) -> tuple[Edit, ...] | None:
    sign = node.token("++") or node.token("--")
    if sign is None or not node.parts or not _unused(node):
        return None
    operand = node.parts[0]
    _require_alike(code, node, operand)
    kind = type_of(code, operand)
    known = is_builtin(code, kind) and (code.language == "java" or kind not in _NARROW)
    require(known, "BUILTIN", "it may be boxed or overloaded, or be narrowed with a warning")
    return (Edit(node.start, node.end, f"{operand.text} {sign.kind[0]}= 1"),)


def _unused(node: Node) -> bool:
    """Whether the expression is a statement, or one of the updates of a `for`."""
    above, below = node.parent, node
    while above is not None and above.kind == "comma_expression":
        below, above = above, above.parent
    if above is None:
        return False
    if above.kind != "for_statement" or below.field != "update":
        return above.kind == "expression_statement"
    others = [n for n in above.children if n.field == "update" and n is not node]
    alike = any(n is not node for other in others for n in other.find("update_expression"))
    require(not alike, "NATURAL", "another one beside it would look different")
    return True


def _require_alike(code: Code, node: Node, operand: Node) -> None:
    """BUILTIN: both operators do the same, the value apart."""
    require_no_comments(code, node, node.start, node.end)
    plain = operand.kind in _TIGHT or operand.kind == "pointer_expression"
    require(plain, "NATURAL", "an unusual operand")
    if code.language == "java":
        return
    require_no_macros(code, node)
    builtin = is_builtin(code, type_of(code, operand)) or _is_iterator(code, operand)
    require(builtin, "BUILTIN", "the operator may be overloaded, or atomic")


def _is_iterator(code: Code, operand: Node) -> bool:
    if operand.kind != "identifier":
        return False
    if cpp_std.is_iterator(cpp_types.written_type(code, operand)):
        return True
    local = code.lookup(operand.text, operand.start)
    return local is not None and bool(cpp_types.iterator_type(code, local))
