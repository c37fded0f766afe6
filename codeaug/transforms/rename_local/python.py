"""A local gets the name that this repository gives to such values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from codeaug.model import Edit, Span
from codeaug.predicates.python import Function, fresh, function_of, nodyn, shown
from codeaug.predicates.python_names import Occurrence, Scope
from codeaug.predicates.python_vocabulary import better, hint
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
    for name, places in function.names.by_name.items():
        bindings = function.names.bindings(name)
        if bindings and all(place.binds in _LOCAL for place in bindings):
            rule = partial(_rename, function, subject.vocabulary, name, places)
            site = attempt(function, bindings[0].node, rule)
            if site is not None:
                yield site


def _rename(
    function: Function, vocabulary: Vocabulary, name: str, places: tuple[Occurrence, ...]
) -> tuple[Edit, ...] | None:
    scope = next(place.scope for place in places if place.binds)
    if name in _COUNTERS or name.startswith("_") or not _own(scope, function.names.scope):
        return None
    new = _new_name(function, vocabulary, name)
    if not new:
        return None
    single = all(place.scope.within(scope) for place in places)
    single = single and all(place.scope is scope for place in places if place.binds)
    require(single, "NOCAP", "the name means something else in another scope")
    require(nodyn(function), "NODYN", "the function looks at its own local names")
    require(not shown(name, function), "NODYN", "the name itself is shown")
    require(not _explained(name, function), "NATURAL", "a comment or string speaks of the name")
    spans = (function.file.span(place.node) for place in places)
    return tuple(Edit(span.start, span.end, new) for span in spans)


def _own(scope: Scope, function: Scope) -> bool:
    """Whether the scope is the unit's, or that of a comprehension in it."""
    while scope.kind == "comprehension" and scope.parent is not None:
        scope = scope.parent
    return scope is function


def _new_name(function: Function, vocabulary: Vocabulary, name: str) -> str:
    bindings = [p for p in function.names.bindings(name) if p.binds not in ("augmented", "del")]
    hints = sorted({hint(place) for place in bindings})
    found = better(name, hints, vocabulary.by_hint, vocabulary.names)
    return next((new for new in found if new != name and fresh(new, function)), "")


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
