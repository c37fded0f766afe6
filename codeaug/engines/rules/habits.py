"""What is usual in a repository, a language at a time: its names, sites and turns of phrase."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from codeaug.engines.rules.naturalness import Naturalness
from codeaug.formatters import Styles
from codeaug.languages import find_units
from codeaug.model import Unit, content_id
from codeaug.predicates import declared, forms, local_names, parameter_names
from codeaug.transforms import Subject, Transform, Vocabulary, sites

MOST_NAMES = 8
OFTEN = 5
"""Places that make a form one of the repository's own: fewer may be an oversight."""
SAMPLE = 100
"""Units by which it is told how often a transform applies."""


@dataclass(frozen=True)
class Habits:
    """`rarity`: units of which one has a site of that transform. `naturalness` is None where the
    repository is too small to tell. `styles` is what its settings say of layout."""

    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    rarity: Mapping[str, float] = field(default_factory=dict)
    naturalness: Naturalness | None = None
    styles: Styles = field(default_factory=Styles)


def habits(
    language: str,
    files: Sequence[tuple[str, bytes]],
    own: Sequence[Transform] = (),
    styles: Styles | None = None,
) -> Habits:
    """Of these files: path and text; `own` are the transforms that the settings say."""
    styles = styles or Styles()
    shuffled = sorted(files, key=lambda file: content_id(file[0]))
    names = vocabulary(language, (source for _, source in files))
    band = Naturalness.of(_units(language, shuffled))
    return Habits(names, _rarity(language, shuffled, names, own, styles), band, styles)


def vocabulary(language: str, sources: Iterable[bytes]) -> Vocabulary:
    """The names that these files give to local variables and parameters, by declared type, by
    callee and by the function that takes them, what their classes declare, and their forms."""
    by_hint: dict[str, Counter[str]] = {}
    names: Counter[str] = Counter()
    members: dict[str, str] = {}
    written: Counter[str] = Counter()
    for source in sources:
        for key, kind in declared(language, source):
            twice = key in members and (members[key] != kind or key.startswith("class "))
            members[key] = "" if twice else kind
        written.update(forms(language, source))
        found = (*local_names(language, source), *parameter_names(language, source))
        for hint, name in found:
            names[name] += 1
            if hint:
                by_hint.setdefault(hint, Counter())[name] += 1
    return Vocabulary(
        {hint: _most_common(counts) for hint, counts in by_hint.items()},
        tuple(sorted(names, key=lambda name: (-names[name], name))[:2000]),
        members,
        frozenset(form for form, count in written.items() if count >= OFTEN),
    )


def _most_common(counts: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted(counts, key=lambda name: (-counts[name], name))[:MOST_NAMES])


def _units(language: str, files: Iterable[tuple[str, bytes]]) -> Iterator[Unit]:
    for path, source in files:
        yield from (u for u in find_units(language, source, path, "") if isinstance(u, Unit))


def _rarity(
    language: str,
    files: Iterable[tuple[str, bytes]],
    names: Vocabulary,
    own: Sequence[Transform],
    styles: Styles,
) -> dict[str, float]:
    sources = dict(files)
    counts: Counter[str] = Counter()
    asked = 0
    for unit in _units(language, files):
        style = styles.of(language, unit.path)
        found = sites(Subject(unit, sources[unit.path], names, style), own=own)
        counts.update({transform.name for transform, site in found if not site.declined})
        asked += 1
        if asked == SAMPLE:
            break
    return {name: (asked + 1) / count for name, count in counts.items()}
