"""`NULL`, `0` and `nullptr` for one another in C++."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from codeaug.model import Edit
from codeaug.predicates import cpp, cpp_types
from codeaug.predicates.braces import require_no_macros, return_type, type_of
from codeaug.predicates.conditions import operator_of
from codeaug.predicates.flow import in_lambda
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code
from codeaug.predicates.verdicts import require
from codeaug.transforms import Site, Subject
from codeaug.transforms._sites import sites

_BESIDE = frozenset(
    {"binary_expression", "assignment_expression", "init_declarator", "return_statement"}
)


def to_nullptr(subject: Subject) -> Iterator[Site]:
    """Each `NULL`, and each `0` that is a pointer."""
    return sites(subject, lambda code: code.found("null_literal", "number_literal"), _modern)


def _modern(code: Code, node: Node) -> tuple[Edit, ...] | None:
    if node.text not in ("NULL", "0"):
        return None
    pointer = _beside_pointer(code, node)
    if node.text == "0" and not pointer:
        return None
    _require_place(code, node, pointer)
    require(cpp.is_modern(code.source), "NATURAL", "nothing in the file shows C++11")
    return (Edit(node.start, node.end, "nullptr"),)


def to_null(subject: Subject) -> Iterator[Site]:
    """Each `nullptr`."""
    return sites(subject, lambda code: code.found("null_literal"), _traditional)


def _traditional(code: Code, node: Node) -> tuple[Edit, ...] | None:
    if node.text != "nullptr":
        return None
    _require_place(code, node, _beside_pointer(code, node))
    require(_writes_null(code.source), "NATURAL", "the file writes NULL nowhere else")
    return (Edit(node.start, node.end, "NULL"),)


@lru_cache(maxsize=8)
def _writes_null(source: bytes) -> bool:
    code = re.sub(rb"//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"", b"", source, flags=re.DOTALL)
    return re.search(rb"\bNULL\b", code) is not None


def _require_place(code: Code, node: Node, pointer: bool) -> None:
    require(pointer, "BUILTIN", "it is not proven to stand beside a pointer")
    assert node.parent is not None
    require_no_macros(code, node.parent)
    require("NULL" not in cpp.macros(code.source), "NOMACRO", "the file defines NULL itself")
    for above in node.ancestors():
        shown = above.kind == "call" and (
            cpp.is_shouted(cpp.callee(above)) or cpp.callee(above) == "assert"
        )
        require(not shown, "NOMACRO", "a macro may show the text")
        if above.kind.endswith(("_statement", "_declaration")):
            return


def _beside_pointer(code: Code, node: Node) -> bool:
    """Whether a pointer is compared with, initialised with, assigned or returned as `node`."""
    above = node.parent
    if above is None or above.kind not in _BESIDE:
        return False
    if above.kind == "return_statement":
        kind = return_type(code)
        return kind.endswith("*") and not in_lambda(code, node)
    if above.kind == "init_declarator":
        local = next((v for v in code.locals if v.value is node), None)
        return local is not None and _is_pointer(cpp_types.value_type(local.type))
    operators = ("=",) if above.kind == "assignment_expression" else ("==", "!=")
    other = above.child("left") if node.field == "right" else above.child("right")
    if other is None or operator_of(above) not in operators:
        return False
    return _is_pointer(type_of(code, other))


def _is_pointer(kind: str) -> bool:
    return kind.endswith("*")
