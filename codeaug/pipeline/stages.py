"""The stages, each from the store to the store: what waits is asked for, nothing is left undone."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

from codeaug import oracles, units, variants
from codeaug.builds import Build, Prepared
from codeaug.engines import rules
from codeaug.errors import BrokenBaseline, MissingTool, UsageError
from codeaug.evidence import Case, Judge
from codeaug.model import (
    Baseline,
    Coverage,
    Evidence,
    Oracle,
    Project,
    Unit,
    Variant,
    content_id,
)
from codeaug.pipeline.session import Session
from codeaug.repository import source_files
from codeaug.runners.workshop import Workshop
from codeaug.store import LanguageSummary, ScannedFile, SiteCount

Item = TypeVar("Item")

GROUP = 50  # variants of a unit that are judged together, at most


def scan(session: Session) -> list[LanguageSummary]:
    """Every unit of the commit into the store; files that were scanned before are not parsed."""
    store, settings = session.store, session.settings
    fingerprint = content_id(units.fingerprint(session.tree), str(settings.max_file_kib))
    selection = content_id(repr((settings.languages, settings.paths, settings.skip)))
    if not store.scanned(session.commit, fingerprint, selection):
        files = units.selected(source_files(session.repository), settings)
        keys = [(file.path, file.language, file.blob) for file in files]
        known = store.cached(fingerprint, keys)
        missing = [f for f, key in zip(files, keys, strict=True) if key not in known]
        with session.progress.stage("scan", len(missing)) as advance:
            found = units.find_all(session.repository, missing, settings)
            store.put_scan(fingerprint, _scanned(found, advance))
        store.put_tree(session.commit, fingerprint, keys, selection)
    summaries = store.summary(session.commit)
    if not summaries:
        raise UsageError(
            f"{session.repository.address} holds no Java, C++ or Python file that the settings "
            "let through."
        )
    return summaries


def _scanned(
    found: Iterable[units.FoundInFile], advance: Callable[[int], None]
) -> Iterator[ScannedFile]:
    for item in found:
        advance(1)
        yield ScannedFile(
            item.file.path, item.file.language, item.file.blob, item.units, item.skips
        )


def prepare(session: Session, languages: frozenset[str]) -> list[Prepared]:
    """Each project that compiles one of these languages, built and measured; oracles in the store.

    A project that does not pass is left out with its sentence in `session.broken`. Raises
    BrokenBaseline or MissingTool when no project passes.
    """
    prepared: list[Prepared] = []
    first: BrokenBaseline | MissingTool | None = None
    for project, build in oracles.detect(session.tree, session.settings):
        if languages.isdisjoint(project.languages):
            continue
        try:
            prepared.append(_prepared(session, project, build))
        except (BrokenBaseline, MissingTool) as error:
            first = first or error
            session.broken[project.id] = str(error)
    if first and not prepared:
        raise first
    for sentence in session.broken.values():
        session.progress.note(sentence)
    return prepared


def _prepared(session: Session, project: Project, build: Build) -> Prepared:
    home = oracles.home(session.repository, project, session.work)
    key = session.project_key(project)
    known = session.store.baseline(session.commit, key)
    if known is None or not (home / "coverage.json.gz").exists():
        ready, coverage = oracles.prepare(
            session.repository,
            project,
            build,
            session.sandbox,
            session.work,
            session.settings,
            session.progress.note,
        )
        _write_coverage(home / "coverage.json.gz", coverage)
        session.store.put_baseline(session.commit, key, _baseline_document(ready, project))
        return ready
    baseline = Baseline(known["stable"], known["quarantined"], known["seconds"], known["problem"])
    return Prepared(project, build, home / "tree", Path(known["deps"]), baseline)


def find_oracles(session: Session, prepared: Sequence[Prepared]) -> dict[str, Oracle]:
    """The oracle of every unit of the commit, by unit id; new ones go into the store."""
    known = session.store.oracles(session.commit)
    projects = [ready.project for ready in prepared]
    lacking: dict[str, list[Unit]] = {}
    homeless: list[Oracle] = []
    for unit in session.store.units(session.commit):
        project = oracles.project_of(unit, projects)
        if unit.id in known:
            continue
        if project is not None:
            lacking.setdefault(project.id, []).append(unit)
        elif not session.broken:
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
    return known | {oracle.unit_id: oracle for oracle in new}


def _baseline_document(ready: Prepared, project: Project) -> dict[str, Any]:
    return asdict(ready.baseline) | {
        "build": project.build,
        "root": project.root,
        "deps": str(ready.deps),
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


def generate(session: Session, known: Mapping[str, Oracle]) -> None:
    """Variants for the units that tests can judge; units without an oracle are not asked about.

    With a limit, units are asked in an order spread by the seed until so many of them have
    variants. A run that goes on asks in the same order, with the same vocabulary.
    """
    units_of = list(session.store.units(session.commit))
    able = [unit for unit in units_of if (oracle := known.get(unit.id)) and oracle.tests]
    asked_not = session.store.units_without_variants(session.commit, session.engine_key)
    waiting = {unit.id for unit in asked_not}
    limit, seed = session.settings.limit, str(session.settings.seed)
    if limit:
        able.sort(key=lambda unit: content_id(seed, unit.id))
    paths = sorted({(unit.language, unit.path) for unit in units_of})
    vocabularies = variants.Vocabularies(paths, session.read)
    made = 0
    with session.progress.stage("generate", limit or len(waiting)) as advance:
        for some in _batches(able, limit * 2 or len(able) or 1):
            for unit, proposal in _proposed(session, some, waiting, vocabularies):
                if limit and made == limit:
                    return
                if proposal is not None:
                    _put_proposal(session, proposal)
                made += bool(session.store.variants(unit.id)) if limit else 0
                advance(1)


def _batches(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _proposed(
    session: Session,
    some: Sequence[Unit],
    waiting: set[str],
    vocabularies: variants.Vocabularies,
) -> Iterator[tuple[Unit, variants.Proposal | None]]:
    """Each unit, in order, with what came of it; None for one that was asked before."""
    settings = session.settings
    asked = [unit for unit in some if unit.id in waiting]
    requests = variants.requests(asked, session.read, vocabularies, settings)
    answers = session.executor.processes(variants.propose, requests, variants.FILE_SECONDS)
    found: dict[str, variants.Proposal] = {}
    for request, answer in answers:
        if isinstance(answer, str):
            answer = [variants.Proposal(unit, (), (), answer) for unit in request.units]
        found.update((proposal.unit.id, proposal) for proposal in answer)
    for unit in some:
        yield unit, found.get(unit.id)


def _put_proposal(session: Session, proposal: variants.Proposal) -> None:
    store, key, unit = session.store, session.engine_key, proposal.unit
    if proposal.problem:
        session.progress.note(f"{unit.path}::{unit.name}: {proposal.problem}")
    with store.writing():
        store.put_variants(proposal.variants)
        store.put_sites(unit.id, key, map(_site_count, proposal.tallies))
        store.put_generated([unit.id], key)


def _site_count(tally: rules.Tally) -> SiteCount:
    outcome = "declined" if tally.declined else "applied"
    return tally.transform, outcome, tally.declined, tally.count


def gather(session: Session, prepared: Sequence[Prepared], known: Mapping[str, Oracle]) -> None:
    """Evidence for every variant that waits for it."""
    waiting = list(session.store.variants_without_evidence(session.commit, session.evidence_key))
    cases = [case_of(session, unit, variant, prepared, known) for unit, variant in waiting]
    with session.progress.stage("check", len(waiting)) as advance:
        for case, evidence in judged(session, cases):
            advance(1, f"{case.unit.name}: {evidence.verdict}")


def workshop(session: Session) -> Workshop:
    """Where the session's units are compiled and tested."""
    resident = session.settings.runner == "resident"
    return Workshop(session.sandbox, session.work / "scratch", resident=resident)


