"""`T *x = new T` as `auto *x = new T`, `auto i = all.begin()` with its type, and back, in C++."""

from __future__ import annotations

import re
from collections.abc import Iterator

from codeaug.model import Edit
from codeaug.predicates import cpp, cpp_types
from codeaug.predicates.braces import require_no_macros, type_of
from codeaug.predicates.cpp_scopes import in_scope
from codeaug.predicates.layout import declared
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code, Local
from codeaug.predicates.verdicts import require
from codeaug.transforms import Site, Subject
from codeaug.transforms._sites import require_no_comments, sites

_CASTS = ("static_cast", "dynamic_cast", "reinterpret_cast", "const_cast")
_MAKERS = {"make_unique": "unique_ptr", "make_shared": "shared_ptr"}


def infer_type(subject: Subject) -> Iterator[Site]:
    """Each declaration whose value shows its type."""
    return sites(subject, lambda code: code.found("local_variable_declaration"), _inferred)


def _inferred(code: Code, node: Node) -> tuple[Edit, ...] | None:
    kind, local, value = _parts(code, node)
    if kind is None or local is None or value is None or "auto" in kind.kind:
        return None
    if kind.kind == "placeholder_type_specifier" or not local.type:
        return None
    shown = _shown_type(code, local, value)
    if not shown:
        return None
    _require_plain(code, node, kind, value)
    require(cpp.is_modern(code.source), "NATURAL", "nothing in the file shows C++11")
    require(not local.type.endswith(("&", "]")), "BUILTIN", "a reference or an array")
    same = _plain(_value_type(local.type)) == _plain(shown)
    require(same, "BUILTIN", "the value has another type")
    return (Edit(kind.start, kind.end, "auto"),)


def write_type(subject: Subject) -> Iterator[Site]:
    """Each declaration with `auto`."""
    return sites(subject, lambda code: code.found("local_variable_declaration"), _written)


def _written(code: Code, node: Node) -> tuple[Edit, ...] | None:
    kind, local, value = _parts(code, node)
    if kind is None or local is None or value is None:
        return None
    if kind.kind != "placeholder_type_specifier" or kind.text != "auto":
        return None
    _require_plain(code, node, kind, value)
    shown = _shown_type(code, local, value)
    if not shown:
        shown = type_of(code, value)
        require(bool(shown) and shown != cpp_types.NULL, "BUILTIN", "the type is not known")
        require(in_scope(code, shown), "BUILTIN", "the type may have another name here")
    above = local.node.parent
    qualified = any(c.kind == "type_qualifier" for c in node.children)
    if above is not None and above.kind == "pointer_declarator":
        single = shown.endswith("*") and not qualified and above.token("*") is not None
        base = shown[:-1].rstrip()
        require(single and not base.endswith("*"), "BUILTIN", "an unusual pointer")
        text = base + code.source[kind.end : local.node.start].decode("utf-8", "surrogateescape")
    else:
        require(above is not None and above.kind == "init_declarator", "BUILTIN", "a reference")
        require(not (qualified and shown.endswith("*")), "BUILTIN", "a constant pointer")
        text = declared(code.layout, shown, "")
        text += "" if text.endswith("*") else " " if not text.endswith(" ") else ""
    return (Edit(kind.start, local.node.start, text),)


def _parts(code: Code, node: Node) -> tuple[Node | None, Local | None, Node | None]:
    """The written type, the name and the value of a declaration of one variable by `=`."""
    names = [c for c in node.children if c.field == "declarator"]
    kind = node.child("type")
    if len(names) != 1 or names[0].kind != "init_declarator" or names[0].token("=") is None:
        return None, None, None
    found = [v for v in code.locals if v.statement is node]
    if len(found) != 1 or found[0].kind != "local":
        return None, None, None
    return kind, found[0], found[0].value


def _shown_type(code: Code, local: Local, value: Node) -> str:
    """The type that the value itself names; "" where it names none."""
    if value.kind == "new_expression":
        made = value.child("type")
        array = value.child("declarator")
        return f"{cpp.canonical(made.text)} *" if made is not None and array is None else ""
    if value.kind != "call":
        return ""
    called = value.child("function")
    if called is None:
        return ""
    if called.kind == "field_access":
        plain = Local(local.name, local.node, "", "local", local.statement, 0, 0, value)
        return cpp_types.iterator_type(code, plain)
    while called.kind == "qualified_identifier":
        inner = called.child("name")
        if inner is None:
            return ""
        called = inner
    name, given = called.child("name"), called.child("arguments")
    if called.kind != "template_function" or name is None or given is None:
        return ""
    inside = given.text[1:-1].strip()
    if name.text in _CASTS:
        return "" if inside.endswith("&") else _spaced(inside)
    made_of = _MAKERS.get(name.text, "")
    std = value.text.startswith("std::") and len(given.parts) == 1 and "[" not in inside
    return f"std::{made_of}<{inside}>" if made_of and std else ""


def _spaced(text: str) -> str:
    text = " ".join(text.split())
    return cpp.canonical(text[:-1].rstrip()) + " *" if text.endswith("*") else cpp.canonical(text)


def _value_type(written: str) -> str:
    """The type without an outer `const`."""
    if written.endswith("* const"):
        return written.removesuffix(" const")
    return written if written.endswith("*") else written.removeprefix("const ")


def _plain(text: str) -> str:
    text = re.sub(r"\s+", " ", text.replace("typename ", ""))
    return re.sub(r"\s*([*&<>,:])\s*", r"\1", text)


def _require_plain(code: Code, node: Node, kind: Node, value: Node) -> None:
    require_no_macros(code, kind, value)
    require_no_comments(code, node, node.start, value.start)
    single = b"\n" not in code.source[node.start : value.start]
    require(single, "NATURAL", "a declaration of several lines")
    constant = any(c.kind == "storage_class_specifier" for c in node.children)
    require(not constant, "TRIVLIFE", "it is static")
