"""Guard clauses of Java and C++: early exit for nesting, and back."""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.model import Edit
from codeaug.predicates.conditions import condition_of, negated
from codeaug.predicates.flow import (
    SIMPLE,
    branches,
    ends_function,
    ends_loop_body,
    in_plain_block,
    jumps_away,
    require_no_labels,
    statements,
)
from codeaug.predicates.freshness import DECLARATIONS, require_free_beside, require_trivial_lives
from codeaug.predicates.layout import (
    Body,
    IfStyle,
    body_of,
    compose_if,
    if_style,
    indent_at,
    relative,
)
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code
from codeaug.predicates.verdicts import require
from codeaug.transforms import Site, Subject
from codeaug.transforms._sites import ifs, replacement, require_no_comments, sites

_LONGEST_REST = 8
_MOST_LINES = 25


def guard_clause(subject: Subject) -> Iterator[Site]:
    """Each `if` that nests what could follow an early exit."""
    return sites(subject, ifs, _unnested)


def nest_guard(subject: Subject) -> Iterator[Site]:
    """Each early exit whose following statements could be nested."""
    return sites(subject, ifs, _nested)


def _unnested(code: Code, node: Node) -> tuple[Edit, ...] | None:
    then, other = branches(node)
    if not in_plain_block(node):
        return None
    if other is not None:
        return _without_else(code, node, then, other)
    rest = node.following()
    if not rest:
        return _wrapped_tail(code, node, then)
    if len(rest) == 1 and rest[0].kind in ("return_statement", "throw_statement"):
        return _early_result(code, node, then, rest[0])
    return None


def _without_else(code: Code, node: Node, then: Node, other: Node) -> tuple[Edit, ...] | None:
    """`if (c) { ..jump } else { B }` to `if (c) { ..jump } B`, or the same with `c` negated."""
    if jumps_away(then):
        kept, freed, flip = then, other, False
    elif jumps_away(other) and other.kind != "if_statement":
        kept, freed, flip = other, then, True
    else:
        return None
    condition = condition_of(node)
    require_no_labels(code)
    _require_free(code, node, freed)
    text = negated(code, condition) if flip else condition.text
    body = _guard(code, node, then, text, kept) + body_of(freed)
    require(bool(body_of(freed)), "NATURAL", "an empty branch")
    return (replacement(code, node, node, body),)


def _wrapped_tail(code: Code, node: Node, then: Node) -> tuple[Edit, ...] | None:
    """The last `if (c) { B }` of a function or loop body to `if (!c) { return; } B`."""
    block = node.parent
    assert block is not None
    exits = "return;" if ends_function(code, block) else "continue;"
    if exits == "continue;" and not ends_loop_body(block):
        return None
    if jumps_away(then):
        return None
    condition = condition_of(node)
    if len(statements(then)) < 2 and not _is_worth_leaving_for(condition, then):
        return None
    require_no_labels(code)
    _require_free(code, node, then)
    layout = code.layout
    guard = compose_if(layout, if_style(node, then), negated(code, condition), (exits,))
    return (replacement(code, node, node, guard + body_of(then)),)


def _is_worth_leaving_for(condition: Node, then: Node) -> bool:
    """Whether one statement is worth an early exit: behind a plain `x != null` or `!done`."""
    only = statements(then)
    plain = condition.kind == "unary_expression" or any(
        part.kind == "null_literal" for part in condition.parts
    )
    return len(only) == 1 and only[0].kind == "expression_statement" and plain


def _early_result(code: Code, node: Node, then: Node, last: Node) -> tuple[Edit, ...] | None:
    """`if (c) { B; return b; } return a;` to `if (!c) { return a; } B; return b;`."""
    if not jumps_away(then) or len(statements(then)) < 2:
        return None
    condition = condition_of(node)
    require_no_labels(code)
    _require_free(code, node, then)
    require_no_comments(code, _parent(node), node.end, last.start)
    layout = code.layout
    text = negated(code, condition)
    guard = compose_if(layout, if_style(node, then), text, body_of(last))
    return (replacement(code, node, last, guard + body_of(then)),)


def _guard(code: Code, node: Node, then: Node, condition: str, kept: Node) -> Body:
    style = if_style(node, then)
    simple = kept.kind == "block" or kept.kind in SIMPLE
    require(simple, "NATURAL", "a statement without braces")
    return compose_if(code.layout, style, condition, body_of(kept))


def _require_free(code: Code, node: Node, branch: Node) -> None:
    """The names and objects of `branch` may live in the block around `node`."""
    single = branch.kind == "block" or branch.kind not in DECLARATIONS
    require(single, "FRESH", "a declaration without a block")
    require_free_beside(code, branch, _parent(node))
    if node.following() and not jumps_away(branch):
        require_trivial_lives(code, branch)


def _parent(node: Node) -> Node:
    assert node.parent is not None
    return node.parent


def _nested(code: Code, node: Node) -> tuple[Edit, ...] | None:
    then, other = branches(node)
    rest = node.following()
    if other is not None or not in_plain_block(node) or not rest or not jumps_away(then):
        return None
    condition = condition_of(node)
    require_no_labels(code)
    require(len(rest) <= _LONGEST_REST, "NATURAL", "too much would be nested")
    cases = any(s.kind in ("case_group", "labeled_statement") for s in rest)
    require(not cases, "REACH", "a label would be nested")
    layout, style = code.layout, if_style(node, then)
    rest_body = _rest(code, node, rest)
    require(len(rest_body) <= _MOST_LINES, "NATURAL", "too much would be nested")
    if _falls_out(code, node, then):
        text = negated(code, condition)
        wide = len(rest) > 1 or rest[0].kind not in SIMPLE or style.braces
        style = IfStyle(style.gap, style.pad, wide, style.same_line)
        return (replacement(code, node, rest[-1], compose_if(layout, style, text, rest_body)),)
    require(not jumps_only(then), "NATURAL", "an else behind a bare jump")
    require(rest[0].kind != "if_statement", "NATURAL", "an if alone inside an else")
    body = compose_if(layout, style, condition.text, body_of(then), rest_body)
    return (replacement(code, node, rest[-1], body),)


def _rest(code: Code, node: Node, rest: list[Node]) -> Body:
    """Everything after the `if`, its comments included, as a body."""
    following = [c for c in _parent(node).children if c.start >= node.end and c.end <= rest[-1].end]
    first = following[0]
    newline = b"\n" in code.source[node.end : first.start]
    require(newline, "TRIVIA", "a comment belongs to the if")
    base = indent_at(code.source, node.start)
    return relative(_parent(node), first.start, rest[-1].end, base)


def _falls_out(code: Code, node: Node, then: Node) -> bool:
    """Whether the guard only skips the rest, so that no `else` is needed."""
    block, only = _parent(node), statements(then)
    if len(only) != 1 or len(only[0].parts) > 0:
        return False
    if only[0].kind == "return_statement":
        return ends_function(code, block)
    return only[0].kind == "continue_statement" and ends_loop_body(block)


def jumps_only(then: Node) -> bool:
    """Whether the branch is nothing but `break;`, `continue;`, `return;` or a `throw`."""
    only = statements(then)
    bare = len(only) == 1 and (not only[0].parts or only[0].kind == "throw_statement")
    return bare and only[0].kind != "block"
