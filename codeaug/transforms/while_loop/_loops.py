"""What both pairs of loop transforms ask of a loop of Java and C++."""

from __future__ import annotations

from codeaug.model import Edit
from codeaug.predicates.conditions import operator_of
from codeaug.predicates.flow import LOOPS, branches, jumps_away, statements
from codeaug.predicates.layout import indent_at, line_end, line_start, starts_line
from codeaug.predicates.nodes import Node, unwrapped
from codeaug.predicates.scopes import Code, Local
from codeaug.predicates.verdicts import Declined, require

_STEPS = ("update_expression", "assignment_expression")


def condition_in(loop: Node) -> Node | None:
    """The tested expression of a `while`, `do` or `for`; None where there is none."""
    found = loop.child("condition")
    if found is None:
        return None
    if found.kind == "condition_clause":
        plain = found.child("initializer") is None
        found = found.child("value") if plain else None
    elif loop.kind != "for_statement":
        found = found.parts[0] if len(found.parts) == 1 else None
    declares = found is None or found.kind == "local_variable_declaration"
    require(not declares, "FRESH", "the condition declares a name")
    return found


def is_endless(loop: Node) -> bool:
    """`while (true)`, `for (;;)` and their like."""
    condition = condition_in(loop)
    if condition is None:
        return loop.kind == "for_statement"
    return unwrapped(condition).text in ("true", "1")


def has_own_continue(loop: Node) -> bool:
    """Whether an unlabelled `continue` goes on with this loop."""
    return any(_loop_of(found) is loop for found in loop.find("continue_statement"))


def _loop_of(jump: Node) -> Node | None:
    return next((above for above in jump.ancestors() if above.kind in LOOPS), None)


def require_no_label(loop: Node) -> None:
    """REACH: no `continue` names the loop."""
    labelled = loop.parent is not None and loop.parent.kind == "labeled_statement"
    require(not labelled, "REACH", "the loop has a label")


def may_complete(statement: Node) -> bool:
    """Whether a compiler sees that what follows the statement can be reached."""
    kind = statement.kind
    if kind == "block":
        return not statement.parts or may_complete(statement.parts[-1])
    if kind == "if_statement":
        then, other = branches(statement)
        return other is None or may_complete(then) or may_complete(other)
    if kind in ("while_statement", "for_statement"):
        return condition_in(statement) is not None and not is_endless(statement)
    if kind == "try_statement":
        body = statement.child("body")
        last = statement.parts[-1]
        return body is not None and may_complete(body) and last.kind != "finally_clause"
    plain = ("expression_statement", "local_variable_declaration", "enhanced_for_statement")
    return kind in plain


def require_end_reached(body: Node) -> None:
    """REACH: control can reach the end of the loop's body."""
    every = statements(body)
    reached = not every or (may_complete(every[-1]) and not jumps_away(every[-1]))
    require(reached, "REACH", "the end of the loop may never be reached")


def varies(code: Code, condition: Node) -> bool:
    """Whether javac takes the condition for no constant: it calls, or reads a variable."""
    for node in condition.walk():
        if node.kind in ("call", "array_access"):
            return True
        if node.kind == "identifier" and code.language == "cpp":
            return True
        if node.kind == "identifier":
            local = code.lookup(node.text, node.start)
            if local is not None and not _is_constant(code, local):
                return True
    return False


def _is_constant(code: Code, local: Local) -> bool:
    """Whether javac may know its value: it is final, and so is all that the value is made of."""
    if local.kind != "local" or local.value is None:
        return False
    modifiers = next((c.text for c in local.statement.children if c.kind == "modifiers"), "")
    return "final" in modifiers.split() and not varies(code, local.value)


def stepped(step: Node) -> Node | None:
    """The variable that `i++`, `i += 2` or `p = p->next` changes."""
    if step.kind not in _STEPS:
        return None
    target = step.child("left") or step.child("argument") or next(iter(step.parts), None)
    return target if target is not None and target.kind == "identifier" else None


