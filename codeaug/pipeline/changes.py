"""`codeaug ci`: a change's own units, what the tests can tell about them, and their variants."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from codeaug import git
from codeaug.errors import (
    BrokenBaseline,
    CodeaugError,
    MissingTool,
    ModelUnavailable,
    NoSandbox,
    ReceiverUnavailable,
    UsageError,
)
from codeaug.model import Evidence, Oracle, Rung, Strength, Unit, Variant, Verdict, content_id
from codeaug.notices import Notice
from codeaug.pipeline.difference import Difference, difference
from codeaug.pipeline.queueing import queue
from codeaug.pipeline.scanning import scan
from codeaug.pipeline.session import Session
from codeaug.settings import Settings

if TYPE_CHECKING:
    from codeaug.builds import Prepared


@dataclass(frozen=True, slots=True)
class Tried:
    """A variant of a changed unit, with its evidence at this commit if it has any."""

    variant: Variant
    evidence: Evidence | None

    @property
    def verdict(self) -> Verdict:
        return self.evidence.verdict if self.evidence else Verdict.UNKNOWN


@dataclass(frozen=True, slots=True)
class Checked:
    """A changed unit and everything that was found out about it."""

    unit: Unit
    oracle: Oracle | None = None
    strength: Strength | None = None
    tried: tuple[Tried, ...] = ()

    @property
    def is_tested(self) -> bool:
        return bool(self.oracle and self.oracle.tests)

    def accepted(self, bar: Rung) -> int:
        return sum(bool(t.evidence and t.evidence.accepted(bar)) for t in self.tried)


@dataclass(frozen=True, slots=True)
class Report:
    """What a job found. `trouble` is why it could not be finished; the rest holds all the same.

    `files` counts changed source files, `seen` their units; `left` changed units were not measured,
    by the setting `limit`; `asked` says whether a model was.
    """

    name: str
    commit: str
    base: str
    bar: Rung
    files: int
    seen: int
    units: tuple[Checked, ...]
    notices: tuple[Notice, ...]
    trouble: CodeaugError | None = None
    left: int = 0
    asked: bool = False
    queued: int = 0
    push: Mapping[str, Any] = field(default_factory=dict)
    seconds: float = 0.0


def check(session: Session, bases: Sequence[str], ask: bool = False) -> Report:
    """The whole job, from where HEAD left the first of `bases` that is there.

    `ask`: the settings' model is asked about the changed units, under the settings' budget. Raises
    UsageError when there is nothing to compare with.
    """
    from codeaug.pipeline import telling
    from codeaug.pipeline.steering import about_settings

    started = time.monotonic()
    base = _base(session, bases)
    report = Report(
        name=session.repository.name,
        commit=session.commit,
        base=base,
        bar=session.settings.bar_rung,
        files=0,
        seen=0,
        units=(),
        notices=tuple(about_settings(session, base)),
    )
    with session.store.exclusive():
        try:
            scan(session)
        except UsageError as error:  # the settings let nothing through
            return replace(report, trouble=error)
        found = difference(session, base)
        report = replace(
            report,
            files=len(found.files),
            seen=len(found.seen),
            units=tuple(Checked(unit) for unit in found.units),
            notices=(*report.notices, *telling.about_source(session, found)),
        )
        if found.units:
            report = _measured(session, found, report, ask)
        stale = telling.about_stale(session, found)
    told = sorted({*report.notices, *stale}, key=telling.order)
    return replace(report, notices=tuple(told), seconds=round(time.monotonic() - started, 2))


def _base(session: Session, bases: Sequence[str]) -> str:
    if not bases:
        raise UsageError("name the commit to compare with, such as --base origin/main.")
    first: CodeaugError | None = None
    for base in bases:
        try:
            address, git_dir = session.repository.address, Path(session.repository.git_dir)
            return git.merge_base(address, git_dir, session.commit, base)
        except UsageError as error:
            first = first or error
    assert first is not None
    raise first


def _measured(session: Session, found: Difference, report: Report, ask: bool) -> Report:
    """With oracles, variants and evidence of the changed units, as far as it goes."""
    from codeaug.pipeline import telling
    from codeaug.pipeline.carrying import carry
    from codeaug.pipeline.measuring import find_oracles, prepare, strengths

    try:
        session.require_sandbox()
        prepared = prepare(session, frozenset(unit.language for unit in found.units))
    except (BrokenBaseline, MissingTool, NoSandbox) as error:
        broken = telling.about_broken(
            session, found, [str(error)], isinstance(error, BrokenBaseline)
        )
        return replace(report, trouble=error, notices=(*report.notices, *broken))
    oracles = find_oracles(session, prepared)
    carry(session, oracles)
    chosen = _chosen(found.units, oracles, session.settings)
    known = {unit.id: oracles[unit.id] for unit in chosen}
    strong = strengths(session, prepared, known, chosen)
    stopped = _variants(session, prepared, known, ask)
    queue(session)
    units = tuple(_checked(session, unit, oracles, strong) for unit in found.units)
    told = (
        *report.notices,
        *telling.about_broken(session, found, session.broken.values()),
        *telling.about_units(session, units),
    )
    pushed = _pushed(session)
    problem = pushed.get("problem")
    return replace(
        report,
        units=units,
        notices=told,
        trouble=stopped or (ReceiverUnavailable(problem) if problem else None),
        left=sum(one.is_tested for one in units) - len(chosen),
        asked=ask,
        queued=len(session.store.review_queue(report.bar, session.commit)),
        push=pushed,
    )


def _chosen(units: Sequence[Unit], oracles: Mapping[str, Oracle], settings: Settings) -> list[Unit]:
    """The units that tests execute; with a limit, so many of them, spread by the seed."""
    able = [unit for unit in units if (oracle := oracles.get(unit.id)) and oracle.tests]
    if settings.limit:
        able.sort(key=lambda unit: content_id(str(settings.seed), unit.id))
    return able[: settings.limit] if settings.limit else able


def _variants(
    session: Session, prepared: Sequence[Prepared], known: Mapping[str, Oracle], ask: bool
) -> ModelUnavailable | None:
    """Variants of these units by the rules, and by the model if it is asked, with evidence."""
    from codeaug.pipeline import asking, stages

    rules = replace(session, settings=replace(session.settings, engine="rules"))
    stages.generate(rules, known)
    stopped = ""
    if ask:
        stopped = asking.generate(session, known).stopped
    ids = {variant.id for unit_id in known for variant in session.store.variants(unit_id)}
    stages.gather(session, prepared, known, ids)
    return ModelUnavailable(stopped) if stopped else None


def _checked(
    session: Session, unit: Unit, oracles: Mapping[str, Oracle], strong: Mapping[str, Strength]
) -> Checked:
    tried = tuple(
        Tried(variant, session.known_evidence(variant))
        for variant in session.store.variants(unit.id)
    )
    return Checked(unit, oracles.get(unit.id), strong.get(unit.id), tried)


def _pushed(session: Session) -> dict[str, Any]:
    if not session.settings.push:
        return {}
    from codeaug.pipeline import pushing

    return pushing.push(session)
