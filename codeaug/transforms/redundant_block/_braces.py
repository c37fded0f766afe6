"""`{ a = b; }` in Java and C++."""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.model import Edit
from codeaug.predicates.flow import in_plain_block
from codeaug.predicates.layout import starts_line
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code
from codeaug.predicates.verdicts import require
from codeaug.transforms import Site, Subject
from codeaug.transforms._sites import replacement, sites

_ASSIGNS = ("assignment_expression", "update_expression")


def add_block(subject: Subject) -> Iterator[Site]:
    """Each statement that is an expression and stands in a block on a line of its own."""
    return sites(subject, lambda code: code.found("expression_statement"), _enclosed)


def _enclosed(code: Code, node: Node) -> tuple[Edit, ...] | None:
    if not in_plain_block(node) or not node.parts or _is_enclosed(node):
        return None
    plain = code.language == "java" or node.parts[0].kind in _ASSIGNS
    require(plain, "NOMACRO", "the call may be a macro that declares a name")
    require(starts_line(node) and "\n" not in node.text, "NATURAL", "no line of its own")
    inner = code.layout.unit + node.text
    return (replacement(code, node, node, ("{", inner, "}")),)


def _is_enclosed(node: Node) -> bool:
    """Whether it has such a block already."""
    block = node.parent
    return block is not None and in_plain_block(block) and len(block.parts) == 1
