"""Arrays and containers of the C++ standard library: what they hold, and what may resize them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from codeaug.predicates import cpp_std
from codeaug.predicates.cpp import canonical, is_const_member, template_names
from codeaug.predicates.cpp_classes import class_of
from codeaug.predicates.cpp_types import (
    field_types,
    is_declared,
    is_scalar,
    owner_name,
    type_of,
    value_type,
    written_type,
)
from codeaug.predicates.java_collections import split_type
from codeaug.predicates.loops import leaves
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code, Local, callable_around
from codeaug.predicates.verdicts import require

INDEXED = frozenset({"vector", "array", "deque", "string", "basic_string"})
NODES = frozenset({"list", "map", "set", "multimap", "multiset"})
MAPS = frozenset({"map", "multimap", "unordered_map", "unordered_multimap"})
CONTAINERS = INDEXED | NODES | MAPS | frozenset({"unordered_set", "unordered_multiset"})
_READING = frozenset(
    {"size", "length", "empty", "at", "front", "back", "find", "count", "begin", "end", "c_str"}
    | {"cbegin", "cend", "substr", "compare", "data", "capacity", "contains", "rfind"}
)
_BY_CONTRACT = frozenset({"size", "length", "empty", "c_str", "begin", "end"})
_HARMLESS_NAMES = """
    printf fprintf snprintf sprintf puts putchar fputs fputc strlen strcmp strncmp memcmp strchr
    isdigit isalpha isalnum isspace isupper islower isxdigit ispunct toupper tolower abs fabs sqrt
    pow floor ceil min max assert memcpy memset exp log sin cos static_cast const_cast
    reinterpret_cast dynamic_cast sizeof
