"""`if (node)` as `if (node != nullptr)`, and back, in C++."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from codeaug.model import Edit
from codeaug.predicates import cpp, cpp_types
from codeaug.predicates.braces import type_of
from codeaug.predicates.conditions import operator_of
from codeaug.predicates.nodes import Node, unwrapped
from codeaug.predicates.scopes import Code
from codeaug.predicates.verdicts import require
from codeaug.transforms import Site, Subject
from codeaug.transforms._sites import require_no_comments, sites

_PLAIN = frozenset({"identifier", "field_access", "array_access", "call", "pointer_expression"})
_TESTED = ("if_statement", "while_statement", "for_statement", "do_statement", "ternary_expression")
_CHARACTERS = ("char", "wchar_t", "char16_t", "char32_t", "signed char", "unsigned char")
_NULLS = ("NULL", "nullptr")


def explicit_comparison(subject: Subject) -> Iterator[Site]:
    """Each condition that is a pointer or number, or parts that are."""
    return sites(subject, lambda code: code.found(*_PLAIN), _explicit)


def _explicit(code: Code, node: Node) -> tuple[Edit, ...] | None:
    whole = node.parent if _is_negated(node) and node.parent is not None else node
    if not _is_tested(whole):
        return None
    kind = type_of(code, node)
    if kind == "bool":
        return None
    require(_is_number(kind), "BUILTIN", "it is no pointer or number, as far as is known")
    require(kind != cpp_types.NULL, "NATURAL", "nullptr itself")
    alike = [one for one in _operands(whole) if _is_number(type_of(code, _positive(one)))]
    if alike[0] is not whole:
        return None  # all parts of a condition in one form: the first speaks for them
    return tuple(_spelled(code, one) for one in alike)


def _spelled(code: Code, whole: Node) -> Edit:
    node = _positive(whole)
    require(node.kind in _PLAIN, "NATURAL", "it would read as something else")
    _require_plain(code, whole)
    operator = "!=" if node is whole else "=="
    return Edit(
        whole.start, whole.end, f"{node.text} {operator} {_zero(code, type_of(code, node))}"
    )


def _positive(node: Node) -> Node:
    """Without a `!` before it."""
    negated = node.kind == "unary_expression" and node.text.startswith("!") and node.parts
    return node.parts[0] if negated else node


def _is_number(kind: str) -> bool:
    """Whether it is a pointer or a number, which a condition compares with null or zero."""
    return kind != "bool" and (cpp_types.is_pointer(kind) or kind in cpp_types.INTEGRAL)


def _zero(code: Code, kind: str) -> str:
    if kind in _CHARACTERS:
        return _written_character(code.source)
    return _written_null(code.source) if cpp_types.is_pointer(kind) else "0"


@lru_cache(maxsize=8)
def _written_null(source: bytes) -> str:
    """The null pointer as the file writes it most."""
    counts = {text: len(re.findall(rf"\b{text}\b".encode(), source)) for text in _NULLS}
    most = max(counts, key=lambda text: counts[text])
    return most if counts[most] else "0"


@lru_cache(maxsize=8)
def _written_character(source: bytes) -> str:
    """`'\\0'`, or `0` in a file that has only that."""
    return "'\\0'" if rb"'\0'" in source or not re.search(rb"[!=]= 0\b", source) else "0"


def implicit_comparison(subject: Subject) -> Iterator[Site]:
    """Each condition that compares a pointer or number with null or zero, or parts that do."""
    return sites(subject, lambda code: code.found("binary_expression"), _implicit)


def _implicit(code: Code, node: Node) -> tuple[Edit, ...] | None:
    if not _is_compared(node) or not _is_tested(node):
        return None
    alike = [one for one in _operands(node) if _is_compared(one)]
    if alike[0] is not node:
        return None
    return tuple(_tested(code, one) for one in alike)


def _tested(code: Code, node: Node) -> Edit:
    left = node.child("left")
    assert left is not None
    kind, inner = type_of(code, left), unwrapped(left)
    known = _is_number(kind) and kind != cpp_types.NULL
    require(known, "BUILTIN", "it is no pointer or number, as far as is known")
    masked = inner is not left and inner.kind == "binary_expression"
    masked = masked and operator_of(inner) in ("&", "%")
    require(left.kind in _PLAIN or masked, "NATURAL", "it would read as something else")
    _require_plain(code, node)
    if operator_of(node) == "==":
        return Edit(node.start, node.end, "!" + left.text)
    above = node.parent
    alone = masked and above is not None and above.kind == "condition_clause"
    return Edit(node.start, node.end, inner.text if alone else left.text)


def _is_negated(node: Node) -> bool:
    above = node.parent
    return above is not None and above.kind == "unary_expression" and above.text.startswith("!")


def _is_tested(node: Node) -> bool:
    """Whether it is a condition, or what `&&` and `||` join in one."""
    above = node.parent
    while above is not None and (
        above.kind == "parenthesized_expression" or operator_of(above) in ("&&", "||")
    ):
        node, above = above, above.parent
    if above is None:
        return False
    if above.kind == "condition_clause":
        plain = above.child("initializer") is None
        return plain and above.parent is not None and above.parent.kind in _TESTED
    return above.kind in _TESTED and node.field == "condition"


def _operands(node: Node) -> Iterator[Node]:
    """What `&&` and `||` join with it in one condition, and itself, in order."""
    top = node
    for above in node.ancestors():
        if above.kind != "parenthesized_expression" and operator_of(above) not in ("&&", "||"):
            break
        top = above
    waiting = [top]
    while waiting:
        one = unwrapped(waiting.pop())
        if operator_of(one) in ("&&", "||"):
            waiting += reversed(one.parts)
        else:
            yield one


def _is_compared(node: Node) -> bool:
    """Whether it is a comparison with null or zero."""
    right = node.child("right")
    equal = operator_of(node) in ("==", "!=")
    return equal and right is not None and right.text in ("0", "'\\0'", *_NULLS)


def _require_plain(code: Code, node: Node) -> None:
    require(not cpp.uses_macro(node), "NOMACRO", "a macro is in the way")
    require_no_comments(code, node, node.start, node.end)
    own = node.parent
    while own is not None and own.kind in ("parenthesized_expression", "binary_expression"):
        if operator_of(own) in ("&&", "||"):
            for side in (own.child("left"), own.child("right")):
                known = side is not None and _is_value(code, unwrapped(side))
                require(known, "BUILTIN", "&& and || may be overloaded for its operands")
        own = own.parent


def _is_value(code: Code, node: Node) -> bool:
    """Whether `&&` takes it as it is: no class with operators."""
    return cpp_types.is_scalar(type_of(code, node)) or node.text.startswith("!")
