"""A unit of Java or C++ as `Code`, and what is asked of either language's own module."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from codeaug.formatters import Style
from codeaug.languages.cpp_macros import blank_macros
from codeaug.model import Unit
from codeaug.predicates import cpp, cpp_types, java, java_types
from codeaug.predicates.nodes import Node, file_tree, function_at
from codeaug.predicates.scopes import NO_STYLE, NOTHING, Code
from codeaug.predicates.verdicts import require
from codeaug.syntax import SyntaxLimit


def _read(unit: Unit, source: bytes) -> tuple[Node, bytes] | None:
    """The unit's node and what was parsed: C++ macros outside of its body are blanked where it
    needs that."""
    for text in _readings(unit, source):
        function = function_at(file_tree(unit.language, source, text), unit.span, unit.body)
        if function is not None and not function.broken:
            return function, text or source
    return None


def text_of(unit: Unit, source: bytes) -> bytes:
    """The file as it is parsed for this unit: as long as it is, and in its body the same."""
    found = _read(unit, source)
    return source if found is None else found[1]


def _readings(unit: Unit, source: bytes) -> Iterator[bytes]:
    yield b""
    if unit.language == "cpp":
        blanked = _blanked(source)
        inside = slice(unit.body.start, unit.body.end)
        if blanked != source and blanked[inside] == source[inside]:
            yield blanked


@lru_cache(maxsize=4)
def _blanked(source: bytes) -> bytes:
    return blank_macros(source)[0]


def code_of(
    unit: Unit, source: bytes, members: Mapping[str, str] = NOTHING, style: Style = NO_STYLE
) -> Code | None:
    """The unit as `Code`, with what other files declare (`Vocabulary.members`) and what the
    repository's settings say; None where its text does not parse cleanly as one function."""
    try:
        read = _read(unit, source)
    except SyntaxLimit:
        return None
    if read is None:
        return None
    function = read[0]
    root = [function, *function.ancestors()][-1]
    found = java.locals_in(function) if unit.language == "java" else cpp.locals_in(function)
    return Code(unit.language, function, root, found, members, style)


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
