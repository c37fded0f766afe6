"""What a file says without its layout, in the parts that evidence can depend on."""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from codeaug import languages
from codeaug.languages import LANGUAGES, plain_text
from codeaug.model import SourceFile, Span, Unit, content_id
from codeaug.syntax import SyntaxLimit

_NAMED = re.compile(r"(?:^|[.:])_*test", re.IGNORECASE)
_ANNOTATED = re.compile(r"\A\s*(?:@[\w.]+(?:\([^)]*\))?\s*)*@[\w.]*(?:Test|Theory|Property)\b")
_FIXTURE = re.compile(r"\A\s*(?:@[^\n]*\n\s*)*?@[\w.]*fixture\b")
_CONFTEST = re.compile(r"(?:^|/)conftest\.py$")
_MACRO = re.compile(r"^[ \t]*(?:TYPED_)?TEST(?:_[FP])?\s*\(\s*(\w+)\s*,\s*(\w+)\s*\)", re.MULTILINE)
_IMPORT = {
    "python": re.compile(
        rb"^[ \t]*(?:from[ \t]+[\w.]+[ \t]+)?import[ \t]+(?:\([^)]*\)|[^\n]*)", re.MULTILINE
    ),
    "java": re.compile(rb"^[ \t]*(?:import|package)\s[^;]*;", re.MULTILINE),
    "cpp": re.compile(rb"^[ \t]*#[ \t]*include\b[^\n]*", re.MULTILINE),
}
_WORD = re.compile(r"[^\W\d]\w*")
_CLASS = re.compile(r"\b[A-Z]\w*")
_ENDS = frozenset({";", "{", "}", "<newline>", "<indent>", "<dedent>"})
_AFTER_A_NAME = frozenset({"=", ";", ",", "(", "[", "{", "}", ":", "+=", "-=", "|=", "&="})


@dataclass(frozen=True, slots=True)
class FileFacts:
    """Digests of one file: of all its tokens; if it holds tests, of each test function, and of the
    rest of it.

    `pieces` is what stands outside functions, statement by statement: the digest, the names that it
    may declare, and all that it mentions. `imported` are names with where they come from,
    `mentions` the names in a file of tests that may be of classes.
    """

    tokens: str
    is_test: bool
    pieces: list[tuple[str, list[str], list[str]]] = field(default_factory=list)
    imported: list[tuple[str, str]] = field(default_factory=list)
    tests: dict[str, str] = field(default_factory=dict)
    rest: str = ""
    mentions: list[str] = field(default_factory=list)


def facts_of(file: SourceFile, source: bytes) -> FileFacts:
    """The facts of a file; of one that cannot be looked at, the digest of its bytes."""
    is_test = languages.is_test(file.language, file.path, source)
    try:
        tokens = content_id(plain_text(file.language, source))
        found = languages.find_units_once(file.language, source, file.path, file.blob)
        units = _outermost([unit for unit in found if isinstance(unit, Unit)])
        imports = LANGUAGES[file.language].imports
        imported = sorted(set(imports(source))) if imports else []
        pieces = list(_pieces(file.language, _without(file.language, source, units)))
        tests = [unit for unit in units if _is_test(unit)] if is_test else []
        rest = content_id(plain_text(file.language, _without(file.language, source, tests)))
        if not is_test:
            return FileFacts(tokens, False, pieces, imported)
        text = source.decode("utf-8", "surrogateescape")
        mentions = sorted(set(_CLASS.findall(text)))
        return FileFacts(
            tokens, True, pieces, imported, _tests(text, tests, tokens), rest, mentions
        )
    except (SyntaxLimit, RecursionError):
        return FileFacts(file.blob, is_test)


def _outermost(units: Sequence[Unit]) -> list[Unit]:
    found: list[Unit] = []
    for unit in sorted(units, key=lambda unit: (unit.span.start, -unit.span.end)):
        if not found or unit.span.start >= found[-1].span.end:
            found.append(unit)
    return found


def _without(language: str, source: bytes, units: Sequence[Unit]) -> bytes:
    """The file without these functions, and without the lines that import: what a test or a unit
    reaches is measured or named."""
    rest, end = b"", 0
    for unit in units:
        rest += source[end : unit.span.start]
        end = unit.span.end
    pattern = _IMPORT.get(language)
    return pattern.sub(b"", rest + source[end:]) if pattern else rest + source[end:]


def _tests(text: str, units: Sequence[Unit], tokens: str) -> dict[str, str]:
    """The test functions. The body of a test macro is no function to the parser: such a test is
    its whole file."""
    found = {f"{suite}.{name}": tokens for suite, name in _MACRO.findall(text)}
    for unit in units:
        found[unit.name] = content_id(found.get(unit.name, ""), languages.plain_code(unit))
    return found


def _is_test(unit: Unit) -> bool:
    if _CONFTEST.search(unit.path) or _FIXTURE.match(unit.code):
        return False
    return bool(_NAMED.search(unit.name.rpartition(".")[2]) or _ANNOTATED.match(unit.code))


# --- outside functions ----------------------------------------------------------------------------


def _pieces(language: str, source: bytes) -> Iterator[tuple[str, list[str], list[str]]]:
    """Statements and heads, by their tokens: no parse error can lose one."""
    piece: list[str] = []
    for token in (*plain_text(language, source).split("\n"), ";"):
        piece.append(token)
        if token in _ENDS:
            words = {word for word in piece if _is_name(language, word)}
            if words:
                named = _named_in_python(piece) if language == "python" else _named(piece)
                yield content_id(*piece), sorted(named & words), sorted(words)
            piece = []


@cache
def _is_name(language: str, word: str) -> bool:
    if not _WORD.fullmatch(word):
        return False
    if language == "python":
        return not keyword.iskeyword(word) and not hasattr(builtins, word)
    data = word.encode("utf-8", "surrogateescape")
    kinds = [token.kind for token in LANGUAGES[language].tokens(data, Span(0, len(data)))]
    return kinds == ["name"]


def _named_in_python(piece: Sequence[str]) -> set[str]:
    """What stands before the last `=`, or everything where there is none."""
    signs = [n for n, token in enumerate(piece) if token.endswith("=") and token not in _COMPARED]
    return set(piece[: signs[-1]] if signs else piece)


_COMPARED = frozenset({"==", "!=", "<=", ">="})


def _named(piece: Sequence[str]) -> set[str]:
    """Names at whose place a declaration has its own: before a sign, outside parentheses."""
    found = {after for before, after in pairwise(piece) if before == "define"}
    depth = 0
    signs = _AFTER_A_NAME | {")"} if "record" in piece else _AFTER_A_NAME  # components are fields
    for token, following in zip(piece, (*piece[1:], ";"), strict=True):
        depth += (token in "([") - (token in ")]")
        if following in signs and (depth <= 0 or ")" in signs):
            found.add(token)
    return found
