"""Real projects opened for a benchmark: built and measured, with units, variants and faults."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpora import fetch

from codeaug import variants
from codeaug.builds import Prepared
from codeaug.checks import Trial
from codeaug.checks.trial import Bench
from codeaug.executors.local import Local
from codeaug.languages import place
from codeaug.model import Diagnostics, Oracle, Origin, TestOutcome, Unit, Variant, content_id
from codeaug.mutations import mutants
from codeaug.oracles import project_of
from codeaug.pipeline import Session, open_session
from codeaug.pipeline.measuring import find_oracles, prepare
from codeaug.pipeline.scanning import scan
from codeaug.report.terminal import Progress
from codeaug.repository import open_repository
from codeaug.runners import Runner
from codeaug.settings import load_settings


@dataclass(frozen=True)
class Able:
    """A unit that tests execute, with its oracle and the project that compiles it."""

    unit: Unit
    source: bytes
    oracle: Oracle
    prepared: Prepared

    @property
    def usual(self) -> float:
        """Seconds that its tests took on the unchanged project, each by itself."""
        return sum(self.prepared.baseline.stable[test] for test in self.oracle.tests)


def opened(name: str, scratch: Path, **settings: Any) -> Session:
    """A session for one worker on a copy of the project `name`; what it builds is in `scratch`."""
    folder = scratch / name
    if not folder.exists():
        shutil.copytree(fetch(name), folder, ignore=shutil.ignore_patterns(".codeaug"))
    loaded = load_settings(folder, {"jobs": 1, **settings})
    return open_session(
        open_repository(str(folder), scratch / "work"),
        loaded.settings,
        f"sqlite:///{scratch / 'codeaug.db'}",
        scratch / "work",
        Progress(quiet=True),
        Local(1),
    )


def able(session: Session) -> list[Able]:
    """The units with an oracle, in an order that the seed spreads. Their strength is not asked."""
    languages = frozenset(summary.language for summary in scan(session) if summary.units)
    prepared = prepare(session, languages)
    known = find_oracles(session, prepared)
    found = []
    for unit in session.store.units(session.commit):
        project = project_of(unit, [ready.project for ready in prepared])
        if project is not None and known[unit.id].tests:
            home = next(ready for ready in prepared if ready.project.id == project.id)
            found.append(Able(unit, session.read(unit.path), known[unit.id], home))
    seed = str(session.settings.seed)
    return sorted(found, key=lambda one: content_id(seed, one.unit.id))


def rewritten(session: Session, chosen: Sequence[Able]) -> dict[str, list[Trial]]:
    """Trials of the rules engine's variants, `per_unit` of the settings each, by the unit's id."""
    units = list(session.store.units(session.commit))
    paths = sorted({(unit.language, unit.path) for unit in units})
    usual = variants.Habits(paths, session.read, session.settings.transforms, session.tree.paths)
    by_id = {one.unit.id: one for one in chosen}
    asked = variants.requests((one.unit for one in chosen), session.read, usual, session.settings)
    return {
        proposal.unit.id: _fitting(by_id[proposal.unit.id], [v.code for v in proposal.variants])
        for request in asked
        for proposal in variants.propose(request)
    }


def faulty(one: Able, limit: int, seed: int = 0) -> list[Trial]:
    """Trials of at most `limit` faults that are injected into the unit."""
    return _fitting(one, [m.code for m in mutants(one.unit, one.source, limit, seed)])


def bench(prepared: Prepared, runner: Runner, words: Diagnostics) -> Bench:
    """Where trials are judged by `runner`; `words` is the compiler's about the unchanged file."""
    stable = prepared.baseline.stable
    passed = dict.fromkeys(stable, TestOutcome.PASSED)
    return Bench(runner, lambda resident: words, passed, stable)


def _fitting(one: Able, codes: Sequence[str]) -> list[Trial]:
    trials = (_trial(one, code) for code in codes)
    return [trial for trial in trials if trial.changed and trial.placed]


def _trial(one: Able, code: str) -> Trial:
    variant = Variant(one.unit.id, code, Origin("benchmark"))
    try:
        changed = place(one.unit, one.source, code)
    except ValueError as error:
        return Trial(one.unit, variant, one.source, None, str(error), one.oracle)
    return Trial(one.unit, variant, one.source, changed, "", one.oracle)