"""
_HARMLESS = frozenset(_HARMLESS_NAMES.split())


@dataclass(frozen=True, slots=True)
class Container:
    """What a variable holds: `kind` is `[]` or a name of std; `steady` where it cannot be seen
    through the variable to change; `own` where nothing else can reach it."""

    kind: str
    element: str
    steady: bool
    own: bool


@lru_cache(maxsize=8)
def includes(source: bytes, header: str) -> bool:
    """Whether the file itself includes that standard header."""
    return bool(re.search(rf"^[ \t]*#[ \t]*include[ \t]*<{header}>".encode(), source, re.MULTILINE))


@lru_cache(maxsize=8)
def _uses_std(source: bytes) -> bool:
    return b"using namespace std;" in source


def container_of(code: Code, node: Node) -> Container | None:
    """The container that a plain variable or member of this object is, if the file tells."""
    if node.kind == "identifier":
        local = code.lookup(node.text, node.start)
        if local is not None:
            return _of_local(code, local)
        name = node.text
    else:
        field = node.child("field")
        name = "" if field is None else field.text
    written = field_types(code.root, owner_name(code.function)).get(name, "")
    found = _parsed(code, written)
    if found is None:
        return None
    kind, element, const = found
    return Container(kind, element, const or is_const_member(code.function), False)


def _of_local(code: Code, local: Local) -> Container | None:
    if local.kind not in ("local", "parameter"):
        return None
    if local.type.endswith("[]") and local.type.count("[") == 1 and local.kind == "local":
        element = local.type.removesuffix("[]").strip()
        return Container("[]", element.removeprefix("const "), element.startswith("const "), True)
    found = _parsed(code, local.type)
    if found is None:
        return None
    kind, element, const = found
    reference = local.type.endswith("&")
    if reference and local.kind == "local":
        return None
    return Container(kind, element, const, not reference and _stays_here(code, local))


def _parsed(code: Code, written: str) -> tuple[str, str, bool] | None:
    """(kind, element type, const) of a written type."""
    text = written.removesuffix("&").removesuffix("&").strip()
    const = text.startswith("const ") or text.endswith(" const")
    text = text.removeprefix("const ").removesuffix(" const").strip()
    base, arguments = split_type(text)
    if not base.startswith("std::") and not _uses_std(code.source):
        return None
    base = base.removeprefix("std::")
    if base in ("string", "basic_string"):
        return ("string", "char", const) if not arguments else None
    if base not in CONTAINERS or not arguments:
        return None
    element = canonical(arguments[0])
    if base in MAPS:
        element = f"std::pair<const {element}, {arguments[1]}>" if len(arguments) > 1 else ""
    if element == "bool" and base == "vector":
        return None
    words = set(re.findall(r"\w+", element))
    return None if words & template_names(code.function) else (base, element, const)


def _stays_here(code: Code, local: Local) -> bool:
    """Whether nothing outside of the function can reach the variable after it was passed."""
    return all(_is_kept(code, use) for use in code.references(local) if use is not local.node)


def _is_kept(code: Code, use: Node) -> bool:
    above = use.parent
    if above is None or callable_around(use, code.function) is not code.function:
        return False
    if above.kind in ("array_access", "field_access"):
        return use.field == "argument"
    if above.kind == "argument_list" and above.parent is not None:
        called = above.parent.child("function")
        return called is not None and called.kind in ("identifier", "qualified_identifier")
    return above.kind in ("return_statement", "enhanced_for_statement", "binary_expression") or (
        above.kind == "assignment_expression"
    )


def risky_calls(code: Code, place: Node) -> Iterator[Node]:
    """Calls below `place` that may run code of which the file tells nothing."""
    for node in place.find("call", "new_expression", "delete_expression", "argument_list"):
        if node.kind == "argument_list":
            constructed = node.parent is not None and node.parent.kind == "init_declarator"
            if constructed and not _is_plain(code, node):
                yield node
        elif node.kind != "call" or not _is_harmless(code, node):
            yield node


def _is_plain(code: Code, arguments: Node) -> bool:
    """Whether a declared variable with these arguments is of a built-in or standard type."""
    declaration = next(a for a in arguments.ancestors() if a.kind == "local_variable_declaration")
    kind = declaration.child("type")
    return kind is not None and (is_scalar(canonical(kind.text)) or kind.text.startswith("std::"))


def _is_harmless(code: Code, node: Node) -> bool:
    called = node.child("function")
    if called is None:
        return False
    if called.kind in ("identifier", "template_function", "primitive_type"):
        name = called.child("name") or called
        harmless = name.text in _HARMLESS and not is_declared(code, name.text)
        return harmless or called.kind == "primitive_type"
    if called.kind == "qualified_identifier":
        return called.text.startswith("std::")
    receiver, field = called.child("argument"), called.child("field")
    if called.kind != "field_access" or receiver is None or field is None:
        return False
    if field.text in _BY_CONTRACT:
        return True
    plain = receiver.kind in ("identifier", "field_access")
    found = container_of(code, receiver) if plain else None
    return found is not None and (field.text in _READING or found.own)


def require_quiet(code: Code, body: Node, over: Node) -> None:
    """INDEP: nothing in a loop's body can resize or replace what the loop runs over."""
    stays = any(leaves(call, body) is None for call in risky_calls(code, body))
    require(not stays, "INDEP", "a call may change it meanwhile")
    local = over.kind == "identifier" and code.lookup(over.text, over.start) is not None
    for node in body.find("assignment_expression"):
        target = node.child("left")
        apart = target is None or not _may_be(code, target, container_of(code, over), local)
        require(apart, "INDEP", "an assignment may change it meanwhile")


def _may_be(code: Code, target: Node, container: Container | None, local: bool) -> bool:
    """Whether what is assigned may be that container, a local or a field, or have it as field."""
    if type_of(code, target):
        return False
    pointer = target.child("argument") if target.kind == "pointer_expression" else None
    if pointer is not None and pointer.kind == "this":
        return True
    if pointer is not None:
        written = written_type(code, pointer)
        written = written.removesuffix("*").rstrip() if written.endswith("*") else ""
    elif target.kind == "array_access":
        array = target.child("argument")
        whole = "" if array is None else written_type(code, array)
        written = cpp_std.element_of(whole, code.source)
    else:
        written = written_type(code, target)
        found = code.lookup(target.text, target.start) if target.kind == "identifier" else None
        if not written.endswith("&") and (found is not None or not local):
            return False
    if not local and class_of(written) == owner_name(code.function):
        return bool(written)
    other = _parsed(code, written)
    return (
        other is not None
        and container is not None
        and other[:2]
        == (
            container.kind,
            container.element,
        )
    )


def value_kind(element: str) -> str:
    """The element type where it is a built-in or pointer type, else ""."""
    return value_type(element)


def plain_container(code: Code, node: Node) -> Container:
    """The container that is run over. PURE and BUILTIN: a plain variable of a known type."""
    owner = node.child("argument")
    own = node.kind == "field_access" and owner is not None and owner.kind == "this"
    require(node.kind == "identifier" or own, "PURE", "it is no plain variable")
    found = container_of(code, node)
    require(found is not None, "BUILTIN", "it is not known to be an array or standard container")
    assert found is not None
    return found
