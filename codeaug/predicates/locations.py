"""What statements of Java and C++ read, write and may leave undone.

A *location* is a local variable (`name@byte of its declaration`), a plain field of that name of the
function's own or a local's object, which may be the same one (`this.name`), or `*`: anything that
is no local variable of its own. What is not understood may read and write everything and may fail.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from codeaug.predicates import cpp_std, cpp_types, java_types
from codeaug.predicates.aliases import is_private
from codeaug.predicates.braces import type_of
from codeaug.predicates.evaluation import LITERALS
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code, Local, in_class_body

EVERYTHING = "*"
LENT = "&"
"""Every local scalar of C++ that something else may refer to; it is no field of anything."""


@dataclass(slots=True)
class Effects:
    """Locations read and written; `completes` unless it may throw, jump, crash or run for ever.

    It also fails where one of the locals `needs` is null.
    """

    reads: set[str] = field(default_factory=set)
    writes: set[str] = field(default_factory=set)
    needs: set[str] = field(default_factory=set)
    completes: bool = True

    def anything(self) -> None:
        self.reads.add(EVERYTHING)
        self.writes.add(EVERYTHING)
        self.completes = False

    @property
    def writes_shared(self) -> bool:
        """Whether it writes anything but locals."""
        return any(map(is_shared, self.writes))


def is_shared(location: str) -> bool:
    """Whether other functions can see that location."""
    return location in (EVERYTHING, LENT) or location.startswith("this.")


def place(local: Local) -> str:
    """The location of a local variable."""
    return f"{local.name}@{local.node.start}"


def locations(code: Code, node: Node) -> set[str]:
    """The locations that a variable's name stands for."""
    local = code.lookup(node.text, node.start)
    if local is not None:
        return {place(local)} | others(code, local)
    if in_class_body(node, code.function):
        return {EVERYTHING}
    return {_field_place(code, node)}


def others(code: Code, local: Local) -> set[str]:
    """What the local may share its memory with."""
    if is_private(code, local):
        return set()
    scalar = not local.type.endswith("&") and bool(cpp_types.value_type(local.type))
    return {LENT} if scalar else {EVERYTHING}


def _field_place(code: Code, name: Node) -> str:
    if code.language == "java":
        plain = bool(java_types.field_type(code, name.text)) and b"volatile" not in code.source
    else:
        plain = bool(type_of(code, name)) and b"union" not in code.source
    return f"this.{name.text}" if plain else EVERYTHING


def own_field(code: Code, node: Node) -> str:
    """The location of `this.name`; "" if the node is no such thing."""
    owner, name = node.child("object") or node.child("argument"), node.child("field")
    if node.kind != "field_access" or owner is None or owner.kind != "this" or name is None:
        return ""
    if code.language == "java":
        return _field_place(code, name)
    plain = bool(type_of(code, node)) and b"union" not in code.source
    return f"this.{name.text}" if plain else EVERYTHING


def field_of(code: Code, node: Node) -> tuple[Local, str] | None:
    """The local of `local.name`, and the location of that field: the field of that name of any
    object, as several locals may be one."""
    owner, name = node.child("object") or node.child("argument"), node.child("field")
    if node.kind != "field_access" or owner is None or owner.kind != "identifier" or name is None:
        return None
    local = code.lookup(owner.text, owner.start)
    if local is None or not local.type or local.type.endswith("[]"):
        return None
    known = bool(type_of(code, node))
    if code.language == "java":
        plain = known and b"volatile" not in code.source
        return local, f"this.{name.text}" if plain else EVERYTHING
    lent = local.type.endswith(("*", "* const", "&"))
    return (local, f"this.{name.text}") if known and lent and b"union" not in code.source else None


def is_plain(written: str) -> bool:
    """A built-in value of C++: no reference, nothing that is constructed or destroyed."""
    return not written.endswith("&") and bool(cpp_types.value_type(written))


def is_quiet(local: Local) -> bool:
    """A C++ local whose empty value comes and goes unseen: arrays, strings, vectors of such."""
    written = local.type
    if written.endswith("[]"):
        sizes = [p for n in local.statement.find("array_declarator") for p in n.parts[1:]]
        return is_plain(written[:-2].rstrip()) and all(size.kind in LITERALS for size in sizes)
    return cpp_std.is_plain(written, local.node.source)
