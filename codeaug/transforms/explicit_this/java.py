"""The receiver `this` of Java's fields and methods."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from codeaug.model import Edit
from codeaug.predicates.flow import in_lambda
from codeaug.predicates.java_constants import is_variable_field
from codeaug.predicates.java_forms import THIS_CALL, THIS_FIELD, is_by_this, name_of
from codeaug.predicates.java_types import class_around
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code, in_class_body, is_variable
from codeaug.predicates.verdicts import require
from codeaug.transforms import Directions, Site, Subject, Vocabulary
from codeaug.transforms._sites import sites
from codeaug.transforms.explicit_this._java_examples import DROP_THIS, WRITE_THIS

_NO_CALL = frozenset({"yield"})
"""Methods that only a receiver lets call (JLS 3.9)."""


def drop_this(subject: Subject) -> Iterator[Site]:
    """The fields, and the methods, that a function needlessly names by `this`."""
    return sites(subject, _said_firsts, _dropped)


def write_this(subject: Subject) -> Iterator[Site]:
    """The fields, and the methods, of its own object that a function names without `this`."""

    def written(code: Code, node: Node) -> tuple[Edit, ...]:
        return _written(code, node, subject.vocabulary)

    return sites(subject, _bare_firsts, written)


# --- drop -----------------------------------------------------------------------------------------


def _said_firsts(code: Code) -> Iterator[Node]:
    """The first field and the first call with `this`."""
    for kind in ("field_access", "call"):
        yield from _said(code, kind)[:1]


def _said(code: Code, kind: str) -> list[Node]:
    """What the function itself names by `this` and could name without."""
    found = [n for n in code.found(kind) if is_by_this(n) and not in_class_body(n, code.function)]
    if kind == "call":
        return [
            n for n in found if n.child("type_arguments") is None and name_of(n) not in _NO_CALL
        ]
    return [n for n in found if name_of(n) not in code.by_name]


def _dropped(code: Code, node: Node) -> tuple[Edit, ...]:
    found = _said(code, node.kind)
    if node.kind == "field_access":
        _require_fields(code, [(n, name_of(n)) for n in found])
    edits = []
    for each in found:
        name = each.child("field") or each.child("name")
        assert name is not None
        gap = code.source[each.start : name.start]
        require(gap.split() in ([b"this."], [b"this", b"."]), "TRIVIA", "a comment would be lost")
        edits.append(Edit(each.start, name.end, name.text))
    return tuple(edits)


def _require_fields(code: Code, found: list[tuple[Node, str]]) -> None:
    """BUILTIN, DA: the simple name means the same, and may be read wherever `this.x` may."""
    for node, name in found:
        require(is_variable_field(code, name), "BUILTIN", f"{name} may be a constant")
        early = code.function.kind != "method_declaration" and in_lambda(code, node)
        require(not early, "DA", "a constructor may not read all fields yet")


# --- write ----------------------------------------------------------------------------------------


def _bare_firsts(code: Code) -> Iterator[Node]:
    yield from _bare_fields(code)[:1]
    yield from _bare_calls(code)[:1]


def _bare_fields(code: Code) -> list[Node]:
    if _is_static(code.function):
        return []
    names = _instance_members(class_around(code.function), "field_declaration")
    return [
        word
        for name in names & code.words.keys()
        if name not in code.by_name
        for word in code.words[name]
        if is_variable(word) and not in_class_body(word, code.function)
    ]


def _bare_calls(code: Code) -> list[Node]:
    if _is_static(code.function):
        return []
    names = _instance_members(class_around(code.function), "method_declaration")
    calls = (n for n in code.found("call") if n.child("object") is None and name_of(n) in names)
    return [n for n in calls if not in_class_body(n, code.function)]


def _written(code: Code, node: Node, vocabulary: Vocabulary) -> tuple[Edit, ...]:
    call = node.kind == "call"
    found = _bare_calls(code) if call else sorted(_bare_fields(code), key=lambda n: n.start)
    if not call:
        _require_fields(code, [(n, n.text) for n in found])
    usual = (THIS_CALL if call else THIS_FIELD) in vocabulary.forms
    require(usual, "NATURAL", "the repository says this only where it must")
    words = [n.child("name") if call else n for n in found]
    return tuple(Edit(w.start, w.end, f"this.{w.text}") for w in words if w is not None)


def _is_static(node: Node) -> bool:
    modifiers = next((n for n in node.children if n.kind == "modifiers"), None)
    return modifiers is not None and modifiers.token("static") is not None


@lru_cache(maxsize=32)
def _instance_members(body: Node | None, kind: str) -> frozenset[str]:
    """The names of a class's fields or methods that are never static."""
    names: dict[str, bool] = {}
    for member in body.parts if body is not None else ():
        if member.kind == kind:
            for declared in [c for c in member.children if c.field == "declarator"] or [member]:
                static = _is_static(member) or names.get(name_of(declared), False)
                names[name_of(declared)] = static
    return frozenset(name for name, static in names.items() if not static)


DIRECTIONS: Directions = {
    "drop-this": (drop_this, DROP_THIS),
    "write-this": (write_this, WRITE_THIS),
}
