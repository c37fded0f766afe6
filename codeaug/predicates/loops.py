"""Loops of Java and C++ that count, and whether what they run over stays as it is meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from codeaug.predicates.braces import is_integral, type_of
from codeaug.predicates.conditions import condition_of, operator_of
from codeaug.predicates.flow import LOOPS, statements
from codeaug.predicates.nodes import Node, unwrapped
from codeaug.predicates.scopes import Code, Local
from codeaug.predicates.verdicts import Declined, require

_WRITES = ("assignment_expression", "update_expression")
_LEAVES = ("return_statement", "throw_statement")


@dataclass(frozen=True, slots=True)
class Counter:
    """`for (int i = 0; i < bound; i++) body`."""

    index: Local
    bound: Node
    body: Node
    start: int
    end: int


def counter_of(code: Code, loop: Node) -> Counter | None:
    """The parts of a loop that counts from 0 up to a bound in ones; None for any other loop."""
    first = loop.child("init") or loop.child("initializer")
    condition, update, body = (loop.child(f) for f in ("condition", "update", "body"))
    if first is None or condition is None or update is None or body is None:
        return None
    steps = [part for part in loop.children if part.field == "update"]  # Java has `i++, j++`
    if first.kind != "local_variable_declaration" or not counts_up(update) or len(steps) > 1:
        return None
    declared = [v for v in code.locals if v.statement is first]
    if len(declared) != 1 or declared[0].value is None or declared[0].value.text != "0":
        return None
    index, left, right = declared[0], condition.child("left"), condition.child("right")
    if condition.kind != "binary_expression" or operator_of(condition) not in ("<", "!="):
        return None
    if left is None or right is None or left.text != index.name:
        return None
    integral = is_integral(code, index.type) or index.type.endswith("::size_type")
    if stepped(update) != index.name or not integral:
        return None
    return Counter(index, right, body, first.start, update.end)


def counts_up(update: Node) -> bool:
    """`i++` or `++i`."""
    return update.kind == "update_expression" and update.token("++") is not None


def stepped(update: Node) -> str:
    """The name that an update expression changes."""
    return update.parts[0].text if len(update.parts) == 1 else ""


def is_written(node: Node) -> bool:
    """Whether the expression is assigned to, or stepped, where it stands."""
    above = node.parent
    while above is not None and above.kind == "parenthesized_expression":
        node, above = above, above.parent
    if above is None or above.kind not in _WRITES:
        return False
    return above.kind == "update_expression" or node.field == "left"


def require_unassigned(code: Code, local: Local, place: Node) -> None:
    """INDEP: the variable keeps its value within `place`."""
    for use in uses_of(code, local, place):
        require(not is_written(use), "INDEP", f"{local.name} is assigned")


def inner_loop(one: Node, other: Node, place: Node) -> bool:
    """Whether a loop inside `place` runs both, so that either may come first."""
    for above in one.ancestors():
        if above is place:
            return False
        if above.kind in LOOPS and other.within(above):
            return True
    return False


def require_none_before(
    disturbances: Iterable[Node], reads: Iterable[Node], place: Node, detail: str
) -> None:
    """INDEP: each read is evaluated before any of the disturbances."""
    reads = list(reads)
    for each in disturbances:
        leaving = leaves(each, place)
        for read in reads:
            later = read.start >= each.end or inner_loop(each, read, place)
            apart = leaving is not None and not read.within(leaving)
            require(not later or apart, "INDEP", detail)


def leaves(node: Node, place: Node) -> Node | None:
    """The `return` or `throw` around the node that ends the loop with body `place`."""
    found = None
    for above in node.ancestors():
        if above is place:
            return found
        if above.kind in _LEAVES and found is None:
            found = above
        if above.kind in ("lambda_expression", "try_statement", "try_with_resources_statement"):
            return None
    return found


def first_declaration(body: Node, value: str) -> Node | None:
    """The declaration `T x = value;` that the body begins with."""
    if body.kind != "block" or len(body.parts) < 2:
        return None
    first = body.parts[0]
    if first.kind != "local_variable_declaration":
        return None
    declarators = [c for c in first.children if c.field == "declarator"]
    if len(declarators) != 1:
        return None
    given = declarators[0].child("value")
    return first if given is not None and unwrapped(given).text == value else None


def uses_of(code: Code, local: Local, place: Node) -> list[Node]:
    """The uses of a variable within `place`."""
    return [n for n in code.references(local) if n is not local.node and n.within(place)]


def written_names(body: Node) -> Iterator[tuple[Node, Node]]:
    """(assignment, target) of every assignment and step below the node."""
    for each in body.find(*_WRITES):
        target = each.child("left") or (each.parts[0] if each.parts else None)
        if target is not None:
            yield each, unwrapped(target)


def plain_source(code: Code, node: Node) -> tuple[Local | None, str]:
    """A local variable, or the name of a field (`name`, `this.name`). Declines all else."""
    if node.kind == "identifier":
        local = code.lookup(node.text, node.start)
        return local, node.text
    owner, field = node.child("object") or node.child("argument"), node.child("field")
    plain = node.kind == "field_access" and owner is not None and owner.kind == "this"
    if not plain or field is None:
        raise Declined("PURE", "it is no plain variable")
    return None, field.text


def writes_elements(code: Code, place: Node, kind: str) -> Iterator[Node]:
    """Assignments below `place` to elements of arrays that may be an array of that type."""
    for each, target in written_names(place):
        if target.kind != "array_access":
            continue
        array = target.child("array") or target.child("argument")
        other = type_of(code, array) if array is not None else ""
        if other in ("", kind) or "Object[]" in (other, kind):
            yield each


def asked_in(loop: Node, body: Node) -> tuple[Node, bool, Node] | None:
    """The parts of `for (..) if (test) return found; return !found;`.

    That is the test, what is returned once it holds, and the last statement.
    """
    only, following = statements(body), loop.following()
    if len(only) != 1 or only[0].kind != "if_statement" or not following:
        return None
    then = only[0].child("consequence")
    if then is None or only[0].child("alternative") is not None:
        return None
    answers = [_constant(s) for s in (*statements(then), following[0])]
    if len(answers) != 2 or {*answers} != {"true", "false"}:
        return None
    return condition_of(only[0]), answers[0] == "true", following[0]


def _constant(statement: Node) -> str:
    """`true` or `false` where the statement returns that."""
    if statement.kind != "return_statement" or len(statement.parts) != 1:
        return ""
    return statement.parts[0].text
