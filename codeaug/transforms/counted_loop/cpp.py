"""`for (size_t i = 0; i < v.size(); ++i)` as `for (auto& x : v)`, and back, in C++."""

from __future__ import annotations

import re
from collections.abc import Iterator

from codeaug.model import Edit
from codeaug.predicates.braces import require_no_macros, type_of
from codeaug.predicates.cpp import is_modern
from codeaug.predicates.cpp_containers import (
    INDEXED,
    Container,
    plain_container,
    require_quiet,
    risky_calls,
    value_kind,
)
from codeaug.predicates.freshness import first_fresh
from codeaug.predicates.layout import mark_beside_type
from codeaug.predicates.loops import (
    Counter,
    counter_of,
    first_declaration,
    is_written,
    require_none_before,
    uses_of,
    written_names,
)
from codeaug.predicates.names import element_names, is_camel, is_snake
from codeaug.predicates.nodes import Node, unwrapped
from codeaug.predicates.scopes import Code, callable_around
from codeaug.predicates.verdicts import Declined, require
from codeaug.transforms import Directions, Site, Subject, Vocabulary
from codeaug.transforms._loops import (
    declaration_of,
    header_span,
    in_order,
    index_name,
    steps_before,
    with_declaration,
    without_declaration,
)
from codeaug.transforms._sites import sites
from codeaug.transforms.counted_loop._cpp_examples import EACH_TO_INDEX, INDEX_TO_EACH

_VALUE_PLACES = frozenset(
    {"binary_expression", "subscript_argument_list", "unary_expression", "condition_clause"}
    | {"parenthesized_expression", "ternary_expression", "switch_expression"}
)


def index_to_each(subject: Subject) -> Iterator[Site]:
    """Each loop whose index only reads or writes the element."""

    def rewrite(code: Code, node: Node) -> tuple[Edit, ...] | None:
        return _each(code, node, subject.vocabulary)

    return sites(subject, lambda code: code.found("for_statement"), rewrite)


def each_to_index(subject: Subject) -> Iterator[Site]:
    """Each range-for over an array, vector, deque or string."""
    return sites(subject, lambda code: code.found("enhanced_for_statement"), _indexed)


# --- index to each --------------------------------------------------------------------------------


def _each(code: Code, loop: Node, vocabulary: Vocabulary) -> tuple[Edit, ...] | None:
    counter = counter_of(code, loop)
    source = _sized(counter.bound) if counter is not None else None
    if counter is None:
        return None
    uses = uses_of(code, counter.index, counter.body)
    if source is None:
        source = _array_of(code, counter.bound, uses)
    if source is None:
        return None
    reads = [_access(use, source) for use in uses]
    if not any(reads):
        return None
    found = [read for read in reads if read is not None]
    require(len(found) == len(reads), "INDEP", "the index is needed")
    require_no_macros(code, loop)
    require(is_modern(code.source), "NATURAL", "nothing in the file shows that it is C++11")
    container = plain_container(code, source)
    require(container.kind in (*INDEXED, "[]"), "BUILTIN", "it has no index")
    inner = any(callable_around(r, code.function) is not code.function for r in found)
    require(not inner, "NOCAP", "a lambda uses the index")
    _require_same(code, counter, source, container, found)
    start, end = header_span(code, loop)
    first = first_declaration(counter.body, found[0].text)
    if first is not None and len(found) == 1:
        head, more = declaration_of(code, first), [without_declaration(code, first)]
    else:
        name = _element_name(code, source, container, vocabulary)
        head = _bound_as(code, counter, container, found).format(name)
        more = [_replaced(code, read, name) for read in found]
    return in_order([Edit(start, end, f"{head} : {source.text}"), *more])


def _sized(bound: Node) -> Node | None:
    """`v` of `v.size()` and of `static_cast<int>(v.size())`."""
    bound = unwrapped(bound)
    if bound.kind == "cast_expression":
        value = bound.child("value")
        return None if value is None else _sized(value)
    called, given = bound.child("function"), bound.child("arguments")
    if bound.kind != "call" or called is None or given is None:
        return None
    if called.kind in ("template_function", "primitive_type") and len(given.parts) == 1:
        cast = called.kind == "primitive_type" or called.text.startswith("static_cast<")
        return _sized(given.parts[0]) if cast else None
    field = called.child("field")
    sized = field is not None and field.text in ("size", "length") and not given.parts
    dotted = called.kind == "field_access" and called.token(".") is not None
    return called.child("argument") if sized and dotted else None


def _array_of(code: Code, bound: Node, uses: list[Node]) -> Node | None:
    """The array of the first `a[i]`, where the bound is the number of its elements."""
    for use in uses:
        access = use.parent.parent if use.parent is not None else None
        array = access.child("argument") if access is not None else None
        if access is None or access.kind != "array_access" or array is None:
            continue
        local = code.lookup(array.text, array.start)
        if local is None or not local.type.endswith("[]") or local.kind != "local":
            continue
        declared = next((a for a in local.node.ancestors() if a.kind == "array_declarator"), None)
        size = declared.child("size") if declared is not None else None
        whole = (f"sizeof({array.text})/sizeof({array.text}[0])", f"std::size({array.text})")
        same = size is not None and size.text == bound.text and size.kind == "number_literal"
        if same or bound.text.replace(" ", "") in whole:
            return array
    return None


