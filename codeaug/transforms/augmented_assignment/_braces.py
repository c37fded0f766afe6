"""`x += e` as `x = x + e`, and back, in Java and C++."""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.model import Edit
from codeaug.predicates import cpp_std, cpp_types, java_types
from codeaug.predicates.braces import require_no_macros, type_of
from codeaug.predicates.conditions import operator_of
from codeaug.predicates.evaluation import calls, is_own, is_settled, writes
from codeaug.predicates.nodes import Node, unwrapped
from codeaug.predicates.scopes import Code
from codeaug.predicates.verdicts import Declined, require
from codeaug.transforms import Site, Subject
from codeaug.transforms._sites import (
    require_no_comments,
    sites,
    usual_increment,
)

_STRENGTH = {"*": 10, "/": 10, "%": 10, "+": 9, "-": 9, "<<": 8, ">>": 8, ">>>": 8}
_STRENGTH |= {"&": 5, "^": 4, "|": 3}
_SHIFTS = ("<<", ">>", ">>>")
_BITS = ("&", "|", "^")
_LONGEST_TARGET = 24
_SMALL = ("byte", "short", "char")
_TIGHT = frozenset(
    {"identifier", "call", "field_access", "array_access", "parenthesized_expression", "this"}
    | {"string_literal", "character_literal", "char_literal", "number_literal", "true", "false"}
    | {"unary_expression", "cast_expression", "object_creation_expression", "pointer_expression"}
    | {"sizeof_expression", "qualified_identifier", "text_block"}
)


# --- expand ---------------------------------------------------------------------------------------


def expand_assignment(subject: Subject) -> Iterator[Site]:
    """Each statement that assigns by an operator."""
    return sites(subject, lambda code: code.found("assignment_expression"), _expanded)


def _expanded(code: Code, node: Node) -> tuple[Edit, ...] | None:
    left, right, operator = _parts(node)
    if left is None or right is None or operator[:-1] not in _STRENGTH:
        return None
    operator = operator[:-1]
    kind = _target_type(code, left)
    _require_value(code, left, right)
    _require_same_type(code, kind, operator, right)
    text = f"{left.text} = {left.text} {operator} {_operand(code, kind, operator, right)}"
    return _edit(code, node, text)


def _operand(code: Code, kind: str, operator: str, right: Node) -> str:
    """The value as the right operand of the operator."""
    inner = unwrapped(right)
    if inner.kind in _TIGHT or inner.kind.endswith("_literal"):
        return right.text
    require(inner.kind == "binary_expression", "NATURAL", "an unusual value")
    own = operator_of(inner)
    joined = operator == "+" and kind == "String" and _first_type(code, inner) == "String"
    arithmetic = operator in ("+", "-") and _STRENGTH.get(own, 0) > _STRENGTH[operator]
    return inner.text if joined or arithmetic else f"({inner.text})"


def _first_type(code: Code, node: Node) -> str:
    """The type of the leftmost operand of a chain of `+`."""
    while node.kind == "binary_expression" and operator_of(node) == "+":
        left = node.child("left")
        if left is None:
            return ""
        node = left
    return type_of(code, node)


# --- augment --------------------------------------------------------------------------------------


def augment_assignment(subject: Subject) -> Iterator[Site]:
    """Each statement that assigns to a variable the variable with an operand more."""
    return sites(subject, lambda code: code.found("assignment_expression"), _augmented)


def _augmented(code: Code, node: Node) -> tuple[Edit, ...] | None:
    left, right, operator = _parts(node)
    if left is None or right is None or operator != "=":
        return None
    whole = unwrapped(right)
    found = _split(whole, left.text) if whole.kind == "binary_expression" else None
    if found is None:
        return None
    operator, first = found
    kind = _target_type(code, left)
    _require_value(code, left, whole)
    value = whole.child("right")
    assert value is not None
    if first is not value:
        _require_regrouped(code, kind, first, whole)
    elif code.language == "cpp":
        _require_same_type(code, kind, operator, value)
    given = code.source[first.start : whole.end].decode("utf-8", "surrogateescape")
    step = given == "1" and operator in ("+", "-") and _counts(code, kind)
    if step:
        return _edit(code, node, usual_increment(code, left.text, operator * 2))
    require(given != "1" or operator not in ("+", "-") or bool(kind), "BUILTIN", "++ or +=")
    text = unwrapped(value).text if first is value else given
    return _edit(code, node, f"{left.text} {operator}= {text}")


def _split(node: Node, target: str) -> tuple[str, Node] | None:
    """The operator and the first operand behind the target, which begins a chain."""
    operator = operator_of(node)
    if operator not in _STRENGTH:
        return None
    while True:
        left, right = node.child("left"), node.child("right")
        if left is None or right is None:
            return None
        if left.text == target:
            return operator, right
        if left.kind != "binary_expression" or operator != "+" or operator_of(left) != "+":
            return None
        node = left


