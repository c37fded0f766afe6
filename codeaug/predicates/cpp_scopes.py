"""Whether a C++ function may call a type by the name that another file gives it."""

from __future__ import annotations

import re
from functools import lru_cache

from codeaug.predicates.cpp_types import FLOATING, INTEGRAL, owner_name
from codeaug.predicates.nodes import FUNCTIONS, Node
from codeaug.predicates.scopes import Code

_CLASSES = ("class_specifier", "struct_specifier", "union_specifier", "enum_specifier")
_NAMES = ("type_identifier", "qualified_identifier")
_NAME = re.compile(r"[A-Za-z_][\w:]*")
_PLAIN = frozenset(" ".join(("const void", *INTEGRAL, *FLOATING)).split())


def in_scope(code: Code, written: str) -> bool:
    """Whether the file names each class of that type so in a scope around the function."""
    own, known = _scope(code.function.parts[-1]), _named(code.root)
    return all(
        name == owner_name(code.function)
        or any(scope == own[: len(scope)] for scope in known.get(name, ()))
        for name in _NAME.findall(written)
        if name not in _PLAIN
    )


@lru_cache(maxsize=8)
def _named(root: Node) -> dict[str, set[tuple[str, ...]]]:
    """The scopes in which a file names a type."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for node in root.find(*_NAMES):
        inside = node.parent is not None and node.parent.kind == "qualified_identifier"
        if not inside:
            found.setdefault(node.text, set()).add(_scope(node))
    return found


def _scope(node: Node) -> tuple[str, ...]:
    """The namespaces and classes around a node, and the function where it uses a namespace."""
    names: list[str] = []
    below = node
    for above in node.ancestors():
        if above.kind == "namespace_definition" or (
            above.kind in _CLASSES and below.field != "name"
        ):
            name = above.child("name")
            names.append("" if name is None else name.text)
        elif above.kind in FUNCTIONS:
            uses = any(True for _ in above.find("using_declaration"))
            names += [*([str(above.start)] if uses else []), *filter(None, [_owner(above)])]
        below = above
    return tuple(reversed(names))


def _owner(function: Node) -> str:
    """The class by whose name a function is defined outside of it."""
    inside = any(above.kind in _CLASSES for above in function.ancestors())
    return "" if inside else owner_name(function)
