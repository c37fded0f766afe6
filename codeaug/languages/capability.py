"""What code can do to the outside, by the names it uses; the names are data in `grammars/`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from codeaug.bundled import bundled
from codeaug.languages import handlers, python_tokens, texts
from codeaug.languages.language import Token
from codeaug.model import Span

_SEPARATORS = {".", "::", "->"}
_PLAIN = {"interface", "Override"}
_CONSTANT = {"const", "constexpr", "assert"}
_PYTHON_IMPORT = re.compile(
    rb"^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import[ \t]+(\([^)]*\)|[^\n#;]+)|import[ \t]+([^\n#;]+))",
    re.MULTILINE,
)
_JAVA_IMPORT = re.compile(rb"^[ \t]*import\s+(static\s+)?([\w.]+)\s*;", re.MULTILINE)


def capabilities(
    language: str,
    found: Sequence[Token],
    imported: dict[str, str],
    source: bytes,
    span: Span,
) -> frozenset[str]:
    """The capabilities of a span, given its tokens and the imports of its file."""
    text = source[span.start : span.end].decode("utf-8", "surrogateescape")
    if language == "python":
        found = [*found, *(t for token in found for t in python_tokens.interpolated(token))]
    called = found
    if language == "cpp":
        called = _without_locals(_without_algorithms(found))
    elif language == "python":
        called = _without_parameters(_without_assigned(found))
    names = _names(language, called, imported)
    broad = _lists(language).broad
    return frozenset(
        [
            *(f"call:{name}" for name in names if _watched(language, name)),
            *_statements(language, found, source),
            *(f"catch:{name}" for name in handlers.swallowing(language, found, broad)),
            *texts.oddities(language, found, text),
        ]
    )


def _without_algorithms(found: Sequence[Token]) -> list[Token]:
    """Without `std::remove(first, last, value)`: only with one argument does it remove a file."""
    return [
        token
        for index, token in enumerate(found)
        if token.text != "remove" or _arguments(found, index + 1) < 3
    ]


_OF_TYPES = {
    "auto", "bool", "char", "const", "double", "float", "int", "long", "short", "signed",
    "unsigned", "wchar_t",
}  # fmt: skip
_BEHIND_NAMES = {";", "=", "{", ":", ",", ")", "["}


def _without_locals(found: Sequence[Token]) -> list[Token]:
    """Without the names of variables of the function itself, each in its block: a queue `open` is
    not the file function."""
    kept: list[Token] = []
    scopes: list[set[str]] = [set()]
    opened: list[tuple[str, set[str]]] = []  # each bracket, and the head that its block has
    heading: set[str] = set()  # of a lambda's parameters, a loop or an if, for what follows it
    for index, token in enumerate(found):
        if token.text in ("(", "{"):
            opened.append((token.text, heading))
            scopes.append({*heading} if token.text == "{" else set())
        elif token.text in (")", "}") and opened:
            closed, (_, head) = scopes.pop(), opened.pop()
            behind = found[index + 1].text if index + 1 < len(found) else ""
            heading = heading | closed if token.text == ")" else head if behind == "else" else set()
        if token.text == "{" or (token.text == ";" and not (opened and opened[-1][0] == "(")):
            heading = set()
        free = token.kind == "name" and not (index and found[index - 1].text in _SEPARATORS)
        if free and _declares(found, index):
            scopes[-1].add(token.text)
        if not (free and any(token.text in names for names in (*scopes, heading))):
            kept.append(token)
    return kept


def _without_assigned(found: Sequence[Token]) -> list[Token]:
    """Without what a Python function itself assigns, `open = []`; what it calls stays.

    In a class's body, `exec = exec` would be the known function: there nothing is left out.
    """
    if any(token.text == "class" for token in found):
        return list(found)
    texts = ["", *(token.text for token in found), ""]
    assigned: set[str] = set()
    depth = 0
    for token, before, behind in zip(found, texts, texts[2:], strict=False):
        depth += (token.text in ("(", "[", "{")) - (token.text in (")", "]", "}"))
        if token.kind == "name" and behind == "=" and before != "." and not depth:
            assigned.add(token.text)
    return [
        token
        for token, behind in zip(found, texts[2:], strict=True)
        if token.text not in assigned or token.kind != "name" or behind == "("
    ]


def _without_parameters(found: Sequence[Token]) -> list[Token]:
    """Without what a caller gives a Python function: a parameter `code` is not the module; what it
    calls stays, and so does one with a default or that is imported under the same name."""
    texts = [token.text for token in found]
    given, depth, start = set(), 0, 0
    begin = texts.index("def") + 2 if "def" in texts else len(texts)
    body = len(texts)
    for at in range(begin, len(texts)):
        depth += (texts[at] in ("(", "[", "{")) - (texts[at] in (")", "]", "}"))
        if at == begin or (texts[at] == "," and depth == 1) or not depth:
            words = [text for text in texts[start:at] if text not in ("*", "**")] if start else []
            given |= set(words[:1]) if "=" not in words else set()
            start = at + 1
        if not depth:
            body = at
            break
    lines = (_until_end(found, at) for at, text in enumerate(texts) if text == "import")
    given -= {token.text for line in lines for token in line}
    beside = zip(["", *texts], [*texts[1:], ""], strict=False)
    return [
        token
        for at, (token, (before, behind)) in enumerate(zip(found, beside, strict=True))
        if at < body or token.text not in given or token.kind != "name"
        or before == "." or behind == "("
    ]  # fmt: skip


def _declares(found: Sequence[Token], index: int) -> bool:
    """Whether a name stands behind a type and before what ends a declarator.

    `word name(` declares only right behind a type of the language or of `std`: else the word may
    be a macro that is nothing, and `word * name(` a product.
    """
    behind = found[index + 1].text if index + 1 < len(found) else ""
    before = index - 1
    while before > 0 and found[before].text in ("*", "&", "&&"):
        before -= 1
    if before < 0 or behind not in (*_BEHIND_NAMES, "("):
        return False
    is_type = found[before].text in _OF_TYPES
    if behind == "(":
        qualifier = [token.text for token in found[max(0, before - 2) : before]]
        return before == index - 1 and (is_type or qualifier == ["std", "::"])
    return is_type or found[before].kind == "name" or found[before].text == ">"


def _arguments(found: Sequence[Token], start: int) -> int:
    """How many arguments a call has whose bracket should stand at `start`; 0 without one."""
    depth, commas = 0, 0
    for token in found[start:]:
        depth += (token.text in ("(", "[", "{")) - (token.text in (")", "]", "}"))
        commas += depth == 1 and token.text == ","
        if depth == 0:
            break
    return commas + 1 if found[start : start + 1] and found[start].text == "(" else 0


def _names(language: str, found: Sequence[Token], imported: dict[str, str]) -> set[str]:
    """Every dotted name used, its beginnings, and each member as `.member`.

    The declared type of a Java variable (`File file`) opens nothing; in C++ it may construct.
    """
    names: set[str] = set()
    of_chain: set[str] = set()
    chain: list[str] = []
    linked = named = False
    for token in found:
        if token.text in _SEPARATORS:
            # `::exit` at the beginning is a name of its own, `f().exit` is a member.
            linked = named or token.text != "::"
            continue
        is_name = token.kind in ("name", "keyword")
        if not linked:
            declares = language == "java" and token.kind == "name" and bool(chain)
            names |= set() if declares else of_chain
            of_chain, chain = set(), []
        named = token.kind == "name" or token.text in (")", "]", ">")
        if not is_name:
            names |= of_chain
            of_chain, chain, linked = set(), [], False
            continue
        if linked:
            names.add("." + token.text)
            chain = [*chain, token.text] if chain else []
        else:
            chain = imported.get(token.text, token.text).split(".")
        linked = False
        if chain:
            full = ".".join(chain)
            of_chain |= {full, full.removeprefix("std.").removeprefix("java.lang.")}
    return names | of_chain


@lru_cache(maxsize=65536)
def _watched(language: str, name: str) -> bool:
    lists = _lists(language)
    if name in lists.harmless or any(fnmatchcase(name, p) for p in lists.harmless if "*" in p):
        return False
    return name in lists.exact or any(fnmatchcase(name, pattern) for pattern in lists.patterns)


class _Lists(NamedTuple):
    """Names, patterns of names, those that are harmless, types that catch nearly everything, and
    modules that only compute."""

    exact: frozenset[str] = frozenset()
    patterns: tuple[str, ...] = ()
    harmless: frozenset[str] = frozenset()
    broad: frozenset[str] = frozenset()
    pure: frozenset[str] = frozenset()


@cache
def _lists(language: str) -> _Lists:
    try:
        path = bundled("grammars", language, "capabilities.toml")
    except FileNotFoundError:
        return _Lists()
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    others = [frozenset(table.pop(name, [])) for name in ("harmless", "broad", "pure")]
    names = [name for group in table.values() for name in group]
    patterns = tuple(name for name in names if "*" in name)
    return _Lists(frozenset(names) - frozenset(patterns), patterns, *others)


def _statements(language: str, found: Sequence[Token], source: bytes) -> Iterator[str]:
    """Imports, directives, assembly, annotations and lasting variables inside a function."""
    for index, token in enumerate(found):
        following = found[index + 1].text if index + 1 < len(found) else ""
        if language == "python" and token.text == "import" and token.kind == "keyword":
            yield from (f"import:{module}" for module in _imported(language, found, index))
        if language == "java" and token.text == "@" and following not in _PLAIN:
            yield f"annotation:{following}"
        if language == "cpp":
            if token.text == "#" or (token.text == "%" and following == ":"):
                yield f"directive:{_line(found[index + 1 : index + 6], source)}"
            if token.text in ("asm", "__asm__", "__asm"):
                yield "call:asm"
            if token.text in ("static", "thread_local") and following not in _CONSTANT:
                yield f"state:{token.text}"


def _line(found: Sequence[Token], source: bytes) -> str:
    """Those of some tokens that stand on the first one's line."""
    words = [found[0].text] if found else []
    for before, token in pairwise(found):
        if b"\n" in source[before.end : token.start]:
            break
        words.append(token.text)
    return " ".join(words)


