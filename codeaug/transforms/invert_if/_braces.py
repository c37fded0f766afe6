"""`if (a == b) X else Y` as `if (a != b) Y else X`, in Java and C++."""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.model import Edit
from codeaug.predicates.braces import require_no_macros
from codeaug.predicates.conditions import condition_of, negated
from codeaug.predicates.flow import SIMPLE, branches
from codeaug.predicates.layout import indent_at, line_end
from codeaug.predicates.nodes import Node, unwrapped
from codeaug.predicates.scopes import Code
from codeaug.predicates.verdicts import require
from codeaug.transforms import Site, Subject
from codeaug.transforms._sites import ifs, require_no_comments, sites


def invert_if(subject: Subject) -> Iterator[Site]:
    """Each `if` with a plain `else`."""
    return sites(subject, ifs, _inverted)


def _inverted(code: Code, node: Node) -> tuple[Edit, ...] | None:
    then, other = branches(node)
    if other is None:
        return None
    require(other.kind != "if_statement", "NATURAL", "an else-if chain")
    condition = condition_of(node)
    require_no_macros(code, node)
    for branch in (then, other):
        plain = branch.kind == "block" or branch.kind in SIMPLE
        require(plain, "REACH", "an else could move to another if")
    require((then.kind == "block") == (other.kind == "block"), "NATURAL", "one branch has braces")
    require_no_comments(code, node, node.start, then.start)
    require_no_comments(code, node, then.end, other.start)
    require_no_comments(code, node.parent or node, node.end, line_end(code.source, node.end))
    _require_one_place(code, then, other)
    binary = unwrapped(condition).kind == "binary_expression"
    joined = binary and unwrapped(condition).children[1].kind in ("&&", "||")
    require(not joined, "NATURAL", "its opposite needs De Morgan")
    text = negated(code, condition)
    return (
        Edit(condition.start, condition.end, text),
        Edit(then.start, then.end, other.text),
        Edit(other.start, other.end, then.text),
    )


def _require_one_place(code: Code, then: Node, other: Node) -> None:
    """Both branches are indented alike, so that each can stand in the other's place."""
    same = indent_at(code.source, then.start) == indent_at(code.source, other.start)
    require(same or then.kind != "block", "NATURAL", "the branches are indented differently")
