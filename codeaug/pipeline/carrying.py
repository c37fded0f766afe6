"""What stands from earlier commits: evidence belongs to a unit's text and what it depends on."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from codeaug import languages, oracles
from codeaug.git import contents, listing
from codeaug.model import Oracle, Project, SourceFile, Unit, Variant, content_id
from codeaug.oracles import Contexts, FileFacts
from codeaug.pipeline.session import Session
from codeaug.repository import source_files

_BATCH = 1_000_000  # bytes of source that a worker takes at once
_SECONDS = 120.0
_Text = tuple[SourceFile, bytes]


# --- contexts -------------------------------------------------------------------------------------


def grounds(session: Session, projects: Sequence[Project]) -> dict[str, Contexts]:
    """What the evidence in each project depends on at the session's commit, by project id."""
    facts = _facts(session)
    others = _others(session, facts)
    return {project.id: Contexts(project, projects, facts, others) for project in projects}


def depend(session: Session, projects: Sequence[Project], known: Mapping[str, Oracle]) -> None:
    """Lets the session know what the evidence of each unit depends on."""
    for unit in session.store.units(session.commit):
        project = oracles.project_of(unit, projects)
        if project is not None:
            context = session.grounds[project.id].of(unit, known.get(unit.id))
            session.contexts[unit.id] = context


def _others(session: Session, facts: Collection[str]) -> dict[str, str]:
    """Modes and blobs of all files and links by path that are no source and matter."""
    from pathspec import GitIgnoreSpec

    no_matter = GitIgnoreSpec.from_lines(oracles.NO_MATTER)
    return {
        entry.path: f"{entry.mode} {entry.blob}"
        for entry in listing(Path(session.repository.git_dir), session.commit)
        if entry.path not in facts and not no_matter.match_file(entry.path)
    }


def _facts(session: Session) -> dict[str, FileFacts]:
    """The facts of every source file by path; those of files that were seen before are kept."""
    from codeaug import units
    from codeaug.oracles import facts

    place = session.work / "facts.json.gz"
    files = source_files(session.repository)
    version = content_id(units.fingerprint(), Path(facts.__file__).read_bytes())
    keys = {file.path: content_id(version, file.language, file.path, file.blob) for file in files}
    kept = _kept(place)
    missing = [file for file in files if keys[file.path] not in kept]
    if missing:
        kept |= {keys[file.path]: found for file, found in _read(session, missing)}
        _keep(place, {key: kept[key] for key in keys.values()})
    return {path: kept[key] for path, key in keys.items()}


def _kept(place: Path) -> dict[str, FileFacts]:
    try:
        with gzip.open(place, "rt", encoding="utf-8") as file:
            return {key: _facts_from(facts) for key, facts in json.load(file).items()}
    except (OSError, EOFError, ValueError, TypeError, KeyError):  # none, or one that was cut off
        return {}


def _facts_from(document: dict[str, Any]) -> FileFacts:
    pairs = {name: [tuple(one) for one in document[name]] for name in ("imported", "pieces")}
    return FileFacts(**document | pairs)


def _keep(place: Path, facts: Mapping[str, FileFacts]) -> None:
    partial = place.with_suffix(".partial")
    with gzip.open(partial, "wt", encoding="utf-8", compresslevel=3) as file:
        json.dump({key: asdict(found) for key, found in facts.items()}, file)
    partial.replace(place)


def _read(session: Session, files: Sequence[SourceFile]) -> Iterator[tuple[SourceFile, FileFacts]]:
    """Few are read here, many by worker processes; a file that kills one counts by its bytes."""
    batches = _batches(session, files)
    if sum(file.size for file in files) < _BATCH:
        for batch in batches:
            yield from zip((file for file, _ in batch), facts_of(batch), strict=True)
        return
    for batch, found in session.executor.processes(facts_of, batches, _SECONDS):
        if isinstance(found, str):
            found = [FileFacts(file.blob, False) for file, _ in batch]
        yield from zip((file for file, _ in batch), found, strict=True)


