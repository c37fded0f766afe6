"""A loop's condition for an `if (c) break;` in it, and back, in Java and C++."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from codeaug.model import Edit
from codeaug.predicates import cpp, java
from codeaug.predicates.braces import is_builtin, is_integral, require_no_macros, type_of
from codeaug.predicates.conditions import condition_of, negated, operator_of
from codeaug.predicates.flow import statements
from codeaug.predicates.freshness import declared_in
from codeaug.predicates.layout import Body, compose_if
from codeaug.predicates.nodes import Node, unwrapped
from codeaug.predicates.scopes import Code
from codeaug.predicates.verdicts import Declined, require
from codeaug.transforms import Site, Subject
from codeaug.transforms._sites import require_no_comments, sites, usual_if_style
from codeaug.transforms.while_loop._loops import (
    at_end,
    at_start,
    block_of,
    condition_in,
    has_own_continue,
    head_end,
    head_gap,
    is_endless,
    is_plain_assignment,
    pad_of,
    require_end_reached,
    require_no_label,
    taken_out,
    varies,
)

_HEADED = ("while_statement", "for_statement")
_NEVER = ("assignment_expression", "ternary_expression", "lambda_expression", "comma_expression")


# --- break to condition ---------------------------------------------------------------------------


def loop_with_break_to_condition(subject: Subject) -> Iterator[Site]:
    """Each loop that begins or ends with an `if` that only leaves it."""

    def loops(code: Code) -> Iterator[Node]:
        for kind in _HEADED:
            for loop in code.by_kind.get(kind, ()):
                body = loop.child("body")
                if body is not None and body.kind == "block" and body.parts:
                    yield loop

    return sites(subject, loops, _conditional)


def _leaves(statement: Node) -> bool:
    """`if (c) break;`, with or without braces."""
    if statement.kind != "if_statement" or statement.child("alternative") is not None:
        return False
    then = statement.child("consequence")
    only = statements(then) if then is not None else []
    return len(only) == 1 and only[0].kind == "break_statement" and not only[0].parts


def _conditional(code: Code, node: Node) -> tuple[Edit, ...] | None:
    body = node.child("body")
    assert body is not None
    first, last = body.parts[0], body.parts[-1]
    if _leaves(first):
        return _tested_first(code, node, first)
    if node.kind != "while_statement" and not _is_bare(node):
        return None
    if not is_endless(node):
        return None
    if len(body.parts) > 1 and _leaves(body.parts[1]):
        found = _read_and_tested(code, node, first, body.parts[1])
        if found is not None:
            return found
    return _tested_last(code, node, last) if _leaves(last) and last is not first else None


def _is_bare(node: Node) -> bool:
    """`for (;;)`."""
    fields = ("init", "initializer", "condition", "update")
    return node.kind == "for_statement" and not any(c.field in fields for c in node.children)


def _prepared(code: Code, node: Node, leaving: Node) -> str:
    """What must hold to go on, where `leaving` leaves otherwise."""
    condition = condition_of(leaving)
    require_no_macros(code, leaving)
    old = None if is_endless(node) else condition_in(node)
    known = varies(code, condition) or (old is not None and varies(code, old))
    require(known, "DA", "the condition may be a constant")
    require("\n" not in condition.text, "NATURAL", "a condition of several lines")
    require_no_comments(code, node, node.start, block_of(node).start)
    return negated(code, condition)


def _tested_first(code: Code, node: Node, leaving: Node) -> tuple[Edit, ...]:
    body = block_of(node)
    require(len(body.parts) > 1, "NATURAL", "nothing else is in the loop")
    test = _prepared(code, node, leaving)
    old = condition_in(node)
    if not is_endless(node) and old is not None:
        condition = condition_of(leaving)
        _require_operands(code, old, condition)
        negation = unwrapped(condition)
        split = negation.kind == "binary_expression" and operator_of(negation) == "&&"
        test = f"{_operand(old)} && {f'({test})' if split else test}"
    return (_head(code, node, test), taken_out(code, leaving, leaving))


def _head(code: Code, node: Node, test: str) -> Edit:
    """The loop's head with another condition."""
    if node.kind == "while_statement" or _is_bare(node):
        keyword = "while" if node.kind == "while_statement" else "for"
        pad = pad_of(node)
        text = f"while{head_gap(node, keyword)}({pad}{test}{pad})"
        return Edit(node.start, head_end(node), text)
    old = node.child("condition")
    if old is None:
        raise Declined("NATURAL", "an endless loop with steps")
    return Edit(old.start, old.end, test)


