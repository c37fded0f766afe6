"""How the surrounding code is laid out, and new code laid out likewise.

A *body* is a tuple of lines without their common indentation and without line ends, so that it can
be put at any depth.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from codeaug.formatters import Style
from codeaug.predicates.nodes import Node
from codeaug.predicates.verdicts import Declined, require
from codeaug.predicates.width import widest

Body = tuple[str, ...]

_RAW_TEXT = ("text_block", "raw_string_literal", "multiline_string_fragment")


@dataclass(frozen=True, slots=True)
class Layout:
    """A file's style: one level of indentation, line end, longest line, where braces stand."""

    unit: str
    newline: str
    limit: int
    brace_on_next_line: bool
    else_on_next_line: bool
    star_beside_type: bool


def declared(layout: Layout, kind: str, name: str) -> str:
    """`int length`, or `Node *node` with the star where the file has it."""
    base = kind.rstrip("* ")
    stars = kind[len(base) :].replace(" ", "")
    if not stars:
        return f"{kind} {name}"
    return f"{base}{stars} {name}" if layout.star_beside_type else f"{base} {stars}{name}"


@lru_cache(maxsize=16)
def mark_beside_type(source: bytes) -> bool:
    """Whether the file writes `T& x` and not `T &x`."""
    return len(re.findall(rb"\w& \w", source)) >= len(re.findall(rb"\w &\w", source))


@dataclass(frozen=True, slots=True)
class IfStyle:
    """How one `if` is written: `if` + gap + `(` + pad, with or without braces."""

    gap: str
    pad: str
    braces: bool
    same_line: bool = False


@lru_cache(maxsize=16)
def layout_of(source: bytes, style: Style) -> Layout:
    """The style of a file, by counting. The settings tell how long lines may be, and what one level
    of indentation is where the file has none."""
    text = source.decode("utf-8", "surrogateescape")
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.replace("\r\n", "\n").split("\n")
    control = r"\b(?:if|for|while|switch|catch)\b[^\n;{]*\)"
    next_line = len(re.findall(control + r"[ \t\r]*\n\s*\{", text))
    else_next = len(re.findall(r"\}\s*\n\s*else\b", text))
    return Layout(
        unit=_indent_unit(lines) or style.indent or "    ",
        newline=newline,
        limit=style.limit or (120 if widest(source) > 100 else 100),
        brace_on_next_line=next_line > len(re.findall(control + r"[ \t]*\{", text)),
        star_beside_type=len(re.findall(r"\w\* \w", text)) > len(re.findall(r"\w \*\w", text)),
        else_on_next_line=else_next > len(re.findall(r"\}[ \t]*else\b", text)),
    )


def _indent_unit(lines: list[str]) -> str:
    steps: Counter[str] = Counter()
    for line, after in pairwise(lines):
        indent, inner = _leading(line), _leading(after)
        if line.rstrip().endswith("{") and after.strip() and inner.startswith(indent):
            steps[inner[len(indent) :]] += 1
    steps.pop("", None)
    return steps.most_common(1)[0][0] if steps else ""


