"""Which parameters of Java and C++ only their own function names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code, Local
from codeaug.predicates.verdicts import require
from codeaug.transforms import Vocabulary

_HARMLESS = frozenset({"Override", "Deprecated", "SuppressWarnings", "SafeVarargs"})


def require_renamable(
    code: Code, local: Local, names: Sequence[str], vocabulary: Vocabulary
) -> Sequence[str]:
    """Those of the names that the parameter may get: what declares or describes it elsewhere, or
    reads it by reflection, keeps its name."""
    function = code.function
    require(function.kind != "constructor_declaration", "NODYN", "a constructor's may be read")
    modifiers = (
        n for n in (function, local.statement) for n in n.children if n.kind == "modifiers"
    )
    marks = [m for each in modifiers for m in each.find("marker_annotation", "annotation")]
    known = all(m.parts and m.parts[0].text in _HARMLESS for m in marks)
    require(known, "NODYN", "an annotation may read the name")
    word = re.compile(rf"\b{re.escape(local.name)}\b")
    above = _comments_above(function)
    require(not any(word.search(text) for text in above), "NATURAL", "its description names it")
    if code.language == "java" or _is_only_here(code):
        return names
    return [name for name in names if name in _declared(code, local, vocabulary)]


def _comments_above(function: Node) -> list[str]:
    """The comments directly before the function (and before the template that it is of)."""
    node = function
    while node.parent is not None and node.parent.kind == "template_declaration":
        node = node.parent
    found: list[str] = []
    for child in reversed(node.parent.children if node.parent is not None else []):
        if child.end > node.start:
            continue
        if child.kind != "comment":
            break
        found.append(child.text)
    return found


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
    name = None if declarator is None else declarator.child("declarator")
    while name is not None and name.kind == "qualified_identifier":
        name = name.child("name")
    if given is None or name is None or local.statement not in given.parts:
        return ()
    number = given.parts.index(local.statement)
    return vocabulary.by_hint.get(f"argument:{name.text}/{number}", ())
