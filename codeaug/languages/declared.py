"""What a file declares outside functions: fields, constants, imports, macros, aliases."""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.syntax import matches, parse, query


def declared(language: str, source: bytes) -> Iterator[tuple[str, bytes]]:
    """Each declared name with the text that says what it is. Raises SyntaxLimit."""
    root = parse(language, source).root_node
    for found in matches(query(language, "declarations"), root):
        parts = (source[node.start_byte : node.end_byte] for node in found["declaration"])
        text = b" ".join(parts)
        for node in found["name"]:
            name = source[node.start_byte : node.end_byte]
            yield name.decode("utf-8", "surrogateescape"), text
