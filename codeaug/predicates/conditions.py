"""Conditions of Java and C++ and their opposites: BUILTIN, INTEGRAL, NOFLOAT, FLOW, NODEP."""

from __future__ import annotations

from codeaug.predicates import cpp, cpp_std, cpp_types, java
from codeaug.predicates.braces import is_builtin, is_integral, type_of
from codeaug.predicates.nodes import Node, unwrapped
from codeaug.predicates.scopes import Code
from codeaug.predicates.verdicts import Declined, require

_FLIPPED = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


def condition_of(node: Node) -> Node:
    """The tested expression of an `if`. Declines declarations, initialisers and `if constexpr`."""
    condition = node.child("condition")
    if condition is None or node.token("constexpr") is not None:
        raise Declined("NODEP", "not a plain condition")
    if condition.kind == "condition_clause":
        value = condition.child("value")
        plain = condition.child("initializer") is None and value is not None
        require(plain and not _declares(value), "FRESH", "the condition declares a name")
        assert value is not None
        return value
    inner = condition.parts
    require(len(inner) == 1, "NATURAL", "not a plain condition")
    require(not java.has_pattern(inner[0]), "FLOW", "the condition declares a pattern variable")
    return inner[0]


def _declares(node: Node | None) -> bool:
    return node is None or node.kind == "local_variable_declaration"


def negated(code: Code, node: Node) -> str:
    """The condition's opposite as people write it, if it is proven to be the opposite."""
    node = unwrapped(node)
    require(not java.has_pattern(node), "FLOW", "a pattern variable's scope would change")
    require(not any(True for _ in node.find("assignment_expression")), "PURE", "it assigns")
    if node.kind in ("true", "false"):
        raise Declined("DA", "a constant condition")
    if node.kind == "unary_expression" and node.text.startswith("!"):
        return _without_not(code, node)
    if node.kind == "binary_expression":
        return _negated_binary(code, node)
    if node.kind == "instanceof_expression":
        return f"!({node.text})"
    if node.kind in ("identifier", "call", "field_access", "array_access"):
        _plain_not(code, node)
        return "!" + node.text
    raise Declined("NATURAL", "its opposite would only be written as !(...)")


def _without_not(code: Code, node: Node) -> str:
    operand = node.child("argument")
    if operand is None:
        raise Declined("NATURAL", "an unusual negation")
    inner = unwrapped(operand)
    _plain_not(code, inner)
    require(inner.kind != "ternary_expression", "NATURAL", "a conditional inside a condition")
    return inner.text


def _plain_not(code: Code, node: Node) -> None:
    """`!` means logical not here."""
    if code.language == "java":
        return
    if is_builtin(code, type_of(code, node)):
        return
    require(not cpp.in_template(code), "NODEP", "its type may depend on a template parameter")
    overloads = b"operator!(" in code.source or b"operator !(" in code.source
    require(not overloads, "BUILTIN", "operator! is overloaded in this file")


def _negated_binary(code: Code, node: Node) -> str:
    operator, left, right = node.child("operator"), node.child("left"), node.child("right")
    assert operator is not None
    assert left is not None
    assert right is not None
    if operator.text in ("&&", "||"):
        return _de_morgan(code, operator.text, left, right)
    require(operator.text in _FLIPPED, "NATURAL", "its opposite would only be written as !(...)")
    kinds = type_of(code, left), type_of(code, right)
    if operator.text in ("==", "!="):
        if not (code.language == "cpp" and _compares_strings(code, left, right)):
            _equality_is_builtin(code, kinds)
    else:
        known = all(is_integral(code, kind) for kind in kinds)
        floating = any(kind in ("float", "double", "long double") for kind in kinds)
        require(not floating, "NOFLOAT", "NaN is neither less nor not less")
        require(known, "INTEGRAL", "the operands are not proven to be integers")
    gap = node.source[left.end : operator.start], node.source[operator.end : right.start]
    before, after = (g.decode("utf-8", "replace") for g in gap)
    return f"{left.text}{before}{_FLIPPED[operator.text]}{after}{right.text}"


def _compares_strings(code: Code, left: Node, right: Node) -> bool:
    """Whether a standard string is compared with a string."""
    written = [cpp_types.written_type(code, side) for side in (left, right)]
    strings = [cpp_std.is_string(kind, code.source) for kind in written]
    return all(strings) or (strings[0] and right.kind == "string_literal")


def is_boolean(code: Code, node: Node) -> bool:
    """Whether it is a plain bool, or what `&&` takes as it is: no class with operators."""
    if is_builtin(code, type_of(code, node)):
        return True
    left, right = node.child("left"), node.child("right")
    if code.language == "java" or left is None or right is None:
        return False
    return operator_of(node) in ("==", "!=") and _compares_strings(code, left, right)


def _equality_is_builtin(code: Code, kinds: tuple[str, str]) -> None:
    if code.language == "java":
        return
    known = all(is_builtin(code, kind) for kind in kinds)
    require(known, "BUILTIN", "== may be overloaded for its operands")


def _de_morgan(code: Code, operator: str, left: Node, right: Node) -> str:
    for side in (left, right):
        inner = unwrapped(side)
        joined = inner.kind == "binary_expression" and operator_of(inner) in ("&&", "||")
        require(not joined, "NATURAL", "more than two parts to negate")
        if code.language == "cpp":
            known = is_boolean(code, inner)
            require(known, "BUILTIN", f"{operator} may be overloaded for its operands")
    gap = "||" if operator == "&&" else "&&"
    return f"{negated(code, left)} {gap} {negated(code, right)}"


def operator_of(node: Node) -> str:
    """The operator of a binary or assignment expression."""
    left, right = node.child("left"), node.child("right")
    if left is None or right is None:
        return ""
    between = (c for c in node.children if left.end <= c.start and c.end <= right.start)
    return next((c.kind for c in between if not c.named), "")
