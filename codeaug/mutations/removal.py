"""When a statement may be taken away: what a compiler, or the next line, would miss."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from codeaug.model import Edit
from codeaug.mutations.body import Body
from codeaug.mutations.reach import may_do_nothing
from codeaug.predicates.cpp_types import is_scalar
from codeaug.predicates.java_types import class_around
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Local

_ASSIGNMENTS = ("assignment_expression", "assignment", "named_expression", "for_statement")
_UNCHECKED = frozenset(
    {"Exception", "Throwable", "Error", "AssertionError", "ArithmeticException"}
    | {"RuntimeException", "IllegalArgumentException", "IllegalStateException"}
    | {"NullPointerException", "IndexOutOfBoundsException", "ClassCastException"}
    | {"NumberFormatException", "UnsupportedOperationException", "SecurityException"}
    | {"ArrayIndexOutOfBoundsException", "StringIndexOutOfBoundsException"}
    | {"NoSuchElementException", "ConcurrentModificationException", "DateTimeException"}
    | {"StackOverflowError", "OutOfMemoryError", "LinkageError", "InputMismatchException"}
    | {"DateTimeParseException", "PatternSyntaxException", "NoClassDefFoundError"}
    | {"UncheckedIOException", "EmptyStackException", "NegativeArraySizeException"}
)
_MAY_THROW = (
    "call",
    "object_creation_expression",
    "throw_statement",
    "try_with_resources_statement",
)


def removed(node: Node) -> tuple[Edit, ...]:
    """The edit that takes a statement away and leaves its place well-formed."""
    block = node.parent is not None and node.parent.kind == "block"
    if node.end > node.start and node.kind.endswith("_statement") and _in_python(node):
        return (Edit(node.start, node.end, "pass"),)
    return (Edit(node.start, node.end, "" if block else "{}"),)


def _in_python(node: Node) -> bool:
    return [node, *node.ancestors()][-1].kind == "module"


def is_removable(body: Body, node: Node) -> bool:
    """Whether the function still compiles without the statement, and nothing that is read later
    stays unset."""
    return (
        not any(span.start >= node.start and span.end <= node.end for span in body.nested)
        and not sets_first(body, node)
        and not ends_checked(body, node)
        and may_do_nothing(body, node)
    )


def sets_first(body: Body, node: Node) -> bool:
    """Whether something below `node` gives a variable or final field its first value."""
    return any(_is_first(body, node, target) for target in targets(node))


def targets(node: Node) -> Iterator[Node]:
    """What is assigned below a node."""
    for found in node.find(*_ASSIGNMENTS):
        left = found.child("left") or found.child("name")
        if left is not None and found.child("type") is None:
            yield from (left.parts if left.kind.endswith(("pattern_list", "_pattern")) else [left])
    for found in node.find("call"):
        # `read(&x)` and `std::cin >> x` set what they are given.
        given = found.child("arguments")
        for part in given.parts if given is not None else ():
            if part.kind == "pointer_expression" and part.text.startswith("&"):
                yield part.parts[-1]


def _is_first(body: Body, node: Node, target: Node) -> bool:
    if body.language == "python":
        return target.kind == "identifier" and _is_missed(body, target.text, node)
    if target.kind == "identifier":
        local = body.code.lookup(target.text, target.start)
        if local is not None:
            return is_unset(body, local) and not local.node.within(node)
    if not body.function.kind.endswith("constructor_declaration"):
        return False
    field = target.child("field") if target.kind == "field_access" else target
    return field is not None and field.text in _unset_finals(class_around(body.function))


def is_unset(body: Body, local: Local) -> bool:
    """Whether a variable is declared without a value, and has none by itself."""
    if local.kind != "local" or local.value is not None:
        return False
    return body.language == "java" or is_scalar(local.type)


def some_unset(body: Body, node: Node) -> bool:
    """Whether a variable that was declared without a value is visible at `node`."""
    if body.language == "python":
        return False
    at = node.start
    return any(is_unset(body, v) and v.start <= at < v.end for v in body.code.locals)


@lru_cache(maxsize=8)
def _unset_finals(owner: Node | None) -> frozenset[str]:
    found: set[str] = set()
    for member in owner.parts if owner is not None else ():
        modifiers = next((p for p in member.parts if p.kind == "modifiers"), None)
        if member.kind == "field_declaration" and modifiers and "final" in modifiers.text.split():
            declared = [c for c in member.children if c.field == "declarator"]
            names = [d.child("name") for d in declared if d.child("value") is None]
            found |= {name.text for name in names if name is not None}
    return frozenset(found)


def sets_finals(body: Body) -> bool:
    """Whether a constructor gives final fields their values."""
    if not body.function.kind.endswith("constructor_declaration"):
        return False
    finals = _unset_finals(class_around(body.function))
    names = (t.child("field") if t.kind == "field_access" else t for t in targets(body.function))
    return any(name is not None and name.text in finals for name in names)


def _is_missed(body: Body, name: str, node: Node) -> bool:
    """Whether a Python name that `node` sets is used after it and not set before it."""
    used = any(n.text == name and n.start >= node.end for n in body.function.find("identifier"))
    return used and not _is_set_before(body, name, node.start)


def _is_set_before(body: Body, name: str, position: int) -> bool:
    """Whether a Python name is a parameter, declared elsewhere, or assigned further up."""
    for node in body.function.find("identifier"):
        if node.start >= position:
            return False
        if node.text == name and _binds(node):
            return True
    return False


def _binds(name: Node) -> bool:
    for node in (name, *name.ancestors()):
        above = node.parent
        if above is None:
            return False
        if above.kind.endswith(("_statement", "block")) and node.field != "left":
            return above.kind in ("global_statement", "nonlocal_statement")
        if above.kind in ("parameters", "lambda_parameters", "as_pattern_target"):
            return True
        if node.field in ("left", "name") and above.kind in _ASSIGNMENTS:
            return True
    return False


def ends_checked(body: Body, node: Node) -> bool:
    """Java: whether a checked exception is caught around `node` that nothing else could throw."""
    if body.language != "java":
        return False
    inside = node
    for above in node.ancestors():
        if above is body.function:
            return False
        tried = above.child("body")
        if above.kind.startswith("try_") and inside is tried and _catches_checked(above):
            sources = (n for n in tried.find(*_MAY_THROW) if not n.within(node))
            if above.kind == "try_statement" and not any(True for _ in sources):
                return True
        inside = above
    return False


def _catches_checked(node: Node) -> bool:
    kinds = (k for c in node.parts if c.kind == "catch_clause" for k in c.find("catch_type"))
    return any(
        name.text.rsplit(".", 1)[-1] not in _UNCHECKED for kind in kinds for name in kind.parts
    )
