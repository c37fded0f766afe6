"""What the unchanged repository can tell: its builds, stable tests, oracles and their strength."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from codeaug import oracles
from codeaug.builds import Build, Prepared
from codeaug.errors import BrokenBaseline, MissingTool
from codeaug.model import Baseline, Coverage, Oracle, Project, Strength, Unit
from codeaug.pipeline import carrying
from codeaug.pipeline.batches import batches
from codeaug.pipeline.session import Session
from codeaug.runners.resident import Text
from codeaug.runners.workshop import Workshop

MEASURED = 2  # runs of the whole suite that `oracles.prepare` makes


def workshop(session: Session) -> Workshop:
    """Where the session's units are compiled and tested."""
    resident = session.settings.runner == "resident"
    return Workshop(session.sandbox, session.work / "scratch", resident=resident)


def prepare(session: Session, languages: frozenset[str], *, adopt: bool = False) -> list[Prepared]:
    """Each project that compiles one of these languages, built and measured; oracles in the store.

    With `adopt`, one of which all that matters is as it was at another commit is not built: see
    `ready`. A project that does not pass is left out with its sentence in `session.broken`. Raises
    BrokenBaseline or MissingTool when no project passes.
    """
    prepared: list[Prepared] = []
    first: BrokenBaseline | MissingTool | None = None
    detected = [
        (project, build)
        for project, build in oracles.detect(session.tree, session.settings)
        if not languages.isdisjoint(project.languages)
    ]
    session.grounds = carrying.grounds(session, [project for project, _ in detected])
    for project, build in detected:
        try:
            adopted = _adopted(session, project, build) if adopt else None
            prepared.append(adopted or _prepared(session, project, build))
        except (BrokenBaseline, MissingTool) as error:
            first = first or error
            session.broken[project.id] = str(error)
    if first and not prepared:
        raise first
    for sentence in session.broken.values():
        session.progress.note(sentence)
    return prepared


def ready(session: Session, prepared: Sequence[Prepared], units: Iterable[Unit]) -> list[Prepared]:
    """The projects; those that were adopted and hold one of these units are built after all."""
    projects = [one.project for one in prepared]
    holding = {project.id for unit in units if (project := oracles.project_of(unit, projects))}
    return [
        _prepared(session, one.project, one.build)
        if one.project.id in holding and not one.tree.exists()
        else one
        for one in prepared
    ]


def _adopted(session: Session, project: Project, build: Build) -> Prepared | None:
    """The project as it was measured at a commit of the same essence; None where there is none, or
    where it was built here."""
    home = oracles.home(session.repository, project, session.work)
    if _is_built(home):
        return None
    key, store = session.project_key(project), session.store
    known = store.baseline(session.commit, key)
    if known is None or not carrying.has_oracles(session, project):
        known = _taken_over(session, project, key)
        if known is None:
            return None
    session.grounds[project.id].executed = known.get("test_files", {})
    return Prepared(project, build, home / "tree", _deps(session, known), _baseline(known))


def _taken_over(session: Session, project: Project, key: str) -> dict[str, Any] | None:
    """The baseline of another commit of the same essence, with the oracles of all units."""
    store, essence = session.store, session.grounds[project.id].essence
    for like in store.alike(key, essence):
        known = store.baseline(like, key)
        if known is not None and carrying.adopt_oracles(session, project, like):
            store.put_baseline(session.commit, key, known, essence)
            where = f"{project.build} in {project.root or '.'}"
            session.progress.note(f"{where}: as at {like[:10]}")
            return known
    return None


def _is_built(home: Path) -> bool:
    return (home / "coverage.json.gz").exists() and (home / "tree").is_dir()


def _prepared(session: Session, project: Project, build: Build) -> Prepared:
    home = oracles.home(session.repository, project, session.work)
    key = session.project_key(project)
    known = session.store.baseline(session.commit, key)
    fetched = known is not None and (_deps(session, known) / ".fetched").exists()
    if known is None or not fetched or not _is_built(home):
        ready, coverage = oracles.prepare(
            session.repository,
            project,
            build,
            session.sandbox,
            session.work,
            session.settings,
            session.progress.note,
        )
        ready = _steady(session, ready, coverage)
        _write_coverage(home / "coverage.json.gz", coverage)
        ground = session.grounds[project.id]
        ground.executed = ground.test_files(coverage)
        document = _baseline_document(ready, project) | {"test_files": ground.executed}
        session.store.put_baseline(session.commit, key, document, ground.essence)
        session.measured.add(project.id)
        return ready
    session.grounds[project.id].executed = known.get("test_files", {})
    return Prepared(project, build, home / "tree", _deps(session, known), _baseline(known))


def _deps(session: Session, known: Mapping[str, Any]) -> Path:
    """By its name alone: the repository, and our folder in it, may have been moved."""
    return session.work / "deps" / Path(known["deps"]).name


def _baseline(known: Mapping[str, Any]) -> Baseline:
    return Baseline(known["stable"], known["quarantined"], known["seconds"], known["problem"])


