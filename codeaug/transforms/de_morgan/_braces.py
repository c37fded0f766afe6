"""`!(a && b)` as `!a || !b`, and back, in Java and C++."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from codeaug.model import Edit
from codeaug.predicates import java
from codeaug.predicates.braces import require_no_macros
from codeaug.predicates.conditions import is_boolean, negated, operator_of
from codeaug.predicates.layout import line_start
from codeaug.predicates.nodes import Node, unwrapped
from codeaug.predicates.scopes import Code
from codeaug.predicates.verdicts import require
from codeaug.transforms import Site, Subject
from codeaug.transforms._sites import require_no_comments, sites

_OTHER = {"&&": "||", "||": "&&"}
_MOST_PARTS = 3
_NULLS = ("null", "nullptr", "NULL")
_ALONE = frozenset(
    {"parenthesized_expression", "condition_clause", "return_statement", "expression_statement"}
    | {"variable_declarator", "init_declarator", "assignment_expression", "argument_list"}
)


# --- distribute -----------------------------------------------------------------------------------


def distribute_negation(subject: Subject) -> Iterator[Site]:
    """Each negation of a condition that has several parts."""
    return sites(subject, lambda code: code.found("unary_expression"), _distributed)


def _distributed(code: Code, node: Node) -> tuple[Edit, ...] | None:
    inside = node.child("argument")
    if inside is None or not node.text.startswith("!"):
        return None
    joined = unwrapped(inside)
    operator = operator_of(joined) if joined.kind == "binary_expression" else ""
    if joined is inside or operator not in _OTHER:
        return None
    parts = _parts(joined, operator)
    _require_plain(code, node, parts)
    outer = _joining(node)
    require(outer != "!", "NATURAL", "a negation of a negation")
    texts = [_with_parentheses(part, negated(code, part)) for part in parts]
    text = _composed(parts, texts, _OTHER[operator])
    if outer not in ("", _OTHER[operator]):
        require("\n" not in text, "NATURAL", "parentheses around several lines")
        text = f"({text})"
    elif outer:
        _require_builtin_beside(code, node)
    return _edits(code, node, parts[0], text)


def _joining(node: Node) -> str:
    """What joins the expression with others: `&&`, `||`, `!`, or "" for nothing."""
    above = node.parent
    if above is None or above.kind in _ALONE:
        return ""
    if above.kind == "unary_expression":
        return "!"
    if above.kind == "ternary_expression":
        require(node.field == "condition", "NATURAL", "an arm of a conditional")
        return ""
    operator = operator_of(above) if above.kind == "binary_expression" else ""
    require(operator in _OTHER, "NATURAL", "a condition used as a value")
    return operator


def _require_builtin_beside(code: Code, node: Node) -> None:
    """BUILTIN: without parentheses another operand comes first, which may overload `&&`."""
    if code.language == "cpp" and node.field == "right" and node.parent is not None:
        left = node.parent.child("left")
        known = left is not None and is_boolean(code, left)
        require(known, "BUILTIN", "&& or || may be overloaded for what stands beside it")


# --- factor ---------------------------------------------------------------------------------------


def factor_negation(subject: Subject) -> Iterator[Site]:
    """Each condition whose parts are all negations, or that tests for outside of a range."""
    return sites(subject, lambda code: code.found("binary_expression"), _factored)


def _factored(code: Code, node: Node) -> tuple[Edit, ...] | None:
    operator = operator_of(node)
    if operator not in _OTHER:
        return None
    above = node.parent
    if above is not None and above.kind == "binary_expression" and operator_of(above) == operator:
        return None
    parts = _parts(node, operator)
    if not (_all_negated(parts) or (operator == "||" and _outside_range(parts))):
        return None
    _require_plain(code, node, parts)
    require(not _negated_already(node), "NATURAL", "a negation of a negation")
    _joining(node)
    texts = [_with_parentheses(part, negated(code, part)) for part in parts]
    text = f"!({_composed(parts, texts, _OTHER[operator])})"
    return _edits(code, _with_own_parentheses(node), parts[0], text)


def _with_own_parentheses(node: Node) -> Node:
    """The expression with the parentheses around it that a negation does not need."""
    above = node.parent
    while above is not None and above.kind == "parenthesized_expression":
        if above.parent is None or not above.parent.kind.endswith("_expression"):
            break
        node, above = above, above.parent
    return node


def _negated_already(node: Node) -> bool:
    above = node.parent
    while above is not None and above.kind == "parenthesized_expression":
        above = above.parent
    return above is not None and above.kind == "unary_expression"


def _all_negated(parts: Sequence[Node]) -> bool:
    """Whether each part is a negation, and their opposites are worth a negation of them all."""
    plain = [unwrapped(part) for part in parts]
    denied = [p.kind == "unary_expression" and p.text.startswith("!") for p in plain]
    unequal = [p.kind == "binary_expression" and operator_of(p) == "!=" for p in plain]
    if not all(a or b for a, b in zip(denied, unequal, strict=True)):
        return False
    return any(denied) or (len({_subject(p) for p in plain}) == 1 and not _about_null(plain))


def _subject(comparison: Node) -> str:
    left = comparison.child("left")
    return "" if left is None else left.text


def _about_null(parts: Sequence[Node]) -> bool:
    return any((r := part.child("right")) is not None and r.text in _NULLS for part in parts)


def _outside_range(parts: Sequence[Node]) -> bool:
    """Whether it is `x < low || x > high`."""
    plain = [unwrapped(part) for part in parts]
    if len(plain) != 2 or any(p.kind != "binary_expression" for p in plain):
        return False
    below, above = (operator_of(p)[:1] for p in plain)
    return (below, above) == ("<", ">") and _subject(plain[0]) == _subject(plain[1])


# --- both -----------------------------------------------------------------------------------------


def _parts(node: Node, operator: str) -> list[Node]:
    """The operands of a chain of one operator, in order."""
    left, right = node.child("left"), node.child("right")
    assert left is not None
    assert right is not None
    chained = left.kind == "binary_expression" and operator_of(left) == operator
    return [*(_parts(left, operator) if chained else [left]), right]


def _require_plain(code: Code, node: Node, parts: Sequence[Node]) -> None:
    require(len(parts) <= _MOST_PARTS, "NATURAL", "too many parts to negate")
    require(not java.has_pattern(node), "FLOW", "a pattern variable's scope would change")
    require_no_macros(code, node)
    require_no_comments(code, node, node.start, node.end)
    for part in parts:
        inner = unwrapped(part)
        denied = inner.kind == "unary_expression" and inner.text.startswith("!")
        operand = inner.child("argument") if denied else inner
        core = inner if operand is None else unwrapped(operand)
        mixed = core.kind == "binary_expression" and operator_of(core) in _OTHER
        require(not mixed, "NATURAL", "&& and || would be mixed")
        if code.language == "cpp":
            require(
                is_boolean(code, core), "BUILTIN", "&& and || may be overloaded for its operands"
            )


def _with_parentheses(part: Node, text: str) -> str:
    """Around comparisons the parentheses that the author gave them stay."""
    inner = unwrapped(part)
    given = part.kind == "parenthesized_expression" and inner.kind == "binary_expression"
    return f"({text})" if given else text


def _composed(parts: Sequence[Node], texts: Sequence[str], operator: str) -> str:
    """The texts joined as the parts are, with the other operator."""
    text = texts[0]
    for before, after, negation in zip(parts, parts[1:], texts[1:], strict=False):
        gap = before.source[before.end : after.start].decode("utf-8", "surrogateescape")
        old = _OTHER[operator]
        require(gap.count(old) == 1, "TRIVIA", "something else stands between the parts")
        text += gap.replace(old, operator) + negation
    return text


def _edits(code: Code, node: Node, first: Node, text: str) -> tuple[Edit, ...]:
    """One edit; lines that were aligned with the first part stay aligned with it."""
    start = line_start(code.source, node.start)
    column = first.start - line_start(code.source, first.start)
    moved = node.start - start + (len(text) - len(text.lstrip("!(")))
    lines = text.split("\n")
    for number, line in enumerate(lines[1:], start=1):
        body = line.lstrip(" ")
        if len(line) - len(body) == column:
            lines[number] = " " * moved + body
    return (Edit(node.start, node.end, "\n".join(lines)),)
