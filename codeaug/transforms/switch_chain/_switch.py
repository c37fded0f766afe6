"""A chain of `if`s as a `switch` in Java and C++."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from codeaug.model import Edit
from codeaug.predicates.braces import require_no_macros
from codeaug.predicates.conditions import condition_of, operator_of
from codeaug.predicates.flow import (
    LOOPS,
    branches,
    in_plain_block,
    jumps_away,
    require_no_labels,
)
from codeaug.predicates.freshness import declared_in
from codeaug.predicates.layout import Body, body_of, compose_block, indent_at, indented
from codeaug.predicates.nodes import Node, unwrapped
from codeaug.predicates.scopes import Code
from codeaug.predicates.verdicts import require
from codeaug.transforms import Site, Subject
from codeaug.transforms._sites import ifs, replacement, sites, usual_if_style
from codeaug.transforms.switch_chain._cases import compared_type, require_switched

_FEWEST = 3


@dataclass(frozen=True, slots=True)
class _Arm:
    """What one branch compares with, and the branch; no constants for the `else`."""

    constants: tuple[Node, ...]
    branch: Node


def if_to_switch(subject: Subject) -> Iterator[Site]:
    """Each chain of `if`s that compares one variable with constants."""
    return sites(subject, ifs, _switched)


def _switched(code: Code, node: Node) -> tuple[Edit, ...] | None:
    other = node.child("alternative")
    if other is None or not in_plain_block(node):
        return None
    compared = _subject_of(node)
    if compared is None:
        return None
    arms = _arms(code, node, compared)
    constants = [constant for arm in arms for constant in arm.constants]
    if len(constants) < _FEWEST:
        return None
    local = code.lookup(compared.text, compared.start)
    require(local is not None, "PURE", "it is no local variable")
    kind = compared_type(code, compared)
    require_switched(code, kind, constants)
    require_no_labels(code)
    require_no_macros(code, node)
    for arm in arms:
        _require_no_break(node, arm.branch)
    layout, style = code.layout, usual_if_style(code)
    head = f"switch{style.gap}({style.pad}{compared.text}{style.pad})"
    step = _case_indent(code)
    lines = tuple(line for arm in arms for line in indented(_case(code, arm), step))
    unit = compose_block(layout, head, ())
    return (replacement(code, node, node, (*unit[:-1], *lines, unit[-1])),)


def _subject_of(node: Node) -> Node | None:
    """The variable that the first condition compares with a constant."""
    condition = node.child("condition")
    inner = None if condition is None else condition.child("value")
    if inner is None and condition is not None and condition.parts:
        inner = condition.parts[0]
    while inner is not None:
        inner = unwrapped(inner)
        if inner.kind == "identifier":
            return inner
        inner = inner.child("left") or inner.child("object")
    return None


def _arms(code: Code, node: Node, compared: Node) -> list[_Arm]:
    found: list[_Arm] = []
    current: Node | None = node
    while current is not None and current.kind == "if_statement":
        then, other = branches(current)
        constants = _constants(condition_of(current), compared)
        if not constants:
            return []
        found.append(_Arm(constants, then))
        current = other
    if current is not None:
        found.append(_Arm((), current))
    return found


def _constants(condition: Node, compared: Node) -> tuple[Node, ...]:
    """What `x == 1 || x == 2` or `x.equals("a")` compares `x` with; nothing for anything else."""
    inner = unwrapped(condition)
    left, right = inner.child("left"), inner.child("right")
    if inner.kind == "call":
        receiver, name, given = (inner.child(f) for f in ("object", "name", "arguments"))
        equals = name is not None and name.text == "equals" and given is not None
        same = receiver is not None and receiver.text == compared.text
        return tuple(given.parts) if equals and same and given is not None else ()
    if inner.kind != "binary_expression" or left is None or right is None:
        return ()
    if operator_of(inner) == "||":
        one, two = _constants(left, compared), _constants(right, compared)
        return (*one, *two) if one and two else ()
    if operator_of(inner) == "==" and left.text == compared.text and right.kind != "string_literal":
        return (right,)
    return ()


def _require_no_break(node: Node, branch: Node) -> None:
    """REACH: no `break` in the branch leaves what is around the chain."""
    around = LOOPS | {"switch_expression"}
    for jump in branch.find("break_statement"):
        if jump.parts:
            continue
        left = next((above for above in jump.ancestors() if above.kind in around), None)
        outside = left is None or not left.within(node)
        require(not outside, "REACH", "a break would leave the switch only")


def _case(code: Code, arm: _Arm) -> Body:
    """The labels and lines of one group of cases."""
    unit = code.layout.unit
    labels = tuple(f"case {constant.text}:" for constant in arm.constants) or ("default:",)
    body = body_of(arm.branch)
    require(bool(body), "NATURAL", "an empty branch")
    single = arm.branch.kind == "block" or "\n" not in arm.branch.text
    require(single, "NATURAL", "a branch of several lines without braces")
    if not jumps_away(arm.branch):
        body = (*body, "break;")
    scoped = arm.branch.kind == "block" and bool(declared_in(code, arm.branch))
    if scoped:
        return (*labels[:-1], f"{labels[-1]} {{", *indented(body, unit), "}")
    return (*labels, *indented(body, unit))


def _case_indent(code: Code) -> str:
    """How far this file indents its cases."""
    for switch in code.root.find("switch_expression"):
        body = switch.child("body")
        if body is not None and body.parts:
            outer = indent_at(code.source, switch.start)
            inner = indent_at(code.source, body.parts[0].start)
            if inner.startswith(outer):
                return inner[len(outer) :]
    return code.layout.unit
