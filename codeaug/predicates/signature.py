"""What a function promises before its body, and which names in there no one can go by.

In Python a parameter's name is part of that: callers write it. In Java (JLS 8.4.2) and C++
(ISO/IEC 14882, [dcl.fct]) it is not, but a description may name it, a message may, and in Java a
framework may read it from the class file (`-parameters`: Spring, Jackson, MapStruct, JAX-RS).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from codeaug.languages import Token, tokens
from codeaug.model import Span, Unit
from codeaug.predicates.braces import code_of
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code, Local
from codeaug.predicates.verdicts import Declined, require

_HARMLESS = frozenset(
    {"Override", "Deprecated", "SuppressWarnings", "SafeVarargs", "FunctionalInterface"}
)
_CLASSES = ("class_declaration", "interface_declaration", "enum_declaration", "record_declaration")
_TEXTS = ("string_literal", "raw_string_literal")
_DECLARING = ("local_variable_declaration", "field_declaration", "function_definition")
_WRAPPED = ("template_declaration", "linkage_specification")
_CODE_LIKE = 3
"""Letters of a name that a text does not hold by chance."""


def difference(unit: Unit, source: bytes, other: Unit, changed: bytes) -> str:
    """How the signature of another text for a unit differs, "" where it does not.

    `other` is that text as a unit of the file `changed`. Names of parameters may differ where
    `require_unseen` holds.
    """
    before, after = _header(unit, source), _header(other, changed)
    said, new = [t.text for t in before], [t.text for t in after]
    if said == new:
        return ""
    detail = f"the header changed from `{' '.join(said)}` to `{' '.join(new)}`"
    if unit.language not in ("java", "cpp"):
        return detail
    first, second = code_of(unit, source), code_of(other, changed)
    if first is None or second is None:
        return detail
    try:
        _require_renamed(first, second, before, new)
    except Declined as declined:
        return f"{detail}: {declined.detail}"
    return ""


def _header(unit: Unit, source: bytes) -> list[Token]:
    """The tokens before the body; a suite's opening newline and indent belong to the body."""
    head = Span(unit.span.start, unit.body.start)
    return [t for t in tokens(unit.language, source, head) if t.text.strip()]


def _require_renamed(before: Code, after: Code, header: list[Token], new: list[str]) -> None:
    """SIGNATURE: the headers differ by the names of parameters alone, each use with its own."""
    pairs = list(zip(_parameters(before), _parameters(after), strict=False))
    names = {old: found.name for old, found in pairs if old.name != found.name}
    uses = {word.start: name for old, name in names.items() for word in before.references(old)}
    expected = [uses.get(token.start, token.text) for token in header]
    require(expected == new, "SIGNATURE", "more than names of parameters")
    said = {token.text for token in header}
    require(not said & set(names.values()), "SIGNATURE", "a new name means something else there")
    for old in names:
        require_unseen(before, old)


def _parameters(code: Code) -> list[Local]:
    return [local for local in code.locals if local.kind == "parameter"]


def require_unseen(code: Code, parameter: Local) -> None:
    """Declines unless the function itself is all that can go by the parameter's name."""
    body = code.function.child("body")
    end = code.function.end if body is None else body.start
    uses = {word.start for word in code.references(parameter)}
    others = any(w.start < end and w.start not in uses for w in code.words[parameter.name])
    require(not others, "SIGNATURE", "the header says that name in another sense")
    if code.language == "java":
        _require_unread(code)
    word = re.compile(rf"\b{re.escape(parameter.name)}\b")
    described = any(word.search(text) for text in _descriptions(code, end))
    require(not described, "NATURAL", "its description names it")
    texts = (node.text.strip('"') for node in code.found(*_TEXTS))
    long = len(parameter.name) >= _CODE_LIKE
    told = any(text == parameter.name or (long and word.search(text)) for text in texts)
    require(not told, "NATURAL", "a message names it")


def _require_unread(code: Code) -> None:
    """NODYN: no framework reads the names of a Java function's parameters."""
    function = code.function
    require(function.kind == "method_declaration", "NODYN", "a constructor's may be read")
    given = function.child("parameters")
    known = all(_is_harmless(node) for node in (function, *(given.parts if given else ())))
    require(known, "NODYN", "an annotation may read the name")
    modifiers = next((n for n in function.children if n.kind == "modifiers"), None)
    if modifiers is None or modifiers.token("private") is None:
        classes = (above for above in function.ancestors() if above.kind in _CLASSES)
        require(all(map(_is_harmless, classes)), "NODYN", "the class's annotation may read it")


def _is_harmless(node: Node) -> bool:
    """Whether no annotation of it can have to do with names."""
    modifiers = (child for child in node.children if child.kind == "modifiers")
    marks = (m for each in modifiers for m in each.find("marker_annotation", "annotation"))
    return all(mark.parts and mark.parts[0].text in _HARMLESS for mark in marks)


def _descriptions(code: Code, end: int) -> Iterator[str]:
    """Comments in the header (up to byte `end`), and comments and pragmas directly before this and,
    in C++, macros there and comments before every declaration of that name in the file."""
    yield from (node.text for node in code.found("comment") if node.start < end)
    yield from _above(code.function)
    if code.language == "cpp":
        start = code.function.start
        ended = max(code.source.rfind(mark, 0, start) for mark in (b";", b"{", b"}"))
        yield code.source[ended + 1 : start].decode("utf-8", "replace")
        for declaration in _declarations(code.root).get(simple_name(code.function), ()):
            yield from _above(declaration)


@lru_cache(maxsize=8)
def _declarations(root: Node) -> dict[str, list[Node]]:
    """The declarations and definitions of a file's functions, by simple name."""
    found: dict[str, list[Node]] = {}
    for declarator in root.find("function_declarator"):
        whole = next((a for a in declarator.ancestors() if a.kind in _DECLARING), declarator)
        found.setdefault(simple_name(declarator), []).append(whole)
    return found


def simple_name(node: Node) -> str:
    """The last part of the name that a declarator of C++, or what holds it, declares."""
    declarator = next(node.find("function_declarator"), None)
    name = None if declarator is None else declarator.child("declarator")
    while name is not None and name.kind == "qualified_identifier":
        name = name.child("name")
    return "" if name is None else name.text


def _above(function: Node) -> Iterator[str]:
    """The comments and pragmas directly before a function and what it is wrapped in."""
    node = function
    while node.parent is not None and node.parent.kind in _WRAPPED:
        node = node.parent
    before = node.parent.children if node.parent is not None else []
    for child in reversed([child for child in before if child.end <= node.start]):
        if child.kind not in ("comment", "preproc_call"):
            return
        yield child.text
