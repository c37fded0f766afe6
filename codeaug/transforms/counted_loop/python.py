"""`for i in range(len(xs))` becomes `for x in xs` or `enumerate`; and back."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from codeaug.model import Edit
from codeaug.predicates.python import Function
from codeaug.predicates.python_collections import collection, require_steady, use_of
from codeaug.predicates.python_effects import names_in, suspends
from codeaug.predicates.python_flow import unseen_on_error
from codeaug.predicates.python_source import Block, block_indent, only
from codeaug.predicates.verdicts import require
from codeaug.transforms import Directions, Site, Subject
from codeaug.transforms.counted_loop._python_examples import EXAMPLES, EXAMPLES_BACK
from codeaug.transforms.counted_loop._python_loops import (
    INDEXED,
    Enumerated,
    counts_on,
    element_name,
    enumerated,
    index_name,
    require_every_round,
)
from codeaug.transforms.python_loops import (
    called,
    header,
    in_loop,
    item_for_name,
    items,
    line_removed,
    named_first,
    plain_loop,
    require_dead,
    require_no_early_store,
    require_own,
    target_text,
)
from codeaug.transforms.python_sites import line_content, same_line, sites


def to_each(subject: Subject) -> Iterator[Site]:
    """Sites of index-to-each."""
    return sites(subject, _to_each)


def to_index(subject: Subject) -> Iterator[Site]:
    """Sites of each-to-index."""
    return sites(subject, _to_index)


# --- from the index -------------------------------------------------------------------------------


def _to_each(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    loop = plain_loop(block.statements[number])
    if loop is None:
        return None
    counter = _counter(block, number, loop)
    if counter:
        return _to_enumerate(function, block, number, loop, counter)
    sequence = _indexed(function, loop)
    if not sequence or not isinstance(loop.target, cst.Name):
        return None
    index = loop.target.value
    found = items(sequence, index, function, loop)
    reads = [node for node in found if use_of(node.value, function) == "item"]
    if not reads:
        return None
    kind = collection(cst.Name(sequence), function)
    require(kind in INDEXED, "BUILTIN", "it is not proven to be a list, tuple or string")
    require_steady(sequence, function, loop)
    require_own(function, index)
    places = in_loop(index, function, loop)
    require(sum(bool(p.binds) for p in places) == 1, "INDEP", "the loop binds the index anew")
    require_no_early_store(function, loop, sequence, found)
    return _each(function, loop, (sequence, index), reads, len(places) - 1 == len(reads))


def _indexed(function: Function, loop: cst.For) -> str:
    """The `xs` of `range(len(xs))`, "" for anything else."""
    bounds = called(loop.iter, "range", function)
    match bounds:
        case [bound] | [cst.Integer(value="0"), bound]:
            measured = called(bound, "len", function)
            named = len(measured) == 1 and isinstance(measured[0], cst.Name)
            return measured[0].value if named and isinstance(measured[0], cst.Name) else ""
        case _:
            return ""


def _each(
    function: Function,
    loop: cst.For,
    names: tuple[str, str],
    reads: list[cst.Subscript],
    only_reads: bool,
) -> tuple[Edit, ...]:
    file, (sequence, index) = function.file, names
    edits: list[Edit] = []
    name = named_first(loop, reads, function)
    if name:
        edits.append(line_removed(file, loop.body.body[0]))
        reads = [node for node in reads if file.span(node).start >= edits[0].end]
    else:
        name = element_name(sequence, function)
    places = (file.span(node) for node in reads)
    edits += [Edit(place.start, place.end, name) for place in places]
    if only_reads:
        require_dead(index, function, loop)
        head = header(file, loop, name, sequence)
    else:
        head = header(file, loop, f"{index}, {name}", f"enumerate({sequence})")
    return (head, *edits)


def _counter(block: Block, number: int, loop: cst.For) -> str:
    """The name that is 0 before the loop and one more at the end of every round."""
    if not number:
        return ""
    match only(block.statements[number - 1]):
        case cst.Assign(
            targets=[cst.AssignTarget(target=cst.Name(value=name))],
            value=cst.Integer(value="0" | "1"),
        ):
            return name if counts_on(loop.body.body[-1], name) else ""
        case _:
            return ""


def _to_enumerate(
    function: Function, block: Block, number: int, loop: cst.For, index: str
) -> tuple[Edit, ...] | None:
    before, after = block.statements[number - 1], loop.body.body[-1]
    places = in_loop(index, function, loop)
    if len(places) < 2 or len(loop.body.body) < 2:
        return None
    require(sum(bool(p.binds) for p in places) == 1, "INDEP", "the loop binds the counter anew")
    require_every_round(loop)
    require_own(function, index)
    require_dead(index, function, loop)
    hidden = unseen_on_error(index, function, block.statements, number - 1)
    require(hidden, "INDEP", "where an exception is caught the counter is seen")
    require(function.context.is_builtin("enumerate"), "FRESH", "enumerate is another function here")
    file = function.file
    start, end = file.span(before).start, file.span(loop).start
    require(not file.has_comment(start, end), "TRIVIA", "a comment above the loop")
    first = only(before)
    assert isinstance(first, cst.Assign)
    assert isinstance(first.value, cst.Integer)
    head = header(file, loop, *_enumerated_text(function, loop, index, first.value.value))
    begin = file.span(loop.body.body[-2]).end
    kept = file.line_end(begin)
    stop = line_content(file, after).end
    require(not file.has_comment(kept, stop), "TRIVIA", "a comment about the counting")
    last = Edit(kept - len(file.newline), stop, "")
    return Edit(start, end, ""), head, last


def _enumerated_text(function: Function, loop: cst.For, index: str, start: str) -> tuple[str, str]:
    file = function.file
    target, source = file.text(loop.target), file.text(loop.iter)
    same_line(target, source)
    if isinstance(loop.target, cst.Tuple) and not loop.target.lpar:
        target = f"({target})"
    if isinstance(loop.iter, cst.Tuple) and not loop.iter.lpar:
        source = f"({source})"
    else:
        source = file.bare(loop.iter)
    first = "" if start == "0" else f", {start}"
    return f"{index}, {target}", f"enumerate({source}{first})"


# --- and back -------------------------------------------------------------------------------------


def _to_index(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    loop = plain_loop(block.statements[number])
    if loop is None:
        return None
    counted = enumerated(loop, function)
    if counted is not None:
        kind = collection(counted.source, function)
        if isinstance(counted.source, cst.Name) and kind in INDEXED:
            return _by_index(function, loop, counted)
        return _to_counter(function, block, number, counted)
    if not isinstance(loop.iter, cst.Name) or isinstance(loop.target, cst.List):
        return None
    kind = collection(loop.iter, function)
    require(kind in INDEXED, "BUILTIN", "it is not proven to be a list, tuple or string")
    plain = isinstance(loop.target, (cst.Name, cst.Tuple))
    require(plain, "INDEP", "the loop binds more than plain names")
    index = index_name(function)
    return _by_index(function, loop, Enumerated(index, loop.target, loop.iter))


def _by_index(function: Function, loop: cst.For, counted: Enumerated) -> tuple[Edit, ...]:
    file, index, source = function.file, counted.index, counted.source
    assert isinstance(source, cst.Name)
    require_steady(source.value, function, loop)
    uses = [use_of(p.node, function) for p in in_loop(source.value, function, loop)]
    nested = isinstance(counted.target, cst.Tuple) and any(
        not isinstance(element.value, cst.Name) for element in counted.target.elements
    )
    require(not nested, "NATURAL", "what is unpacked needs more than one name each")
    require("store" not in uses, "INDEP", "the loop changes elements that it may read again")
    require_own(function)
    known = all(function.context.is_builtin(name) for name in ("range", "len"))
    require(known, "FRESH", "range or len is another function here")
    places = in_loop(index, function, loop)
    require(sum(bool(p.binds) for p in places) <= 1, "INDEP", "the loop binds the index anew")
    head = header(file, loop, index, f"range(len({source.value}))")
    item = f"{source.value}[{index}]"
    return (head, *item_for_name(function, loop, counted.target, index, item))


def _to_counter(
    function: Function, block: Block, number: int, counted: Enumerated
) -> tuple[Edit, ...] | None:
    loop = block.statements[number]
    assert isinstance(loop, cst.For)
    file, index = function.file, counted.index
    places = in_loop(index, function, loop)
    if len(places) < 2:
        return None
    require(sum(bool(p.binds) for p in places) == 1, "INDEP", "the loop binds the index anew")
    require_own(function, index)
    require_dead(index, function, loop)
    require_every_round(loop)
    last = loop.body.body[-1]
    leaves = isinstance(only(last), (cst.Return, cst.Raise, cst.Break))
    require(not leaves, "REACH", "the last statement leaves the loop")
    read = index in names_in(function, counted.source)
    require(not read and not suspends(counted.source), "INDEP", "the counter is set before")
    hidden = unseen_on_error(index, function, block.statements, number)
    require(hidden, "INDEP", "where an exception is caught the counter is seen")
    assert isinstance(loop.body, cst.IndentedBlock)
    indent, start = block_indent(file, loop.body), file.span(loop).start
    head = header(file, loop, target_text(file, counted.target), file.bare(counted.source))
    end = line_content(file, last).end
    require(end <= function.span.end, "TRIVIA", "a comment behind the function's last statement")
    return (
        Edit(start, start, f"{index} = 0{file.newline}{file.indent(start)}"),
        head,
        Edit(end, end, f"{file.newline}{indent}{index} += 1"),
    )


DIRECTIONS: Directions = {
    "index-to-each": (to_each, EXAMPLES),
    "each-to-index": (to_index, EXAMPLES_BACK),
}
