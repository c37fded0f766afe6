"""Checked exceptions of Java: EXC."""

from __future__ import annotations

from codeaug.predicates.java_collections import risky_calls
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code, callable_around
from codeaug.predicates.verdicts import require

_UNCHECKED = frozenset(
    {"RuntimeException", "IllegalArgumentException", "IllegalStateException"}
    | {"NullPointerException", "IndexOutOfBoundsException", "UnsupportedOperationException"}
    | {"NumberFormatException", "ClassCastException", "ArithmeticException"}
)


def require_no_checked(code: Code, place: Node, expression: Node) -> None:
    """EXC: no checked exception can leave the expression that stands at `place`.

    A compiler has seen to that where the method throws none and no `try` around could catch one.
    """
    if not any(True for _ in risky_calls(code, expression)):
        return
    inside = callable_around(place, code.function)
    require(inside is code.function, "EXC", "a lambda around it may throw checked exceptions")
    thrown = next((c for c in code.function.children if c.kind == "throws"), None)
    named = {p.text for p in thrown.parts} if thrown is not None else set()
    require(named <= _UNCHECKED, "EXC", "a checked exception may leave it")
    for above in place.ancestors():
        if above is code.function:
            return
        if above.kind in ("try_statement", "try_with_resources_statement"):
            caught = {t.text for c in above.parts if c.kind == "catch_clause" for t in _types(c)}
            require(caught <= _UNCHECKED, "EXC", "a checked exception may be caught around it")


def _types(clause: Node) -> list[Node]:
    return [t for c in clause.find("catch_type") for t in c.parts]
