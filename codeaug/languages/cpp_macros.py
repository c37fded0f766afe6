"""Macros that tree-sitter cannot expand, replaced by blanks of equal length: offsets stay valid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from codeaug.bundled import bundled
from codeaug.languages.outline import Part, merged

# A macro alone on its line, as `FMT_BEGIN_NAMESPACE` or `Q_PROPERTY(int x)`; not one that opens a
# block (`JSON_CATCH (...) {`), ends an expression or an enumeration.
_ALONE = re.compile(
    rb"\n([ \t]*_*[A-Z][A-Z0-9]*_[A-Z0-9_]*(?:[ \t]*\([^(){};\n]*\))?[ \t]*;?[ \t]*)"
    rb"(?=\r?\n(?!\s*[{,;.)=|&?:+*/-]))"
)
_STATEMENT_BEFORE = b"{};:)>/"
_WORD = re.compile(rb"\b(_*[A-Z][A-Z0-9]*_\w*)\b(?:[ \t]*\((?:[^(){};\n]|\([^(){};\n]*\))*\))?")


@cache
def _decorating() -> re.Pattern[bytes]:
    lines = bundled("grammars", "cpp", "macros.txt").read_bytes().splitlines()
    words = [line.strip() for line in lines if line.strip() and not line.startswith(b"#")]
    return re.compile(b"|".join(b"(?:%s)" % word for word in words))


def blank_macros(
    source: bytes, parts: Sequence[Part] | None = None
) -> tuple[bytes, list[Part], list[Part]]:
    """The text without macros, the spans that were blanked, and those of them that are attributes,
    which belong to the declaration that follows; only in these parts (sorted), when given."""
    lines = [(0, len(source))] if parts is None else _whole_lines(source, parts)
    # The first line too gets a line end before it.
    alone = [
        (match.start(1) - 1, match.end(1) - 1)
        for match in _matches(_ALONE, b"\n" + source, lines)
        if _starts_line(source, match.start(1) - 1)
    ]
    attributes = [
        match.span()
        for match in _matches(_WORD, source, lines)
        if is_decorating(match[1].decode("ascii", "replace")) and _is_followed(source, match.end())
    ]
    result = bytearray(source)
    kept = []
    for start, end in sorted({*alone, *attributes}):
        if not _in_directive(source, start):
            result[start:end] = re.sub(rb"[^\r\n]", b" ", source[start:end])
            kept.append((start, end))
    blanked = set(kept)
    return bytes(result), kept, [span for span in attributes if span in blanked]


def _whole_lines(source: bytes, parts: Sequence[Part]) -> list[Part]:
    """The parts from the beginning to the end of their lines, each byte once."""
    return merged(
        (source.rfind(b"\n", 0, start) + 1, source.find(b"\n", end) + 1 or len(source))
        for start, end in parts
    )


def _matches(
    pattern: re.Pattern[bytes], text: bytes, parts: Sequence[Part]
) -> Iterator[re.Match[bytes]]:
    """Those that begin in one of the parts; what they look ahead at may lie behind it."""
    for start, end in parts:
        for match in pattern.finditer(text, start):
            if match.start() >= end:
                break
            yield match


def _in_directive(source: bytes, offset: int) -> bool:
    """Whether the line, with those that it continues, begins with `#`."""
    start = source.rfind(b"\n", 0, offset) + 1
    while start and source.endswith((b"\\\n", b"\\\r\n"), 0, start):
        start = source.rfind(b"\n", 0, start - 1) + 1
    return source[start:offset].lstrip().startswith(b"#")


def _starts_line(source: bytes, start: int) -> bool:
    """Whether the line before ends a statement or declaration, a comment or a directive."""
    before = source[max(0, start - 400) : start].rstrip()
    if not before or before[-1] in _STATEMENT_BEFORE:
        return True
    line = before[before.rfind(b"\n") + 1 :].lstrip()
    return line.startswith((b"#", b"//", b"*")) or line.isupper()


@lru_cache(maxsize=65536)
def is_decorating(word: str) -> bool:
    """Whether a word is a macro that stands between the parts of a declaration."""
    return "_" in word and bool(_decorating().fullmatch(word.encode()))


def _is_followed(source: bytes, end: int) -> bool:
    """Whether the rest of a declaration can stand behind."""
    follows = source[end : end + 80].lstrip()[:1]
    return bool(follows) and (follows.isalpha() or follows in b"_~:{;[&*")
