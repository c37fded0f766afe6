"""`switch` as a chain of `if`s in Java and C++."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from codeaug.model import Edit
from codeaug.predicates.braces import require_no_macros, type_of
from codeaug.predicates.conditions import operator_of
from codeaug.predicates.evaluation import is_pure
from codeaug.predicates.flow import LOOPS, jumps_away, require_no_labels
from codeaug.predicates.layout import (
    Body,
    Layout,
    body_of,
    compose_block,
    indent_at,
    layout_of,
    relative,
    starts_line,
)
from codeaug.predicates.nodes import Node, unwrapped
from codeaug.predicates.scopes import Code
from codeaug.predicates.verdicts import Declined, require
from codeaug.transforms import Site, Subject
from codeaug.transforms._sites import replacement, require_no_comments, sites, usual_if_style
from codeaug.transforms.switch_chain._cases import (
    STRING,
    compared_type,
    require_case,
)

_MOST_GROUPS = 7
_MOST_LABELS = 5
_MOST_LINES = 60


@dataclass(slots=True)
class _Group:
    """The labels of a group of cases, what follows them, and whether `default` is among them."""

    labels: list[Node] = field(default_factory=list)
    default: bool = False
    inside: list[Node] = field(default_factory=list)


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
    groups = _groups(body)
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
    _require_only_last_breaks(node, groups)
    _require_own_names(code, groups)
    require_no_macros(code, test)
    require_no_comments(code, node, node.start, body.start)
    arms = [(_condition(code, kind, test, group), _arm(group)) for group in groups]
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


# --- groups ---------------------------------------------------------------------------------------


def _groups(body: Node) -> list[_Group]:
    """The cases that share their statements, in order."""
    found: list[_Group] = []
    current = _Group()
    for part in body.parts:
        require(part.kind == "case_group", "REACH", "a statement before the first case")
        colon = 0
        for child in part.children:
            if child.kind == "switch_label":
                _add_labels(current, child)
            elif child.kind == "default":
                current.default = True
            elif child.field == "value":
                current.labels.append(child)
            elif child.kind in (":", "case"):
                colon = child.end if child.kind == ":" else colon
            elif colon:
                current.inside.append(child)
            else:
                raise Declined("BUILTIN", "an unusual case")
        if any(child.kind != "comment" for child in current.inside):
            found.append(current)
            current = _Group()
    if current.labels or current.default:
        require(current.default, "NATURAL", "cases without statements")
        require(not current.inside, "TRIVIA", "a comment would be lost")
        found.append(current)
    return found


def _add_labels(group: _Group, label: Node) -> None:
    if label.token("default") is not None:
        group.default = True
    group.labels += label.parts


def _require_few(groups: list[_Group]) -> None:
    defaults = [group for group in groups if group.default]
    require(len(groups) > len(defaults), "NATURAL", "nothing but a default")
    require(not defaults or groups[-1].default, "NATURAL", "the default is not the last")
    require(len(groups) <= _MOST_GROUPS, "NATURAL", "a long chain")
    long = any(len(group.labels) > _MOST_LABELS for group in groups if not group.default)
    require(not long, "NATURAL", "a long condition")


def _statements(group: _Group) -> list[Node]:
    """The statements, those of the block where the group is one."""
    found = [child for child in group.inside if child.kind != "comment"]
    if found and found[0].kind == "block":
        rest = found[1:]
        if not rest or (len(rest) == 1 and _is_break(rest[0])):
            return [*found[0].parts, *rest]
    return found


def _is_break(node: Node) -> bool:
    return node.kind == "break_statement" and not node.parts


def _require_only_last_breaks(node: Node, groups: list[_Group]) -> None:
    """REACH: each group ends in a jump, and no other `break` leaves the switch."""
    last = {id(_statements(group)[-1]) for group in groups if _statements(group)}
    for group in groups[:-1]:
        every = _statements(group)
        require(bool(every) and jumps_away(every[-1]), "REACH", "it falls into the next case")
    for case in node.find("case_group"):
        own = _left_by(case) is node and case.parent is node.child("body")
        deep = any(a.kind == "switch_expression" and a is not node for a in _up_to(case, node))
        require(own or deep, "REACH", "a case inside of a statement")
    for jump in node.find("break_statement"):
        leaves = not jump.parts and _left_by(jump) is node
        require(not leaves or id(jump) in last, "REACH", "a break in the middle of a case")


def _left_by(jump: Node) -> Node | None:
    """The loop or switch that a `break` leaves."""
    around = LOOPS | {"switch_expression"}
    return next((above for above in jump.ancestors() if above.kind in around), None)


def _up_to(inner: Node, outer: Node) -> Iterator[Node]:
    return takewhile(lambda above: above is not outer, inner.ancestors())


def _require_own_names(code: Code, groups: list[_Group]) -> None:
    """FRESH: no group uses what another declares."""
    for group in groups:
        own = {id(child) for child in group.inside}
        for local in code.locals:
            if id(local.statement) not in own:
                continue
            others = [child for g in groups if g is not group for child in g.inside]
            words = code.words.get(local.name, ())
            used = any(word.within(child) for word in words for child in others)
            require(not used, "FRESH", f"{local.name} is used in another case too")


# --- the chain ------------------------------------------------------------------------------------


def _condition(code: Code, kind: str, test: Node, group: _Group) -> str:
    if group.default:
        return ""
    if kind == STRING:
        return " || ".join(f"{test.text}.equals({label.text})" for label in group.labels)
    return " || ".join(f"{test.text} == {label.text}" for label in group.labels)


def _arm(group: _Group) -> Body:
    """The lines of a group without its labels and its last `break`."""
    inside = [child for child in group.inside if not _is_break(child)]
    block = next((child for child in inside if child.kind == "block"), None)
    if block is not None and [c for c in inside if c.kind != "comment"] == [block]:
        beside = tuple(c.text for c in inside if c is not block)
        require(all("\n" not in line for line in beside), "TRIVIA", "a long comment")
        return (*beside, *_without_break(block))
    if not inside:
        return ()
    first, last = inside[0], inside[-1]
    lead: Body = ()
    if first.kind == "comment" and not starts_line(first):
        require("\n" not in first.text, "TRIVIA", "a long comment")
        lead, inside = (first.text,), inside[1:]
        if not inside:
            return lead
        first = inside[0]
    holder = first.parent
    assert holder is not None
    several = b"\n" in first.source[first.start : last.end]
    require(not several or starts_line(first), "NATURAL", "a statement on the line of its case")
    base = indent_at(first.source, first.start) if starts_line(first) else ""
    return (*lead, *relative(holder, first.start, last.end, base))


def _without_break(block: Node) -> Body:
    if not block.parts or not _is_break(block.parts[-1]):
        return body_of(block)
    inside = [c for c in block.children if c.kind not in ("{", "}") and c is not block.parts[-1]]
    if not inside:
        return ()
    first, last = inside[0], inside[-1]
    require(starts_line(first), "NATURAL", "a statement on the line of its brace")
    return relative(block, first.start, last.end, indent_at(first.source, first.start))


def _chain(code: Code, groups: list[_Group], arms: list[tuple[str, Body]]) -> Body:
    layout, style = layout_of(code.source), usual_if_style(code)
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
