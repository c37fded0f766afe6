"""`for (int i = 0; i < a.length; i++)` as `for (T x : a)`, and back, in Java."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from codeaug.model import Edit
from codeaug.predicates.freshness import first_fresh
from codeaug.predicates.java_collections import (
    LISTS,
    collection_of,
    is_own_object,
    risky_calls,
)
from codeaug.predicates.java_types import final_fields, type_of
from codeaug.predicates.loops import (
    Counter,
    counter_of,
    first_declaration,
    is_written,
    leaves,
    plain_source,
    require_none_before,
    require_unassigned,
    uses_of,
    writes_elements,
    written_names,
)
from codeaug.predicates.names import element_names
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code
from codeaug.predicates.verdicts import Declined, require
from codeaug.transforms import Directions, Site, Subject, Vocabulary
from codeaug.transforms._loops import (
    header_span,
    in_order,
    index_name,
    steps_before,
    with_declaration,
    without_declaration,
)
from codeaug.transforms._sites import require_no_comments, sites
from codeaug.transforms.counted_loop._java_examples import EACH_TO_INDEX, INDEX_TO_EACH

_SIZES = {"length": "String", "size": "List"}
_READERS = {"get": "size", "charAt": "length"}


@dataclass(frozen=True, slots=True)
class _Source:
    """What a loop runs over: `kind` is `[]`, `String` or a class of lists."""

    node: Node
    kind: str
    element: str


def index_to_each(subject: Subject) -> Iterator[Site]:
    """Each loop whose index only reads elements."""

    def rewrite(code: Code, node: Node) -> tuple[Edit, ...] | None:
        return _each(code, node, subject.vocabulary)

    return sites(subject, lambda code: code.found("for_statement"), rewrite)


def each_to_index(subject: Subject) -> Iterator[Site]:
    """Each loop over an array, a list or the characters of a string."""
    return sites(subject, lambda code: code.found("enhanced_for_statement"), _indexed)


# --- index to each --------------------------------------------------------------------------------


def _each(code: Code, loop: Node, vocabulary: Vocabulary) -> tuple[Edit, ...] | None:
    counter = counter_of(code, loop)
    if counter is None or counter.index.type != "int":
        return None
    sized = _sized(counter.bound)
    if sized is None:
        return None
    uses = uses_of(code, counter.index, counter.body)
    reads = [_read(use, sized) for use in uses]
    if not any(reads):
        return None
    found = [read for read in reads if read is not None]
    require(len(found) == len(reads), "INDEP", "the index is needed")
    source = _known_source(code, sized)
    _require_same(code, counter, source, found)
    start, end = header_span(code, loop)
    first = first_declaration(counter.body, found[0].text)
    if first is not None and len(found) == 1:
        head, more = _taken_over(code, first)
    else:
        require("\n" not in found[0].text, "NATURAL", "an element of several lines")
        name = _element_name(code, source, vocabulary)
        head = f"{source.element} {name}"
        more = [Edit(read.start, read.end, name) for read in found]
    over = source.node.text + (".toCharArray()" if source.kind == "String" else "")
    return in_order([Edit(start, end, f"{head} : {over}"), *more])


def _sized(bound: Node) -> Node | None:
    """`a` of `a.length`, `a.length()` or `a.size()`."""
    if bound.kind == "field_access":
        field = bound.child("field")
        return bound.child("object") if field is not None and field.text == "length" else None
    name, given = bound.child("name"), bound.child("arguments")
    if bound.kind != "call" or name is None or given is None or given.parts:
        return None
    return bound.child("object") if name.text in _SIZES else None


def _read(use: Node, source: Node) -> Node | None:
    """The `a[i]`, `a.get(i)` or `a.charAt(i)` around an index."""
    above = use.parent
    if above is None:
        return None
    if above.kind == "array_access" and use.field == "index":
        array = above.child("array")
        plain = array is not None and array.text == source.text and not is_written(above)
        return above if plain else None
    call = above.parent
    if above.kind != "argument_list" or len(above.parts) != 1 or call is None:
        return None
    name, owner = call.child("name"), call.child("object")
    known = call.kind == "call" and name is not None and name.text in _READERS
    return call if known and owner is not None and owner.text == source.text else None


def _known_source(code: Code, node: Node) -> _Source:
    plain_source(code, node)
    if type_of(code, node) == "String":
        return _Source(node, "String", "char")
    kind, element = collection_of(code, node)
    known = kind == "[]" or kind in LISTS
    require(known, "BUILTIN", "it is not known to be an array or a list of the JDK")
    return _Source(node, kind, element)


def _require_same(code: Code, counter: Counter, source: _Source, reads: list[Node]) -> None:
    """INDEP: the elements are what they were when their round began, and as many."""
    _require_variable(code, counter.body, source)
    allowed = {id(n) for read in reads for n in read.walk()}
    local, name = plain_source(code, source.node)
    if source.kind == "String":
        return
    for word in code.words.get(name, ()):
        inside = word.within(counter.body) and id(word) not in allowed
        same = inside and word.kind == "identifier" and (local is None or word is not local.node)
        require(not same, "INDEP", f"{name} is used otherwise in the loop")
    if is_own_object(code, source.node):
        return
    risky = list(risky_calls(code, counter.body))
    if source.kind == "[]":
        written = list(writes_elements(code, counter.body, source.element + "[]"))
        require_none_before(
            [*risky, *written], reads, counter.body, "an element may change before it is read"
        )
        return
    _require_quiet(risky, counter.body)


def _require_quiet(risky: Iterable[Node], body: Node) -> None:
    stays = any(leaves(call, body) is None for call in risky)
    require(not stays, "INDEP", "a call may change the list meanwhile")


def _require_variable(code: Code, body: Node, source: _Source) -> None:
    """INDEP: the variable that holds what is run over is not assigned in the loop."""
    local, name = plain_source(code, source.node)
    if local is not None:
        require_unassigned(code, local, body)
        return
    if name in final_fields(code):
        return
    assigned = any(target.text in (name, f"this.{name}") for _, target in written_names(body))
    quiet = not assigned and not any(True for _ in risky_calls(code, body))
    require(quiet, "INDEP", f"the field {name} may be assigned meanwhile")


def _taken_over(code: Code, first: Node) -> tuple[str, list[Edit]]:
    """The header's `T x` and the removal of `T x = a[i];` from the body."""
    declarator = next(c for c in first.children if c.field == "declarator")
    name = declarator.child("name")
    assert name is not None
    require(declarator.child("dimensions") is None, "NATURAL", "an unusual declaration")
    require_no_comments(code, first, first.start, first.end)
    head = first.source[first.start : name.end].decode("utf-8", "surrogateescape")
    require("\n" not in head, "NATURAL", "an annotation on its own line")
    return head, [without_declaration(code, first)]


