"""`"a" + x + "b"` as `String.format("a%sb", x)`, and back, in Java."""

from __future__ import annotations

import re
from collections.abc import Iterator

from codeaug.model import Edit
from codeaug.predicates.conditions import operator_of
from codeaug.predicates.java_collections import is_imported, static_type
from codeaug.predicates.java_types import PRIMITIVE
from codeaug.predicates.nodes import Node, unwrapped
from codeaug.predicates.scopes import Code
from codeaug.predicates.verdicts import Declined, require
from codeaug.transforms import Directions, Site, Subject
from codeaug.transforms._sites import require_no_comments, sites
from codeaug.transforms.string_format._java_examples import CONCAT_TO_FORMAT, FORMAT_TO_CONCAT

_SAFE = frozenset(
    {*PRIMITIVE, "String", "StringBuilder", "Boolean", "Byte", "Short", "Character", "Integer"}
    | {"Long", "Float", "Double"}
)
_CONSTANT = frozenset({"string_literal", "character_literal", "true", "false"})
_FORMATTING = frozenset({"format", "printf", "formatted"})
_MOST_VALUES = 5


def concat_to_format(subject: Subject) -> Iterator[Site]:
    """Each concatenation of texts and at least two values."""
    return sites(subject, lambda code: code.found("binary_expression"), _formatted)


def format_to_concat(subject: Subject) -> Iterator[Site]:
    """Each `String.format` of a literal and its values."""
    return sites(subject, lambda code: code.found("call"), _concatenated)


def _kind(code: Code, node: Node) -> str:
    """The static type of a value, also of what is a String for every receiver."""
    name, given = node.child("name"), node.child("arguments")
    bare = node.kind == "call" and name is not None and given is not None and not given.parts
    if bare and name is not None:
        owner = node.child("object")
        if owner is not None and (name.text == "toString" or _describes(code, owner, name.text)):
            return "String"
    return static_type(code, node)


def _describes(code: Code, owner: Node, name: str) -> bool:
    """`getMessage` of an exception, `getName` of a class."""
    if name == "getMessage":
        return static_type(code, owner).endswith(("Exception", "Error", "Throwable"))
    called = owner.child("name") if owner.kind == "call" else None
    of_class = called is not None and called.text == "getClass"
    return name in ("getName", "getSimpleName") and (
        of_class or static_type(code, owner) in ("Class<?>", "Class")
    )


# --- concatenation to format ----------------------------------------------------------------------


def _formatted(code: Code, node: Node) -> tuple[Edit, ...] | None:
    if operator_of(node) != "+" or _is_part(node):
        return None
    parts = _parts(node)
    texts = [p for p in parts if p.kind == "string_literal"]
    values = [p for p in parts if p.kind != "string_literal"]
    if not texts or len(values) < 2:
        return None
    _require_worth(texts, values)
    require_no_comments(code, node, node.start, node.end)
    require(is_imported(code, "java.lang.String"), "BUILTIN", "String is another class here")
    kinds = [_kind(code, unwrapped(p)) for p in parts]
    first = kinds[0] == "String" or kinds[1] == "String"
    require(first, "BUILTIN", "it may begin with a sum")
    for part, kind in zip(parts, kinds, strict=True):
        require(kind in _SAFE, "BUILTIN", "a value may be written otherwise by a format")
        constant = part.kind in _CONSTANT and part.kind != "string_literal"
        require(not constant, "NATURAL", "a constant among the values")
        require("\n" not in part.text, "NATURAL", "a value of several lines")
    shouted = all(_is_constant(v) for v in values)
    require(not shouted, "DA", "it may be a constant, as a case label needs one")
    _require_plain_place(code, node)
    pieces = (
        p.text[1:-1].replace("%", "%%") if p.kind == "string_literal" else "%s" for p in parts
    )
    given = ", ".join(unwrapped(v).text for v in values)
    text = f'String.format("{"".join(pieces)}", {given})'
    return (Edit(node.start, node.end, text),)


def _is_constant(node: Node) -> bool:
    """Whether that is named like a constant."""
    return node.kind in ("identifier", "field_access") and node.text.rpartition(".")[2].isupper()


def _is_part(node: Node) -> bool:
    """Whether it is the left part of a longer sum."""
    above = node.parent
    return above is not None and above.kind == "binary_expression" and operator_of(above) == "+"


