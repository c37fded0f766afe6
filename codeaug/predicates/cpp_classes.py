"""The members that a repository's C++ classes declare, so that a `.cpp` file knows its header."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from codeaug.languages.cpp_macros import blank_macros
from codeaug.predicates import cpp_types
from codeaug.predicates.nodes import Node, file_tree
from codeaug.predicates.scopes import Code

_CLASSES = ("class_specifier", "struct_specifier", "union_specifier")
_DEEPEST = 20


def declared(source: bytes) -> Iterator[tuple[str, str]]:
    """(`class X`, its bases), (`X.name`, type of a field) and (`X.name()`, type of a result).

    A type is "" where it is not known. What is told twice and not alike is not known either.
    """
    root = file_tree("cpp", source)
    if root.broken:
        blanked = blank_macros(source)[0]
        root = file_tree("cpp", source, blanked) if blanked != source else root
    for each in root.find(*_CLASSES):
        name, body = each.child("name"), each.child("body")
        if name is not None and body is not None:
            known = not each.broken and each.kind != "union_specifier"
            known = known and name.kind == "type_identifier" and not _is_template(each)
            yield f"class {name.text}", _bases(each) if known else ""
            for member in _members(body):
                for key, kind in _declared(member):
                    yield f"{name.text}.{key}", kind


def _is_template(each: Node) -> bool:
    return any(above.kind == "template_declaration" for above in each.ancestors())


def _bases(each: Node) -> str:
    """`: A, B`; "" where a base is no plain name."""
    clause = next((c for c in each.children if c.kind == "base_class_clause"), None)
    bases = [] if clause is None else [p for p in clause.parts if p.kind != "access_specifier"]
    plain = all(base.kind in ("type_identifier", "qualified_identifier") for base in bases)
    return ": " + ", ".join(b.text.rsplit("::", 1)[-1] for b in bases) if plain else ""


def _members(body: Node) -> Iterator[Node]:
    for part in body.parts:
        if part.kind.startswith("preproc"):
            yield from _members(part)
        else:
            yield part


def _declared(member: Node) -> Iterator[tuple[str, str]]:
    function = next(member.find("function_declarator"), None)
    plain = member.kind in ("field_declaration", "function_definition")
    named = None if function is None or not plain else function.child("declarator")
    if function is not None and named is not None and named.kind == "field_identifier":
        given, kind = function.child("parameters"), cpp_types.result_of(function)
        yield named.text + "()", kind
        yield named.text + "(?)", "" if given is None else given.text
        yield named.text + ("() const" if is_const(function) else "() mutable"), kind
    elif member.kind == "field_declaration":
        fields = cpp_types.declared_fields(member)
        for each in member.find("field_identifier"):
            yield each.text, fields.get(each.text, "")
    elif member.kind != "function_definition":
        for each in member.find("identifier", "field_identifier"):
            yield each.text + "()", ""
            yield each.text, ""


def is_const(declarator: Node) -> bool:
    """Whether that is a member function that changes nothing of its object."""
    return any(c.kind == "type_qualifier" and c.text == "const" for c in declarator.children)


def field_type(members: Mapping[str, str], owner: str, name: str) -> str:
    """The written type of that field of a class."""
    owner = _declaring(members, owner, name)
    return members.get(f"{owner}.{name}", "")


def result_type(members: Mapping[str, str], owner: str, name: str, const: bool | None) -> str:
    """The written type of what a member function gives for an object of the class; `const` is
    None where it is not known whether it is a constant one."""
    owner = _declaring(members, owner, name)
    key = f"{owner}.{name}()"
    alike = members.get(key, "")
    if alike or const is None or not members.get(f"{owner}.{name}(?)"):
        return alike
    return members.get(key + (" const" if const else " mutable"), "")


def has_member(members: Mapping[str, str], owner: str, name: str) -> bool:
    """Whether a member function of that name is declared in the class or a known base of it."""
    return f"{_declaring(members, owner, name)}.{name}()" in members


def may_inherit(code: Code, owner: str, name: str) -> bool:
    """Whether a call of that name in the class may mean what another file declares for it."""
    waiting, seen = [owner], {""}
    while waiting:
        each = waiting.pop()
        bases, functions = _of_file(code.root).get(each, ("", frozenset()))
        if name in functions:
            continue
        if not bases:
            bases = code.members.get(f"class {each}", "")
            if f"{each}.{name}()" in code.members or (not bases and each != owner):
                return True
        further = {base.strip() for base in bases.removeprefix(":").split(",")} - seen
        seen |= further
        waiting += further
    return False


@lru_cache(maxsize=8)
def _of_file(root: Node) -> dict[str, tuple[str, frozenset[str]]]:
    """The bases of the classes of a file, as `declared` tells them, and the functions that it
    declares or defines for them."""
    table: dict[str, tuple[str, frozenset[str]]] = {}
    for each in root.find(*_CLASSES):
        name, body = each.child("name"), each.child("body")
        if name is not None and body is not None:
            found = (n.child("declarator") for n in body.find("function_declarator"))
            table[name.text] = (_bases(each), frozenset(n.text for n in found if n is not None))
    for each in root.find("function_declarator"):
        name = each.child("declarator")
        if name is not None and name.kind == "qualified_identifier":
            outer, colons, function = name.text.rpartition("::")
            if not colons:  # `NO_RETURN stop()`, where a macro is read as a scope
                continue
            owner = outer.rpartition("::")[-1]
            bases, functions = table.get(owner, ("", frozenset()))
            table[owner] = (bases, functions | {function})
    return table


def _declaring(members: Mapping[str, str], owner: str, name: str) -> str:
    """The class, it or a base of it, of which that name is a member; "" if not known."""
    for _ in range(_DEEPEST):
        bases = members.get(f"class {owner}", "")
        field, function = f"{owner}.{name}" in members, f"{owner}.{name}()" in members
        if not bases or (field and function):
            return ""
        if field or function:
            return owner
        owner = bases.removeprefix(": ")
        if not owner or "," in owner:
            return ""
    return ""


def class_of(written: str) -> str:
    """The simple name of the class of a `const a::X &` or an `X *`."""
    words = written.removeprefix("const ").rstrip("&* ").removesuffix(" const").rstrip("&* ")
    return words.rsplit("::", 1)[-1] if words.replace("::", "").isidentifier() else ""