def _batches(session: Session, files: Sequence[SourceFile]) -> Iterator[list[_Text]]:
    batch: list[_Text] = []
    size = 0
    for file, source in zip(
        files, contents(session.repository.git_dir, [f.blob for f in files]), strict=True
    ):
        batch.append((file, source))
        size += len(source)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def facts_of(batch: Sequence[_Text]) -> list[FileFacts]:
    """The facts of some files. Runs in a worker process."""
    return [oracles.facts_of(file, source) for file, source in batch]


# --- oracles --------------------------------------------------------------------------------------


def has_oracles(session: Session, project: Project) -> bool:
    """Whether every unit of the project has an oracle at the commit."""
    known = session.store.oracles(session.commit)
    units = session.store.units(session.commit)
    return all(unit.id in known for unit in units if oracles.project_of(unit, [project]))


def adopt_oracles(session: Session, project: Project, like: str) -> bool:
    """Takes the oracles of a project over from a commit of the same essence, where each unit has
    its counterpart; False where one has not. Lines move with the unit, unless it was laid out
    anew: then they are not known."""
    store = session.store
    there, known = _by_place(store.units(like)), store.oracles(like)
    new: list[Oracle] = []
    for place, unit in _by_place(store.units(session.commit)).items():
        if oracles.project_of(unit, [project]) is None:
            continue
        before = there.get(place)
        oracle = known.get(before.id) if before else None
        if before is None or oracle is None:
            return False
        same = before.code == unit.code
        lines = tuple(line + unit.line - before.line for line in oracle.lines) if same else ()
        new.append(replace(oracle, unit_id=unit.id, commit=session.commit, lines=lines))
    store.put_oracles(new)
    return True


def _by_place(units: Iterable[Unit]) -> dict[tuple[str, str, int], Unit]:
    """Units by path, qualified name and number among those of that name."""
    seen: Counter[tuple[str, str]] = Counter()
    found = {}
    for unit in units:
        key = unit.path, unit.qualified_name
        found[(*key, seen[key])] = unit
        seen[key] += 1
    return found


# --- evidence -------------------------------------------------------------------------------------


def carry(session: Session, known: Mapping[str, Oracle]) -> None:
    """Lets all evidence stand that was made for the same text in the same context.

    A unit that was moved has the variants of the one that it was, and needs none of its own. So has
    one that was laid out anew, as long as the evidence of all of them stands: then it needs
    variants in its own layout.
    """
    store, commit = session.store, session.commit
    keys = {unit.id: session.evidence_key(unit.id) for unit in store.units(commit)}
    session.carried = store.hold(commit, keys)
    session.moved = _moved(session, known)
    now = {before: unit.id for before, unit in session.moved.items()}
    keys = {before: session.evidence_key(unit_id) for before, unit_id in now.items()}
    session.carried += store.hold(commit, keys, now)


def without_evidence(session: Session) -> Iterator[tuple[Unit, Variant]]:
    """Variants of the commit's units that wait for evidence, with the unit that they are of now."""
    store, commit = session.store, session.commit
    keys = {unit.id: session.evidence_key(unit.id) for unit in store.units(commit)}
    yield from store.variants_without_evidence(commit, keys)
    moved = session.moved
    keys = {before: session.evidence_key(unit.id) for before, unit in moved.items()}
    for variant in store.without_evidence(keys):
        yield moved[variant.unit_id], variant


def _moved(session: Session, known: Mapping[str, Oracle]) -> dict[str, Unit]:
    """Units of the commit by the ids of what they were, of which the engine was asked then."""
    store, commit = session.store, session.commit
    new = [
        unit
        for unit in store.units_without_variants(commit, session.engine_key)
        if (oracle := known.get(unit.id)) and oracle.tests
    ]
    here = {unit.id for unit in store.units(commit)}
    before = [u for u in store.namesakes(new, session.engine_key) if u.id not in here]
    if not before:
        return {}
    was = {languages.content(unit): unit for unit in reversed(before)}
    pairs = [(was[text], unit) for unit in new if (text := languages.content(unit)) in was]
    keys = {old.id: session.evidence_key(unit.id) for old, unit in pairs}
    undone = {variant.unit_id for variant in store.without_evidence(keys)}
    return {old.id: unit for old, unit in pairs if old.code == unit.code or old.id not in undone}
