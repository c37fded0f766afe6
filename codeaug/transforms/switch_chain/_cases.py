"""What a `switch` and a comparison both mean in Java and C++: BUILTIN."""

from __future__ import annotations

import re

from codeaug.predicates import cpp_types
from codeaug.predicates.braces import type_of
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code
from codeaug.predicates.verdicts import require

STRING = "String"
UNKNOWN = ""
_JAVA = ("byte", "short", "char", "int")
_NUMBERS = ("decimal_integer_literal", "hex_integer_literal", "number_literal")
_CHARACTER = re.compile(r"'(?:[ -&(-\[\]-~]|\\[ntrbf0'\\])'")
_CHARACTERS = ("character_literal", "char_literal")


def compared_type(code: Code, test: Node) -> str:
    """The type of what is compared: integral, an enumeration, a string of Java, or unknown."""
    kind = type_of(code, test)
    if code.language == "java":
        return kind
    if kind in cpp_types.INTEGRAL and kind != "bool":
        return kind
    return _enumeration(code, test)


def _enumeration(code: Code, test: Node) -> str:
    """The name of the enumeration of this file that a local is declared with."""
    local = code.lookup(test.text, test.start) if test.kind == "identifier" else None
    if local is None or b"operator==" in code.source or b"operator ==" in code.source:
        return UNKNOWN
    name = local.type.removeprefix("const ").split("::")[-1]
    if not name.isidentifier():
        return UNKNOWN
    defined = re.search(rf"\benum\s+(?:class\s+|struct\s+)?{name}\b".encode(), code.source)
    return name if defined else UNKNOWN


def is_constant(node: Node) -> bool:
    """A number or a character, as it is written."""
    if node.kind == "unary_expression":
        return node.text.startswith("-") and node.parts[0].kind in _NUMBERS
    return node.kind in (*_NUMBERS, *_CHARACTERS)


def require_case(code: Code, kind: str, label: Node) -> None:
    """BUILTIN: comparing with the label by `==` (or equals) tells the same as the case."""
    if code.language == "cpp":
        require(bool(kind), "BUILTIN", "it is not proven to be a number or an enumeration")
        named = label.kind in ("identifier", "qualified_identifier")
        require(named or is_constant(label), "BUILTIN", "an unusual case")
        return
    if kind == STRING:
        require(label.kind == "string_literal", "BUILTIN", "an unusual case")
        return
    if is_constant(label):
        boxed = kind in ("Integer", "Character", "Short", "Byte")
        require(kind in (UNKNOWN, *_JAVA) or boxed, "BUILTIN", "an unusual type")
        return
    require(kind in _JAVA, "BUILTIN", "the case of an enumeration fails for null, == does not")
    require(label.kind in ("identifier", "field_access"), "BUILTIN", "an unusual case")


def require_switched(code: Code, kind: str, constants: list[Node]) -> None:
    """BUILTIN: the constants can be cases for a value of that type, each only once."""
    texts = [constant.text for constant in constants]
    require(len(set(texts)) == len(texts), "REACH", "the same case twice")
    if kind == STRING:
        plain = all(c.kind == "string_literal" and "\\u" not in c.text for c in constants)
        require(code.language == "java" and plain, "BUILTIN", "no constant string")
        return
    integral = kind in _JAVA if code.language == "java" else kind in cpp_types.INTEGRAL
    require(integral and kind != "bool", "BUILTIN", "not proven to be a number or a string")
    require(all(map(is_constant, constants)), "BUILTIN", "not proven to be a constant")
    kinds = {constant.kind in _CHARACTERS for constant in constants}
    require(len(kinds) == 1, "REACH", "numbers and characters may be the same case twice")
    if kinds == {True}:
        require(all(map(_CHARACTER.fullmatch, texts)), "BUILTIN", "an unusual character")
        return
    plain = all(text.lstrip("-").isdigit() and not text.startswith("-0") for text in texts)
    octal = any(len(text) > 1 and text.startswith("0") for text in texts)
    require(plain and not octal, "BUILTIN", "no plain number")
    _require_in_range(code, kind, [int(text) for text in texts])


_RANGES = {
    "byte": (-128, 127),
    "signed char": (-128, 127),
    "short": (-32768, 32767),
    "char": (0, 127),
    "unsigned char": (0, 255),
}


def _require_in_range(code: Code, kind: str, values: list[int]) -> None:
    low, high = _RANGES.get(kind, (-(2**31), 2**31 - 1))
    if kind.startswith(("unsigned", "u", "size_t", "std::size_t", "std::u")):
        low = 0
    if kind == "char" and code.language == "java":
        high = 65535
    fits = all(low <= value <= high for value in values)
    require(fits, "BUILTIN", "a constant that the type does not have")