def _operand(condition: Node) -> str:
    inner = unwrapped(condition)
    loose = inner.kind == "binary_expression" and operator_of(inner) == "||"
    return f"({inner.text})" if loose else inner.text


def _require_operands(code: Code, *operands: Node) -> None:
    """BUILTIN, FLOW, NODEP: they can be operands of the language's own `&&`."""
    for operand in map(unwrapped, operands):
        require(not java.has_pattern(operand), "FLOW", "a pattern variable's scope would change")
        require(operand.kind not in _NEVER, "NATURAL", "an unusual operand")
        require("\n" not in operand.text, "NATURAL", "a condition of several lines")
        if code.language == "cpp" and not is_builtin(code, type_of(code, operand)):
            require(not cpp.in_template(code), "NODEP", "its type may depend on a parameter")
            overloaded = b"operator&&" in code.source or b"operator &&" in code.source
            require(not overloaded, "BUILTIN", "operator&& is overloaded in this file")


def _read_and_tested(
    code: Code, node: Node, reading: Node, leaving: Node
) -> tuple[Edit, ...] | None:
    """`x = f(); if (x == null) break;` to the condition `(x = f()) != null`."""
    assigned = reading.parts[0] if reading.kind == "expression_statement" else None
    if assigned is None or not is_plain_assignment(assigned):
        return None
    condition = unwrapped(condition_of(leaving))
    left, target = condition.child("left"), assigned.child("left")
    if condition.kind != "binary_expression" or left is None or target is None:
        return None
    if left.text != target.text or operator_of(condition) not in _COMPARED:
        return None
    _require_read(code, assigned, condition, target)
    require(len(block_of(node).parts) > 2, "NATURAL", "nothing else is in the loop")
    test = _prepared(code, node, leaving)
    require_no_macros(code, reading)
    require_no_comments(code, node, reading.start, leaving.start)
    text = f"({assigned.text}){test.removeprefix(left.text)}"
    require("\n" not in text, "NATURAL", "a condition of several lines")
    return (_head(code, node, text), taken_out(code, reading, leaving))


_COMPARED = ("==", "!=", "<", "<=", ">", ">=")


def _require_read(code: Code, assigned: Node, condition: Node, target: Node) -> None:
    """INDEP, BUILTIN: a local of a plain type, compared with something else."""
    right = condition.child("right")
    local = code.lookup(target.text, target.start)
    other = right is not None and all(n.text != target.text for n in right.find("identifier"))
    require(local is not None and other, "INDEP", "it is no plain comparison of a local")
    if code.language == "cpp":
        known = is_builtin(code, type_of(code, target))
        require(known, "BUILTIN", "the assignment may be overloaded")


def _tested_last(code: Code, node: Node, leaving: Node) -> tuple[Edit, ...]:
    """`while (true) { B; if (c) break; }` to `do { B } while (!c);`."""
    require_no_label(node)
    require(not has_own_continue(node), "REACH", "a continue would be followed by the test")
    body = block_of(node)
    require_no_macros(code, node)
    test = _prepared(code, node, leaving)
    _require_visible(code, body, condition_of(leaving))
    keyword = "while" if node.kind == "while_statement" else "for"
    gap, pad = head_gap(node, keyword), pad_of(node)
    tail = f" while{gap}({pad}{test}{pad});"
    return (
        Edit(node.start, head_end(node), "do"),
        taken_out(code, leaving, leaving),
        Edit(node.end, node.end, tail),
    )


def _require_visible(code: Code, body: Node, condition: Node) -> None:
    """FRESH: the condition needs no name that the body declares."""
    used = {n.text for n in condition.walk() if "identifier" in n.kind}
    for local in declared_in(code, body):
        require(local.name not in used, "FRESH", f"{local.name} is the body's own")


# --- condition to break ---------------------------------------------------------------------------


