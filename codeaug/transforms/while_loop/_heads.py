"""`for` as `while`, and back, in Java and C++."""

from __future__ import annotations

import re
from collections.abc import Iterator

from codeaug.model import Edit
from codeaug.predicates.braces import is_builtin, require_no_macros, type_of
from codeaug.predicates.flow import in_plain_block, require_no_labels
from codeaug.predicates.freshness import declared_in
from codeaug.predicates.layout import (
    body_of,
    compose_block,
    indent_at,
    starts_line,
)
from codeaug.predicates.locations import is_plain
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code, Local
from codeaug.predicates.verdicts import Declined, require
from codeaug.transforms import Site, Subject
from codeaug.transforms._sites import replacement, require_no_comments, sites
from codeaug.transforms.while_loop._loops import (
    at_end,
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
    stepped,
    taken_out,
)

_DECLARATION = "local_variable_declaration"


# --- for to while ---------------------------------------------------------------------------------


def for_to_while(subject: Subject) -> Iterator[Site]:
    """Each `for` with a condition, or without anything."""
    return sites(subject, lambda code: code.by_kind.get("for_statement", ()), _as_while)


def _as_while(code: Code, node: Node) -> tuple[Edit, ...] | None:
    body = node.child("body")
    first = _parts(node, "init", "initializer")
    steps = _parts(node, "update")
    condition = condition_in(node)
    if body is None:
        return None
    gap, pad = head_gap(node, "for"), pad_of(node)
    require_no_comments(code, node, node.start, body.start)
    _require_unspoken(node, "for")
    require(not code.has_directive, "NOMACRO", "a pragma may be meant for the loop")
    test = "true" if condition is None else condition.text
    require_no_macros(code, *first, *steps, *([] if condition is None else [condition]))
    head = f"while{gap}({pad}{test}{pad})"
    if not first and not steps:
        return (Edit(node.start, head_end(node), head),)
    require(condition is not None, "NATURAL", "an endless loop with steps")
    require_no_label(node)
    if not in_plain_block(node):
        return None
    require_no_labels(code)
    require(not (steps and has_own_continue(node)), "REACH", "a continue would miss the step")
    _require_room(code, node, first)
    lines = [_statement(code, part) for part in first]
    last = tuple(_statement(code, part) for part in steps)
    require(all("\n" not in t for t in (test, *lines, *last)), "NATURAL", "a head of several lines")
    require(starts_line(node), "NATURAL", "other code stands before it on its line")
    if steps:
        require_no_macros(code, body)
        require_end_reached(body)
        _require_not_hidden(code, body, steps)
    opening = (code.layout.newline + indent_at(code.source, node.start)).join((*lines, head))
    if body.kind == "block" and body.parts and b"\n" in code.source[body.start : body.end]:
        block_of(node)
        edits = (Edit(node.start, head_end(node), opening),)
        return (*edits, at_end(code, body, last)) if last else edits
    empty = not body.parts and body.kind != "block"
    inside = () if empty else body_of(body)
    whole = compose_block(code.layout, head, (*inside, *last))
    return (replacement(code, node, node, (*lines, *whole)),)


def _require_unspoken(node: Node, keyword: str) -> None:
    """TRIVIA: no comment right above speaks of `while (...)` or `for (...)`."""
    around = [] if node.parent is None else node.parent.children
    before = [c for c in around if c.end <= node.start][-1:]
    spoken = any(c.kind == "comment" and re.search(keyword + r" ?\(", c.text) for c in before)
    require(not spoken, "TRIVIA", "the comment above speaks of the loop's form")


def _parts(node: Node, *fields: str) -> list[Node]:
    """The first steps or the last ones, one by one."""
    found = [c for c in node.children if c.named and c.field in fields]
    while found and found[0].kind == "comma_expression":
        left, right = found[0].child("left"), found[0].child("right")
        found[:1] = [part for part in (left, right) if part is not None]
    return found


def _statement(code: Code, part: Node) -> str:
    if part.kind == _DECLARATION:
        return part.text
    above = part.parent
    if above is not None and above.kind == "comma_expression":
        target = stepped(part)
        plain = target is not None and is_builtin(code, type_of(code, target))
        require(plain, "BUILTIN", "the comma may be overloaded")
    return f"{part.text};"


def _require_room(code: Code, node: Node, first: list[Node]) -> None:
    """FRESH, TRIVLIFE: what the head declares can live in the block around the loop."""
    declared = [v for v in code.locals if v.statement in first and v.statement.kind == _DECLARATION]
    for local in declared:
        words = code.words.get(local.name, ())
        after = any(w.start >= node.end and w.within(_parent(node)) for w in words)
        require(not after, "FRESH", f"{local.name} is another variable behind the loop")
        hidden = code.lookup(local.name, node.start)
        require(hidden is None, "FRESH", f"{local.name} is another variable before the loop")
        if code.language == "cpp" and node.following():
            plain = is_plain(local.type)
            require(plain, "TRIVLIFE", f"{local.name} would be destroyed later")
    count = sum(c.field == "declarator" for p in first for c in p.children)
    known = len(declared) == count or not any(p.kind == _DECLARATION for p in first)
    require(known, "FRESH", "it is not known what the head declares")


