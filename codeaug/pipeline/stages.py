"""The stages, each from the store to the store: what waits is asked for, nothing is left undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from codeaug import oracles, variants
from codeaug.builds import Prepared
from codeaug.engines import rules
from codeaug.evidence import Case, Judge
from codeaug.model import Evidence, Oracle, Strength, Unit, Variant, content_id
from codeaug.pipeline.batches import batches
from codeaug.pipeline.carrying import carry, without_evidence
from codeaug.pipeline.measuring import find_oracles, ready, strengths, workshop
from codeaug.pipeline.session import Session
from codeaug.store import SiteCount

Item = TypeVar("Item")

GROUP = 50  # variants of a unit that are judged together, at most


def generate(session: Session, known: Mapping[str, Oracle]) -> None:
    """Variants for the units that tests execute; units without an oracle are not asked about.

    The rules cost nothing, so they are asked before faults are injected: only units that have
    variants need those. With a limit, units are asked in an order spread by the seed until so many
    of them have variants. A run that goes on asks in the same order, with the same vocabulary.
    """
    units_of = list(session.store.units(session.commit))
    able = [unit for unit in units_of if (oracle := known.get(unit.id)) and oracle.tests]
    asked_not = session.store.units_without_variants(session.commit, session.engine_key)
    moved = {unit.id for unit in session.moved.values()}
    waiting = {unit.id for unit in asked_not} - moved
    limit, seed = session.settings.limit, str(session.settings.seed)
    if limit:
        able.sort(key=lambda unit: content_id(seed, unit.id))
    paths = sorted({(unit.language, unit.path) for unit in units_of})
    own, tree = session.settings.transforms, session.tree.paths
    usual = variants.Habits(paths, session.read, own, tree, session.progress.note)
    made = 0
    with session.progress.stage("generate", limit or len(waiting)) as advance:
        for some in _groups(able, limit * 2 or len(able) or 1):
            for unit, proposal in _proposed(session, some, waiting, usual):
                if limit and made == limit:
                    return
                if proposal is not None:
                    _put_proposal(session, proposal)
                has_variants = bool(limit and (unit.id in moved or session.store.variants(unit.id)))
                made += has_variants
                advance(has_variants if limit else 1)


def _groups(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _proposed(
    session: Session,
    some: Sequence[Unit],
    waiting: set[str],
    usual: variants.Habits,
) -> Iterator[tuple[Unit, variants.Proposal | None]]:
    """Each unit, in order, with what came of it; None for one that was asked before."""
    settings = session.settings
    asked = [unit for unit in some if unit.id in waiting]
    requests = variants.requests(asked, session.read, usual, settings)
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


def gather(
    session: Session,
    prepared: Sequence[Prepared],
    known: Mapping[str, Oracle],
    only: Collection[str] | None = None,
) -> None:
    """Evidence for every variant (of these ids) that waits for it."""
    waiting = [pair for pair in without_evidence(session) if only is None or pair[1].id in only]
    built = ready(session, prepared, (unit for unit, _ in waiting))
    if built != list(prepared):
        prepared = built
        known = find_oracles(session, prepared)
        carry(session, known)
        waiting = [pair for pair in without_evidence(session) if only is None or pair[1].id in only]
    strong = strengths(session, prepared, known, [unit for unit, _ in waiting])
    cases = [case_of(session, unit, variant, prepared, known, strong) for unit, variant in waiting]
    with session.progress.stage("check", len(waiting)) as advance:
        for case, evidence in judged(session, cases):
            advance(1, f"{case.unit.name}: {evidence.verdict}")


def judged(session: Session, cases: Sequence[Case]) -> Iterator[tuple[Case, Evidence]]:
    """Each case with its evidence, which is in the store by then. A unit's cases come together."""
    units_of: dict[str, list[Case]] = {}
    for case in cases:
        units_of.setdefault(case.unit.id, []).append(case)
    groups = [group for unit in units_of.values() for group in _groups(unit, GROUP)]
    sized = [(group[0].unit, group[0].prepared, len(group), group) for group in groups]
    with workshop(session) as place:
        settings = session.settings
        judge = Judge(place, session.commit, settings.audit, settings.crosshair)

        def work(batch: Sequence[Sequence[Case]]) -> Iterator[list[tuple[Case, Evidence]]]:
            for group, found in zip(batch, judge.evidence(batch), strict=True):
                yield list(zip(group, found, strict=True))

        for found in session.executor.threads(work, batches(sized, settings.jobs)):
            for case, evidence in found:
                key = session.evidence_key(case.unit.id)
                session.store.put_evidence(evidence, key, case.unit.id)
                session.redone["variants"] += 1
                yield case, evidence


def case_of(
    session: Session,
    unit: Unit,
    variant: Variant,
    prepared: Sequence[Prepared],
    known: Mapping[str, Oracle],
    strong: Mapping[str, Strength],
) -> Case:
    """What the checks need to know about one variant; the most telling tests come first."""
    project = oracles.project_of(unit, [ready.project for ready in prepared])
    ready = next((r for r in prepared if project and r.project.id == project.id), None)
    why_not = "; ".join(session.broken.values()) or "no build of this repository compiles the file"
    oracle, strength = known.get(unit.id), strong.get(unit.id)
    if oracle and strength:
        oracle = replace(oracle, tests=_most_telling_first(oracle.tests, strength))
    source = session.read(unit.path)
    return Case(unit, variant, source, oracle, strength, ready, "" if ready else why_not)


def _most_telling_first(tests: Sequence[str], strength: Strength) -> tuple[str, ...]:
    """Those that caught most faults, then as they were: the quickest."""
    caught = Counter(fault.test for fault in strength.faults if fault.test)
    return tuple(sorted(tests, key=lambda test: -caught[test]))
