"""`for (auto it = v.begin(); it != v.end(); ++it)` as `for (auto& x : v)`, and back, in C++."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from codeaug.model import Edit
from codeaug.predicates.braces import require_no_macros
from codeaug.predicates.conditions import operator_of
from codeaug.predicates.cpp import is_modern
from codeaug.predicates.cpp_containers import (
    MAPS,
    NODES,
    Container,
    plain_container,
    require_quiet,
)
from codeaug.predicates.freshness import first_fresh
from codeaug.predicates.layout import mark_beside_type
from codeaug.predicates.loops import counts_up, first_declaration, stepped, uses_of
from codeaug.predicates.names import element_names, is_camel, is_snake
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code, Local, callable_around
from codeaug.predicates.verdicts import require
from codeaug.transforms import Directions, Site, Subject, Vocabulary
from codeaug.transforms._loops import (
    declaration_of,
    header_span,
    in_order,
    with_declaration,
    without_declaration,
)
from codeaug.transforms._sites import sites
from codeaug.transforms.iterator_loop._cpp_examples import EACH_TO_ITERATOR, ITERATOR_TO_EACH

_BEGIN = {"begin": "end", "cbegin": "cend"}


def iterator_to_each(subject: Subject) -> Iterator[Site]:
    """Each loop whose iterator only reaches its element."""

    def rewrite(code: Code, node: Node) -> tuple[Edit, ...] | None:
        return _each(code, node, subject.vocabulary)

    return sites(subject, lambda code: code.found("for_statement"), rewrite)


def each_to_iterator(subject: Subject) -> Iterator[Site]:
    """Each range-for over a standard container."""
    return sites(subject, lambda code: code.found("enhanced_for_statement"), _iterated)


# --- iterator to each -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Walk:
    """`for (auto it = source.begin(); it != source.end(); ++it) body`."""

    iterator: Local
    source: Node
    body: Node
    const: bool


def _walk_of(code: Code, loop: Node) -> _Walk | None:
    first, condition, update, body = (
        loop.child(f) for f in ("initializer", "condition", "update", "body")
    )
    if first is None or condition is None or update is None or body is None:
        return None
    declared = [v for v in code.locals if v.statement is first]
    if first.kind != "local_variable_declaration" or len(declared) != 1:
        return None
    iterator = declared[0]
    began, source = _called(iterator.value)
    if source is None or began not in _BEGIN or not counts_up(update):
        return None
    ended, other = _called(condition.child("right"))
    left = condition.child("left")
    same = left is not None and left.text == iterator.name == stepped(update)
    if other is None or not same or operator_of(condition) != "!=":
        return None
    if ended not in _BEGIN.values() or other.text != source.text:
        return None
    const = began == "cbegin" or "const_iterator" in first.text
    return _Walk(iterator, source, body, const)


def _called(node: Node | None) -> tuple[str, Node | None]:
    """`name` and `v` of `v.name()`."""
    called = node.child("function") if node is not None and node.kind == "call" else None
    given = node.child("arguments") if node is not None else None
    if called is None or called.kind != "field_access" or called.token(".") is None:
        return "", None
    field = called.child("field")
    if field is None or given is None or given.parts:
        return "", None
    return field.text, called.child("argument")


def _each(code: Code, loop: Node, vocabulary: Vocabulary) -> tuple[Edit, ...] | None:
    walk = _walk_of(code, loop)
    if walk is None:
        return None
    uses = uses_of(code, walk.iterator, walk.body)
    reached = [_element(use) for use in uses]
    if not any(reached):
        return None
    found = [each for each in reached if each is not None]
    require(len(found) == len(reached), "INDEP", "the iterator itself is needed")
    require_no_macros(code, loop)
    require(is_modern(code.source), "NATURAL", "nothing in the file shows that it is C++11")
    inner = any(callable_around(u, code.function) is not code.function for u in uses)
    require(not inner, "NOCAP", "a lambda uses the iterator")
    container = plain_container(code, walk.source)
    _require_same(code, walk.source, walk.body, container)
    start, end = header_span(code, loop)
    first = first_declaration(walk.body, f"*{walk.iterator.name}")
    if first is not None and len(found) == 1:
        head, more = declaration_of(code, first), [without_declaration(code, first)]
    else:
        name = _element_name(code, walk.source, container, vocabulary)
        more = [_replaced(code, each, name) for each in found]
        head = _bound_as(code, walk, container) + name
    return in_order([Edit(start, end, f"{head} : {walk.source.text}"), *more])


def _element(use: Node) -> Node | None:
    """The `*it`, `(*it)` or the `it->` of which this is the iterator."""
    above = use.parent
    if above is None:
        return None
    if above.kind == "field_access" and above.token("->") is not None:
        return use if use.field == "argument" else None
    if above.kind != "pointer_expression" or not above.text.startswith("*"):
        return None
    outer = above.parent
    return outer if outer is not None and outer.kind == "parenthesized_expression" else above


def _replaced(code: Code, element: Node, name: str) -> Edit:
    if element.kind == "identifier":
        above = element.parent
        arrow = above.token("->") if above is not None else None
        assert arrow is not None
        return Edit(element.start, arrow.end, name + ".")
    glued = re.match(rb"\w", code.source[element.start - 1 : element.start])
    bracketed = element.kind == "parenthesized_expression" and _needs_brackets(element)
    text = f"({name})" if bracketed else name
    return Edit(element.start, element.end, " " + text if glued and not bracketed else text)


def _needs_brackets(element: Node) -> bool:
    """Whether the parentheses belong to a statement or call and not to `*it`."""
    above = element.parent
    return above is not None and (
        element.field == "condition" or above.kind in ("sizeof_expression", "decltype")
    )


def _require_same(code: Code, source: Node, body: Node, container: Container) -> None:
    """INDEP: the container is the same, and as long, while the loop runs."""
    name = source.text.removeprefix("this->")
    used = any(word.within(body) for word in code.words.get(name, ()))
    require(not used, "INDEP", f"{name} is used in the loop")
    fixed = container.kind == "array" or container.own
    lasting = container.kind in NODES and container.steady
    if not fixed and not lasting:
        require_quiet(code, body, source)


def _element_name(code: Code, source: Node, container: Container, vocabulary: Vocabulary) -> str:
    name = source.text.removeprefix("this->")
    if container.kind in MAPS:
        return first_fresh(code, ("entry", "pair", "item"))
    snake = is_snake(name) or not (is_camel(name) or any(is_camel(v.name) for v in code.locals))
    return first_fresh(code, element_names(name, container.element, vocabulary.by_hint, snake))


def _bound_as(code: Code, walk: _Walk, container: Container) -> str:
    const = walk.const or container.steady or container.kind in ("set", "multiset")
    mark = "& " if mark_beside_type(code.source) else " &"
    return f"{'const ' if const else ''}auto{mark}"


# --- each to iterator -----------------------------------------------------------------------------


def _iterated(code: Code, loop: Node) -> tuple[Edit, ...] | None:
    over, declarator, body = (loop.child(f) for f in ("right", "declarator", "body"))
    if over is None or declarator is None or body is None:
        return None
    require(loop.child("initializer") is None, "FRESH", "the loop declares a name")
    require_no_macros(code, *[c for c in loop.children if c is not body])
    container = plain_container(code, over)
    require(container.kind not in ("[]", "string"), "NATURAL", "an index would be usual")
    forwarded = b"&&" in code.source[declarator.start : declarator.end]
    require(not forwarded, "NATURAL", "a forwarding reference")
    name = over.text.removeprefix("this->")
    used = any(word.within(body) for word in code.words.get(name, ()))
    require(not used, "INDEP", f"{name} is used in the loop")
    if not container.own and not container.steady:
        require_quiet(code, body, over)
    iterator = first_fresh(code, ("it", "iter", "iterator"))
    start, end = header_span(code, loop)
    head = f"auto {iterator} = {over.text}.begin(); {iterator} != {over.text}.end(); ++{iterator}"
    declared = code.source[start : declarator.end].decode("utf-8", "surrogateescape")
    line = f"{declared} = *{iterator};"
    return in_order([Edit(start, end, head), *with_declaration(code, loop, body, line)])


DIRECTIONS: Directions = {
    "iterator-to-each": (iterator_to_each, ITERATOR_TO_EACH),
    "each-to-iterator": (each_to_iterator, EACH_TO_ITERATOR),
}
