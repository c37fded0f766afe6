"""What a file says without its layout, in the parts that evidence can depend on."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from codeaug import languages
from codeaug.languages import LANGUAGES, plain_text
from codeaug.model import SourceFile, Unit, content_id
from codeaug.syntax import SyntaxLimit

_NAMED = re.compile(r"(?:^|[.:])_*test", re.IGNORECASE)
_ANNOTATED = re.compile(r"\A\s*(?:@[\w.]+(?:\([^)]*\))?\s*)*@[\w.]*(?:Test|Theory|Property)\b")
_MACRO = re.compile(r"^[ \t]*(?:TYPED_)?TEST(?:_[FP])?\s*\(\s*(\w+)\s*,\s*(\w+)\s*\)", re.MULTILINE)
_IMPORT = {
    "python": re.compile(
        rb"^[ \t]*(?:from[ \t]+[\w.]+[ \t]+)?import[ \t]+(?:\([^)]*\)|[^\n]*)", re.MULTILINE
    ),
    "java": re.compile(rb"^[ \t]*(?:import|package)\s[^;]*;", re.MULTILINE),
    "cpp": re.compile(rb"^[ \t]*#[ \t]*include\b[^\n]*", re.MULTILINE),
}


@dataclass(frozen=True, slots=True)
class FileFacts:
    """Digests of one file: of all its tokens; of the texts of each name that it declares outside
    functions; if it holds tests, of each test function, and of the rest of it. `imported` are names
    with where they come from."""

    tokens: str
    is_test: bool
    declared: dict[str, list[str]] = field(default_factory=dict)
    imported: list[tuple[str, str]] = field(default_factory=list)
    tests: dict[str, str] = field(default_factory=dict)
    rest: str = ""


def facts_of(file: SourceFile, source: bytes) -> FileFacts:
    """The facts of a file; of one that cannot be looked at, the digest of its bytes."""
    is_test = languages.is_test(file.language, file.path, source)
    try:
        tokens = content_id(plain_text(file.language, source))
        told = _declared(file.language, source)
        parts = _tests(file, source, tokens) if is_test else ({}, "")
        return FileFacts(tokens, is_test, *told, *parts)
    except (SyntaxLimit, RecursionError):
        return FileFacts(file.blob, is_test)


def _declared(language: str, source: bytes) -> tuple[dict[str, list[str]], list[tuple[str, str]]]:
    declared = LANGUAGES[language].declared
    texts, imported = defaultdict[str, set[str]](set), set()
    for kind, name, text in declared(source) if declared else ():
        if kind == "import":
            imported.add((name, text.decode("utf-8", "surrogateescape")))
        else:
            texts[name].add(content_id(plain_text(language, text)))
    return {name: sorted(digests) for name, digests in texts.items()}, sorted(imported)


def _tests(file: SourceFile, source: bytes, tokens: str) -> tuple[dict[str, str], str]:
    """The test functions, and the file without them. The body of a test macro is no function to the
    parser: such a test is its whole file. What a test reaches is measured, so lines that import are
    left out: their names are `imported`."""
    text = source.decode("utf-8", "surrogateescape")
    found = {f"{suite}.{name}": tokens for suite, name in _MACRO.findall(text)}
    rest, end = b"", 0
    for unit in languages.find_units_once(file.language, source, file.path, file.blob):
        if isinstance(unit, Unit) and unit.span.start >= end and _is_test(unit):
            found[unit.name] = content_id(found.get(unit.name, ""), languages.plain_code(unit))
            rest += source[end : unit.span.start]
            end = unit.span.end
    rest = _without_imports(file.language, rest + source[end:])
    return found, content_id(plain_text(file.language, rest))


def _without_imports(language: str, source: bytes) -> bytes:
    pattern = _IMPORT.get(language)
    return pattern.sub(b"", source) if pattern else source


def _is_test(unit: Unit) -> bool:
    return bool(_NAMED.search(unit.name.rpartition(".")[2]) or _ANNOTATED.match(unit.code))
