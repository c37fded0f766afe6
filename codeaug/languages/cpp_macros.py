"""Macros that tree-sitter cannot expand, replaced by blanks of equal length: offsets stay valid."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

from codeaug.bundled import bundled

# A macro alone on its line, as `FMT_BEGIN_NAMESPACE` or `Q_PROPERTY(int x)`; not one that opens a
# block (`JSON_CATCH (...) {`), ends an expression or an enumeration.
_ALONE = re.compile(
    rb"(?<![,=(+\-*/|&?:<>.\\\n])(?<=\n)[ \t]*"
    rb"[A-Z][A-Z0-9]*_[A-Z0-9_]*(?:[ \t]*\([^(){};\n]*\))?[ \t]*;?[ \t]*"
    rb"(?=\r?\n(?!\s*[{,;.)=|&?:+*/-]))"
)
_STATEMENT_BEFORE = b"{};:)>/"
_WORD = re.compile(
    rb"\b[A-Z][A-Z0-9]*_[A-Z0-9_]*\w*\b(?:[ \t]*\((?:[^(){};\n]|\([^(){};\n]*\))*\))?"
)
_DIRECTIVE = re.compile(rb"^[ \t]*#(?:[^\n\\]|\\\r?\n|\\.)*", re.MULTILINE)


@cache
def _decorating() -> re.Pattern[bytes]:
    lines = bundled("grammars", "cpp", "macros.txt").read_bytes().splitlines()
    words = [line.strip() for line in lines if line.strip() and not line.startswith(b"#")]
    return re.compile(b"|".join(b"(?:%s)" % word for word in words))


def blank_macros(source: bytes) -> tuple[bytes, list[tuple[int, int]], list[tuple[int, int]]]:
    """The text without macros, the spans that were blanked, and those of them that are attributes,
    which belong to the declaration that follows."""
    directives = [match.span() for match in _DIRECTIVE.finditer(source)]
    alone = [m.span() for m in _ALONE.finditer(source) if _starts_line(source, m.start())]
    attributes = [match.span() for match in _WORD.finditer(source) if _decorates(source, match)]
    result = bytearray(source)
    kept = []
    for start, end in sorted({*alone, *attributes}):
        if not any(first <= start < last for first, last in _near(directives, start)):
            result[start:end] = re.sub(rb"[^\r\n]", b" ", source[start:end])
            kept.append((start, end))
    return bytes(result), kept, [span for span in attributes if span in set(kept)]


def _near(directives: list[tuple[int, int]], offset: int) -> list[tuple[int, int]]:
    index = bisect_right(directives, (offset, 1 << 62))
    return directives[max(0, index - 1) : index]


def _starts_line(source: bytes, start: int) -> bool:
    """Whether the line before ends a statement or declaration, a comment or a directive."""
    before = source[max(0, start - 400) : start].rstrip()
    if not before or before[-1] in _STATEMENT_BEFORE:
        return True
    line = before[before.rfind(b"\n") + 1 :].lstrip()
    return line.startswith((b"#", b"//", b"*")) or line.isupper()


def _decorates(source: bytes, match: re.Match[bytes]) -> bool:
    word = re.match(rb"\w+", match[0])
    if word is None or not _decorating().fullmatch(word[0]):
        return False
    follows = source[match.end() : match.end() + 80].lstrip()[:1]
    return bool(follows) and (follows.isalpha() or follows in b"_~:{;[&*")
