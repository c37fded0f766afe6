"""Python's tokens with its structure: indent, dedent and newline come from the tree, so that two
layouts of one program have the same tokens."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator
from functools import lru_cache

from codeaug.languages.language import Token
from codeaug.languages.lexer import one_line
from codeaug.model import Span
from codeaug.syntax import Node, Tree, parse

KEYWORDS = frozenset(keyword.kwlist)
_WHOLE = ("string", "comment")
_FORMATTED = re.compile(r"\A[A-Za-z]?[fFtT][A-Za-z]?[\"']")
_NO_STATEMENT = ("comment", ";")
_REDUNDANT = ("(", ")", ",")
_PLAIN_STRING = re.compile(r"\A([A-Za-z]{0,2})'([^\"'\\]*)'\Z")
_WHOLE_EXPRESSION = (
    "return_statement", "assignment", "augmented_assignment", "expression_statement", "pair",
    "if_statement", "elif_clause", "while_statement", "for_statement", "argument_list", "list",
    "keyword_argument", "default_parameter", "assert_statement", "raise_statement", "if_clause",
    "parenthesized_expression",
)  # fmt: skip
# A tuple of one needs its comma, and so does a subscript, which it makes a tuple.
_CLOSERS = {
    "argument_list": (")",), "parameters": (")",), "import_from_statement": (")",),
    "list": ("]",), "list_pattern": ("]",), "set": ("}",), "dictionary": ("}",),
}  # fmt: skip


def tokens(source: bytes, span: Span) -> Iterator[Token]:
    """The tokens of a span. Raises SyntaxLimit."""
    for event, node in _events(source, span):
        if event == "leaf" and node.type != "comment" and node.type != ";":
            text = source[node.start_byte : node.end_byte].decode("utf-8", "surrogateescape")
            if text.strip("\\ \t\r\n"):
                yield Token(_kind(node, text), text, node.start_byte, node.end_byte)
        elif event in ("indent", "dedent", "newline"):
            at = node.start_byte if event == "indent" else node.end_byte
            yield Token(event, "", at, at)


def comments(source: bytes, span: Span) -> Iterator[str]:
    """The comments and docstrings of a span as one line each. Raises SyntaxLimit."""
    for place in comment_spans(source, span):
        yield one_line(source[place.start : place.end])


def comment_spans(source: bytes, span: Span) -> Iterator[Span]:
    """Where the comments and docstrings of a span stand. Raises SyntaxLimit."""
    first = False
    for event, node in _events(source, span):
        if event == "indent":
            first = True
        elif event == "leaf" and node.type == "comment":
            yield Span(*node.byte_range)
        elif event == "leaf":
            if first and node.type == "string" and _is_statement(node):
                yield Span(*node.byte_range)
            first = False


def plain(source: bytes, span: Span) -> Iterator[str]:
    """The tokens of a span as texts that a formatter leaves as they are: without docstrings,
    redundant parentheses and last commas, with one kind of quotes. Raises SyntaxLimit."""
    first = False
    for event, node in _events(source, span):
        if event != "leaf":
            first = event == "indent"
            yield f"<{event}>"
        elif node.type not in _NO_STATEMENT and not _may_go(node):
            text = source[node.start_byte : node.end_byte].decode("utf-8", "surrogateescape")
            docstring = first and node.type == "string" and _is_statement(node)
            if text.strip("\\ \t\r\n") and not docstring:
                yield _quoted(text) if node.type == "string" else text
            first = False


def _may_go(node: Node) -> bool:
    """A parenthesis around the whole of an expression, or a last comma."""
    if node.type not in _REDUNDANT:
        return False
    parent, following = node.parent, node.next_sibling
    if node.type != ",":
        around = parent.parent if parent and parent.type == "parenthesized_expression" else None
        return around is not None and around.type in _WHOLE_EXPRESSION
    while following is not None and following.type == "comment":
        following = following.next_sibling
    if following is None or parent is None:
        return False
    return following.type in _CLOSERS.get(parent.type, ())


def _quoted(literal: str) -> str:
    """A string with double quotes where that needs no escape; its prefix in small letters."""
    match = _PLAIN_STRING.match(literal)
    return f'{match[1].lower()}"{match[2]}"' if match else literal


def interpolated(token: Token) -> Iterator[Token]:
    """The tokens of the expressions in a formatted string; their places mean nothing."""
    for start, end in _interpolations(token.text):
        inner = _data(token.text)[start + 1 : end - 1]
        for found in tokens(inner, Span(0, len(inner))):
            yield found
            yield from interpolated(found)


def outside(literal: str) -> str:
    """A string literal without the expressions in it."""
    data, position = _data(literal), 0
    pieces = []
    for start, end in _interpolations(literal):
        pieces.append(data[position:start])
        position = end
    return b" ".join([*pieces, data[position:]]).decode("utf-8", "surrogateescape")


def _data(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _interpolations(literal: str) -> list[tuple[int, int]]:
    """Where the outermost expressions of a formatted string stand, with their braces."""
    if not _FORMATTED.match(literal) or "{" not in literal:
        return []
    root = parse("python", _data(literal)).root_node
    found, waiting = [], [root]
    while waiting:
        node = waiting.pop()
        if node.type == "interpolation":
            found.append((node.start_byte, node.end_byte))
        else:
            waiting += node.children
    return sorted(found)


def _is_statement(node: Node) -> bool:
    parent = node.parent
    return parent is not None and parent.type == "expression_statement" and parent.child_count == 1


@lru_cache(maxsize=4)
def _events(source: bytes, span: Span) -> tuple[tuple[str, Node], ...]:
    """Leaves, and what begins and ends, inside the span and in the order of the file.

    The last few are remembered: who asks for the tokens of a text asks for its comments, too.
    """
    return tuple(_found(parse("python", source), span))


def _found(tree: Tree, span: Span) -> Iterator[tuple[str, Node]]:
    cursor = tree.walk()
    first, last = span.start, span.end
    path: list[tuple[Node, bool, bool]] = []
    while True:
        node = cursor.node
        assert node is not None
        kind, start = node.type, node.start_byte
        statement = first <= start < last and bool(path) and path[-1][2]
        block = kind == "block"
        if block and first < start < last:
            yield "indent", node
        held = kind not in _WHOLE and start < last and node.end_byte > first
        if held and cursor.goto_first_child():
            path.append((node, statement, block or kind == "module"))
            continue
        if first <= start < last:
            yield "leaf", node
            if statement and kind not in _NO_STATEMENT:
                yield "newline", node
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return
            node, statement, _ = path.pop()
            if node.type == "block" and first < node.start_byte < last:
                yield "dedent", node
            if statement:
                yield "newline", node
            if not path:
                return


def _kind(node: Node, text: str) -> str:
    if node.type == "string":
        return "string"
    if node.type in ("integer", "float"):
        return "number"
    if re.fullmatch(r"[^\W\d]\w*", text):
        return "keyword" if text in KEYWORDS else "name"
    return "operator"
