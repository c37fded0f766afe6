"""A local gets the name that this repository gives to such values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import libcst as cst

from codeaug.model import Edit, Span
from codeaug.predicates.python import Function, fresh, function_of, nodyn, shown
from codeaug.predicates.python_names import Occurrence, Scope
from codeaug.predicates.python_source import longest
from codeaug.predicates.python_vocabulary import better, hint, simple_name, suggested
from codeaug.predicates.verdicts import require
from codeaug.transforms import Directions, Site, Subject, Vocabulary
from codeaug.transforms.python_sites import attempt, unreadable
from codeaug.transforms.rename_local._python_examples import EXAMPLES

_LOCAL = {"assign", "annotated", "augmented", "loop", "with", "walrus", "match", "as", "del"}
_COUNTERS = {"i", "j", "n", "x", "y", "z", "_"}


def rename(subject: Subject) -> Iterator[Site]:
    """Sites of rename-local, one for each local that the vocabulary has a name for."""
    function = function_of(subject.unit, subject.source)
    if function is None:
        yield unreadable(subject)
        return
    found: list[tuple[Occurrence, Site]] = []
    for name, places in function.names.by_name.items():
        bindings = function.names.bindings(name)
        declared = any(place.binds == "declared" for place in bindings)
        for scope in () if declared else {place.scope: None for place in bindings}:
            own = tuple(place for place in bindings if place.scope is scope)
            if all(place.binds in _LOCAL for place in own):
                node = own[0].node
                site = attempt(function, node, _rename, subject.vocabulary, own, places)
                if site is not None:
                    found.append((own[0], site))
    yield from _together(function, found)


def _together(function: Function, found: Sequence[tuple[Occurrence, Site]]) -> Iterator[Site]:
    """Those that a loop unpacks from the same value (`for k, v in ...`) are renamed together."""
    loops: dict[int, list[Site]] = {}
    for place, site in found:
        paired = place.binds == "loop" and place.path and _callee(place.value) != "enumerate"
        loops.setdefault(id(place.value if paired else place), []).append(site)
    for sites in loops.values():
        edits = tuple(edit for site in sites for edit in site.edits)
        different = len({site.edits[0].text for site in sites if site.edits}) == len(sites)
        if len(sites) > 1 and different and _fits(function, edits):
            yield Site(sites[0].span, edits)
        else:
            yield from sites


def _rename(
    function: Function,
    vocabulary: Vocabulary,
    bindings: tuple[Occurrence, ...],
    places: tuple[Occurrence, ...],
) -> tuple[Edit, ...] | None:
    name, scope = bindings[0].name, bindings[0].scope
    if name.startswith("_") or not _own(scope, function.names.scope):
        return None
    new = _new_name(function, vocabulary, name, bindings)
    if not new:
        return None
    # The same name in a scope inside is another variable.
    hidden = {p.scope for p in places if p.binds and p.scope is not scope and p.scope.within(scope)}
    plain = all(inner.kind != "class" for inner in hidden)
    require(plain, "NOCAP", "a class inside binds the name too")
    mine = [p for p in places if p.scope.within(scope) and not any(map(p.scope.within, hidden))]
    require(nodyn(function), "NODYN", "the function looks at its own local names")
    require(not shown(name, function), "NODYN", "the name itself is shown")
    require(not _explained(name, function), "NATURAL", "a comment or string speaks of the name")
    spans = (function.file.span(place.node) for place in mine)
    edits = tuple(Edit(span.start, span.end, new) for span in spans)
    require(_fits(function, edits), "NATURAL", "a line would be too long")
    return edits


def _fits(function: Function, edits: Sequence[Edit]) -> bool:
    """Whether every line has room for all that is put into it."""
    file = function.file
    more: Counter[int] = Counter()
    for edit in edits:
        more[file.line_start(edit.start)] += len(edit.text) - (edit.end - edit.start)
    lengths = {at: len(file.source[at : file.line_end(at)].decode().rstrip()) for at in more}
    return all(n <= 0 or lengths[at] + n <= longest(file) for at, n in more.items())


def _callee(value: cst.BaseExpression | None) -> str:
    return simple_name(value.func) if isinstance(value, cst.Call) else ""


def _own(scope: Scope, function: Scope) -> bool:
    """Whether the scope is the unit's, or that of a comprehension in it."""
    while scope.kind == "comprehension" and scope.parent is not None:
        scope = scope.parent
    return scope is function


def _new_name(
    function: Function, vocabulary: Vocabulary, name: str, bindings: tuple[Occurrence, ...]
) -> str:
    values = [place for place in bindings if place.binds not in ("augmented", "del")]
    found: list[str] = []
    if name not in _COUNTERS:
        hints = sorted({hint(place) for place in values})
        found += better(name, hints, vocabulary.by_hint, vocabulary.names)
    said = {suggested(name, place, vocabulary.names) for place in values}
    found += said if len(said) == 1 else ()
    return next((new for new in found if _is_good(new, name) and fresh(new, function)), "")


def _is_good(new: str, old: str) -> bool:
    return new != old and len(new) > 2 and new.isidentifier() and new.islower()


def _explained(name: str, function: Function) -> bool:
    """Whether a comment or string names the local: a plain English word counts only as code."""
    file, unit = function.file, function.file.span(function.node)
    plain = name.isalpha() and len(name) > 2
    pattern = rf"`{name}\b|\b{name}\s*[=\[.(]" if plain else rf"(?<![\w%]){name}\b"
    texts = (_slice(file.source, span, unit) for span in (*file.comments, *file.strings))
    return any(re.search(pattern, text) for text in texts if text)


def _slice(source: bytes, span: Span, unit: Span) -> str:
    inside = unit.start <= span.start and span.end <= unit.end
    return source[span.start : span.end].decode() if inside else ""


DIRECTIONS: Directions = {"rename-local": (rename, EXAMPLES)}