def condition_to_loop_with_break(subject: Subject) -> Iterator[Site]:
    """Each loop on a conjunction or an assignment, and each `do`."""

    def loops(code: Code) -> Iterator[Node]:
        for kind in (*_HEADED, "do_statement"):
            yield from code.by_kind.get(kind, ())

    return sites(subject, loops, _broken)


class _Exit(NamedTuple):
    """The new head's condition, and what the body does first."""

    condition: str
    lines: Body


def _broken(code: Code, node: Node) -> tuple[Edit, ...] | None:
    condition = condition_in(node)
    if condition is None or is_endless(node):
        return None
    if node.kind == "do_statement":
        return _do_broken(code, node, condition)
    inner = unwrapped(condition)
    if inner.kind != "binary_expression":
        return None
    left, right, operator = inner.child("left"), inner.child("right"), operator_of(inner)
    if left is None or right is None:
        return None
    if operator == "&&":
        found = _split(code, node, left, right)
    elif operator in _COMPARED and is_plain_assignment(unwrapped(left)):
        found = _read_apart(code, node, inner, unwrapped(left))
    else:
        return None
    body = block_of(node)
    require(not _leaves(body.parts[0]), "NATURAL", "the loop begins with a break already")
    require_no_macros(code, condition)
    require_no_comments(code, node, node.start, body.start)
    require("\n" not in condition.text, "NATURAL", "a condition of several lines")
    return (_head(code, node, found.condition), at_start(code, body, found.lines))


def _split(code: Code, loop: Node, left: Node, right: Node) -> _Exit:
    _require_operands(code, left, right)
    require(varies(code, left), "DA", "the condition may be a constant")
    return _Exit(unwrapped(left).text, _leaving(code, loop, negated(code, right)))


def _leaving(code: Code, loop: Node, condition: str) -> Body:
    style = replace(usual_if_style(code), pad=pad_of(loop))
    return compose_if(code.layout, style, condition, ("break;",))


def _read_apart(code: Code, node: Node, condition: Node, assigned: Node) -> _Exit:
    """`while ((x = f()) != null)` to `x = f(); if (x == null) break;`."""
    right, target = condition.child("right"), assigned.child("left")
    assert right is not None
    assert target is not None
    require(node.kind == "while_statement", "NATURAL", "an endless loop with steps")
    _require_read(code, assigned, condition, target)
    _flippable(code, condition, target, right)
    opposite = _OPPOSITE[operator_of(condition)]
    test = f"{target.text} {opposite} {right.text}"
    return _Exit("true", (f"{assigned.text};", *_leaving(code, node, test)))


_OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


def _flippable(code: Code, condition: Node, *sides: Node) -> None:
    """INTEGRAL, BUILTIN: the comparison has an opposite."""
    kinds = [type_of(code, side) for side in sides]
    if operator_of(condition) in ("==", "!="):
        known = code.language == "java" or all(is_builtin(code, kind) for kind in kinds)
        require(known, "BUILTIN", "== may be overloaded for its operands")
    else:
        known = all(is_integral(code, kind) for kind in kinds)
        require(known, "INTEGRAL", "the operands are not proven to be integers")


def _do_broken(code: Code, node: Node, condition: Node) -> tuple[Edit, ...]:
    """`do { B } while (c);` to `while (true) { B; if (!c) break; }`."""
    require_no_label(node)
    body = block_of(node)
    require(not has_own_continue(node), "REACH", "a continue would miss the test")
    require_end_reached(body)
    require(varies(code, condition), "DA", "the condition may be a constant")
    _require_visible(code, body, condition)
    require_no_comments(code, node, body.end, node.end)
    require_no_comments(code, node, node.start, body.start)
    require_no_macros(code, node)
    require("\n" not in condition.text, "NATURAL", "a condition of several lines")
    lines = _leaving(code, node, negated(code, condition))
    keyword, gap, pad = node.token("do"), head_gap(node, "while"), pad_of(node)
    assert keyword is not None
    head = f"while{gap}({pad}true{pad})"
    return (
        Edit(keyword.start, keyword.end, head),
        at_end(code, body, lines),
        Edit(body.end, node.end, ""),
    )
