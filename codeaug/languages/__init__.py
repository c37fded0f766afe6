"""What a language is: which files, what a unit, a token, a comment and a capability are.

A language is one module of this folder and one value `Language` in `LANGUAGES`. Third parties add
one through the entry-point group `codeaug.languages`: a `Language` of their own, with whatever
parser they like. What counts as what is data in `grammars/<language>/`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.metadata import entry_points
from pathlib import PurePosixPath

from codeaug.languages import (
    capability,
    cpp,
    imports,
    java,
    kinds,
    lexer,
    outline,
    placement,
    plain,
    python,
    python_tokens,
    texts,
)
from codeaug.languages.language import Language, Token
from codeaug.languages.texts import made_of
from codeaug.model import Skip, SkipReason, Span, Unit, content_id
from codeaug.syntax import SyntaxLimit

__all__ = [
    "LANGUAGES",
    "Language",
    "Token",
    "capabilities",
    "comments",
    "content",
    "find_units",
    "find_units_once",
    "is_generated",
    "is_test",
    "is_vendored",
    "keywords",
    "language_of",
    "made_of",
    "no_train",
    "place",
    "plain_code",
    "plain_text",
    "resolve",
    "texts_of",
    "tokens",
    "words",
]

PYTHON = Language(
    "python",
    "Python",
    (".py", ".pyw"),
    python.find_units,
    lambda source, span: tuple(python_tokens.tokens(source, span)),
    lambda source, span: tuple(python_tokens.comments(source, span)),
    capability.python_imports,
    kinds.is_python_test,
    python_tokens.plain,
    lambda source: imports.imports("python", source),
    lambda: python_tokens.KEYWORDS,
)
JAVA = Language(
    "java",
    "Java",
    (".java",),
    java.find_units,
    lambda source, span: tuple(lexer.tokens("java", source, span)),
    lambda source, span: tuple(lexer.comments("java", source, span)),
    capability.java_imports,
    kinds.is_java_test,
    lambda source, span: lexer.plain("java", source, span),
    imports=lambda source: imports.imports("java", source),
    keywords=lambda: lexer.keywords("java"),
)
# A pure C project's `.h` is taken for C++; `.c` is not ours.
CPP = Language(
    "cpp",
    "C++",
    (".h", ".hh", ".hpp", ".hxx", ".h++", ".cc", ".cpp", ".cxx", ".c++", ".ipp", ".inl", ".tpp"),
    cpp.find_units,
    lambda source, span: tuple(lexer.tokens("cpp", source, span)),
    lambda source, span: tuple(lexer.comments("cpp", source, span)),
    capability.cpp_imports,
    kinds.is_cpp_test,
    lambda source, span: lexer.plain("cpp", source, span),
    keywords=lambda: lexer.keywords("cpp"),
)

LANGUAGES: dict[str, Language] = {
    language.name: language
    for language in (
        *(PYTHON, JAVA, CPP),
        *(point.load() for point in entry_points(group="codeaug.languages")),
    )
}
TITLES = {name: item.title for name, item in LANGUAGES.items()}
"""What a reader calls each language."""
_BY_SUFFIX = {suffix: name for name, item in LANGUAGES.items() for suffix in item.suffixes}


def language_of(path: str) -> str | None:
    """The language of a file by its suffix, or None."""
    return _BY_SUFFIX.get(PurePosixPath(path).suffix.lower())


def find_units(language: str, source: bytes, path: str, blob: str) -> list[Unit | Skip]:
    """The units of a file in its order, and the functions that are none with the reason.

    A file that cannot be looked at gives one Skip without a name. Few files are remembered.
    """
    return list(_remembered(language, source, path, blob))


@lru_cache(maxsize=16)
def _remembered(language: str, source: bytes, path: str, blob: str) -> tuple[Unit | Skip, ...]:
    return tuple(find_units_once(language, source, path, blob))


def find_units_once(language: str, source: bytes, path: str, blob: str) -> list[Unit | Skip]:
    """As `find_units`, for a file that nobody will ask about again."""
    may_be_marked = outline.MARK in source
    if may_be_marked and outline.is_marked_file(source):
        return [Skip(path, language, SkipReason.MARKED)]
    try:
        found = outline.numbered(LANGUAGES[language].units(source, path, blob))
    except SyntaxLimit as error:
        return [Skip(path, language, SkipReason.TOO_DEEP, detail=str(error))]
    return outline.marked(found, source) if may_be_marked else found


def no_train(found: Sequence[Unit | Skip], source: bytes) -> frozenset[int]:
    """The first bytes of those units of a file that no model is to be trained on, since a comment
    says `codeaug: no-train`."""
    return outline.no_train([item for item in found if isinstance(item, Unit)], source)


@lru_cache(maxsize=8)
def tokens(language: str, source: bytes, span: Span) -> tuple[Token, ...]:
    """The tokens of a span of a file: no comments, no layout (but Python's structure).

    The last few are remembered: every check asks for those of original and variant.
    """
    return LANGUAGES[language].tokens(source, span)


def keywords(language: str) -> frozenset[str]:
    """The words of a language that are no names; none of one that is not known here."""
    known = LANGUAGES.get(language)
    return known.keywords() if known else frozenset()


def comments(language: str, source: bytes, span: Span) -> tuple[str, ...]:
    """The comments of a span (Python: and its docstrings), each as one line."""
    return LANGUAGES[language].comments(source, span)


def content(unit: Unit) -> str:
    """An id of what a unit says: it stays when the unit is moved or laid out anew.

    Its place does not count; its words in comments and docstrings do. Of one that takes too long to
    parse every letter counts.
    """
    try:
        words = comment_words(unit)
        return content_id(unit.language, unit.qualified_name, plain_code(unit), words)
    except SyntaxLimit:
        return content_id(unit.language, unit.qualified_name, unit.code)


def comment_words(unit: Unit) -> str:
    """The words of a unit's comments and docstrings, however they are laid out. Raises
    SyntaxLimit."""
    return plain.words(LANGUAGES[unit.language].comments(*plain.alone(unit)))


def plain_code(unit: Unit) -> str:
    """The tokens of a unit, one a line, without comments and layout. Raises SyntaxLimit."""
    return plain.tokens(LANGUAGES[unit.language], *plain.alone(unit))


def plain_text(language: str, source: bytes) -> str:
    """The tokens of a text, one a line, without comments and layout. Raises SyntaxLimit."""
    return plain.tokens(LANGUAGES[language], source, Span(0, len(source)))


def capabilities(language: str, source: bytes, span: Span) -> frozenset[str]:
    """What a span can do to the outside: `call:os.system`, `import:os`, `text:bidi`, ..."""
    imported = LANGUAGES[language].imported(source)
    return capability.capabilities(language, tokens(language, source, span), imported, source, span)


def words(language: str, source: bytes, span: Span) -> frozenset[str]:
    """The words in the text literals of a span, without placeholders and docstrings."""
    found = list(tokens(language, source, span))
    if language == "python":
        found += [t for token in found for t in python_tokens.interpolated(token)]
    return texts.words(texts.literals(language, found))


@lru_cache(maxsize=16)
def texts_of(language: str, source: bytes) -> str:
    """What all text literals of a file say."""
    return "\n".join(texts.literals(language, tokens(language, source, Span(0, len(source)))))


@cache
def is_vendored(path: str) -> bool:
    """Whether a path lies in a folder of other people's code."""
    return kinds.is_vendored(path)


def is_generated(path: str, source: bytes) -> bool:
    """Whether a file's name or its first comments say that a program wrote it."""
    return kinds.is_generated(path, source)


def is_test(language: str, path: str, source: bytes) -> bool:
    """Whether a file holds tests, by its place, its name or what it includes."""
    return LANGUAGES[language].is_test(path, source)


def place(unit: Unit, source: bytes, code: str) -> bytes:
    """The file with the unit replaced by `code`, in whichever of the usual ways it is indented.

    Raises ValueError, with a sentence, when no reading gives exactly one function there.
    """
    for text in placement.readings(unit, source, code):
        changed = source[: unit.span.start] + text + source[unit.span.end :]
        if placement.holds_one(unit, changed, len(text), find_units):
            return changed
    raise ValueError("the code does not parse to exactly one function in the original's place")


def resolve(units: Sequence[Unit], path: str, name: str) -> Unit:
    """The unit of `path` with this qualified name; the parameter list may be left out where that
    is unambiguous, blanks do not matter. Raises KeyError with a sentence."""
    wanted = "".join(name.split())
    here = [unit for unit in units if unit.path == path]
    for key in (_qualified, _name):
        same = [unit for unit in here if key(unit) == wanted]
        if len(same) == 1:
            return same[0]
        if same:
            listed = ", ".join(unit.qualified_name for unit in same)
            raise KeyError(f"{name} is ambiguous in {path}: {listed}")
    written = [unit for unit in here if f"def{_last(wanted)}" in "".join(unit.code.split())]
    if "(" in wanted and len(written) == 1:
        return written[0]
    loose = _bare(wanted)
    near = [unit for unit in here if loose and _means(loose, _bare(_name(unit)))]
    if len(near) == 1:
        return near[0]
    raise KeyError(f"{path} has no unit {name}{_candidates(here, wanted)}")


def _last(name: str) -> str:
    """`size(self,value)` of `Cart.size(self,value)`."""
    start = name.find("(")
    return name[name.rfind(".", 0, start if start >= 0 else None) + 1 :]


def _bare(name: str) -> str:
    """A name without parameters, type arguments, anonymous scopes and `<locals>`."""
    for scope in ("<locals>.", "(anonymousnamespace)::", "(anonymous)::"):
        name = name.replace(scope, "")
    match = re.match(r".*?operator\(\)|[^(]*", name)
    name = match[0] if match else name
    return name if "operator" in name else re.sub(r"<[^<>]*>", "", name).replace("::", ".")


def _means(wanted: str, known: str) -> bool:
    """One is the other's end, at a dot."""
    return wanted == known or f".{known}".endswith(f".{wanted}") or wanted.endswith(f".{known}")


def _qualified(unit: Unit) -> str:
    return "".join(unit.qualified_name.split())


def _name(unit: Unit) -> str:
    return "".join(unit.name.split())


def _candidates(units: Sequence[Unit], wanted: str) -> str:
    import difflib

    if not units:
        return ": the file has no units"
    names = {_qualified(unit): unit.qualified_name for unit in units}
    last = wanted.split("(")[0].replace("::", ".").rsplit(".", 1)[-1]
    near = [name for key, name in names.items() if last and last in key][:5]
    near = near or [names[key] for key in difflib.get_close_matches(wanted, names, 5, 0.4)]
    return f"; there is {', '.join(near)}" if near else ""
