"""The members that a repository's top-level Java classes declare, for the functions of other files.

A type is known only together with the full names of the classes in it, so that another file's
`Option` is never taken for this one's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from codeaug.predicates.nodes import Node, file_tree

_CLASSES = ("class_declaration", "interface_declaration", "enum_declaration", "record_declaration")
_HARMLESS = frozenset({"Serializable", "Cloneable", "Closeable", "AutoCloseable", "Flushable"})
_LANG = """
    String Object Integer Long Short Byte Character Boolean Double Float Number CharSequence Class
    StringBuilder StringBuffer Throwable Exception RuntimeException Iterable Comparable Runnable
    Thread Void Enum Appendable Readable Process
"""
_IN_LANG = frozenset(_LANG.split())
_PACKAGE = re.compile(rb"^\s*package\s+([\w.]+)\s*;", re.MULTILINE)
_IMPORT = re.compile(rb"^\s*import\s+([\w.]+(?:\.\*)?)\s*;", re.MULTILINE)


def declared(source: bytes) -> Iterator[tuple[str, str]]:
    """(`class X`, its package), (`X.name`, type of a field), (`X.name/2`, type of a result).

    A type is followed by `|` and the full names in it; it is "" where it is not known. `X.name/*`
    stands for one that takes any number of values, and `derived X` for a class that inherits.
    """
    root = file_tree("java", source)
    package, imports = _names(source)
    for each in root.find(*_CLASSES):
        name, body = each.child("name"), each.child("body")
        if name is None or body is None or each.broken:
            continue
        top = each.parent is root and not each.child("type_parameters")
        yield f"class {name.text}", package if top else ""
        if top and inherits(each):
            yield f"derived {name.text}", "yes"
        for member in body.parts if top else ():
            for key, kind in _declared(member):
                told = "" if kind is None else _told(kind, package, imports)
                yield f"{name.text}.{key}", told


@lru_cache(maxsize=8)
def _names(source: bytes) -> tuple[str, dict[str, str]]:
    """The package, and the full names of what is imported by simple name (`*`: more is)."""
    found = _PACKAGE.search(source)
    full = [m.group(1).decode() for m in _IMPORT.finditer(source)]
    return found.group(1).decode() if found else "", {n.rsplit(".", 1)[-1]: n for n in full}


def inherits(each: Node) -> bool:
    """Whether a class has members that are declared elsewhere."""
    if each.kind == "object_creation_expression":
        return True
    above = [c for c in each.children if c.field in ("superclass", "interfaces")]
    above += [c for c in each.children if c.kind == "extends_interfaces"]
    names = {n.text for c in above for n in c.find("type_identifier")}
    return not names <= _HARMLESS


def _declared(member: Node) -> Iterator[tuple[str, Node | None]]:
    kind, name = member.child("type"), member.child("name")
    if member.kind in ("field_declaration", "constant_declaration"):
        for declarator in (c for c in member.children if c.field == "declarator"):
            field, odd = declarator.child("name"), declarator.child("dimensions")
            if field is not None:
                yield field.text, kind if odd is None and not _is_volatile(member) else None
    elif member.kind == "method_declaration" and name is not None:
        given = member.child("parameters")
        odd = member.child("type_parameters") or member.child("dimensions")
        parts = [] if given is None else given.parts
        spread = any(part.kind == "spread_parameter" for part in parts)
        count = "*" if spread else str(len(parts))
        yield f"{name.text}/{count}", kind if odd is None and not spread else None


def _is_volatile(member: Node) -> bool:
    return any(c.kind == "modifiers" and "volatile" in c.text.split() for c in member.children)


def _told(kind: Node, package: str, imports: Mapping[str, str]) -> str:
    """The written type with the full names in it; "" where one of them cannot be told."""
    if any(True for _ in kind.find("scoped_type_identifier", "annotated_type", "wildcard")):
        return ""
    full = []
    for name in {n.text for n in kind.find("type_identifier")} - _IN_LANG:
        if name not in imports and "*" in imports:
            return ""
        full.append(imports.get(name, f"{package}.{name}"))
    return "|".join([" ".join(kind.text.split()), *sorted(full)])


def field_type(members: Mapping[str, str], source: bytes, owner: str, name: str) -> str:
    """The type of a field of that class, as this file would write it."""
    return _seen(members, source, owner, members.get(f"{owner}.{name}", ""))


def result_type(
    members: Mapping[str, str], source: bytes, owner: str, name: str, count: int
) -> str:
    """The type of what that method gives for so many values, as this file would write it."""
    if f"{owner}.{name}/*" in members or (count and f"derived {owner}" in members):
        return ""
    return _seen(members, source, owner, members.get(f"{owner}.{name}/{count}", ""))


def _seen(members: Mapping[str, str], source: bytes, owner: str, told: str) -> str:
    package = members.get(f"class {owner}", "")
    if not told or not package or not _is_seen(members, source, f"{package}.{owner}"):
        return ""
    kind, *full = told.split("|")
    return kind if all(_is_seen(members, source, name) for name in full) else ""


def _is_seen(members: Mapping[str, str], source: bytes, full: str) -> bool:
    """Whether the simple name of that class means it in this file."""
    package, imports = _names(source)
    around, name = full.rsplit(".", 1)
    if name in imports:
        return imports[name] == full
    return around == package and members.get(f"class {name}") == package
