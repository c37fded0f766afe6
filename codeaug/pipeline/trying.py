"""Where transforms would apply in a repository, before anything is made of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from codeaug.edits import rewritten
from codeaug.engines.rules.habits import vocabulary
from codeaug.formatters import Styles
from codeaug.patterns.trying import difference
from codeaug.pipeline.scanning import scan
from codeaug.pipeline.session import Session
from codeaug.syntax import SyntaxLimit
from codeaug.transforms import Site, Subject, Transform, Vocabulary


@dataclass(frozen=True, slots=True)
class Shown:
    """One rewrite, as a diff."""

    path: str
    unit: str
    diff: str


@dataclass
class Reach:
    """What a transform finds: places where it applies, in so many units; the first ones, shown."""

    applied: int = 0
    units: int = 0
    declined: Counter[str] = field(default_factory=Counter)
    shown: list[Shown] = field(default_factory=list)


def reach(session: Session, transforms: Sequence[Transform], most: int) -> dict[str, Reach]:
    """What each transform finds in the repository, by name; `most` rewrites of each are shown."""
    scan(session)
    known = _vocabularies(session, transforms)
    styles = Styles.read(session.tree.paths, session.read)
    table = {transform.name: Reach() for transform in transforms}
    for unit in session.store.units(session.commit):
        names, style = known.get(unit.language, Vocabulary()), styles.of(unit.language, unit.path)
        subject = Subject(unit, session.read(unit.path), names, style)
        for transform in transforms:
            if unit.language in transform.languages:
                _look(transform, subject, table[transform.name], most)
    return table


def _look(transform: Transform, subject: Subject, row: Reach, most: int) -> None:
    unit = subject.unit
    sites = list(_sites(transform, subject))
    applied = [site for site in sites if not site.declined]
    row.applied += len(applied)
    row.units += bool(applied)
    row.declined.update(site.declined for site in sites if site.declined)
    for site in applied[: max(0, most - len(row.shown))]:
        changed, _ = rewritten(unit, subject.source, site.edits)
        old, new = (text.decode("utf-8", "replace") for text in (subject.source, changed))
        row.shown.append(Shown(unit.path, unit.qualified_name, difference(old, new)))


def _sites(transform: Transform, subject: Subject) -> Iterator[Site]:
    try:
        yield from transform.languages[subject.unit.language](subject)
    except (RecursionError, SyntaxLimit):
        yield Site(subject.unit.span, declined="PARSE")


def _vocabularies(session: Session, transforms: Sequence[Transform]) -> dict[str, Vocabulary]:
    """What the repository calls things, for those that ask: patterns do not."""
    patterns = {one.name for one in session.own_transforms}
    asking = [one for one in transforms if one.name not in patterns]
    files: dict[str, set[str]] = {}
    for unit in session.store.units(session.commit) if asking else ():
        files.setdefault(unit.language, set()).add(unit.path)
    wanted = {language for one in asking for language in one.languages}
    return {
        language: vocabulary(language, map(session.read, sorted(files[language])))
        for language in sorted(wanted & files.keys())
    }