def _leading(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t"))]


def line_start(source: bytes, position: int) -> int:
    """Where the line of `position` begins."""
    return source.rfind(b"\n", 0, position) + 1


def line_end(source: bytes, position: int) -> int:
    """Where the line of `position` ends, before its line end."""
    end = source.find(b"\n", position)
    end = len(source) if end < 0 else end
    return end - 1 if end > position and source[end - 1 : end] == b"\r" else end


def indent_at(source: bytes, position: int) -> str:
    """The indentation of the line of `position`."""
    return _leading(source[line_start(source, position) : position].decode("utf-8", "replace"))


def starts_line(node: Node) -> bool:
    """Whether only indentation stands before `node` on its line."""
    return not node.source[line_start(node.source, node.start) : node.start].strip()


def relative(node: Node, start: int, end: int, base: str) -> Body:
    """The text from `start` to `end` as a body, `base` being its indentation now."""
    require(
        not any(
            n.start < end and n.end > start and b"\n" in n.source[n.start : n.end]
            for n in node.find(*_RAW_TEXT)
        ),
        "NATURAL",
        "a string of several lines would have to move",
    )
    text = node.source[start:end].decode("utf-8", "surrogateescape").replace("\r\n", "\n")
    first, *rest = text.split("\n")
    return (first, *(_without(line, base) for line in rest))


def _without(line: str, base: str) -> str:
    if not line.strip():
        return ""
    if not line.startswith(base):
        raise Declined("NATURAL", "a line is indented less than its block")
    return line[len(base) :]


def body_of(statement: Node) -> Body:
    """What a branch or loop body holds: the inside of a block, or the statement itself."""
    if statement.kind != "block":
        base = indent_at(statement.source, statement.start)
        return relative(statement, statement.start, statement.end, base)
    inside = [c for c in statement.children if c.kind not in ("{", "}")]
    if not inside:
        return ()
    first, last = inside[0], inside[-1]
    if b"\n" not in statement.source[statement.start : statement.end]:
        require(len(inside) == 1, "NATURAL", "several statements on one line")
        return (first.text,)
    require(starts_line(first), "TRIVIA", "something stands right after the brace")
    require(_closes_own_line(statement), "NATURAL", "the closing brace is not on its own line")
    base = indent_at(statement.source, first.start)
    return relative(statement, first.start, last.end, base)


def _closes_own_line(block: Node) -> bool:
    before = block.source[line_start(block.source, block.end - 1) : block.end - 1]
    return not before.strip()


def indented(body: Body, prefix: str) -> Body:
    return tuple(prefix + line if line else line for line in body)


def if_style(node: Node, consequence: Node) -> IfStyle:
    """How this `if` is written."""
    condition = node.child("condition")
    keyword = node.token("if")
    if condition is None or keyword is None:
        raise Declined("NATURAL", "not a plain if")
    inside = node.source[condition.start + 1 : condition.end].decode("utf-8", "surrogateescape")
    pad = inside[: len(inside) - len(inside.lstrip(" "))]
    gap = node.source[keyword.end : condition.start].decode("utf-8", "surrogateescape")
    require(gap.strip(" ") == "", "NATURAL", "the condition is on another line than its if")
    braces = consequence.kind == "block"
    same_line = not braces and b"\n" not in node.source[condition.end : consequence.start]
    return IfStyle(gap, pad, braces, same_line)


def compose_if(
    layout: Layout, style: IfStyle, condition: str, then: Body, otherwise: Body | None = None
) -> Body:
    """An `if` as a body; without braces where the style is and each branch is one line."""
    head = f"if{style.gap}({style.pad}{condition}{style.pad})"
    bare = not style.braces and len(then) == 1 and (otherwise is None or len(otherwise) == 1)
    if bare:
        return _bare(layout, style, head, then, otherwise)
    lines = [*compose_block(layout, head, then)]
    if otherwise is not None:
        tail = compose_block(layout, "else", otherwise)
        if layout.else_on_next_line or layout.brace_on_next_line:
            lines += tail
        else:
            lines[-1] += " " + tail[0]
            lines += tail[1:]
    return tuple(lines)


def compose_block(layout: Layout, head: str, body: Body) -> Body:
    """A head with a block as a body."""
    inner = indented(body, layout.unit)
    if layout.brace_on_next_line:
        return (head, "{", *inner, "}")
    return (head + " {", *inner, "}")


def _bare(layout: Layout, style: IfStyle, head: str, then: Body, otherwise: Body | None) -> Body:
    if style.same_line:
        first: Body = (f"{head} {then[0]}",)
        return first if otherwise is None else (*first, f"else {otherwise[0]}")
    lines: Body = (head, *indented(then, layout.unit))
    return lines if otherwise is None else (*lines, "else", *indented(otherwise, layout.unit))


def joined(layout: Layout, body: Body, indent: str) -> str:
    """A body's text, its first line already indented."""
    first, *rest = body
    return layout.newline.join([first, *indented(tuple(rest), indent)])
