"""The only place that knows the order: scan, oracle, generate, check, queue.

Between the stages everything rests in the store, and each stage asks the store what is waiting; so
a run that was stopped anywhere goes on where it was.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from codeaug.model import Evidence, Finding, Oracle, Strength, Unit, Verdict, content_id
from codeaug.pipeline.queueing import queue
from codeaug.pipeline.scanning import scan
from codeaug.pipeline.session import Session, open_session, settings_folder

if TYPE_CHECKING:
    from codeaug.builds import Prepared

__all__ = [
    "Session",
    "check_edits",
    "generate",
    "measure",
    "open_session",
    "plan",
    "run",
    "scan",
    "settings_folder",
    "shown",
]


def run(session: Session, batch: bool = False) -> dict[str, Any]:
    """The whole job; returns what `run --json` prints.

    `stopped` says why a model was not asked everything: what came until then is checked all the
    same. `push` tells what was sent to another codeaug, if the settings name one.
    """
    from codeaug.pipeline import stages

    seconds: dict[str, float] = {}
    stopped: dict[str, Any] = {}
    _check_model(session)
    # Wrong rules and patterns: say so before anything is done.
    _ = session.settings.strata, session.own_transforms
    if session.settings.push:
        from codeaug.pipeline import pushing

        pushing.check(session)
    with session.store.exclusive():
        prepared, known = _measured(session, seconds)
        if session.settings.engine == "llm":
            stopped = _by_model(session, prepared, known, batch, seconds)
        else:
            with _clock(seconds, "generate"):
                stages.generate(session, known)
            with _clock(seconds, "check"):
                stages.gather(session, prepared, known)
        queue(session)
        pushed = {"push": pushing.push(session)} if session.settings.push else {}
    return _document(session, prepared, seconds) | stopped | pushed


def check_edits(session: Session) -> int:
    """Evidence for people's edits that wait for it, as the next run would find it; how many."""
    from codeaug.pipeline import stages

    with session.store.exclusive():
        waiting = [edited.variant_id for edited in session.store.edits.waiting()]
        prepared, known = _measured(session, {})
        stages.gather(session, prepared, known, frozenset(waiting))
        for edited in session.store.edits.waiting():
            if edited.variant_id in waiting:
                session.store.put_evidence(_homeless(session, edited.variant_id))
        queue(session)
    return len(waiting)


def _homeless(session: Session, variant_id: str) -> Evidence:
    """What is said of an edit whose function is not in the repository as it was."""
    why = f"the function is not as it was in the repository at {session.commit[:10]}: not checked"
    return Evidence(
        variant_id, session.commit, (Finding("unit", Verdict.UNKNOWN, why),), frozenset()
    )


def generate(session: Session, batch: bool = False) -> dict[str, Any]:
    """As `run`, up to the variants: nothing is checked."""
    from codeaug.pipeline import asking, stages

    seconds: dict[str, float] = {}
    stopped: dict[str, Any] = {}
    _check_model(session)
    with session.store.exclusive():
        prepared, known = _measured(session, seconds)
        with _clock(seconds, "generate"):
            if session.settings.engine == "llm":
                asked = asking.generate(session, known, batch)
                stopped = {"stopped": asked.stopped, "model": asking.told(session, asked)}
            else:
                stages.generate(session, known)
    return _document(session, prepared, seconds) | stopped


def _check_model(session: Session) -> None:
    """Raises UsageError for a model that could never be asked."""
    if session.settings.engine == "llm":
        from codeaug.pipeline import desk

        desk.check(session.settings)


def _measured(
    session: Session, seconds: dict[str, float]
) -> tuple[list[Prepared], dict[str, Oracle]]:
    """What comes before any variant: units, builds, stable tests and oracles."""
    from codeaug.pipeline.carrying import carry
    from codeaug.pipeline.measuring import find_oracles, prepare

    with _clock(seconds, "scan"):
        summaries = scan(session)
    # No isolation: say so before anything is built.
    session.require_sandbox()
    with _clock(seconds, "oracle"):
        languages = frozenset(s.language for s in summaries if s.units)
        prepared = prepare(session, languages, adopt=True)
        known = find_oracles(session, prepared)
        carry(session, known)
        return prepared, known


