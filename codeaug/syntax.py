"""Parse and query. The only module that knows tree-sitter and its grammars.

Trees are of bytes, offsets are bytes. A node's text is `source[node.start_byte:node.end_byte]`.
Never turn a node of a foreign file into text with `str`: it recurses in C and can crash.
Parsing holds the interpreter's lock: use processes, not threads, for speed.
"""

from __future__ import annotations

import importlib
import threading
import time
from collections.abc import Callable, Iterator
from functools import cache

from tree_sitter import Language, Node, Parser, Point, Query, QueryCursor, Tree

from codeaug.bundled import bundled

__all__ = [
    "Node",
    "SyntaxLimit",
    "Tree",
    "blanked_tree",
    "captures",
    "grammar_versions",
    "matches",
    "parse",
    "query",
    "reparsed",
    "require_shallow",
    "too_deep",
    "walk",
]

SECONDS = 20.0
MAX_DEPTH = 1000  # of brackets; a query slows down with the square of the depth
_CHUNK = 65536

_GRAMMARS = {
    "python": "tree_sitter_python",
    "java": "tree_sitter_java",
    "cpp": "tree_sitter_cpp",
}
_ROUND = bytes.maketrans(b"[]{}", b"()()")
_NO_BRACKET = bytes(code for code in range(256) if code not in b"()[]{}")


class SyntaxLimit(Exception):
    """A file that is nested too deeply or takes too long to parse."""


def parse(
    language: str, source: bytes, *, old: Tree | None = None, seconds: float = SECONDS
) -> Tree:
    """The tree of `source`; `old` is an edited tree to start from. Raises SyntaxLimit."""
    require_shallow(source)
    deadline = time.monotonic() + seconds
    parser = _parser(language)

    def read(offset: int, _: Point) -> bytes:
        # The whole text is one chunk without a copy; an old tree makes tree-sitter jump about.
        return source[offset : offset + _CHUNK] if offset else source

    now = time.monotonic

    def late(_offset: int, _has_error: bool) -> bool:
        return now() > deadline

    try:
        # Only a callable makes tree-sitter ask the progress callback.
        if old is None:
            return parser.parse(read, progress_callback=late)
        return parser.parse(read, old, progress_callback=late)
    except ValueError as error:
        parser.reset()
        raise SyntaxLimit(f"parsing took more than {seconds:g} s") from error


def reparsed(language: str, tree: Tree, source: bytes, start: int, end: int, new: bytes) -> Tree:
    """The tree of `source` with its bytes from `start` to `end` replaced. Raises SyntaxLimit."""
    old = tree.copy()
    changed = source[:start] + new + source[end:]
    stop = start + len(new)
    places = ((source, start), (source, end), (changed, stop))
    old.edit(start, end, stop, *(_point(text, position) for text, position in places))
    return parse(language, changed, old=old)


def _point(text: bytes, position: int) -> Point:
    return Point(text.count(b"\n", 0, position), position - text.rfind(b"\n", 0, position) - 1)


def require_shallow(source: bytes) -> None:
    """Raises SyntaxLimit for a text that `parse` would not take."""
    if too_deep(source):
        raise SyntaxLimit(f"more than {MAX_DEPTH} levels of brackets")


def too_deep(source: bytes, levels: int = MAX_DEPTH) -> bool:
    """Whether brackets nest deeper than `levels`; those in texts count too."""
    brackets = source.translate(_ROUND, _NO_BRACKET)
    for _ in range(min(levels, 32)):
        if b"()" not in brackets:
            break
        brackets = brackets.replace(b"()", b"")
    return len(brackets) > levels and _deepest(brackets) > levels


def _deepest(brackets: bytes) -> int:
    depth = deepest = 0
    for code in brackets:
        depth = depth + 1 if code == 0x28 else max(0, depth - 1)
        deepest = max(deepest, depth)
    return deepest + 32


@cache
def _language(language: str) -> Language:
    return Language(importlib.import_module(_GRAMMARS[language]).language())


_mine = threading.local()


def _parser(language: str) -> Parser:
    """This thread's parser: while one parses, its callbacks let another thread run."""
    parsers: dict[str, Parser] = _mine.__dict__
    if language not in parsers:
        parsers[language] = bare_parser(language)
    return parsers[language]


def bare_parser(language: str) -> Parser:
    """A parser of the caller's own, without limits."""
    return Parser(_language(language))


@cache
def query(language: str, name: str) -> Query:
    """The compiled query `grammars/<language>/<name>.scm`."""
    text = bundled("grammars", language, f"{name}.scm").read_text(encoding="utf-8")
    return Query(_language(language), text)


def captures(
    found: Query, node: Node, part: tuple[int, int] | None = None
) -> dict[str, list[Node]]:
    """All captures below `node` by name, in the order of the file; only those that `part` (bytes)
    touches, when given."""
    cursor = QueryCursor(found)
    if part:
        cursor.set_byte_range(*part)
    # Never with a progress callback: tree-sitter 0.26.1 crashes when a query has one.
    return cursor.captures(node)


def matches(found: Query, node: Node) -> Iterator[dict[str, list[Node]]]:
    """All matches below `node`, each with its captures by name."""
    return (captured for _, captured in QueryCursor(found).matches(node))


def walk(node: Node, enter: Callable[[Node], bool] = lambda _: True) -> Iterator[Node]:
    """All nodes below and including `node`, parents first; below those that `enter` accepts."""
    cursor = node.walk()
    depth = 0
    while True:
        current = cursor.node
        assert current is not None
        yield current
        if enter(current) and cursor.goto_first_child():
            depth += 1
            continue
        while not cursor.goto_next_sibling():
            if depth == 0 or not cursor.goto_parent():
                return
            depth -= 1
        if depth == 0:
            return


def blanked_tree(
    language: str, tree: Tree, source: bytes, blanked: bytes, spans: list[tuple[int, int]]
) -> tuple[Tree, list[tuple[int, int]]]:
    """The tree of `blanked`, which differs from `source` only by blanks inside `spans`, and the
    parts of the file where it differs from `tree`."""
    old = tree.copy()
    row = line_start = 0
    for start, end in sorted(spans):
        row += source.count(b"\n", line_start, start)
        line_start = source.rfind(b"\n", 0, start) + 1
        rows = source.count(b"\n", start, end)
        last_start = source.rfind(b"\n", 0, end) + 1
        first, last = Point(row, start - line_start), Point(row + rows, end - last_start)
        old.edit(start, end, end, first, last, last)
    new = parse(language, blanked, old=old)
    return new, [(part.start_byte, part.end_byte) for part in old.changed_ranges(new)]


@cache
def grammar_versions() -> str:
    """Names and versions of the parser and its grammars, for caches and for evidence."""
    from importlib.metadata import version  # half as long to import as tree-sitter itself

    names = ["tree-sitter", *(module.replace("_", "-") for module in _GRAMMARS.values())]
    return " ".join(f"{name}={version(name)}" for name in names)
