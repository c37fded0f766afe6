"""Where control can get to once a statement is gone: Java Language Specification 14.22, for Java
and C++ alike. A function that would end without its result is no mutant, nor is dead code."""

from __future__ import annotations

from codeaug.mutations.body import Body
from codeaug.predicates.flow import LOOPS
from codeaug.predicates.nodes import Node, unwrapped

_JUMPS = frozenset(
    {"return_statement", "throw_statement", "break_statement", "continue_statement"}
    | {"yield_statement", "goto_statement"}
)
_TARGETS = LOOPS | {"switch_expression"}
_CALLABLES = frozenset({"lambda_expression", "class_body"})


def completes(node: Node, without: Node | None = None) -> bool:
    """Whether control can reach what follows a statement, once `without` does nothing."""
    if node is without:
        return True
    if node.kind in _JUMPS:
        return False
    if node.kind == "block":
        return all(completes(part, without) for part in node.parts)
    if node.kind == "if_statement":
        return _if_completes(node, without)
    if node.kind in LOOPS:
        return not is_endless(node) or _has_break(node, without)
    if node.kind == "switch_expression":
        return _switch_completes(node, without) or _has_break(node, without)
    if node.kind in ("try_statement", "try_with_resources_statement"):
        return _try_completes(node, without)
    if node.kind in ("labeled_statement", "synchronized_statement"):
        body = node.child("body") or node.parts[-1]
        labelled = node.kind == "labeled_statement" and _has_break(node, without)
        return completes(body, without) or labelled
    return True


def _if_completes(node: Node, without: Node | None) -> bool:
    then, other = node.child("consequence"), node.child("alternative")
    if then is None or other is None:
        return True
    if other.kind == "else_clause" and other.parts:
        other = other.parts[-1]
    return completes(then, without) or completes(other, without)


def _switch_completes(node: Node, without: Node | None) -> bool:
    body = node.child("body")
    groups = [] if body is None else [p for p in body.parts if p.kind == "case_group"]
    default = any(g.token("default") or _is_default(g) for g in groups)
    if not groups or not default:
        return True
    ends = groups if groups[0].token("->") else groups[-1:]
    return any(all(completes(part, without) for part in _statements(g)) for g in ends)


def _is_default(group: Node) -> bool:
    return any(p.kind == "switch_label" and p.token("default") for p in group.parts)


def _statements(group: Node) -> list[Node]:
    return [p for p in group.parts if p.kind != "switch_label" and p.field != "value"]


def _try_completes(node: Node, without: Node | None) -> bool:
    body = node.child("body")
    last = next((p for p in node.parts if p.kind == "finally_clause"), None)
    if last is not None and last.parts and not completes(last.parts[-1], without):
        return False
    handlers = [p.child("body") for p in node.parts if p.kind == "catch_clause"]
    return any(part is not None and completes(part, without) for part in (body, *handlers))


def is_endless(loop: Node) -> bool:
    """Whether a loop has no condition, or a constant true one."""
    if loop.kind == "enhanced_for_statement":
        return False
    condition = loop.child("condition")
    if condition is None:
        return loop.kind == "for_statement" and loop.child("left") is None
    inner = condition.child("value") or unwrapped(condition)
    return inner.text in ("true", "1", "True")


def target(jump: Node) -> Node | None:
    """The loop or switch that a `break`, or the loop that a `continue`, without label belongs to;
    the labelled statement of one with a label."""
    label = next((p.text for p in jump.parts if "identifier" in p.kind), "")
    for above in jump.ancestors():
        if above.kind in _CALLABLES:
            return None
        if label:
            if above.kind == "labeled_statement" and above.parts[0].text == label:
                return above
        elif above.kind in LOOPS or (
            above.kind == "switch_expression" and jump.kind == "break_statement"
        ):
            return above
    return None


def _has_break(node: Node, without: Node | None) -> bool:
    found = (n for n in node.find("break_statement") if n is not without)
    gone = (b for b in found if without is None or not b.within(without))
    return any(target(jump) is node or target(jump) is node.parent for jump in gone)


def may_do_nothing(body: Body, node: Node) -> bool:
    """Whether the function still gives its result, and all of it can still be reached, when the
    statement `node` does nothing. Python's functions always give one: None."""
    if body.language == "python":
        return True
    around = body.around(node)
    block = around.child("body") or around
    if block.kind == "block" and completes(block, node) and not completes(block):
        values = any(r.parts for r in block.find("return_statement"))
        if values or (around is body.function and not _is_void(body)):
            return False
    for above in node.ancestors():
        if above is around:
            break
        if completes(above) and not completes(above, node):
            return False
    return True


def _is_void(body: Body) -> bool:
    kind = body.function.child("type")
    return kind is None or kind.text == "void"