def _by_model(
    session: Session,
    prepared: Sequence[Prepared],
    known: Mapping[str, Oracle],
    batch: bool,
    seconds: dict[str, float],
) -> dict[str, Any]:
    """Variants by a model: asked for, checked, and what was refused asked for again."""
    from codeaug.pipeline import asking, repairing, stages

    with _clock(seconds, "generate"):
        asked = asking.generate(session, known, batch)
    while True:
        with _clock(seconds, "check"):
            stages.gather(session, prepared, known)
        if asked.stopped:
            break
        with _clock(seconds, "repair"):
            made, again = repairing.repair(session, batch)
        asked = asked.and_then(again)
        if not made:
            break
    if not asked.stopped:
        with _clock(seconds, "critic"):
            asked = asked.and_then(repairing.criticise(session))
    return {"stopped": asked.stopped, "model": asking.told(session, asked)}


def plan(session: Session) -> dict[str, Any]:
    """What a run with a model would ask and cost; nothing is sent."""
    from codeaug.pipeline import planning

    with session.store.exclusive():
        _, known = _measured(session, {})
        return planning.plan(session, known)


def shown(session: Session) -> Iterator[dict[str, Any]]:
    """The very bytes that a run with a model would send first; nothing is sent."""
    from codeaug.pipeline import planning

    _check_model(session)
    with session.store.exclusive():
        _, known = _measured(session, {})
        yield from planning.shown(session, known)


def measure(session: Session, of: str = "") -> dict[str, Any]:
    """What the tests can tell about every unit, or about those that `of` means, a file's path or
    `path::name`; returns what `oracle --json` prints. Raises UsageError when that means none."""
    from codeaug.pipeline.given import meant
    from codeaug.pipeline.measuring import find_oracles, prepare, strengths

    with session.store.exclusive():
        summaries = scan(session)
        units = meant(session, of) if of else list(session.store.units(session.commit))
        session.require_sandbox()
        languages = frozenset(s.language for s in summaries if s.units)
        asked = frozenset(unit.language for unit in units) if of else languages
        prepared = prepare(session, asked)
        known = find_oracles(session, prepared)
        limit, seed = session.settings.limit, str(session.settings.seed)
        able = [unit for unit in units if (oracle := known.get(unit.id)) and oracle.tests]
        if limit:
            able = sorted(able, key=lambda unit: content_id(seed, unit.id))[:limit]
        strong = strengths(session, prepared, known, able)
    return {
        "repository": session.repository.address,
        "commit": session.commit,
        "store": session.store.place,
        "projects": [_project(ready) for ready in prepared],
        "broken": sorted(session.broken.values()),
        "units": [_told(unit, known.get(unit.id), strong.get(unit.id)) for unit in units],
    }


def _told(unit: Unit, oracle: Oracle | None, strength: Strength | None) -> dict[str, Any]:
    """One unit: its tests, the lines that they execute, and the faults that they catch."""
    if oracle is None:
        oracle = Oracle(unit.id, "", (), (), "its project does not pass before any change")
    return {
        "id": unit.id,
        "path": unit.path,
        "unit": unit.qualified_name,
        "language": unit.language,
        "line": unit.line,
        "tests": len(oracle.tests),
        "lines": len(oracle.lines),
        "reason": oracle.reason,
        "measured": strength is not None,
        "problem": strength.problem if strength else "",
        "caught": strength.caught if strength else 0,
        "judged": strength.judged if strength else 0,
        "faults": [asdict(fault) for fault in strength.faults] if strength else [],
    }


@contextmanager
def _clock(seconds: dict[str, float], name: str) -> Iterator[None]:
    started = time.monotonic()
    yield
    seconds[name] = round(seconds.get(name, 0.0) + time.monotonic() - started, 2)


def _document(
    session: Session, prepared: Sequence[Prepared], seconds: Mapping[str, float]
) -> dict[str, Any]:
    queue = session.store.review_queue(session.settings.bar_rung, session.commit)
    return {
        "repository": session.repository.address,
        "commit": session.commit,
        "license": session.repository.license,
        "store": session.store.place,
        "sandbox": session.sandbox.level,
        "projects": [_project(ready) for ready in prepared],
        "broken": sorted(session.broken.values()),
        "languages": [asdict(summary) for summary in session.store.summary(session.commit)],
        "queued": len(queue),
        "carried": session.carried,
        "redone": {
            "projects": len(session.measured),
            "faults": session.redone["faults"],
            "variants": session.redone["variants"],
        },
        "seconds": dict(seconds),
    }


def _project(ready: Prepared) -> dict[str, Any]:
    return {
        "build": ready.project.build,
        "root": ready.project.root,
        "stable_tests": len(ready.baseline.stable),
        "quarantined_tests": dict(ready.baseline.quarantined),
        "seconds": round(ready.baseline.seconds, 2),
        "problem": ready.baseline.problem,
    }
