"""The rules engine: every transform of `codeaug.transforms`, applied one site at a time."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from codeaug import predicates, transforms
from codeaug.edits import apply_edits
from codeaug.languages import tokens
from codeaug.model import Origin, Span, Unit, Variant, content_id
from codeaug.predicates import local_names
from codeaug.transforms import Site, Subject, Transform, Vocabulary, load

NAME = "rules"
MOST_NAMES = 8


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a transform applied to a unit (`declined` empty) or declined by a predicate."""

    transform: str
    declined: str
    count: int


@cache
def fingerprint() -> str:
    """Changes with the code of the transforms and predicates, so that units are asked again."""
    folders = (Path(transforms.__file__).parent, Path(predicates.__file__).parent)
    files = {path for folder in folders for path in folder.rglob("*.py")}
    for transform in load():
        files |= {Path(f.__code__.co_filename) for f in transform.languages.values()}
    return content_id(*(path.read_bytes() for path in sorted(files)))


def vocabulary(language: str, sources: Iterable[bytes]) -> Vocabulary:
    """The names that these files give to local variables, by declared type and by callee."""
    by_hint: dict[str, Counter[str]] = {}
    names: Counter[str] = Counter()
    for source in sources:
        for hint, name in local_names(language, source):
            names[name] += 1
            if hint:
                by_hint.setdefault(hint, Counter())[name] += 1
    return Vocabulary(
        {hint: _most_common(counts) for hint, counts in by_hint.items()},
        tuple(sorted(names, key=lambda name: (-names[name], name))[:2000]),
    )


def propose(
    unit: Unit, source: bytes, vocabulary: Vocabulary, wanted: int, seed: int
) -> tuple[list[Variant], list[Tally]]:
    """At most `wanted` variants of a unit, from different transforms first, and what declined.

    The same unit, vocabulary and seed give the same variants. Two variants, or a variant and the
    original, are never alike in their tokens.
    """
    applied: list[tuple[str, Site]] = []
    tallies: Counter[tuple[str, str]] = Counter()
    for transform, site in sites(Subject(unit, source, vocabulary)):
        tallies[transform.name, site.declined] += 1
        if not site.declined:
            applied.append((transform.name, site))
    chosen = _in_turn(applied, random.Random(content_id(unit.id, str(seed))))
    variants = _unlike(unit, source, chosen, wanted, seed)
    return variants, [Tally(name, why, n) for (name, why), n in sorted(tallies.items())]


def sites(subject: Subject) -> Iterator[tuple[Transform, Site]]:
    """Every place of the unit at which a transform applies or declines."""
    for transform in load():
        function = transform.languages.get(subject.unit.language)
        if function is not None:
            for site in function(subject):
                yield transform, site


def rewritten(unit: Unit, source: bytes, site: Site) -> tuple[bytes, Span]:
    """The file with the site's edits, and the unit's span in it. ValueError for an edit outside."""
    if any(e.start < unit.span.start or e.end > unit.span.end for e in site.edits):
        raise ValueError(f"an edit of {unit.qualified_name} lies outside the unit")
    changed = apply_edits(source, site.edits)
    return changed, Span(unit.span.start, unit.span.end + len(changed) - len(source))


def _in_turn(applied: Sequence[tuple[str, Site]], rng: random.Random) -> Iterator[tuple[str, Site]]:
    """One site of each transform, then the next of each: transforms shuffled, sites shuffled."""
    queues: dict[str, list[Site]] = {}
    for name, site in applied:
        queues.setdefault(name, []).append(site)
    order = sorted(queues)
    rng.shuffle(order)
    for name in order:
        rng.shuffle(queues[name])
    while any(queues.values()):
        for name in order:
            if queues[name]:
                yield name, queues[name].pop()


def _unlike(
    unit: Unit, source: bytes, chosen: Iterable[tuple[str, Site]], wanted: int, seed: int
) -> list[Variant]:
    seen = {_normal(unit.language, source, unit.span)}
    variants: list[Variant] = []
    for name, site in chosen:
        if len(variants) == wanted:
            break
        changed, span = rewritten(unit, source, site)
        normal = _normal(unit.language, changed, span)
        if normal not in seen:
            seen.add(normal)
            code = changed[span.start : span.end].decode()
            variants.append(Variant(unit.id, code, Origin(NAME, (name,), seed)))
    return variants


def _normal(language: str, source: bytes, span: Span) -> tuple[str, ...]:
    return tuple(token.text for token in tokens(language, source, span))


def _most_common(counts: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted(counts, key=lambda name: (-counts[name], name))[:MOST_NAMES])
