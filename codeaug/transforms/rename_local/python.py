"""A local gets the name that this repository gives to such values, or one that says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import libcst as cst

from codeaug.model import Edit, Span
from codeaug.predicates.names import has_sibling
from codeaug.predicates.python import Function, fresh, function_of, nodyn, shown
from codeaug.predicates.python_names import Occurrence, Scope
from codeaug.predicates.python_vocabulary import better, hint, simple_name, suggested
from codeaug.predicates.verdicts import Declined, require
from codeaug.predicates.width import fits
from codeaug.transforms import Directions, Site, Subject, Vocabulary
from codeaug.transforms.python_sites import attempt, unreadable
from codeaug.transforms.rename_local._python_examples import EXAMPLES, PLACEHOLDERS

_LOCAL = {"assign", "annotated", "augmented", "loop", "with", "walrus", "match", "as", "del"}
_PLACEHOLDER = re.compile(r"var\d+")
_COUNTERS = {"i", "j", "n", "x", "y", "z", "_"}

Places = tuple[Occurrence, ...]


def rename(subject: Subject) -> Iterator[Site]:
    """Sites of rename-local, one for each local that the vocabulary has a name for."""
    function = function_of(subject.unit, subject.source, subject.style.limit)
    if function is None:
        yield unreadable(subject)
        return
    found: list[tuple[Occurrence, Site]] = []
    for own, places in _locals(function):
        site = attempt(function, own[0].node, _rename, subject.vocabulary, own, places)
        if site is not None:
            found.append((own[0], site))
    yield from _together(function, found)


def _locals(function: Function) -> Iterator[tuple[Places, Places]]:
    """The bindings of each local in its scope, with every place of its name."""
    for name, places in function.names.by_name.items():
        bindings = function.names.bindings(name)
        declared = any(place.binds == "declared" for place in bindings)
        for scope in () if declared else {place.scope: None for place in bindings}:
            own = tuple(place for place in bindings if place.scope is scope)
            if all(place.binds in _LOCAL for place in own):
                yield own, places


def placeholders(subject: Subject) -> Iterator[Site]:
    """The whole function: all of its locals that can be renamed, or why none can."""
    function = function_of(subject.unit, subject.source, subject.style.limit)
    if function is None:
        yield unreadable(subject)
        return
    site = attempt(function, function.node, _placed)
    if site is not None:
        yield site


def _placed(function: Function) -> tuple[Edit, ...] | None:
    file = function.file
    edits: list[Edit] = []
    refused: Declined | None = None
    found = sorted(_locals(function), key=lambda one: file.span(one[0][0].node).start)
    for number, (own, places) in enumerate(found):
        name, new = own[0].name, f"var{number}"
        if not _PLACEHOLDER.fullmatch(name) and _renames(function, own):
            try:
                require(fresh(new, function), "FRESH", f"{new} is taken")
                edits += _renamed(function, new, own, places)
            except Declined as declined:
                refused = refused or declined
    if not edits and refused is not None:
        raise refused
    return tuple(sorted(edits, key=lambda edit: edit.start)) or None


def _together(function: Function, found: Sequence[tuple[Occurrence, Site]]) -> Iterator[Site]:
    """Those that a loop unpacks from the same value (`for k, v in ...`) are renamed together."""
    loops: dict[int, list[Site]] = {}
    for place, site in found:
        paired = place.binds == "loop" and place.path and _callee(place.value) != "enumerate"
        loops.setdefault(id(place.value if paired else place), []).append(site)
    for sites in loops.values():
        edits = tuple(edit for site in sites for edit in site.edits)
        different = len({site.edits[0].text for site in sites if site.edits}) == len(sites)
        narrow = fits(function.file.source, edits, function.file.limit)
        if len(sites) > 1 and different and narrow:
            yield Site(sites[0].span, edits)
        else:
            yield from sites


def _rename(
    function: Function, vocabulary: Vocabulary, bindings: Places, places: Places
) -> tuple[Edit, ...] | None:
    if not _renames(function, bindings):
        return None
    new = _new_name(function, vocabulary, bindings[0].name, bindings)
    if not new:
        return None
    others = (other for other in function.names.by_name if function.names.bindings(other))
    alike = has_sibling(bindings[0].name, others)
    require(not alike, "NATURAL", "another variable is named alike")
    return _renamed(function, new, bindings, places)


def _renames(function: Function, bindings: Places) -> bool:
    own = _own(bindings[0].scope, function.names.scope)
    return own and not bindings[0].name.startswith("_")


def _renamed(function: Function, new: str, bindings: Places, places: Places) -> tuple[Edit, ...]:
    name, scope = bindings[0].name, bindings[0].scope
    # The same name in a scope inside is another variable.
    hidden = {p.scope for p in places if p.binds and p.scope is not scope and p.scope.within(scope)}
    plain = all(inner.kind != "class" for inner in hidden)
    require(plain, "NOCAP", "a class inside binds the name too")
    mine = [p for p in places if p.scope.within(scope) and not any(map(p.scope.within, hidden))]
    require(nodyn(function), "NODYN", "the function looks at its own local names")
    require(not shown(name, function), "NODYN", "the name itself is shown")
    require(not _explained(name, function), "NATURAL", "a comment or string speaks of the name")
    spans = (function.file.span(place.node) for place in mine)
    return tuple(Edit(span.start, span.end, new) for span in spans)


def _callee(value: cst.BaseExpression | None) -> str:
    return simple_name(value.func) if isinstance(value, cst.Call) else ""


def _own(scope: Scope, function: Scope) -> bool:
    """Whether the scope is the unit's, or that of a comprehension in it."""
    while scope.kind == "comprehension" and scope.parent is not None:
        scope = scope.parent
    return scope is function


def _new_name(function: Function, vocabulary: Vocabulary, name: str, bindings: Places) -> str:
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


DIRECTIONS: Directions = {
    "rename-local": (rename, EXAMPLES),
    "placeholder-names": (placeholders, PLACEHOLDERS),
}
