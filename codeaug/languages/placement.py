"""Put a function that somebody wrote back into its file, however they indented it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from codeaug.languages import lexer, python_tokens
from codeaug.model import Skip, Span, Unit
from codeaug.syntax import SyntaxLimit

_ANNOTATIONS = re.compile(
    r"(?:@(?!interface\b)[\w.]+(?:\s*\((?:[^()\"]|\"(?:[^\"\\]|\\.)*\"|\([^()]*\))*\))?\s*"
    r"|/\*.*?\*/\s*|//[^\n]*\n\s*)+",
    re.DOTALL,
)
_TEMPLATE = re.compile(r"template\s*<")
_COMMENTS = {
    "python": re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)+"),
    "braces": re.compile(r"(?:\s*(?:/\*.*?\*/|//[^\n]*\n))+[ \t]*\n*", re.DOTALL),
}

Find = Callable[[str, bytes, str, str], list[Unit | Skip]]


def readings(unit: Unit, source: bytes, code: str) -> Iterator[bytes]:
    """The texts that `code` may mean in the unit's place, likeliest first."""
    text = code.replace("\r\n", "\n").replace("\r", "\n").strip("\n").rstrip()
    text = _without_repeated_head(unit, source, _without_repeated_tail(unit, source, text))
    indent = _indent(unit, source)
    whole = _with_header(unit, _dedented_first_line(text))
    moved = _with_header(unit, _indented(unit.language, _dedented(text), indent))
    last_line = whole.rsplit("\n", 1)[-1]
    as_in_file = last_line.startswith(indent) or "\n" not in whole
    for reading in dict.fromkeys([whole, moved] if as_in_file else [moved, whole]):
        data = reading.encode("utf-8", "surrogateescape")
        yield data.replace(b"\n", b"\r\n") if _has_crlf(source) else data


def holds_one(unit: Unit, changed: bytes, length: int, find: Find) -> bool:
    """Whether bytes `unit.span.start` on, `length` of them, are one function and comments."""
    start, end = unit.span.start, unit.span.start + length
    found = find(unit.language, changed, unit.path, "")
    here = [
        item.span
        for item in found
        if isinstance(item, Unit) and item.span.start < end and start < item.span.end
    ]
    inside = [span for span in here if start <= span.start and span.end <= end]
    outermost = [s for s in inside if not any(_contains(o, s) for o in inside)]
    crossing = [s for s in here if s not in inside and not (s.start <= start and end <= s.end)]
    if len(outermost) != 1 or crossing or outermost[0].start != start:
        return False
    return not _tokens(unit.language, changed[outermost[0].end : end])


def _contains(outer: Span, inner: Span) -> bool:
    return outer != inner and outer.start <= inner.start and inner.end <= outer.end


def _tokens(language: str, rest: bytes) -> bool:
    """Whether a text holds anything but blanks and comments."""
    if language == "python":
        return any(line.strip() and not line.strip().startswith(b"#") for line in rest.split(b"\n"))
    return any(True for _ in lexer.tokens(language, rest, Span(0, len(rest))))


def _indent(unit: Unit, source: bytes) -> str:
    line = source[source.rfind(b"\n", 0, unit.span.start) + 1 : unit.span.start]
    return line[: len(line) - len(line.lstrip())].decode("ascii", "ignore")


def _has_crlf(source: bytes) -> bool:
    return source.count(b"\r\n") * 2 > source.count(b"\n")


def _without_repeated_tail(unit: Unit, source: bytes, text: str) -> str:
    """A comment after the function on its last line stays in the file: not a second time."""
    end = source.find(b"\n", unit.span.end)
    tail = source[unit.span.end : end if end >= 0 else len(source)].decode("utf-8", "replace")
    tail = tail.strip()
    if tail and not unit.code.rstrip().endswith(tail) and text.endswith(tail):
        return text.removesuffix(tail).rstrip()
    return text


def _without_repeated_head(unit: Unit, source: bytes, text: str) -> str:
    """The comments above the function stay in the file: not a second time."""
    pattern = _COMMENTS["python" if unit.language == "python" else "braces"]
    head = match[0] if (match := pattern.match(text)) else ""
    above = source[max(0, unit.span.start - 4 * len(head.encode()) - 1000) : unit.span.start]
    known = "".join(above.decode("utf-8", "replace").split())
    if head.strip() and known.endswith("".join(head.split())):
        return text[len(head) :]
    return text


def _with_header(unit: Unit, text: str) -> str:
    """With the original's decorators, annotations or template header when `text` has none."""
    header = _header(unit).replace("\r\n", "\n")
    if not header or text.startswith("@" if unit.language != "cpp" else "template"):
        return text
    return header + text


def _header(unit: Unit) -> str:
    if unit.language == "python":
        match = re.match(
            r"@.*?^[ \t]*(?=(?:async[ \t]+def|def)\b)", unit.code, re.DOTALL | re.MULTILINE
        )
        return match[0] if match else ""
    if unit.language == "java":
        match = _ANNOTATIONS.match(unit.code)
        return match[0] if match else ""
    return unit.code[: _end_of_template(unit.code)]


def _end_of_template(code: str) -> int:
    """Where the last `template <...>` at the beginning of a definition ends, with blanks."""
    position = 0
    while match := _TEMPLATE.match(code, position):
        depth, end = 1, match.end()
        while depth and end < len(code):
            depth += (code[end] == "<") - (code[end] == ">" and code[end - 1] != "-")
            end += 1
        position = end + len(code[end:]) - len(code[end:].lstrip())
    return position


def _dedented_first_line(text: str) -> str:
    return text.lstrip(" \t")


def _dedented(text: str) -> str:
    """Without the indentation of the first line, from every line that has it."""
    indent = text[: len(text) - len(text.lstrip(" \t"))]
    if not indent:
        return text
    return "\n".join(line.removeprefix(indent) for line in text.split("\n"))


def _indented(language: str, text: str, indent: str) -> str:
    """Every line but the first, empty ones and those inside a text literal moved to `indent`."""
    if not indent:
        return text
    data = text.encode("utf-8", "surrogateescape")
    fixed = _lines_inside_literals(language, data)
    lines = data.split(b"\n")
    moved = [
        line if number == 0 or number in fixed or not line.strip() else indent.encode() + line
        for number, line in enumerate(lines)
    ]
    return b"\n".join(moved).decode("utf-8", "surrogateescape")


def _lines_inside_literals(language: str, data: bytes) -> set[int]:
    """Lines (from 0) that begin inside a string of several lines."""
    span = Span(0, len(data))
    lines: set[int] = set()
    try:
        found = python_tokens.tokens(data, span) if language == "python" else None
        for token in found or lexer.tokens(language, data, span):
            if token.kind == "string" and "\n" in token.text:
                first = data.count(b"\n", 0, token.start)
                lines.update(range(first + 1, first + token.text.count("\n") + 1))
    except SyntaxLimit:
        return set()
    return lines
