"""`if (false) ...` and `int unused = 0;` in Java and C++."""

from __future__ import annotations

import re
from collections.abc import Iterator

from codeaug.model import Edit
from codeaug.predicates.braces import require_no_macros
from codeaug.predicates.flow import in_plain_block, require_no_labels
from codeaug.predicates.freshness import require_fresh
from codeaug.predicates.layout import compose_block, indent_at, joined, starts_line
from codeaug.predicates.nodes import CLASS_BODIES, Node
from codeaug.predicates.scopes import Code
from codeaug.predicates.verdicts import require
from codeaug.transforms import Site, Subject
from codeaug.transforms._sites import require_no_comments, sites, usual_if_style

NAME = "unused"
_EARLY = re.compile(r"\b(constexpr|consteval)\b")
_FIRST = ("explicit_constructor_invocation", "labeled_statement", "case_group")
_ASSIGNS = ("assignment_expression", "update_expression", "lambda_expression", *CLASS_BODIES)


def add_dead_branch(subject: Subject) -> Iterator[Site]:
    """Before each statement that is a call, on a line of its own."""
    return sites(subject, lambda code: code.found("expression_statement"), _branch)


def _branch(code: Code, node: Node) -> tuple[Edit, ...] | None:
    call = node.parts[0] if node.parts else node
    if call.kind != "call" or not _begins(node) or _has_branch(node):
        return None
    require_no_comments(code, node, node.start, node.end)
    require("\n" not in node.text, "NATURAL", "it takes several lines")
    require(not any(True for _ in call.find(*_ASSIGNS)), "PURE", "the copy would bind a name")
    _require_place(code, node)
    require_no_macros(code, node)
    style, layout = usual_if_style(code), code.layout
    head = f"if{style.gap}({style.pad}false{style.pad})"
    return (_put(code, node, compose_block(layout, head, (node.text,))),)


def _has_branch(node: Node) -> bool:
    """Whether such a branch stands before it, or it is in one."""
    block = node.parent
    return any(
        one is not None and one.kind == "if_statement" and _is_dead(one.child("condition"))
        for one in (_before(node), block.parent if block is not None else None)
    )


def _is_dead(condition: Node | None) -> bool:
    return condition is not None and condition.text.strip("( )") == "false"


def add_unused_local(subject: Subject) -> Iterator[Site]:
    """Before each statement on a line of its own."""
    return sites(subject, _statements, _unused)


def _statements(code: Code) -> Iterator[Node]:
    return (node for block in code.found("block") for node in block.parts if _begins(node))


def _unused(code: Code, node: Node) -> tuple[Edit, ...] | None:
    require_fresh(code, NAME)
    _require_place(code, node)
    read = (f"(void){NAME};",) if code.language == "cpp" else ()  # or compilers warn
    return (_put(code, node, (f"int {NAME} = 0;", *read)),)


def _begins(node: Node) -> bool:
    """Whether another statement can stand before this one: it is no label, nor the call of another
    constructor, which comes first."""
    block = node.parent
    if block is None or not in_plain_block(node) or not starts_line(node):
        return False
    of_switch = block.parent is not None and block.parent.kind == "switch_expression"
    return not of_switch and node.kind not in _FIRST


def _before(node: Node) -> Node | None:
    """What stands before it in its block, comments and directives, too."""
    around = node.parent.children if node.parent is not None else []
    return next((n for n in reversed(around) if n.end <= node.start), None)


def _require_place(code: Code, node: Node) -> None:
    above = _before(node)
    comment = above is not None and above.kind == "comment" and starts_line(above)
    require(not comment, "TRIVIA", "a comment above is about it")
    directed = above is not None and above.kind.startswith("preproc")
    require(not directed, "NOMACRO", "a directive above may be about it")
    require_no_labels(code)
    head = code.source[code.function.start : _body_start(code)].decode("utf-8", "replace")
    early = code.language == "cpp" and _EARLY.search(head)
    require(not early, "NODEP", "a constexpr function may have to be one return")


def _body_start(code: Code) -> int:
    body = code.function.child("body")
    return body.start if body is not None else code.function.end


def _put(code: Code, node: Node, lines: tuple[str, ...]) -> Edit:
    layout, indent = code.layout, indent_at(code.source, node.start)
    return Edit(node.start, node.start, joined(layout, lines, indent) + layout.newline + indent)
