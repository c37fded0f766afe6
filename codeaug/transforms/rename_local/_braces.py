"""A better known name for a local variable of Java or C++, by binding and never by text."""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.model import Edit
from codeaug.predicates import cpp
from codeaug.predicates.braces import callee, is_builtin
from codeaug.predicates.freshness import first_fresh
from codeaug.predicates.names import is_camel, is_snake, related
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code, Local, in_class_body, is_variable
from codeaug.predicates.verdicts import require
from codeaug.transforms import Site, Subject, Vocabulary
from codeaug.transforms._sites import sites

_SHORTEST = 3


def rename_local(subject: Subject) -> Iterator[Site]:
    """Each local variable; parameters are part of what others see and stay."""

    def renamed(code: Code, node: Node) -> tuple[Edit, ...] | None:
        local = next(v for v in code.locals if v.node is node)
        return _renamed(code, local, subject.vocabulary)

    return sites(subject, _declared_names, renamed)


def _declared_names(code: Code) -> Iterator[Node]:
    return (v.node for v in code.locals if v.kind in ("local", "loop", "resource", "binding"))


def _renamed(code: Code, local: Local, vocabulary: Vocabulary) -> tuple[Edit, ...] | None:
    if len(local.name) == 1 and _says_little(code, local.type):
        return None
    words = _require_all_bound(code, local)
    name = _better_name(code, local, vocabulary)
    return tuple(Edit(word.start, word.end, name) for word in words)


def _require_all_bound(code: Code, local: Local) -> list[Node]:
    """Every use of the variable. Declines where a word of that name is not understood."""
    patterns = [v for v in code.by_name.get(local.name, ()) if v.kind == "pattern"]
    require(not patterns, "FLOW", "a pattern variable has that name")
    words = code.references(local)
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


def _better_name(code: Code, local: Local, vocabulary: Vocabulary) -> str:
    """The repository's usual name for such a variable that is free here."""
    called = callee(code, local.value) if local.value is not None else ""
    about = (local.name, local.type, called)
    return first_fresh(
        code,
        (
            name
            for name in _candidates(code, local, vocabulary)
            if name != local.name and _alike(local.name, name) and related(name, about)
        ),
    )


def _candidates(code: Code, local: Local, vocabulary: Vocabulary) -> Iterator[str]:
    called = callee(code, local.value) if local.value is not None else ""
    if called:
        yield from vocabulary.by_hint.get("call:" + called, ())
    if local.type and not _says_little(code, local.type):
        yield from vocabulary.by_hint.get("type:" + local.type, ())


def _says_little(code: Code, kind: str) -> bool:
    """Whether a type is too common to tell what a variable is for."""
    base = kind.rstrip("*& ").removeprefix("const ")
    return is_builtin(code, base) or base in ("String", "Object", "std::string", "void")


def _alike(old: str, new: str) -> bool:
    """The new name is a whole word or more and in the old one's style."""
    long_enough = len(new) >= _SHORTEST and not new.isupper()
    private = old.startswith("_") == new.startswith("_") and old.endswith("_") == new.endswith("_")
    mixed = (is_camel(old) and is_snake(new)) or (is_snake(old) and is_camel(new))
    return long_enough and private and not mixed and new[0].islower() == old[0].islower()
