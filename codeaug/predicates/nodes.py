"""Syntax trees of Java and C++ in one vocabulary: what both have in common has one name.

A `Node` is a plain record of a tree-sitter node, made once per file, so that parents, siblings and
text cost nothing. Kinds and fields that differ only by name are given the Java grammar's name.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from operator import attrgetter

from codeaug.model import Span
from codeaug.predicates import collector
from codeaug.syntax import parse

_KINDS = {
    "line_comment": "comment",
    "block_comment": "comment",
    "constructor_body": "block",
    "compound_statement": "block",
    "declaration": "local_variable_declaration",
    "conditional_expression": "ternary_expression",
    "method_invocation": "call",
    "call_expression": "call",
    "field_expression": "field_access",
    "subscript_expression": "array_access",
    "for_range_loop": "enhanced_for_statement",
    "switch_block_statement_group": "case_group",
    "switch_rule": "case_group",
    "case_statement": "case_group",
    "switch_statement": "switch_expression",
    "null": "null_literal",
}
_FIELDS = {"operand": "argument"}

FUNCTIONS = frozenset(
    {
        "method_declaration",
        "constructor_declaration",
        "compact_constructor_declaration",
        "function_definition",
    }
)
CLASS_BODIES = frozenset(
    {"class_body", "interface_body", "enum_body", "field_declaration_list", "record_declaration"}
)


class Node:
    """One syntax node. `start` and `end` are bytes; `children` include tokens and comments."""

    __slots__ = (
        *("broken", "children", "end", "field", "kind", "named", "parent", "source", "start"),
        *("_file", "_last", "_number"),
    )

    def __init__(self, kind: str, field: str, named: bool, start: int, end: int) -> None:
        self.kind = kind
        self.field = field
        self.named = named
        self.start = start
        self.end = end
        self.broken = False
        self.source = b""
        self.parent: Node | None = None
        self.children: list[Node] = []
        self._file = _NOTHING
        self._number = self._last = 0

    @property
    def text(self) -> str:
        return self.source[self.start : self.end].decode("utf-8", "surrogateescape")

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def parts(self) -> list[Node]:
        """The named children that are no comments."""
        return [child for child in self.children if child.named and child.kind != "comment"]

    def child(self, field: str) -> Node | None:
        """The first child of that field."""
        return next((child for child in self.children if child.field == field), None)

    def token(self, kind: str) -> Node | None:
        """The first child that is that keyword or punctuation."""
        return next((c for c in self.children if c.kind == kind and not c.named), None)

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in source order."""
        return iter(self._file.nodes[self._number : self._last + 1])

    def find(self, *kinds: str) -> Iterator[Node]:
        """All nodes below (and including) this one of those kinds."""
        found = [node for kind in kinds for node in self._of_kind(kind)]
        if len(kinds) > 1:
            found.sort(key=_number)
        return iter(found)

    def _of_kind(self, kind: str) -> list[Node]:
        numbers, nodes = self._file.by_kind.get(kind, _NONE)
        first = bisect_left(numbers, self._number)
        return nodes[first : bisect_right(numbers, self._last, first)]

    def ancestors(self) -> Iterator[Node]:
        """The parent, its parent, and so on to the root."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def following(self) -> list[Node]:
        """The statements (no comments) after this one in its parent."""
        return [] if self.parent is None else [n for n in self.parent.parts if n.start >= self.end]

    def preceding(self) -> list[Node]:
        """The statements (no comments) before this one in its parent."""
        return [] if self.parent is None else [n for n in self.parent.parts if n.end <= self.start]

    def within(self, other: Node) -> bool:
        return other.start <= self.start and self.end <= other.end


class _File:
    """The nodes of a file in source order, and those of each kind with their numbers there."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.by_kind: defaultdict[str, tuple[list[int], list[Node]]]
        self.by_kind = defaultdict(lambda: ([], []))

    def add(self, node: Node) -> None:
        node._file = self
        node._number = number = len(self.nodes)
        self.nodes.append(node)
        numbers, nodes = self.by_kind[node.kind]
        numbers.append(number)
        nodes.append(node)

    def close(self) -> Node:
        """The root, once all are there."""
        for node in reversed(self.nodes):
            node._last = node.children[-1]._last if node.children else node._number
        return self.nodes[0]


_NOTHING = _File()
_NONE: tuple[list[int], list[Node]] = ([], [])
_number = attrgetter("_number")


@lru_cache(maxsize=4)
def file_tree(language: str, source: bytes, text: bytes = b"") -> Node:
    """The whole file as one tree of `Node`; of `text`, as long as `source`, where that is given."""
    with collector.paused():
        return _built(language, source, text)


def _built(language: str, source: bytes, text: bytes) -> Node:
    cursor = parse(language, text or source).walk()
    file = _File()
    stack: list[Node] = []
    while True:
        raw = cursor.node
        assert raw is not None
        field = cursor.field_name or ""
        node = Node(
            _KINDS.get(raw.type, raw.type),
            _FIELDS.get(field, field),
            raw.is_named,
            raw.start_byte,
            raw.end_byte,
        )
        node.broken = raw.has_error
        node.source = source
        file.add(node)
        if stack:
            node.parent = stack[-1]
            stack[-1].children.append(node)
        if cursor.goto_first_child():
            stack.append(node)
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return file.close()
            stack.pop()


def function_at(root: Node, span: Span, body: Span) -> Node | None:
    """The function that ends where `span` does, holds `body` and does not begin before `span`."""
    node: Node | None = root
    while node is not None:
        if node.kind in FUNCTIONS and node.end == span.end and node.start >= span.start:
            return node
        below = (n for n in node.children if n.start <= body.start and body.end <= n.end)
        node = next(below, None)
    return None


def unwrapped(node: Node) -> Node:
    """The expression inside any parentheses around it."""
    while node.kind == "parenthesized_expression" and len(node.parts) == 1:
        node = node.parts[0]
    return node
