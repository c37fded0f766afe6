"""`switch` as a chain of `if`s in Java and C++."""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.model import Edit
from codeaug.predicates.braces import require_no_macros, type_of
from codeaug.predicates.conditions import operator_of
from codeaug.predicates.evaluation import is_pure
from codeaug.predicates.flow import require_no_labels
from codeaug.predicates.layout import (
    Body,
    Layout,
    compose_block,
)
from codeaug.predicates.nodes import Node, unwrapped
from codeaug.predicates.scopes import Code
from codeaug.predicates.verdicts import require
from codeaug.transforms import Site, Subject
from codeaug.transforms._sites import replacement, require_no_comments, sites, usual_if_style
from codeaug.transforms.switch_chain._cases import (
    STRING,
    compared_type,
    require_case,
)
from codeaug.transforms.switch_chain._groups import (
    Group,
    arm_of,
    groups_of,
    require_only_last_breaks,
    require_own_names,
)

_MOST_GROUPS = 7
_MOST_LABELS = 5
_MOST_LINES = 60


def switch_to_if(subject: Subject) -> Iterator[Site]:
    """Each `switch` statement."""
    return sites(subject, lambda code: code.by_kind.get("switch_expression", ()), _chained)


def _chained(code: Code, node: Node) -> tuple[Edit, ...] | None:
    body, test = node.child("body"), _test_of(node)
    if body is None or test is None or node.parent is None or node.parent.kind != "block":
        return None
    arrows = any(group.token("->") is not None for group in body.parts)
    if arrows:
        return None
    require_no_labels(code)
    groups = groups_of(body)
    require(bool(groups), "NATURAL", "a switch without cases")
    _require_few(groups)
    kind = compared_type(code, test)
    labels = [label for group in groups for label in group.labels]
    if code.language == "java" and labels and labels[0].kind == "string_literal":
        kind = STRING
    _require_tight(test)
    count = sum(len(group.labels) for group in groups if not group.default)
    repeatable = count < 2 or is_pure(code, test) or bool(_own_field(code, test))
    require(repeatable, "PURE", "it would be evaluated more than once")
    for label in labels:
        require_case(code, kind, label)
    require_only_last_breaks(node, groups)
    require_own_names(code, groups)
    require_no_macros(code, test)
    require_no_comments(code, node, node.start, body.start)
    arms = [(_condition(code, kind, test, group), arm_of(group)) for group in groups]
    return (replacement(code, node, node, _chain(code, groups, arms)),)


def _test_of(node: Node) -> Node | None:
    """What the switch looks at."""
    found = node.child("condition")
    if found is not None and found.kind == "condition_clause":
        value = found.child("value")
        declares = value is None or value.kind == "local_variable_declaration"
        plain = not declares and found.child("initializer") is None
        require(plain, "FRESH", "the head declares a name")
        return None if value is None else unwrapped(value)
    return None if found is None else unwrapped(found)


_TIGHT = frozenset(
    {"identifier", "field_access", "array_access", "call", "pointer_expression"}
    | {"cast_expression"}
)


def _require_tight(test: Node) -> None:
    """NATURAL: it can stand before `==` without parentheses."""
    arithmetic = test.kind == "binary_expression" and operator_of(test) in ("+", "-", "*", "/", "%")
    require(arithmetic or test.kind in _TIGHT, "NATURAL", "it would need parentheses")


def _own_field(code: Code, test: Node) -> str:
    """The type of a plain field of the own object, which nothing changes while it is compared."""
    own = test.kind == "identifier" or (test.kind == "field_access" and "this" in test.text[:4])
    return type_of(code, test) if own and b"volatile" not in code.source else ""


def _require_few(groups: list[Group]) -> None:
    defaults = [group for group in groups if group.default]
    require(len(groups) > len(defaults), "NATURAL", "nothing but a default")
    require(not defaults or groups[-1].default, "NATURAL", "the default is not the last")
    require(len(groups) <= _MOST_GROUPS, "NATURAL", "a long chain")
    long = any(len(group.labels) > _MOST_LABELS for group in groups if not group.default)
    require(not long, "NATURAL", "a long condition")


# --- the chain ------------------------------------------------------------------------------------


def _condition(code: Code, kind: str, test: Node, group: Group) -> str:
    if group.default:
        return ""
    if kind == STRING:
        return " || ".join(f"{test.text}.equals({label.text})" for label in group.labels)
    return " || ".join(f"{test.text} == {label.text}" for label in group.labels)


def _chain(code: Code, groups: list[Group], arms: list[tuple[str, Body]]) -> Body:
    layout, style = code.layout, usual_if_style(code)
    lines: list[str] = []
    for group, (condition, body) in zip(groups, arms, strict=True):
        if group.default and not body:
            break
        require(bool(body), "NATURAL", "an empty branch")
        head = "" if group.default else f"if{style.gap}({style.pad}{condition}{style.pad})"
        if lines:
            head = f"else {head}".rstrip()
        _append(layout, lines, compose_block(layout, head, body))
    require(len(lines) <= _MOST_LINES, "NATURAL", "a long chain")
    return tuple(lines)


def _append(layout: Layout, lines: list[str], branch: Body) -> None:
    """One more branch, its `else` where the file has it."""
    if not lines or layout.else_on_next_line or layout.brace_on_next_line:
        lines += branch
    else:
        lines[-1] += " " + branch[0]
        lines += branch[1:]