def judged(session: Session, cases: Sequence[Case]) -> Iterator[tuple[Case, Evidence]]:
    """Each case with its evidence, which is in the store by then. A unit's cases come together."""
    units_of: dict[str, list[Case]] = {}
    for case in cases:
        units_of.setdefault(case.unit.id, []).append(case)
    groups = [list(group) for unit in units_of.values() for group in _batches(unit, GROUP)]
    with workshop(session) as place:
        judge = Judge(place, session.commit, session.settings.audit)
        for group, found in session.executor.threads(judge.evidence, groups):
            for case, evidence in zip(group, found, strict=True):
                session.store.put_evidence(evidence, session.evidence_key)
                yield case, evidence


def case_of(
    session: Session,
    unit: Unit,
    variant: Variant,
    prepared: Sequence[Prepared],
    known: Mapping[str, Oracle],
) -> Case:
    """What the checks need to know about one variant."""
    project = oracles.project_of(unit, [ready.project for ready in prepared])
    ready = next((r for r in prepared if project and r.project.id == project.id), None)
    why_not = "; ".join(session.broken.values()) or "no build of this repository compiles the file"
    oracle = known.get(unit.id)
    return Case(
        unit, variant, session.read(unit.path), oracle, None, ready, "" if ready else why_not
    )
