"""`while (c)` as `for (; c;)` in Java and C++."""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.model import Edit
from codeaug.predicates.conditions import condition_of
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code
from codeaug.predicates.verdicts import require
from codeaug.transforms import Site, Subject
from codeaug.transforms._sites import require_no_comments, sites


def while_to_for(subject: Subject) -> Iterator[Site]:
    """Each `while` whose condition is no constant."""
    return sites(subject, lambda code: code.found("while_statement"), _headed)


def _headed(code: Code, node: Node) -> tuple[Edit, ...] | None:
    keyword, head, body = node.token("while"), node.child("condition"), node.child("body")
    if keyword is None or head is None or body is None or condition_of(node).kind == "true":
        return None
    empty = body.kind == ";" or (body.kind == "expression_statement" and not body.parts)
    require(not empty, "NATURAL", "an empty body, which compilers warn of")
    require_no_comments(code, node, node.start, head.end)
    padded = code.source[head.start + 1 : head.start + 2].isspace()
    opening = Edit(head.start, head.start + 1, "(;" if padded else "(; ")
    closing = Edit(head.end - 1, head.end, ";)")
    return Edit(keyword.start, keyword.end, "for"), opening, closing