def _access(use: Node, source: Node) -> Node | None:
    """The `v[i]` or `v.at(i)` around an index."""
    above = use.parent
    access = above.parent if above is not None else None
    if above is None or access is None or len(above.parts) != 1:
        return None
    if above.kind == "subscript_argument_list" and access.kind == "array_access":
        array = access.child("argument")
        return access if array is not None and array.text == source.text else None
    called = access.child("function")
    if above.kind != "argument_list" or called is None or called.kind != "field_access":
        return None
    owner, field = called.child("argument"), called.child("field")
    known = field is not None and field.text == "at" and owner is not None
    return access if known and owner is not None and owner.text == source.text else None


def _require_same(
    code: Code, counter: Counter, source: Node, container: Container, reads: list[Node]
) -> None:
    """INDEP: the container keeps its size and elements their places while the loop runs."""
    allowed = {id(n) for read in reads for n in read.walk()}
    name = source.text.removeprefix("this->")
    for word in code.words.get(name, ()):
        used = word.within(counter.body) and id(word) not in allowed
        require(not used, "INDEP", f"{name} is used otherwise in the loop")
    if container.kind in ("[]", "array") or container.own:
        return
    require_quiet(code, counter.body, source)


def _element_name(code: Code, source: Node, container: Container, vocabulary: Vocabulary) -> str:
    name = source.text.removeprefix("this->")
    snake = not is_camel(name) and not any(is_camel(v.name) for v in code.locals)
    snake = snake or is_snake(name)
    return first_fresh(code, element_names(name, container.element, vocabulary.by_hint, snake))


def _bound_as(code: Code, counter: Counter, container: Container, reads: list[Node]) -> str:
    """How the element is declared: by value only where nobody can see the difference."""
    kind = value_kind(container.element)
    if kind and not kind.endswith("*") and _only_read(code, counter, container, reads):
        return f"{kind} {{}}"
    written = container.element if re.fullmatch(r"[\w:]{1,24}", container.element) else "auto"
    mark = "& " if mark_beside_type(code.source) else " &"
    return f"{'const ' if container.steady else ''}{written}{mark}{{}}"


def _only_read(code: Code, counter: Counter, container: Container, reads: list[Node]) -> bool:
    """Whether each use takes the element's value, before anything could change it."""
    for read in reads:
        above = read.parent
        if above is None or not (_takes_value(code, read, above, container.steady)):
            return False
    disturbed = [*risky_calls(code, counter.body), *_far_writes(code, counter.body)]
    try:
        require_none_before(disturbed, reads, counter.body, "")
    except Declined:
        return False
    return True


def _takes_value(code: Code, read: Node, above: Node, steady: bool) -> bool:
    if is_written(read):
        return False
    if above.kind in _VALUE_PLACES:
        others = [p for p in above.parts if p is not read]
        known = all(type_of(code, other) for other in others)
        return known or above.kind != "binary_expression"
    if above.kind in ("assignment_expression", "return_statement"):
        return above.kind == "assignment_expression" or steady
    if above.kind == "init_declarator":
        inner = above.child("declarator")
        return inner is not None and inner.kind == "identifier"
    return above.kind == "argument_list" and steady


def _far_writes(code: Code, place: Node) -> Iterator[Node]:
    """Assignments to anything but a local variable that is no reference."""
    for each, target in written_names(place):
        local = code.lookup(target.text, target.start) if target.kind == "identifier" else None
        if local is None or local.type.endswith("&") or not local.type:
            yield each


def _replaced(code: Code, read: Node, name: str) -> Edit:
    """The access as the element's name, kept apart from a keyword before it."""
    glued = code.source[read.start - 1 : read.start]
    apart = " " if re.match(rb"\w", glued) else ""
    return Edit(read.start, read.end, apart + name)


# --- each to index --------------------------------------------------------------------------------


def _indexed(code: Code, loop: Node) -> tuple[Edit, ...] | None:
    over, declarator, body = (loop.child(f) for f in ("right", "declarator", "body"))
    if over is None or declarator is None or body is None:
        return None
    require(loop.child("initializer") is None, "FRESH", "the loop declares a name")
    require_no_macros(code, *[c for c in loop.children if c is not body])
    container = plain_container(code, over)
    require(container.kind in (*INDEXED, "[]"), "BUILTIN", "it has no index")
    require(container.kind != "[]", "NATURAL", "the number of elements is not in sight")
    forwarded = "&&" in code.source[declarator.start : declarator.end].decode("utf-8", "replace")
    require(not forwarded, "NATURAL", "a forwarding reference")
    _require_unmodified(code, over, body, container)
    index, start, end = index_name(code), *header_span(code, loop)
    counted = _size_type(code.source)
    step = f"++{index}" if steps_before(code.source) else f"{index}++"
    head = f"{counted} {index} = 0; {index} < {over.text}.size(); {step}"
    declared = code.source[start : declarator.end].decode("utf-8", "surrogateescape")
    return in_order(
        [
            Edit(start, end, head),
            *with_declaration(code, loop, body, f"{declared} = {over.text}[{index}];"),
        ]
    )


def _size_type(source: bytes) -> str:
    plain, full = source.count(b" size_t") + source.count(b"(size_t"), source.count(b"std::size_t")
    return "size_t" if plain > full else "std::size_t"


def _require_unmodified(code: Code, over: Node, body: Node, container: Container) -> None:
    """INDEP: the variable is the same container all the time."""
    name = over.text.removeprefix("this->")
    used = any(word.within(body) for word in code.words.get(name, ()))
    require(not used, "INDEP", f"{name} is used in the loop")
    if not container.own and not container.steady:
        require_quiet(code, body, over)


DIRECTIONS: Directions = {
    "index-to-each": (index_to_each, INDEX_TO_EACH),
    "each-to-index": (each_to_index, EACH_TO_INDEX),
}
