"""What a file declares outside functions (fields, constants, macros), and what it imports."""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.syntax import matches, parse, query


def declared(language: str, source: bytes) -> Iterator[tuple[str, str, bytes]]:
    """`declaration` or `import`, the name, and the text that says what it is or from where it comes
    (`package.member`). Raises SyntaxLimit."""
    root = parse(language, source).root_node
    for found in matches(query(language, "declarations"), root):
        kind, sign = ("import", b".") if "import" in found else ("declaration", b" ")
        text = sign.join(source[node.start_byte : node.end_byte] for node in found[kind])
        for node in found["name"]:
            name = source[node.start_byte : node.end_byte]
            yield kind, name.decode("utf-8", "surrogateescape"), text
