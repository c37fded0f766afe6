"""The cases of a `switch` of Java or C++ that share their statements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from codeaug.predicates.flow import LOOPS, jumps_away
from codeaug.predicates.layout import Body, body_of, indent_at, relative, starts_line
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code
from codeaug.predicates.verdicts import Declined, require


@dataclass(slots=True)
class Group:
    """The labels of a group of cases, what follows them, and whether `default` is among them."""

    labels: list[Node] = field(default_factory=list)
    default: bool = False
    inside: list[Node] = field(default_factory=list)


def groups_of(body: Node) -> list[Group]:
    """The cases that share their statements, in order."""
    found: list[Group] = []
    current = Group()
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
            current = Group()
    if current.labels or current.default:
        require(current.default, "NATURAL", "cases without statements")
        require(not current.inside, "TRIVIA", "a comment would be lost")
        found.append(current)
    return found


def _add_labels(group: Group, label: Node) -> None:
    if label.token("default") is not None:
        group.default = True
    group.labels += label.parts


def statements_of(group: Group) -> list[Node]:
    """The statements, those of the block where the group is one."""
    found = [child for child in group.inside if child.kind != "comment"]
    if found and found[0].kind == "block":
        rest = found[1:]
        if not rest or (len(rest) == 1 and _is_break(rest[0])):
            return [*found[0].parts, *rest]
    return found


def _is_break(node: Node) -> bool:
    return node.kind == "break_statement" and not node.parts


def require_no_fall_through(groups: list[Group]) -> None:
    """REACH: each group but the last ends in a jump."""
    for group in groups[:-1]:
        every = statements_of(group)
        require(bool(every) and jumps_away(every[-1]), "REACH", "it falls into the next case")


def require_only_last_breaks(node: Node, groups: list[Group]) -> None:
    """REACH: each group ends in a jump, and no other `break` leaves the switch."""
    require_no_fall_through(groups)
    last = {id(statements_of(group)[-1]) for group in groups if statements_of(group)}
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


def require_own_names(code: Code, groups: list[Group]) -> None:
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


def arm_of(group: Group) -> Body:
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
