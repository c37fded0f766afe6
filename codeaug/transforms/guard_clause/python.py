"""An else behind a return, or a wrapped tail, becomes an early exit; and back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import libcst as cst

from codeaug.model import Edit, Span
from codeaug.predicates.python import Function, negated
from codeaug.predicates.python_source import (
    Block,
    PythonFile,
    Statement,
    block_indent,
    block_span,
    blocks,
    body_lines,
    shifted,
)
from codeaug.predicates.verdicts import require
from codeaug.transforms import Directions, Site, Subject
from codeaug.transforms.guard_clause._python_examples import EXAMPLES, EXAMPLES_NEST
from codeaug.transforms.python_sites import condition, else_body, one, sites, step

_LONGEST_TAIL = 8
_WIDEST_INDENT = 20


def guard(subject: Subject) -> Iterator[Site]:
    """Sites of guard-clause."""
    return sites(subject, _guard)


def nest(subject: Subject) -> Iterator[Site]:
    """Sites of nest-guard."""
    return sites(subject, _nest)


def leaves(body: cst.BaseSuite) -> bool:
    """Whether a branch cannot complete normally. `with` may swallow what is raised inside it."""
    last = body.body[-1]
    if isinstance(last, cst.SimpleStatementLine):
        last = last.body[-1]
    if isinstance(last, (cst.Return, cst.Raise, cst.Continue, cst.Break)):
        return True
    if not isinstance(last, cst.If) or last.orelse is None:
        return False
    other = last.orelse
    rest = leaves(other.body) if isinstance(other, cst.Else) else _all_leave(other)
    return leaves(last.body) and rest


def _all_leave(node: cst.If) -> bool:
    other = node.orelse
    if other is None or not leaves(node.body):
        return False
    return leaves(other.body) if isinstance(other, cst.Else) else _all_leave(other)


def _guard(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    node = block.statements[number]
    if not isinstance(node, cst.If):
        return None
    if node.orelse is None:
        return _wrapped_tail(function, block, number, node)
    if leaves(node.body):
        return _drop_elses(function.file, node)
    other = else_body(node)
    if other is None:
        return None
    require(leaves(other), "REACH", "both branches can complete normally")
    return _else_first(function, node, other)


def _drop_elses(file: PythonFile, node: cst.If) -> tuple[Edit, ...]:
    """`elif` becomes `if`, and a last `else` goes, behind branches that leave."""
    edits: list[Edit] = []
    while leaves(node.body) and isinstance(node.orelse, cst.If):
        node = node.orelse
        start = file.span(node).start
        edits.append(Edit(start, start + len("elif"), "if"))
    if leaves(node.body) and isinstance(node.orelse, cst.Else):
        edits.append(_unwrapped(file, node, node.orelse))
    return tuple(edits)


def _unwrapped(file: PythonFile, node: cst.If, other: cst.Else) -> Edit:
    body, start = other.body, file.line_start(file.span(other).start)
    require(isinstance(body, cst.IndentedBlock), "NATURAL", "the else is on one line")
    assert isinstance(body, cst.IndentedBlock)
    lines = body_lines(file, body)
    require(not file.has_comment(start, lines.start), "TRIVIA", "a comment beside the else")
    outer = file.indent(file.span(other).start)
    return Edit(start, lines.end, shifted(file, lines, block_indent(file, body), outer))


def _else_first(function: Function, node: cst.If, other: cst.IndentedBlock) -> tuple[Edit, ...]:
    """`if c: A else: <leaves>` becomes `if not c: <leaves>`, then A."""
    file, then = function.file, node.body
    if not isinstance(then, cst.IndentedBlock):
        return ()
    lines, exit_ = body_lines(file, then), block_span(file, other)
    header = Span(file.span(then.header).start, lines.start)
    between = Span(lines.end, file.span(other.header).end)
    lost = any(file.has_comment(span.start, span.end) for span in (header, between))
    require(not lost, "TRIVIA", "a comment beside the condition or the else")
    short = len(other.body) <= 2 and len(list(_lines(file, exit_))) <= len(
        list(_lines(file, lines))
    )
    require(short, "NATURAL", "the exit is longer than what it guards")
    require(file.slice(exit_).endswith("\n"), "NATURAL", "the file ends inside the else")
    text = negated(node.test, function)
    outer = file.indent(file.span(node.body.body[0]).start)
    body = shifted(file, lines, outer, file.indent(file.span(node).start))
    own = condition(file, node.test, text)
    return (own, Edit(header.start, exit_.end, file.slice(exit_) + body))


def _lines(file: PythonFile, span: Span) -> Iterator[bytes]:
    return (line for line in file.source[span.start : span.end].split(b"\n") if line.strip())


def _exit(function: Function, block: Block) -> str:
    """What leaves `block` where its end would be reached, "" where no statement does that."""
    if isinstance(block.owner, (cst.For, cst.While)):
        return "continue"
    if block.owner is not function.node:
        return ""
    return "return None" if _returns_values(function.node) else "return"


def _returns_values(node: cst.FunctionDef) -> bool:
    lines = (line for each in blocks(node) for line in each.statements)
    small = (s for line in lines if isinstance(line, cst.SimpleStatementLine) for s in line.body)
    return any(isinstance(s, cst.Return) and s.value is not None for s in small)


def _wrapped_tail(
    function: Function, block: Block, number: int, node: cst.If
) -> tuple[Edit, ...] | None:
    """The last `if c: A` of a function or loop becomes `if not c: return`, then A."""
    file, then, leave = function.file, node.body, _exit(function, block)
    last = number == len(block.statements) - 1
    if not last or not leave or not isinstance(then, cst.IndentedBlock) or len(then.body) < 2:
        return None
    lines = body_lines(file, then)
    header = Span(file.span(then.header).start, lines.start)
    require(not file.has_comment(header.start, header.end), "TRIVIA", "a comment on the condition")
    text, own = negated(node.test, function), file.indent(file.span(node).start)
    inner = block_indent(file, then)
    body = file.newline + inner + leave + file.newline + shifted(file, lines, inner, own)
    return (condition(file, node.test, text), Edit(header.start, lines.end, body))


# --- and back -------------------------------------------------------------------------------------


def _nest(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    rest = block.statements[number:]
    if not _is_guard(rest[0]) or (number and _is_guard(block.statements[number - 1])):
        return None
    guards = _guards(rest)
    tail = rest[len(guards) :]
    if not tail and len(guards) == 1:
        return None
    if tail:
        _require_short(function.file, block, tail)
    if len(guards) == 1 and _plain_exit(function, block, guards[0]):
        return _wrapped(function, block, guards[0])
    return _elses(function.file, block, guards, tail)


def _is_guard(node: cst.CSTNode) -> bool:
    whole = isinstance(node, cst.If) and isinstance(node.body, cst.IndentedBlock)
    return isinstance(node, cst.If) and whole and node.orelse is None and leaves(node.body)


def _guards(statements: Sequence[Statement]) -> list[cst.If]:
    found: list[cst.If] = []
    for node in statements:
        if not isinstance(node, cst.If) or not _is_guard(node):
            break
        found.append(node)
    return found


def _require_short(file: PythonFile, block: Block, tail: Sequence[Statement]) -> None:
    span = Span(file.span(tail[0]).start, file.span(tail[-1]).end)
    count = len(list(_lines(file, span)))
    require(count <= _LONGEST_TAIL, "NATURAL", "too much would be nested")
    wide = len(block_indent(file, block.node).expandtabs(4))
    require(wide < _WIDEST_INDENT, "NATURAL", "it would be nested too deeply")


def _plain_exit(function: Function, block: Block, node: cst.If) -> bool:
    """Whether the guard only skips the rest, which leaving out does as well."""
    small = one(node.body)
    if isinstance(small, cst.Continue):
        return isinstance(block.owner, (cst.For, cst.While))
    nothing = isinstance(small, cst.Return) and (
        small.value is None or (isinstance(small.value, cst.Name) and small.value.value == "None")
    )
    return nothing and block.owner is function.node


def _tail_text(file: PythonFile, block: Block, guard: cst.If, level: str) -> tuple[Span, str]:
    """The lines behind a guard, one level deeper, without the blank ones they begin with."""
    assert isinstance(guard.body, cst.IndentedBlock)
    start = block_span(file, guard.body).end
    while not file.source[start : file.line_end(start)].strip():
        start = file.line_end(start)
    lines = Span(start, block_span(file, block.node).end)
    own = block_indent(file, block.node)
    return lines, shifted(file, lines, own, own + level)


def _wrapped(function: Function, block: Block, node: cst.If) -> tuple[Edit, ...]:
    """`if c: return`, then A becomes `if not c: A`."""
    file = function.file
    assert isinstance(node.body, cst.IndentedBlock)
    lines, text = _tail_text(file, block, node, step(file, block))
    header = file.span(node.body.header).start
    require(not file.has_comment(header, block_span(file, node.body).end), "TRIVIA", "a comment")
    own = condition(file, node.test, negated(node.test, function))
    return (own, Edit(header, lines.end, file.newline + text))


def _elses(
    file: PythonFile, block: Block, guards: Sequence[cst.If], tail: Sequence[Statement]
) -> tuple[Edit, ...]:
    """Guards become one chain, and the rest its `else`."""
    edits = [_chained(file, before, node) for before, node in pairwise(guards)]
    if len(tail) == 1 and isinstance(tail[0], cst.If):
        return (*edits, _chained(file, guards[-1], tail[0]))
    if tail:
        lines, text = _tail_text(file, block, guards[-1], step(file, block))
        assert isinstance(guards[-1].body, cst.IndentedBlock)
        start = block_span(file, guards[-1].body).end
        word = block_indent(file, block.node) + "else:" + file.newline
        edits.append(Edit(start, lines.end, word + text))
    return tuple(edits)


def _chained(file: PythonFile, before: cst.If, node: cst.If) -> Edit:
    """`if` becomes `elif`, right behind the branch before it."""
    assert isinstance(before.body, cst.IndentedBlock)
    start, end = block_span(file, before.body).end, file.span(node).start
    require(not file.has_comment(start, end), "TRIVIA", "a comment above the condition")
    return Edit(start, end + len("if"), file.indent(end) + "elif")


DIRECTIONS: Directions = {
    "guard-clause": (guard, EXAMPLES),
    "nest-guard": (nest, EXAMPLES_NEST),
}
