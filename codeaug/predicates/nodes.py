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

from codeaug import syntax
from codeaug.model import Span
from codeaug.predicates import collector

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

    def __init__(self, raw: syntax.Node, field: str | None, parent: Node | None, file: _File):
        kind = raw.type
        self.kind = _KINDS.get(kind, kind)
        self.field = _FIELDS.get(field, field) if field else ""
        self.named = raw.is_named
        self.start = raw.start_byte
        self.end = raw.end_byte
        self.broken = raw.has_error
        self.source = file.source
        self.parent = parent
        self.children: list[Node] = []
        self._file = file
        self._number = self._last = len(file.nodes)

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
        for child in self.children:  # the most frequent question: a generator takes twice as long
            if child.field == field:
                return child
        return None

    def token(self, kind: str) -> Node | None:
        """The first child that is that keyword or punctuation."""
        for child in self.children:
            if child.kind == kind and not child.named:
                return child
        return None

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

    def __init__(self, source: bytes) -> None:
        self.source = source
        self.nodes: list[Node] = []
        self.by_kind: defaultdict[str, tuple[list[int], list[Node]]]
        self.by_kind = defaultdict(lambda: ([], []))

    def add(self, node: Node) -> None:
        self.nodes.append(node)
        numbers, nodes = self.by_kind[node.kind]
        numbers.append(node._number)
        nodes.append(node)

    def close(self) -> Node:
        """The root, once all are there."""
        for node in reversed(self.nodes):
            node._last = node.children[-1]._last if node.children else node._number
        return self.nodes[0]


_NONE: tuple[list[int], list[Node]] = ([], [])
_number = attrgetter("_number")


@lru_cache(maxsize=4)
def file_tree(language: str, source: bytes, text: bytes = b"") -> Node:
    """The whole file as one tree of `Node`; of `text`, as long as `source`, where that is given."""
    with collector.paused():
        return _built(language, source, text)


def _built(language: str, source: bytes, text: bytes) -> Node:
    cursor = syntax.parse(language, text or source).walk()
    file = _File(source)
    parent: Node | None = None
    while True:
        raw = cursor.node
        assert raw is not None
        node = Node(raw, cursor.field_name, parent, file)
        file.add(node)
        if parent is not None:
            parent.children.append(node)
        if cursor.goto_first_child():
            parent = node
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent() or parent is None:
                return file.close()
            parent = parent.parent


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
