"""Another name for local variables of Java or C++, by binding and never by text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from codeaug.model import Edit
from codeaug.predicates import cpp
from codeaug.predicates.braces import callee, is_builtin
from codeaug.predicates.freshness import first_fresh
from codeaug.predicates.names import has_sibling, named_after, related
from codeaug.predicates.naming import (
    VAGUE,
    in_style,
    is_better,
    is_shortened,
    known_words,
    loop_names,
    says_nothing,
    used_names,
    whole_words,
)
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code, Local, in_class_body, is_variable
from codeaug.predicates.verdicts import require
from codeaug.transforms import Site, Subject, Vocabulary
from codeaug.transforms._sites import sites
from codeaug.transforms.rename_local._parameters import renamable

_SHORTEST = 3
_KINDS = ("local", "loop", "resource", "binding", "parameter")
_COUNTERS = frozenset("ijkn")


def rename_local(subject: Subject) -> Iterator[Site]:
    """Each local variable, and each parameter that no one but the function itself names."""

    def renamed(code: Code, node: Node) -> tuple[Edit, ...] | None:
        local = next(v for v in code.locals if v.node is node)
        return _renamed(code, local, subject.vocabulary)

    return sites(subject, _declared_names, renamed)


def _declared_names(code: Code) -> Iterator[Node]:
    return (v.node for v in code.locals if v.kind in _KINDS)


def _renamed(code: Code, local: Local, vocabulary: Vocabulary) -> tuple[Edit, ...] | None:
    if _is_counter(code, local):
        return None
    uses = code.references(local)
    names: Sequence[str] = list(_better_names(code, local, uses, vocabulary))
    if local.kind == "parameter" and not names:
        return None
    if names:
        alike = has_sibling(local.name, (v.name for v in code.locals))
        require(not alike, "NATURAL", "another variable is named alike")
    words = bound_words(code, local, uses)
    if local.kind == "parameter":
        names = renamable(code, local, names, vocabulary)
    name = first_fresh(code, names)
    return tuple(Edit(word.start, word.end, name) for word in words)


def _is_counter(code: Code, local: Local) -> bool:
    """Whether it counts the rounds of a loop."""
    above = local.statement.parent
    in_head = above is not None and above.kind == "for_statement" and local.kind == "local"
    counts = in_head or (local.name in _COUNTERS and local.kind != "local")
    return len(local.name) == 1 and counts


def _require_unspoken(code: Code, local: Local) -> None:
    """NATURAL: no comment speaks of the variable; a plain English word counts only as code."""
    name = re.escape(local.name)
    plain = name.isalpha() and len(name) > 2
    pattern = rf"[`'\"]{name}\b|\b{name}\s*[=\[.(]\S" if plain else rf"(?<![\w%]){name}\b"
    said = any(re.search(pattern, c.text) for c in code.by_kind.get("comment", ()))
    require(not said, "NATURAL", "a comment speaks of it")


def bound_words(code: Code, local: Local, words: list[Node]) -> list[Node]:
    """Every use of the variable. Declines where a word of that name is not understood, or a comment
    speaks of it."""
    patterns = [v for v in code.by_name.get(local.name, ()) if v.kind == "pattern"]
    require(not patterns, "FLOW", "a pattern variable has that name")
    for word in code.words.get(local.name, ()):
        inside = local.start <= word.start < local.end
        require(not inside or not in_class_body(word, code.function), "NOCAP", "a class uses it")
        known = word.kind in ("identifier", "field_identifier", "statement_identifier")
        require(known, "FRESH", "a type or namespace has that name")
        if inside and word.kind == "identifier" and word not in words:
            declared = any(v.node is word for v in code.locals)
            named = not is_variable(word) or code.lookup(word.text, word.start) is not None
            require(declared or named, "FRESH", "a use is not understood")
    if code.language == "cpp":
        _require_no_macro_use(code, local, words)
    _require_unspoken(code, local)
    return words


def _require_no_macro_use(code: Code, local: Local, words: list[Node]) -> None:
    require(local.name not in cpp.macros(code.source), "NOMACRO", "a macro has that name")
    require(not cpp.in_macro_body(local.name, code.source), "NOMACRO", "a macro mentions it")
    require(not code.has_directive, "NOMACRO", "a directive inside the function")
    for word in words:
        for above in word.ancestors():
            if above is code.function:
                break
            called = callee(code, above) if above.kind == "call" else ""
            defined = called in cpp.macros(code.source)
            macro = defined or called == "assert" or (bool(called) and cpp.is_shouted(called))
            require(not macro, "NOMACRO", "a macro may see the name")


def _better_names(
    code: Code, local: Local, uses: Sequence[Node], vocabulary: Vocabulary
) -> Iterator[str]:
    """Names for such a variable that say as much as its own, the best first."""
    for name in _candidates(code, local, uses, vocabulary):
        long_enough = len(name) >= _SHORTEST and not name.isupper()
        telling = name not in VAGUE or (len(local.name) == 1 and name == "value")
        if long_enough and name != local.name and in_style(local.name, name) and telling:
            yield name


def _candidates(
    code: Code, local: Local, uses: Sequence[Node], vocabulary: Vocabulary
) -> Iterator[str]:
    by_hint, old, kind = vocabulary.by_hint, local.name, local.type
    called = callee(code, local.value) if local.value is not None else ""
    if is_shortened(old):
        yield from whole_words(old, kind, known_words(vocabulary.names))
    if _has_twin(code, local):
        return
    for name in (*used_names(code, local, uses, by_hint), *loop_names(code, local, by_hint)):
        if is_better(old, name, kind, called, known=True):
            yield name
    about = (old, kind, called)
    for name in by_hint.get("call:" + called, ()) if called else ():
        if related(name, about) and is_better(old, name, kind, called, known=True):
            yield name
    if kind and not _says_little(code, kind):
        for name in (*by_hint.get("type:" + kind, ()), *by_hint.get("parameter:" + kind, ())):
            if related(name, about) and is_better(old, name, kind, called, known=False):
                yield name
    if local.value is not None and called and says_nothing(old, kind):
        yield from named_after(code.language, called, local.value, kind, {})


def _has_twin(code: Code, local: Local) -> bool:
    """Whether it is the `a` of an `a` and a `b`."""
    return len(local.name) <= 2 and any(
        v is not local and len(v.name) <= 2 and v.type == local.type for v in code.locals
    )


def _says_little(code: Code, kind: str) -> bool:
    """Whether a type is too common to tell what a variable is for."""
    base = kind.rstrip("*& ").removeprefix("const ")
    return is_builtin(code, base) or base in ("String", "Object", "std::string", "void")