def _parts(node: Node) -> list[Node]:
    """The operands of `a + b + c`, from left to right."""
    found: list[Node] = []
    while node.kind == "binary_expression" and operator_of(node) == "+":
        left, right = node.child("left"), node.child("right")
        if left is None or right is None:
            break
        found.append(right)
        node = left
    return [node, *found[::-1]]


def _require_worth(texts: list[Node], values: list[Node]) -> None:
    """NATURAL: a text with some words and a few values in it."""
    block = any(t.text.startswith('"""') for t in texts)
    require(not block, "NATURAL", "a text block")
    escaped = any("\\u" in t.text for t in texts)
    require(not escaped, "NATURAL", "a character by its number")
    words = re.findall(r"[A-Za-z]{2,}", " ".join(t.text for t in texts))
    enough = len(words) > 1 or len(texts) > 1
    require(enough, "NATURAL", "too little text for a format")
    require(len(values) <= _MOST_VALUES, "NATURAL", "too many values for a format")


def _require_plain_place(code: Code, node: Node) -> None:
    """NATURAL: not built up step by step, not formatted already."""
    for above in node.ancestors():
        if above is code.function or above.kind.endswith("_statement"):
            return
        name = above.child("name") if above.kind == "call" else None
        if name is not None:
            unusual = name.text in _FORMATTING or name.text == "append"
            require(not unusual, "NATURAL", "it is formatted or appended already")
        if above.kind == "assignment_expression":
            require(operator_of(above) == "=", "NATURAL", "it is appended to something")


# --- format to concatenation ----------------------------------------------------------------------


def _concatenated(code: Code, node: Node) -> tuple[Edit, ...] | None:
    name, owner, given = (node.child(f) for f in ("name", "object", "arguments"))
    if name is None or owner is None or given is None or name.text != "format":
        return None
    if owner.text != "String" or len(given.parts) < 2:
        return None
    require(is_imported(code, "java.lang.String"), "BUILTIN", "String is another class here")
    literal, values = given.parts[0], given.parts[1:]
    plain = literal.kind == "string_literal" and not literal.text.startswith('"""')
    plain = plain and "\\u" not in literal.text
    require(plain, "BUILTIN", "the format is not in sight, or made for a locale")
    require_no_comments(code, node, node.start, node.end)
    pieces = _pieces(literal.text[1:-1])
    require(len(pieces) == len(values) + 1, "BUILTIN", "not one value for each %s")
    for value in values:
        kind = _kind(code, unwrapped(value))
        require(kind in _SAFE, "BUILTIN", "a value may be written otherwise by a format")
        require("\n" not in value.text, "NATURAL", "a value of several lines")
    alone = len(values) == 1 and not any(pieces)
    require(not alone, "BUILTIN", "null would stay null and not become a text")
    begins = bool(pieces[0]) or bool(pieces[1]) or _kind(code, unwrapped(values[0])) == "String"
    require(begins, "NATURAL", "two values would be added")
    _require_room(node)
    text = _sum(pieces, values)
    return (Edit(node.start, node.end, text),)


def _pieces(text: str) -> list[str]:
    """The texts between the `%s` of a format that has nothing else."""
    pieces, last = [""], 0
    for found in re.finditer(r"%(.)", text):
        pieces[-1] += text[last : found.start()]
        last = found.end()
        if found.group(1) == "s":
            pieces.append("")
        elif found.group(1) == "%":
            pieces[-1] += "%"
        else:
            raise Declined("BUILTIN", f"%{found.group(1)} is written after the locale or otherwise")
    pieces[-1] += text[last:]
    return pieces


def _require_room(node: Node) -> None:
    """NATURAL: a sum can stand there without parentheses."""
    above = node.parent
    roomy = ("argument_list", "return_statement", "variable_declarator", "assignment_expression")
    require(above is not None and above.kind in roomy, "NATURAL", "it would need parentheses")


def _sum(pieces: list[str], values: list[Node]) -> str:
    parts = [f'"{pieces[0]}"'] if pieces[0] else []
    for value, piece in zip(values, pieces[1:], strict=True):
        inner = unwrapped(value)
        loose = inner.kind in ("binary_expression", "ternary_expression", "cast_expression")
        loose = loose or inner.kind in ("assignment_expression", "instanceof_expression")
        parts.append(f"({inner.text})" if loose else inner.text)
        if piece:
            parts.append(f'"{piece}"')
    return " + ".join(parts)


DIRECTIONS: Directions = {
    "concat-to-format": (concat_to_format, CONCAT_TO_FORMAT),
    "format-to-concat": (format_to_concat, FORMAT_TO_CONCAT),
}