def _parent(node: Node) -> Node:
    assert node.parent is not None
    return node.parent


def _require_not_hidden(code: Code, body: Node, steps: list[Node]) -> None:
    """FRESH: the body's own names mean nothing in the steps."""
    used = {n.text for step in steps for n in step.walk() if "identifier" in n.kind}
    for local in declared_in(code, body):
        require(local.name not in used, "FRESH", f"{local.name} is the body's own")


# --- while to for ---------------------------------------------------------------------------------


def while_to_for(subject: Subject) -> Iterator[Site]:
    """Each `while` with a variable that is set just before and stepped last."""
    return sites(subject, lambda code: code.by_kind.get("while_statement", ()), _as_for)


def _as_for(code: Code, node: Node) -> tuple[Edit, ...] | None:
    condition = condition_in(node)
    if condition is None:
        return None
    _require_unspoken(node, "while")
    if is_endless(node):
        require_no_comments(code, node, node.start, head_end(node))
        return (Edit(node.start, head_end(node), f"for{head_gap(node, 'while')}(;;)"),)
    found = _counted(code, node, condition)
    if found is None:
        return None
    before, local, last = found
    require_no_label(node)
    require_no_labels(code)
    require(not code.has_directive, "NOMACRO", "a directive is in the way")
    require(not has_own_continue(node), "REACH", "a continue would make the step too")
    body = block_of(node)
    require(len(body.parts) > 1, "NATURAL", "nothing but the step would be left out")
    _require_narrower(code, node, before, local)
    _require_only_step(code, node, local, last)
    _require_not_hidden(code, body, last.parts)
    require_no_comments(code, _parent(node), before.start, body.start)
    require_no_macros(code, before, node)
    require(starts_line(before) and starts_line(node), "NATURAL", "two statements on one line")
    step, pad = last.parts[0].text, pad_of(node)
    text = f"for{head_gap(node, 'while')}({pad}{before.text} {condition.text}; {step}{pad})"
    require("\n" not in text, "NATURAL", "a head of several lines")
    return (Edit(before.start, head_end(node), text), taken_out(code, last, last))


def _counted(code: Code, node: Node, condition: Node) -> tuple[Node, Local, Node] | None:
    """The statement before that sets a variable of the condition, and its last step."""
    body, earlier = node.child("body"), node.preceding()
    if body is None or body.kind != "block" or not body.parts or not earlier:
        return None
    if not in_plain_block(node):
        return None
    before, last = earlier[-1], body.parts[-1]
    if last.kind != "expression_statement" or len(last.parts) != 1:
        return None
    target = stepped(last.parts[0])
    local = None if target is None else code.lookup(target.text, target.start)
    if local is None or not any(n.text == local.name for n in condition.find("identifier")):
        return None
    if before.kind == _DECLARATION:
        declares = local.statement is before and local.value is not None
        single = sum(c.field == "declarator" for c in before.children) == 1
        return (before, local, last) if declares and single else None
    if before.kind != "expression_statement" or len(before.parts) != 1:
        return None
    set_first = stepped(before.parts[0])
    same = set_first is not None and code.lookup(set_first.text, set_first.start) is local
    return (before, local, last) if same and is_plain_assignment(before.parts[0]) else None


def _require_narrower(code: Code, node: Node, before: Node, local: Local) -> None:
    """FRESH, TRIVLIFE: what was declared before the loop is needed by nothing behind it."""
    if before.kind != _DECLARATION:
        return
    after = any(word.start >= node.end for word in code.references(local))
    require(not after, "FRESH", f"{local.name} is used behind the loop")
    if code.language == "cpp" and node.following():
        require(is_plain(local.type), "TRIVLIFE", f"{local.name} would be destroyed earlier")
    odd = any(c.kind in ("storage_class_specifier", "modifiers") for c in before.children)
    require(not odd, "NATURAL", "no plain variable")


def _require_only_step(code: Code, node: Node, local: Local, last: Node) -> None:
    """NATURAL: the body changes its variable at the end only."""
    for word in code.references(local):
        above = word.parent
        if not word.within(node) or word.within(last) or above is None:
            continue
        changed = stepped(above) is word
        require(not changed, "NATURAL", f"{local.name} is changed in the middle too")
    condition = condition_in(node)
    asked = {n.text for n in condition.find("identifier")} if condition is not None else set()
    counted = (
        word
        for other in code.locals
        if other is not local and other.name in asked
        for word in code.references(other)
    )
    two = any(w.within(node) and w.parent and w.parent.kind == "update_expression" for w in counted)
    if two or last.parts[0].kind == "comma_expression":
        raise Declined("NATURAL", "two steps at once")
