"""The names that a parameter of Java or C++ may get."""

from __future__ import annotations

from collections.abc import Sequence

from codeaug.predicates.scopes import Code, Local
from codeaug.predicates.signature import require_unseen, simple_name
from codeaug.transforms import Vocabulary


def renamable(
    code: Code, local: Local, names: Sequence[str], vocabulary: Vocabulary
) -> Sequence[str]:
    """Those of the names that a parameter which nothing else names may get: in C++ only such as
    its other declarations have."""
    require_unseen(code, local)
    if code.language == "java" or _is_only_here(code):
        return names
    return [name for name in names if name in _declared(code, local, vocabulary)]


def _is_only_here(code: Code) -> bool:
    """Whether this C++ definition is the only declaration of the function."""
    declarator = next(code.function.find("function_declarator"), None)
    name = None if declarator is None else declarator.child("declarator")
    if name is None or name.kind not in ("identifier", "field_identifier"):
        return False
    if name.kind == "field_identifier":
        return True
    storage = (c.text for c in code.function.children if c.kind == "storage_class_specifier")
    hidden = any(
        a.kind == "namespace_definition" and a.child("name") is None
        for a in code.function.ancestors()
    )
    others = [
        d
        for d in code.root.find("function_declarator")
        if d is not declarator and (d.child("declarator") or d).text == name.text
    ]
    return not others and (hidden or "static" in storage)


def _declared(code: Code, local: Local, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The names that this parameter has where functions of that name are declared."""
    declarator = next(code.function.find("function_declarator"), None)
    given = None if declarator is None else declarator.child("parameters")
    if given is None or local.statement not in given.parts:
        return ()
    place = f"argument:{simple_name(code.function)}/{given.parts.index(local.statement)}"
    return vocabulary.by_hint.get(place, ())