def find_oracles(session: Session, prepared: Sequence[Prepared]) -> dict[str, Oracle]:
    """The oracle of every unit of the commit, by unit id; new ones go into the store.

    A unit whose project is not among the prepared ones, broken or not asked for, has none.
    """
    known = session.store.oracles(session.commit)
    projects = [ready.project for ready in prepared]
    every_project = [project for project, _ in oracles.detect(session.tree, session.settings)]
    lacking: dict[str, list[Unit]] = {}
    homeless: list[Oracle] = []
    for unit in session.store.units(session.commit):
        project = oracles.project_of(unit, projects)
        if unit.id in known and (project is None or project.id not in session.measured):
            continue
        if project is not None:
            lacking.setdefault(project.id, []).append(unit)
        elif oracles.project_of(unit, every_project) is None:
            reason = f"no build and no tests for {unit.language} were found here"
            homeless.append(Oracle(unit.id, session.commit, (), (), reason))
    new = homeless
    for ready in prepared:
        members = lacking.get(ready.project.id)
        if members:
            home = oracles.home(session.repository, ready.project, session.work)
            coverage = _read_coverage(home / "coverage.json.gz")
            new += oracles.oracles(members, ready.baseline, coverage, session.commit)
    session.store.put_oracles(new)
    every = known | {oracle.unit_id: oracle for oracle in new}
    carrying.depend(session, projects, every)
    return every


def _baseline_document(ready: Prepared, project: Project) -> dict[str, Any]:
    return asdict(ready.baseline) | {
        "build": project.build,
        "root": project.root,
        "deps": ready.deps.name,
    }


def _write_coverage(path: Path, coverage: Coverage) -> None:
    document = {
        test: {file: sorted(lines) for file, lines in files.items()}
        for test, files in coverage.tests.items()
    }
    partial = path.with_suffix(".partial")
    with gzip.open(partial, "wt", encoding="utf-8", compresslevel=3) as file:
        json.dump(document, file)
    partial.rename(path)


def _read_coverage(path: Path) -> Coverage:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        document = json.load(file)
    return Coverage(
        {
            test: {name: frozenset(lines) for name, lines in files.items()}
            for test, files in document.items()
        }
    )


def _steady(session: Session, ready: Prepared, coverage: Coverage) -> Prepared:
    """The project without the tests that do not pass in every order.

    They run as they do for a variant, around some unit in a file that the tests execute.
    """
    times = session.settings.repeats - MEASURED
    executed = {path for files in coverage.tests.values() for path in files}
    units = (unit for unit in session.store.units(session.commit) if unit.path in executed)
    unit = next((u for u in units if oracles.project_of(u, [ready.project])), None)
    if times < 1 or not ready.baseline.stable or unit is None:
        return ready
    session.progress.note(f"{ready.project.build} in {ready.project.root or '.'}: other orders")
    source = session.read(unit.path)
    with workshop(session) as place, place.unit(ready, [Text(source, unit)]) as runner:
        found = oracles.unstable(runner, source, ready.baseline, times, session.settings.seed)
    stable = {t: s for t, s in ready.baseline.stable.items() if t not in found}
    problem = ready.baseline.problem or ("" if stable else "no test passes in every order")
    baseline = replace(
        ready.baseline,
        stable=stable,
        quarantined={**ready.baseline.quarantined, **found},
        problem=problem,
    )
    return replace(ready, baseline=baseline)


@dataclass(frozen=True, slots=True)
class _Measured:
    """A unit whose strength is asked for, with what its tests are and where it is built."""

    unit: Unit
    oracle: Oracle
    prepared: Prepared


def strengths(
    session: Session,
    prepared: Sequence[Prepared],
    known: Mapping[str, Oracle],
    units: Sequence[Unit],
) -> dict[str, Strength]:
    """Strengths by unit id; of `units`, those that tests execute are measured if need be."""
    settings = session.settings
    keys = {unit.id: session.strength_key(unit.id) for unit in units}
    found = session.store.measured(session.commit, keys)
    waiting: dict[str, _Measured] = {}
    for unit in units:
        project = oracles.project_of(unit, [ready.project for ready in prepared])
        oracle = known.get(unit.id)
        if unit.id not in found and project and oracle and oracle.tests:
            ready = next(r for r in prepared if r.project.id == project.id)
            waiting[unit.id] = _Measured(unit, oracle, ready)
    if not waiting:
        return found
    with session.progress.stage("faults", len(waiting)) as advance, workshop(session) as place:

        def measure(batch: Sequence[_Measured]) -> Iterator[Strength]:
            return oracles.measure(
                [(item.unit, item.oracle) for item in batch],
                session.read(batch[0].unit.path),
                batch[0].prepared,
                place,
                settings.faults,
                settings.seed,
            )

        sized = [(item.unit, item.prepared, settings.faults, item) for item in waiting.values()]
        for strength in session.executor.threads(measure, batches(sized, settings.jobs)):
            session.store.put_strengths([strength], session.strength_key(strength.unit_id))
            session.redone["faults"] += 1
            found[strength.unit_id] = strength
            name = waiting[strength.unit_id].unit.name
            advance(1, f"{name}: {strength.caught} of {strength.judged} caught")
    return found