def is_plain_assignment(node: Node) -> bool:
    """`name = value`."""
    return node.kind == "assignment_expression" and operator_of(node) == "=" and bool(stepped(node))


def head_gap(loop: Node, keyword: str) -> str:
    """What stands between the keyword of a loop and its parenthesis: nothing or a space."""
    token, opened = loop.token(keyword), _opened(loop)
    if token is None or opened is None:
        raise Declined("NATURAL", "an unusual loop")
    gap = loop.source[token.end : opened].decode("utf-8", "surrogateescape")
    require(gap.strip(" ") == "", "TRIVIA", "something stands inside the head")
    return gap


def _opened(loop: Node) -> int | None:
    token = loop.token("(")
    condition = loop.child("condition")
    return token.start if token is not None else None if condition is None else condition.start


def head_end(loop: Node) -> int:
    """Where the parenthesis of the loop's head closes."""
    token = loop.token(")")
    condition = loop.child("condition")
    if token is None and condition is None:
        raise Declined("NATURAL", "an unusual loop")
    return token.end if token is not None else condition.end if condition is not None else 0


def pad_of(loop: Node) -> str:
    """The blanks inside the parentheses of the loop's head."""
    opened = _opened(loop)
    inside = loop.source[opened + 1 : head_end(loop)] if opened is not None else b""
    return " " if inside.startswith(b" ") and inside.strip(b" ;)") else ""


def block_of(loop: Node) -> Node:
    """The loop's body, a block of several lines with its braces at line ends."""
    body = loop.child("body")
    if body is None or body.kind != "block":
        raise Declined("NATURAL", "a loop without braces")
    require(bool(body.parts), "NATURAL", "an empty loop")
    own = line_start(body.source, body.end - 1)
    closes = not body.source[own : body.end - 1].strip()
    begins = starts_line(body.parts[0]) and all(map(starts_line, body.parts))
    require(closes and begins, "NATURAL", "several statements on one line")
    return body


def inner_indent(code: Code, body: Node) -> str:
    """The indentation of the statements of a block."""
    return indent_at(code.source, body.parts[0].start)


def taken_out(code: Code, first: Node, last: Node) -> Edit:
    """The lines of some statements of a block removed, and the blank line beside them."""
    source = code.source
    start, end = line_start(source, first.start), line_end(source, last.end)
    alone = not source[last.end : end].strip() and starts_line(first)
    require(alone, "TRIVIA", "something else stands on its line")
    block = first.parent
    assert block is not None
    beside = [c for c in block.children if c.kind == "comment"]
    above = any(source.count(b"\n", c.end, first.start) == 1 for c in beside if c.end < first.start)
    within = any(first.start <= c.start < last.end for c in block.find("comment"))
    require(not above and not within, "TRIVIA", "a comment speaks of it")
    end = _after_newline(source, end)
    if not source[end : line_end(source, end)].strip() and block.children[1].start >= first.start:
        end = _after_newline(source, line_end(source, end))
    elif block.parts[-1] is last:
        above_start = line_start(source, start - 1)
        start = start if source[above_start:start].strip() else above_start
    return Edit(start, end, "")


def _after_newline(source: bytes, end: int) -> int:
    found = source.find(b"\n", end)
    return len(source) if found < 0 else found + 1


def at_end(code: Code, body: Node, lines: tuple[str, ...]) -> Edit:
    """Lines added before the closing brace of a block."""
    place = line_start(code.source, body.end - 1)
    indent, newline = inner_indent(code, body), code.layout.newline
    text = "".join(f"{indent}{line}{newline}" for line in lines)
    return Edit(place, place, text)


def at_start(code: Code, body: Node, lines: tuple[str, ...]) -> Edit:
    """Lines added right behind the opening brace of a block."""
    end = line_end(code.source, body.start)
    rest = code.source[body.start + 1 : end].strip()
    require(not rest, "TRIVIA", "something stands right after the brace")
    indent, newline = inner_indent(code, body), code.layout.newline
    return Edit(end, end, "".join(f"{newline}{indent}{line}" for line in lines))