def _require_regrouped(code: Code, kind: str, first: Node, whole: Node) -> None:
    """BUILTIN: `(x + a) + b` is `x + (a + b)`."""
    kinds = [type_of(code, first)]
    node = whole
    while (right := node.child("right")) is not None and right is not first:
        kinds.append(type_of(code, right))
        left = node.child("left")
        assert left is not None
        node = left
    if code.language == "java":
        small = (*_SMALL, "int")
        wraps = kind == "int" and all(each in small for each in kinds)
        wraps = wraps or (kind == "long" and kinds[0] == "long")
        wraps = wraps and all(each in java_types.INTEGRAL for each in kinds)
        require(wraps or (kind == kinds[0] == "String"), "BUILTIN", "it would be added up anew")
        return
    unsigned = kind.startswith("unsigned ") or kind in ("size_t", "std::size_t")
    same = unsigned and all(each == kind for each in kinds)
    require(same, "BUILTIN", "it would be added up anew, which may overflow")


def _counts(code: Code, kind: str) -> bool:
    if code.language == "java":
        return kind in java_types.INTEGRAL
    return kind in cpp_types.INTEGRAL or cpp_types.is_pointer(kind)


# --- both -----------------------------------------------------------------------------------------


def _parts(node: Node) -> tuple[Node | None, Node | None, str]:
    """Target, value and operator of an assignment that is a statement."""
    if node.parent is None or node.parent.kind != "expression_statement":
        return None, None, ""
    return node.child("left"), node.child("right"), operator_of(node)


def _target_type(code: Code, left: Node) -> str:
    """The type of a target whose evaluation does nothing and that may be written twice."""
    _require_simple(code, left)
    require(len(left.text) <= _LONGEST_TARGET, "NATURAL", "a long target would be repeated")
    kind = type_of(code, left)
    if code.language == "cpp":
        string = cpp_std.is_string(cpp_types.written_type(code, left), code.source)
        kind = "std::string" if string else kind
    return kind


def _require_simple(code: Code, left: Node) -> None:
    if left.kind == "identifier":
        return
    if left.kind == "field_access":
        owner = left.child("object") or left.child("argument")
        plain = owner is not None and (owner.kind == "this" or _is_local(code, owner))
        require(plain, "PURE", "the target is computed")
        return
    parts = _index(left)
    plain = len(parts) == 2 and parts[0].kind == "identifier"
    plain = plain and (parts[1].kind == "identifier" or parts[1].kind.endswith("_literal"))
    require(plain, "PURE", "the target is computed")
    for part in parts:
        known = part.kind != "identifier" or _is_local(code, part)
        require(known, "PURE", "the target is computed")


def _is_local(code: Code, node: Node) -> bool:
    return node.kind == "identifier" and code.lookup(node.text, node.start) is not None


def _index(left: Node) -> list[Node]:
    """Array and index of an array access."""
    if left.kind != "array_access":
        return []
    array = left.child("array") or left.child("argument")
    index = left.child("index") or left.child("indices")
    if array is None or index is None:
        return []
    if index.kind == "subscript_argument_list":
        return [array, *index.parts]
    return [array, index]


def _require_value(code: Code, left: Node, value: Node) -> None:
    require("\n" not in value.text, "NATURAL", "a value of several lines")
    require(not writes(value), "INDEP", "the value assigns")
    require(is_settled(value), "NOCAP", "a lambda, switch or class inside")
    if code.language == "java":
        return
    require_no_macros(code, left, value)
    local = code.lookup(left.text, left.start) if left.kind == "identifier" else None
    alone = not calls(value) or (local is not None and is_own(code, local))
    require(alone, "INDEP", "what it calls may change the target")


def _require_same_type(code: Code, kind: str, operator: str, value: Node) -> None:
    """BUILTIN: `x op e` has the type of `x`, and the operator is the language's own."""
    given = type_of(code, unwrapped(value))
    if code.language == "java":
        same = _same_java_type(kind, operator, given)
    else:
        same = _same_cpp_type(code, kind, operator, given, value)
    if not same:
        wide = kind and given
        raise Declined("BUILTIN", "a cast is hidden" if wide else "a type is not known")


def _same_java_type(kind: str, operator: str, given: str) -> bool:
    if kind == "String":
        return operator == "+"
    if operator in _SHIFTS:
        return kind in ("int", "long") and given in java_types.INTEGRAL
    if operator in _BITS and kind == "boolean":
        return given == "boolean"
    return kind not in (*_SMALL, "") and java_types.promoted(kind, given) == kind


def _same_cpp_type(code: Code, kind: str, operator: str, given: str, value: Node) -> bool:
    if kind == "std::string":
        written = cpp_types.written_type(code, value)
        text = value.kind == "string_literal" or given == "char"
        return operator == "+" and (text or cpp_std.is_string(written, code.source))
    # By definition x op= e is x = x op e, x being evaluated once: [expr.ass] of the standard.
    return cpp_types.is_scalar(kind) and cpp_types.is_scalar(given)


def _edit(code: Code, node: Node, text: str) -> tuple[Edit, ...]:
    require_no_comments(code, node, node.start, node.end)
    return (Edit(node.start, node.end, text),)
