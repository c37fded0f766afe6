"""`this->size` as `size`, and back, in C++."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from codeaug.model import Edit
from codeaug.predicates import cpp, cpp_classes
from codeaug.predicates.cpp_types import owner_name
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code, in_class_body, is_variable
from codeaug.predicates.verdicts import require
from codeaug.transforms import Site, Subject
from codeaug.transforms._sites import sites

_MARKED = re.compile(r"_|m_\w|\w+_\Z")
_WRITTEN = re.compile(r"\bthis->([A-Za-z_]\w*)")
_TEXT = re.compile(rb"//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"", re.DOTALL)


def drop_this(subject: Subject) -> Iterator[Site]:
    """The first of the fields, and of the methods, that the function names by `this`."""

    def dropped(code: Code, node: Node) -> tuple[Edit, ...] | None:
        return _dropped(code, _qualified(code, _is_called(node)))

    return sites(subject, _firsts, dropped)


def _firsts(code: Code) -> Iterator[Node]:
    lists = (_qualified(code, called) for called in (False, True))
    return (found[0] for found in lists if found)


def _qualified(code: Code, called: bool) -> list[Node]:
    """Every `this->x` of a field, or of a method, in the function's body."""
    return [
        node
        for node in code.found("field_access")
        if node.children[0].kind == "this"
        and node.children[-1].kind == "field_identifier"
        and _is_called(node) is called
        and not in_class_body(node, code.function)
    ]


def _is_called(node: Node) -> bool:
    return node.parent is not None and node.parent.kind == "call" and node.field == "function"


def _dropped(code: Code, found: list[Node]) -> tuple[Edit, ...]:
    require(not cpp.in_template(code), "NODEP", "a base may depend on a template parameter")
    for node in found:
        name = node.children[-1]
        require(code.lookup(name.text, node.start) is None, "FRESH", "a variable has that name")
        _require_plain(code, node)
    return tuple(Edit(node.start, node.children[-1].start, "") for node in found)


def write_this(subject: Subject) -> Iterator[Site]:
    """The first of the fields that the function names by themselves."""

    def written(code: Code, node: Node) -> tuple[Edit, ...] | None:
        return _written(code, _own_fields(code))

    return sites(subject, lambda code: _own_fields(code)[:1], written)


def _own_fields(code: Code) -> list[Node]:
    """Every use of a field of the function's class by its name alone, in the function's body."""
    owner, body = owner_name(code.function), code.function.child("body")
    friend = code.function.parent is not None and code.function.parent.kind == "friend_declaration"
    if not owner or body is None or friend:
        return []
    return [
        node
        for node in code.found("identifier")
        if node.within(body)
        and is_variable(node)
        and code.lookup(node.text, node.start) is None
        and cpp_classes.has_own_field(code, owner, node.text)
        and not in_class_body(node, code.function)
    ]


def _written(code: Code, found: list[Node]) -> tuple[Edit, ...]:
    styles = _styles(code.source)
    for node in found:
        require(bool(_MARKED.match(node.text)) in styles, "NATURAL", "the file writes no such this")
        _require_plain(code, node)
    return tuple(Edit(node.start, node.start, "this->") for node in found)


@lru_cache(maxsize=8)
def _styles(source: bytes) -> frozenset[bool]:
    """Whether the file names fields by `this`: such as have a mark of their own, and others."""
    names = _WRITTEN.findall(_TEXT.sub(b"", source).decode("utf-8", "replace"))
    return frozenset(bool(_MARKED.match(name)) for name in names)


def _require_plain(code: Code, node: Node) -> None:
    """NOMACRO: no macro sees the text, and the name is none."""
    require(not code.has_directive, "NOMACRO", "a directive inside the function")
    name = node.children[-1].text if node.children else node.text
    require(name not in cpp.macros(code.source), "NOMACRO", "a macro has that name")
    for above in node.ancestors():
        called = cpp.callee(above) if above.kind == "call" else ""
        macro = called == "assert" or called in cpp.macros(code.source) or cpp.is_shouted(called)
        require(not macro, "NOMACRO", "a macro may show the text")
        inside = above.kind in ("decltype", "lambda_expression")
        require(not inside, "NOCAP", "a lambda is around it")
        if above is code.function:
            return
