"""What a file imports, and from where."""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.syntax import matches, parse, query


def imports(language: str, source: bytes) -> Iterator[tuple[str, str]]:
    """Each imported name, `*` for all of them, with where it comes from: `package.member`. Raises
    SyntaxLimit."""
    root = parse(language, source).root_node
    for found in matches(query(language, "imports"), root):
        parts = (_text(source[node.start_byte : node.end_byte]) for node in found["from"])
        origin = ".".join(parts)
        for node in found["name"]:
            yield _text(source[node.start_byte : node.end_byte]), origin


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")
