"""Operators and operands of the three languages, and what is known of the operands' types."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from codeaug.mutations.body import Body
from codeaug.predicates.cpp_types import FLOATING, INTEGRAL, is_pointer
from codeaug.predicates.java_types import INTEGRAL as JAVA_INTEGRAL
from codeaug.predicates.java_types import PRIMITIVE
from codeaug.predicates.nodes import Node, unwrapped

_NUMBERS = frozenset({"number_literal", "integer", "float", "char_literal"})
_BOXED = frozenset({"Integer", "Long", "Short", "Byte", "Character", "Float", "Double"})
_SEQUENCES = frozenset(
    {"string", "concatenated_string", "list", "tuple", "set", "dictionary"}
    | {"list_comprehension", "set_comprehension", "dictionary_comprehension"}
    | {"string_literal", "text_block", "raw_string_literal"}
)
_SEQUENCE_CALLS = frozenset({"str", "repr", "list", "tuple", "bytes", "dict", "set", "sorted"})
_SEQUENCE_METHODS = (".join", ".format", ".lower", ".upper", ".strip", ".rjust", ".ljust")


@dataclass(frozen=True, slots=True)
class Binary:
    """`left operator right`; of a chain `a < b < c` one such part."""

    node: Node
    left: Node
    operator: Node
    right: Node


def binaries(body: Body) -> Iterator[Binary]:
    """Every binary operation of a unit, comparisons and logical ones included."""
    for node in body.find("binary_expression", "binary_operator", "boolean_operator"):
        left, operator, right = node.child("left"), node.child("operator"), node.child("right")
        if left is not None and operator is not None and right is not None:
            yield Binary(node, left, operator, right)
    for node in body.find("comparison_operator"):
        for index, part in enumerate(node.children):
            if part.field == "operators" and 0 < index < len(node.children) - 1:
                yield Binary(node, node.children[index - 1], part, node.children[index + 1])


def assignments(body: Body) -> Iterator[Binary]:
    """Every `left += right` of a unit, whatever the operator; plain ones too."""
    for node in body.find("assignment_expression", "augmented_assignment"):
        left, operator, right = node.child("left"), node.child("operator"), node.child("right")
        if left is not None and operator is not None and right is not None:
            yield Binary(node, left, operator, right)


def is_number(body: Body, node: Node) -> bool:
    """Whether an expression is known to be a number (no pointer, no boolean), by literal or type.

    Python tells no types: there it is whether nothing says that it is a text or a collection.
    """
    node = unwrapped(node)
    if body.language == "python":
        return not _is_sequence(node)
    if node.kind in _NUMBERS or node.kind.endswith(("integer_literal", "floating_point_literal")):
        return True
    kind = body.type_of(node)
    if body.language == "java":
        return (kind in PRIMITIVE and kind != "boolean") or kind in _BOXED
    return (kind in INTEGRAL or kind in FLOATING) and kind != "bool"


def is_integer(body: Body, node: Node) -> bool:
    """Whether an expression is known to be an integer; in Python, not known to be none."""
    if body.language == "python":
        return is_number(body, node) and unwrapped(node).kind != "float"
    kind = body.type_of(unwrapped(node))
    if body.language == "java":
        return kind in JAVA_INTEGRAL
    return kind in INTEGRAL and kind != "bool"


def is_scalar(body: Body, node: Node) -> bool:
    """Whether no class can have overloaded what is done to it (Python: always)."""
    if body.language == "python" or is_number(body, node):
        return True
    kind = body.type_of(unwrapped(node))
    return kind in ("bool", "boolean") or (body.language == "cpp" and is_pointer(kind))


def is_signed(body: Body, node: Node) -> bool:
    """Whether `-` in front keeps an expression's type."""
    kind = body.type_of(unwrapped(node))
    return kind in ("int", "long", "float", "double", "long long", "int32_t", "int64_t")


def is_unsigned(body: Body, node: Node) -> bool:
    """Whether an expression is never below zero: an unsigned type, or a length by its name."""
    node = unwrapped(node)
    kind = body.type_of(node)
    if kind.startswith("unsigned") or kind.endswith(("size_t", "uint8_t", "uint16_t")):
        return kind not in ("ssize_t", "std::ssize_t")
    if kind.endswith(("uint32_t", "uint64_t")):
        return True
    text = node.text
    return text.endswith((".size()", ".length()", ".length", "->size()", "->length()")) or (
        text.startswith("len(") and text.endswith(")")
    )


def _is_sequence(node: Node) -> bool:
    """Whether a Python expression is a text or a collection by its look."""
    if node.kind in _SEQUENCES:
        return True
    if node.kind == "binary_operator":
        return any(_is_sequence(unwrapped(part)) for part in node.parts)
    called = node.child("function") if node.kind == "call" else None
    if called is None:
        return False
    return called.text in _SEQUENCE_CALLS or called.text.endswith(_SEQUENCE_METHODS)


def is_literal(node: Node, *texts: str) -> bool:
    """Whether an expression is one of those literals."""
    return unwrapped(node).text in texts
