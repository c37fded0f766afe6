"""Loops of Java and C++: what the transforms of loops do alike with headers and declarations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from codeaug.model import Edit
from codeaug.predicates.freshness import first_fresh
from codeaug.predicates.layout import (
    Body,
    body_of,
    indent_at,
    indented,
    joined,
    line_end,
    starts_line,
)
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code
from codeaug.predicates.verdicts import Declined, require
from codeaug.transforms._sites import require_no_comments, usual_if_style


def header_span(code: Code, loop: Node) -> tuple[int, int]:
    """What stands between the parentheses of a `for`. Declines comments and several lines."""
    opened, closed = loop.token("("), loop.token(")")
    if opened is None or closed is None:
        raise Declined("NATURAL", "an unusual loop")
    require_no_comments(code, loop, opened.start, closed.end)
    inside = code.source[opened.end : closed.start]
    require(b"\n" not in inside, "NATURAL", "a header of several lines")
    pad = len(inside) - len(inside.lstrip(b" "))
    tail = len(inside) - len(inside.rstrip(b" "))
    return opened.end + pad, closed.start - tail


def without_declaration(code: Code, first: Node) -> Edit:
    """The removal of a statement at the beginning of a block, with its line."""
    block = first.parent
    assert block is not None
    after = next(c for c in block.children if c.named and c.start >= first.end)
    apart = b"\n" in code.source[first.end : after.start]
    require(apart or after.kind != "comment", "TRIVIA", "a comment follows the declaration")
    require(apart and starts_line(first), "NATURAL", "two statements on one line")
    return Edit(first.start, after.start, "")


def declaration_of(code: Code, first: Node) -> str:
    """`T& x` of a C++ statement `T& x = ...;`, as a range-for declares it."""
    declarator = next(c for c in first.children if c.field == "declarator")
    inner = declarator.child("declarator")
    require(declarator.token("=") is not None, "BUILTIN", "it is not initialised by =")
    storage = any(c.kind == "storage_class_specifier" for c in first.children)
    require(not storage, "TRIVLIFE", "it lives longer than the block")
    require_no_comments(code, first, first.start, first.end)
    assert inner is not None
    head = first.source[first.start : inner.end].decode("utf-8", "surrogateescape")
    require("\n" not in head, "NATURAL", "a declaration of several lines")
    return head


def with_declaration(code: Code, loop: Node, body: Node, line: str) -> list[Edit]:
    """`line` as the first statement of the loop's body, which becomes a block."""
    layout = code.layout
    if body.kind == "block":
        require(bool(body.parts), "NATURAL", "an empty loop")
        first = next(c for c in body.children if c.named)
        require(starts_line(first), "NATURAL", "a block on one line")
        indent = indent_at(code.source, first.start)
        return [Edit(first.start, first.start, f"{line}{layout.newline}{indent}")]
    require(body.kind != ";" and bool(body.parts), "NATURAL", "an empty loop")
    closed = loop.token(")")
    assert closed is not None
    require_no_comments(code, loop, closed.end, body.end)
    rest = code.source[body.end : line_end(code.source, body.end)].strip()
    require(not rest, "TRIVIA", "something follows on the same line")
    require(starts_line(loop), "NATURAL", "other code stands before it on its line")
    lines = ("{", *indented((line, *body_of(body)), layout.unit), "}")
    text = joined(layout, lines, indent_at(code.source, loop.start))
    own = layout.newline + indent_at(code.source, loop.start)
    return [Edit(closed.end, body.end, (own if layout.brace_on_next_line else " ") + text)]


def index_name(code: Code) -> str:
    """The first of the usual names for an index that is FRESH."""
    return first_fresh(code, ("i", "j", "k", "index"))


@lru_cache(maxsize=8)
def steps_before(source: bytes) -> bool:
    """Whether the file's loops mostly count by `++i` and not by `i++`."""
    before = len(re.findall(rb";\s*\+\+\w+\s*\)", source))
    return before > len(re.findall(rb";\s*\w+\+\+\s*\)", source))


def in_order(edits: Sequence[Edit]) -> tuple[Edit, ...]:
    return tuple(sorted(edits, key=lambda edit: (edit.start, edit.end)))


def loop_head(code: Code, inside: str) -> str:
    """`for (inside)`, spaced as the file's ifs are."""
    return f"for{usual_if_style(code).gap}({inside})"


def looped(code: Code, head: str, inner: Body) -> Body:
    """A loop as a body: its header, and what is inside in braces where the file has them."""
    layout = code.layout
    if layout.brace_on_next_line:
        return (head, "{", *indented(inner, layout.unit), "}")
    return (head + " {", *indented(inner, layout.unit), "}")
