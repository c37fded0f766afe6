"""Cases with arrows or with colons in Java."""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.model import Edit
from codeaug.predicates.evaluation import LITERALS
from codeaug.predicates.flow import jumps_away
from codeaug.predicates.freshness import declared_in
from codeaug.predicates.layout import Body, body_of, indent_at, indented
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code
from codeaug.predicates.verdicts import Declined, require
from codeaug.transforms import Directions, Site, Subject
from codeaug.transforms._sites import replacement, require_no_comments, sites
from codeaug.transforms.switch_arrows._java_examples import TO_ARROWS, TO_COLONS
from codeaug.transforms.switch_chain._groups import (
    Group,
    arm_of,
    groups_of,
    require_no_fall_through,
    require_own_names,
    statements_of,
)

_ALONE = ("expression_statement", "throw_statement")


def colons_to_arrows(subject: Subject) -> Iterator[Site]:
    """Each `switch` statement with colons, in a file that has arrows."""
    return sites(subject, _switches, _arrowed)


def arrows_to_colons(subject: Subject) -> Iterator[Site]:
    """Each `switch` statement with arrows."""
    return sites(subject, _switches, _coloned)


def _switches(code: Code) -> Iterator[Node]:
    for node in code.by_kind.get("switch_expression", ()):
        body = node.child("body")
        if node.parent is not None and node.parent.kind == "block" and body is not None:
            yield node


def _body(node: Node) -> Node:
    body = node.child("body")
    assert body is not None
    return body


def _has_arrows(body: Node) -> bool:
    return any(group.token("->") is not None for group in body.parts)


def _head(code: Code, node: Node, body: Node) -> str:
    require_no_comments(code, node, node.start, body.start + 1)
    return code.source[node.start : body.start + 1].decode()


def _require_constant(labels: list[Node]) -> None:
    for label in labels:
        negative = label.kind == "unary_expression" and label.text.startswith("-")
        plain = label.kind in LITERALS or label.kind in ("identifier", "field_access") or negative
        require(plain and label.kind != "null_literal", "BUILTIN", "a pattern or null")


# --- to arrows ------------------------------------------------------------------------------------


def _arrowed(code: Code, node: Node) -> tuple[Edit, ...] | None:
    body = _body(node)
    if _has_arrows(body):
        return None
    used = any(_has_arrows(other) for other in code.root.find("switch_block"))
    require(used, "NATURAL", "this file has no arrows")
    groups = groups_of(body)
    require(bool(groups), "NATURAL", "a switch without cases")
    require_no_fall_through(groups)
    require_own_names(code, groups)
    lines: list[str] = [_head(code, node, body)]
    for group in groups:
        _require_constant(group.labels)
        lines += indented(_rule(code, group), _case_indent(code, node, body))
    return (replacement(code, node, node, (*lines, "}")),)


def _rule(code: Code, group: Group) -> Body:
    """One group of cases with an arrow."""
    require(not (group.default and group.labels), "NATURAL", "a default beside other cases")
    labels = ", ".join(label.text for label in group.labels)
    head = "default ->" if group.default else f"case {labels} ->"
    every = [s for s in statements_of(group) if not _is_break(s)]
    body = arm_of(group)
    require(bool(body), "NATURAL", "an empty case")
    single = len(every) == 1 and every[0].kind in _ALONE and "\n" not in every[0].text
    if single and all(child is every[0] or _is_break(child) for child in group.inside):
        return (f"{head} {every[0].text}",)
    return (f"{head} {{", *indented(body, code.layout.unit), "}")


def _is_break(statement: Node) -> bool:
    return statement.kind == "break_statement" and not statement.parts


def _case_indent(code: Code, node: Node, body: Node) -> str:
    """How far the switch indents its cases."""
    outer, inner = (indent_at(code.source, n.start) for n in (node, body.parts[0]))
    require(inner.startswith(outer), "NATURAL", "an unusual indentation")
    return inner[len(outer) :]


# --- to colons ------------------------------------------------------------------------------------


def _coloned(code: Code, node: Node) -> tuple[Edit, ...] | None:
    body = _body(node)
    if not _has_arrows(body):
        return None
    lines: list[str] = [_head(code, node, body)]
    for rule in body.parts:
        lines += indented(_group(code, rule), _case_indent(code, node, body))
    return (replacement(code, node, node, (*lines, "}")),)


def _group(code: Code, rule: Node) -> Body:
    """One case with an arrow as labels, lines and a `break`."""
    label, *done = rule.parts
    if label.kind != "switch_label" or len(done) != 1:
        raise Declined("BUILTIN", "an unusual case")
    _require_constant(label.parts)
    names = tuple(f"case {each.text}:" for each in label.parts)
    if label.token("default") is not None:
        require(not names, "NATURAL", "a default beside other cases")
        names = ("default:",)
    statement, unit = done[0], code.layout.unit
    body = body_of(statement)
    if not jumps_away(statement):
        body = (*body, "break;")
    if statement.kind == "block" and declared_in(code, statement):
        return (*names[:-1], f"{names[-1]} {{", *indented(body, unit), "}")
    return (*names, *indented(body, unit))


DIRECTIONS: Directions = {
    "colons-to-arrows": (colons_to_arrows, TO_ARROWS),
    "arrows-to-colons": (arrows_to_colons, TO_COLONS),
}
