"""A unit of Java or C++ as `Code`, and what is asked of either language's own module."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from codeaug.languages.cpp_macros import blank_macros
from codeaug.model import Unit
from codeaug.predicates import cpp, cpp_types, java, java_types
from codeaug.predicates.nodes import Node, file_tree, function_at
from codeaug.predicates.scopes import NOTHING, Code
from codeaug.predicates.verdicts import require
from codeaug.syntax import SyntaxLimit


def _function_of(unit: Unit, source: bytes) -> Node | None:
    """The unit's node; C++ macros outside of its body are blanked where it needs that."""
    function = function_at(file_tree(unit.language, source), unit.span, unit.body)
    if function is not None and not function.broken:
        return function
    if unit.language != "cpp":
        return None
    blanked = _blanked(source)
    inside = slice(unit.body.start, unit.body.end)
    if blanked == source or blanked[inside] != source[inside]:
        return None
    function = function_at(file_tree("cpp", source, blanked), unit.span, unit.body)
    return None if function is None or function.broken else function


@lru_cache(maxsize=4)
def _blanked(source: bytes) -> bytes:
    return blank_macros(source)[0]


def code_of(unit: Unit, source: bytes, members: Mapping[str, str] = NOTHING) -> Code | None:
    """The unit as `Code`, with what other files declare (`Vocabulary.members`); None where its text
    does not parse cleanly as one function."""
    try:
        function = _function_of(unit, source)
    except SyntaxLimit:
        return None
    if function is None:
        return None
    root = [function, *function.ancestors()][-1]
    found = java.locals_in(function) if unit.language == "java" else cpp.locals_in(function)
    return Code(unit.language, function, root, found, members)


def type_of(code: Code, node: Node) -> str:
    """The static type of an expression as far as the file tells, else ""."""
    if code.language == "java":
        return java_types.type_of(code, node)
    return cpp_types.type_of(code, node)


def return_type(code: Code) -> str:
    """The function's written result type; "" where it has none."""
    if code.language == "cpp":
        return cpp_types.return_type(code.function)
    kind, dimensions = code.function.child("type"), code.function.child("dimensions")
    return "" if kind is None else kind.text + (dimensions.text if dimensions else "")


def is_builtin(code: Code, kind: str) -> bool:
    """BUILTIN: operators on that type mean what the language says."""
    if code.language == "java":
        return kind in java_types.PRIMITIVE
    return cpp_types.is_scalar(kind)


def is_integral(code: Code, kind: str) -> bool:
    """INTEGRAL: `<` and `>=` are opposites (pointers of C++ included, NaN excluded)."""
    if code.language == "java":
        return kind in (*java_types.INTEGRAL, "Integer", "Long", "Short", "Byte", "Character")
    return kind in cpp_types.INTEGRAL or cpp_types.is_pointer(kind)


def boolean_name(code: Code) -> str:
    return "boolean" if code.language == "java" else "bool"


def require_no_macros(code: Code, *nodes: Node) -> None:
    """NOMACRO: no macro, directive or inline assembly in these nodes."""
    if code.language == "cpp":
        free = not any(cpp.uses_macro(node) for node in nodes)
        require(free, "NOMACRO", "a macro or directive is in the way")


def callee(code: Code, node: Node) -> str:
    """The simple name of what a call or `new` calls, or ""."""
    return java.callee(node) if code.language == "java" else cpp.callee(node)
