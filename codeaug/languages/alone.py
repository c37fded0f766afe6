"""A function's text by itself, outside of its file."""

from __future__ import annotations

from codeaug.syntax import Tree, parse

_AROUND = {"java": ("class _ {\n", "\n}"), "python": ("if 1:\n", "")}


def around(language: str, code: str) -> tuple[str, str]:
    """What a function needs before it and behind it to parse where it stands: whole lines."""
    if language == "python" and code[:1] not in (" ", "\t"):
        return "", ""
    return _AROUND.get(language, ("", ""))


def tree_of(language: str, code: str) -> Tree:
    """The tree of a function and of what it needs around it. Raises SyntaxLimit, and KeyError for
    a language without a grammar of ours."""
    before, after = around(language, code)
    return parse(language, f"{before}{code}{after}".encode("utf-8", "replace"))


def first_error(language: str, code: str) -> int:
    """The line (from 1) at which a function does not parse; 0 when it does."""
    root = tree_of(language, code).root_node
    if not root.has_error:
        return 0
    above = around(language, code)[0].count("\n")
    waiting, lines = [root], []
    while waiting:
        node = waiting.pop()
        if node.is_error or node.is_missing:
            lines.append(node.start_point.row - above + 1)
        elif node.has_error:
            waiting += node.children
    return max(1, min(lines, default=1))