def _imported(language: str, found: Sequence[Token], index: int) -> Iterator[str]:
    """The modules of `import a.b, c as d`, or that of `from a.b import c`, without those that only
    compute: as long as nothing is taken from them but what they are there for."""
    pure = _lists(language).pure
    items = _items(_until_end(found, index)[1:])
    module = _module_before(found, index)
    if module is None:
        yield from (item for item in items if item not in pure)
    elif module not in pure or any(_is_hidden(language, item) for item in items):
        yield module


def _until_end(found: Sequence[Token], index: int) -> Sequence[Token]:
    end = next((n for n in range(index, len(found)) if _ends_statement(found[n])), len(found))
    return found[index:end]


def _ends_statement(token: Token) -> bool:
    return token.kind == "newline" or token.text == ";"


def _items(found: Sequence[Token]) -> list[str]:
    """`a.b` and `c` of `(a.b as d, c)`."""
    items, renamed = [""], False
    for token in found:
        if token.text == ",":
            items.append("")
            renamed = False
        elif token.text == "as":
            renamed = True
        elif token.text not in ("(", ")") and not renamed:
            items[-1] += token.text
    return [item for item in items if item]


def _module_before(found: Sequence[Token], index: int) -> str | None:
    """`a.b` of `from a.b import`; None where there is no `from`."""
    for back in range(index - 1, -1, -1):
        if found[back].text == "from":
            return "".join(token.text for token in found[back + 1 : index])
        if found[back].kind not in ("name", "operator") or _ends_statement(found[back]):
            break
    return None


def _is_hidden(language: str, item: str) -> bool:
    """Whether a module would not show that name, or it is a module that the other one uses."""
    return item == "*" or item.startswith("_") or _watched(language, f".{item}")


def python_imports(source: bytes) -> dict[str, str]:
    """Names that a file imports, and what they stand for: `sp` is `subprocess`."""
    names: dict[str, str] = {}
    for module, members, modules in _PYTHON_IMPORT.findall(source):
        prefix = module.decode() + "." if module else ""
        for item in (members or modules).decode("utf-8", "replace").strip("() \n").split(","):
            words = item.split()
            if len(words) == 3 and words[1] == "as":
                names[words[2]] = prefix + words[0]
            elif len(words) == 1 and prefix:
                names[words[0]] = prefix + words[0]
    return names


def java_imports(source: bytes) -> dict[str, str]:
    """Statically imported members: `exit` is `System.exit`."""
    return {
        name.decode().rsplit(".", 1)[-1]: ".".join(name.decode().rsplit(".", 2)[-2:])
        for static, name in _JAVA_IMPORT.findall(source)
        if static
    }


def cpp_imports(source: bytes) -> dict[str, str]:
    """C++ has no imported names worth knowing: `std::` is taken off instead."""
    return {}