def _element_name(code: Code, source: _Source, vocabulary: Vocabulary) -> str:
    _, name = plain_source(code, source.node)
    if source.kind == "String":
        return first_fresh(code, ("c", "ch"))
    return first_fresh(code, element_names(name, source.element, vocabulary.by_hint, snake=False))


# --- each to index --------------------------------------------------------------------------------


def _indexed(code: Code, loop: Node) -> tuple[Edit, ...] | None:
    over, name, kind, body = (loop.child(f) for f in ("value", "name", "type", "body"))
    if over is None or name is None or kind is None or body is None:
        return None
    source, bound, read = _indexable(code, over)
    require(loop.child("dimensions") is None, "NATURAL", "an unusual declaration")
    _require_variable(code, body, source)
    if source.kind not in ("[]", "String"):
        _require_unmodified(code, body, source)
    index = index_name(code)
    step = f"++{index}" if steps_before(code.source) else f"{index}++"
    start, end = header_span(code, loop)
    head = f"int {index} = 0; {index} < {source.node.text}{bound}; {step}"
    declared = code.source[start : name.end].decode("utf-8", "surrogateescape")
    line = f"{declared} = {source.node.text}{read.format(index)};"
    return in_order([Edit(start, end, head), *with_declaration(code, loop, body, line)])


def _indexable(code: Code, over: Node) -> tuple[_Source, str, str]:
    """What a loop runs over, with how its size and its elements are written."""
    name, owner = over.child("name"), over.child("object")
    if over.kind == "call" and name is not None and name.text == "toCharArray":
        known = owner is not None and type_of(code, owner) == "String"
        require(known, "BUILTIN", "it is not known to be a string")
        assert owner is not None
        plain_source(code, owner)
        return _Source(owner, "String", "char"), ".length()", ".charAt({})"
    plain_source(code, over)
    kind, element = collection_of(code, over)
    if kind == "[]":
        return _Source(over, kind, element), ".length", "[{}]"
    if kind in ("List", "ArrayList"):
        return _Source(over, kind, element), ".size()", ".get({})"
    raise Declined("BUILTIN", "it is not known to be an array or a list of the JDK")


def _require_unmodified(code: Code, body: Node, source: _Source) -> None:
    """INDEP: the list is not touched in the loop, so that no iterator would have complained."""
    _, name = plain_source(code, source.node)
    used = any(word.kind == "identifier" and word.within(body) for word in code.words.get(name, ()))
    require(not used, "INDEP", f"{name} is used in the loop")
    if not is_own_object(code, source.node):
        _require_quiet(risky_calls(code, body), body)


DIRECTIONS: Directions = {
    "index-to-each": (index_to_each, INDEX_TO_EACH),
    "each-to-index": (each_to_index, EACH_TO_INDEX),
}
