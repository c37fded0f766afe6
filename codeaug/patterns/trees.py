"""What a rewrite does to the syntax tree: nothing, but at the place of the match.

A capture that comes to stand beside an operator that binds stronger is not the same expression any
more. So the result is parsed: all around the place must be as it was, and each capture must be the
same nodes as before.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from codeaug.model import Span, Unit
from codeaug.syntax import Node, Tree, parse

Form = tuple[str, ...]
_OWNERS = frozenset(
    {"function_definition", "method_declaration", "constructor_declaration", "class_definition"}
    | {"compact_constructor_declaration", "class_body", "field_declaration_list"}
)


_NO_EXPRESSIONS = (
    *("type", "type_identifier", "type_descriptor", "type_specifier", "statement", "declaration"),
    *("definition", "block", "splat", "keyword_argument", "pair", "string_fragment"),
)


@lru_cache(maxsize=4)
def tree_of(language: str, text: bytes) -> Tree:
    return parse(language, text)


def function_in(tree: Tree, span: Span) -> Node | None:
    """The smallest node around a unit's span."""
    return tree.root_node.descendant_for_byte_range(span.start, span.end)


def belongs_to(tree: Tree, span: Span, unit: Unit) -> bool:
    """Whether a place is in the unit's body, and in no function or class inside it."""
    if not (unit.body.start <= span.start and span.end <= unit.body.end):
        return False
    node = tree.root_node.descendant_for_byte_range(span.start, span.end)
    while node is not None and node.type not in _OWNERS:
        node = node.parent
    if node is None or node.start_byte < unit.span.start:
        return False
    return node.start_byte <= unit.body.start and unit.body.end <= node.end_byte


def same_around(old: Node, new: Node, was: Span, now: Span, single: bool) -> bool:
    """Whether two nodes are alike but for what stands at `was` and `now`, which are whole nodes at
    one and the same place; one each, if `single`."""
    waiting, places = [(old, new)], 0
    while waiting:
        one, other = waiting.pop()
        if one.type != other.type or (other.has_error and not one.has_error):
            return False
        mine, theirs = _split(one, was), _split(other, now)
        if bool(mine[0]) != bool(theirs[0]) or len(mine[1]) != len(theirs[1]):
            return False
        places += bool(mine[0])
        if single and mine[0] and not len(mine[0]) == len(theirs[0]) == 1:
            return False
        for left, right in zip(mine[1], theirs[1], strict=True):
            if left.start_byte < was.end and left.end_byte > was.start:
                waiting.append((left, right))
            elif left.type != right.type or left.text != right.text:
                return False
    return places == 1


def _split(node: Node, span: Span) -> tuple[list[Node], list[Node]]:
    """The children that lie within a span, and the others."""
    inside: list[Node] = []
    outside: list[Node] = []
    for child in node.children:
        within = span.start <= child.start_byte and child.end_byte <= span.end
        (inside if within and child.end_byte > child.start_byte else outside).append(child)
    return inside, outside


def forms(tree: Tree, span: Span) -> list[Form]:
    """What the largest nodes within a span are: texts of leaves, kinds of what joins several."""
    return [_form(node) for node in _largest(tree, span)]


def _largest(tree: Tree, span: Span) -> Iterator[Node]:
    if span.end <= span.start:
        return
    waiting = [tree.root_node]
    while waiting:
        node = waiting.pop()
        # A block of Python is no more than its statements, which may come into another.
        within = span.start <= node.start_byte and node.end_byte <= span.end
        if within and node.type != "block":
            yield node
        elif node.start_byte < span.end and node.end_byte > span.start:
            waiting += reversed(node.children)


def _form(node: Node) -> Form:
    found, waiting = [], [node]
    while waiting:
        each = waiting.pop()
        if each.child_count:
            found += [each.type] if each.child_count > 1 else []
            waiting += reversed(each.children)
        elif each.text:
            found.append(each.text.decode("utf-8", "replace"))
    return tuple(found)


def takes_parentheses(tree: Tree, span: Span) -> bool:
    """Whether it may be an expression: no type, no statement and no `*args` or `name=value`."""
    nodes = list(_largest(tree, span))
    return len(nodes) == 1 and not nodes[0].type.endswith(_NO_EXPRESSIONS)


def comments(tree: Tree, span: Span) -> Iterator[str]:
    """The comments within a span, each as one line."""
    waiting = list(_largest(tree, span))
    while waiting:
        node = waiting.pop()
        if "comment" in node.type:
            yield " ".join((node.text or b"").decode("utf-8", "replace").split())
        waiting += node.children


def exclusive(tree: Tree, one: Span, other: Span) -> bool:
    """Whether never both are evaluated: they lie in the two branches of a condition."""
    first, second = sorted((one, other), key=lambda span: span.start)
    node, left, right = _parting(tree, first, second)
    if node.type in ("conditional_expression", "ternary_expression"):
        named = node.named_children
        if not node.child_by_field_name("condition"):  # Python's
            return (left, right) == (named[0], named[-1])
    elif node.type != "if_statement":
        return False
    branches = [node.child_by_field_name(name) for name in ("consequence", "alternative")]
    return [left, right] == branches


def comes_first(tree: Tree, one: Span, other: Span) -> bool:
    """Whether `one` is evaluated before `other`, if both are."""
    swapped = other.start < one.start
    first, second = (other, one) if swapped else (one, other)
    node, left, _ = _parting(tree, first, second)
    late = node.type == "conditional_expression" and not node.child_by_field_name("condition")
    late |= node.type.endswith(("comprehension", "generator_expression"))
    late &= left == node.named_children[0]
    return swapped is late


def _parting(tree: Tree, first: Span, second: Span) -> tuple[Node, Node | None, Node | None]:
    """The smallest node around two places, and which of its children hold them."""
    found = tree.root_node.descendant_for_byte_range(first.start, second.end)
    node = found or tree.root_node
    children = [
        next((c for c in node.children if c.start_byte <= s.start and s.end <= c.end_byte), None)
        for s in (first, second)
    ]
    return node, children[0], children[1]
