"""Variant -> Evidence: static checks first, then compiled and tested in the sandbox."""

from __future__ import annotations

import contextlib
import platform
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from codeaug import __version__
from codeaug.builds import Prepared
from codeaug.checks import DYNAMIC, Trial, rungs, static_checks
from codeaug.checks.compared import compared
from codeaug.checks.crosshair import crosshair
from codeaug.checks.guarded import guarded
from codeaug.checks.tested import UNEXECUTED, difference, patience, tested
from codeaug.checks.trial import Bench
from codeaug.errors import Disagreement
from codeaug.languages import place
from codeaug.model import (
    Diagnostics,
    Evidence,
    Finding,
    Oracle,
    Rung,
    Strength,
    TestOutcome,
    Unit,
    Variant,
    Verdict,
)
from codeaug.runners import Runner
from codeaug.runners.resident import Text
from codeaug.runners.workshop import UnitRunner, Workshop


@dataclass(frozen=True, slots=True)
class Case:
    """One variant to judge: its unit and file, what the unit's tests can tell, where it is built.

    Without `prepared` only the static checks can speak; `why_not` says why.
    """

    unit: Unit
    variant: Variant
    source: bytes
    oracle: Oracle | None
    strength: Strength | None
    prepared: Prepared | None
    why_not: str = ""

    @property
    def tests(self) -> tuple[str, ...]:
        return self.oracle.tests if self.oracle else ()


@dataclass(frozen=True)
class Judge:
    """Judges a unit's cases together, many units in many threads.

    Where a resident program did not let a text pass, what it said counts only if the unchanged code
    still passes there; else the cases are judged cold. One case in `audit` is judged both ways.
    `crosshair` are the seconds of `Bench`.
    """

    workshop: Workshop
    commit: str
    audit: int
    crosshair: int = 0
    _words: dict[tuple[str, str], Diagnostics] = field(default_factory=dict)
    _locks: dict[tuple[str, str], threading.Lock] = field(default_factory=dict)

    def evidence(self, units: Sequence[Sequence[Case]]) -> Iterator[list[Evidence]]:
        """All findings about each case, unit by unit; a check that cannot run says why.

        The units are of one file of one project. The parameter `seconds` is each case's share of
        the time that the unit took; what all units have in common is the first one's.
        Raises Disagreement when the audit finds that the two ways differ.
        """
        started = time.perf_counter()
        asked = [[_asked(case) for case in cases] for cases in units]
        built = [[each for each in unit if each.is_built] for unit in asked]
        with self._runners(list(filter(None, built))) as runners:
            for unit, some in zip(asked, built, strict=True):
                found = iter(self._built(some, runners))
                words = [next(found) if each.is_built else each.unbuilt for each in unit]
                share = (time.perf_counter() - started) / max(1, len(unit))
                yield [self._evidence(a, w, share) for a, w in zip(unit, words, strict=True)]
                started = time.perf_counter()

    @contextlib.contextmanager
    def _runners(self, units: Sequence[Sequence[_Asked]]) -> Iterator[Iterator[UnitRunner]]:
        """A Runner for each unit in turn."""
        if not units:
            yield iter(())
            return
        prepared = units[0][0].case.prepared
        assert prepared is not None
        texts = [_texts(unit) for unit in units]
        with self.workshop.units(prepared, texts, alike=True) as runners:
            yield runners

    def _evidence(self, asked: _Asked, word: _Word, seconds: float) -> Evidence:
        case, findings = asked.case, (*asked.known, *word.findings)
        return Evidence(
            case.variant.id,
            self.commit,
            findings,
            _holds(findings),
            (*_parameters(case, findings), *word.how, ("seconds", f"{seconds:.3f}")),
            (
                ("codeaug", __version__),
                ("host", platform.platform()),
                ("sandbox", self.workshop.sandbox.level),
            ),
        )

    def _built(self, unit: Sequence[_Asked], runners: Iterator[UnitRunner]) -> list[_Word]:
        """What the dynamic checks find about each case of a unit, which has the next runner."""
        if not unit:
            return []
        words, withdrawn = self._judged(unit, next(runners))
        return [
            self._settled(asked.case, asked.trial, word, withdrawn)
            for asked, word in zip(unit, words, strict=True)
        ]

    def _judged(self, unit: Sequence[_Asked], runner: UnitRunner) -> tuple[list[_Word], str]:
        """What the checks find, and why nothing that a resident program said of it counts.

        Where the company of other units' texts may be the reason, the unit is judged without it.
        """
        words = [self._word(asked.case, asked.trial, runner) for asked in unit]
        # Texts that pass all tests show by themselves that there they can be passed.
        doubtful = any(
            _ran(word.findings, "tested") and not _passed(word.findings, "tested") for word in words
        )
        withdrawn = self._again(runner, unit[0].case) if doubtful else ""
        if withdrawn and runner.by_itself():
            return self._judged(unit, runner)
        return words, withdrawn

    def _word(self, case: Case, trial: Trial, runner: UnitRunner) -> _Word:
        assert trial.changed is not None
        assert case.prepared is not None
        prepared = case.prepared

        def unchanged(resident: bool) -> Diagnostics:
            if resident:
                return runner.compile(case.source).result
            return self._unchanged(prepared, case.unit.path, case.source)

        bench = replace(_bench(prepared, runner, unchanged), crosshair=self.crosshair)
        findings = _dynamic(case, trial, bench)
        if runner.resident is None:
            return _Word(tuple(findings), (("runner", "cold"),))
        reason = runner.reasons.get(trial.changed)
        how = (("runner", "cold"), ("cold", reason)) if reason else (("runner", "resident"),)
        return _Word(tuple(findings), how)

    def _again(self, runner: UnitRunner, case: Case) -> str:
        """Why nothing that the resident program said counts: the unchanged code fails there now."""
        if runner.resident is None or not case.tests or case.source in runner.reasons:
            return ""
        assert case.prepared is not None
        bench = _bench(case.prepared, runner, lambda _: Diagnostics(True, ()))
        ran = runner.rerun(case.source, case.tests, patience(bench, case.tests))
        unlike = difference(bench, case.tests, ran)
        return (
            f"the unchanged code does not pass in the resident runner: {unlike}" if unlike else ""
        )

    def _settled(self, case: Case, trial: Trial, word: _Word, withdrawn: str) -> _Word:
        """The word, or the cold way's instead of it, or both where they are audited."""
        if dict(word.how)["runner"] == "cold":
            return word
        if withdrawn:
            return replace(self._cold(case, trial), how=(("runner", "cold"), ("cold", withdrawn)))
        if int(case.variant.id, 16) % self.audit or not _ran(word.findings, "compiled"):
            return word
        cold = self._cold(case, trial)
        if not _disagreement(word.findings, cold.findings):
            return replace(word, how=(*word.how, ("audit", "agrees")))
        # Once more, from the start: what hangs on time or chance is no disagreement of the ways.
        asked = _Asked(case, trial, ())
        with self._runners([[asked]]) as runners:
            again, _ = self._judged([asked], next(runners))
        differs = _disagreement(again[0].findings, cold.findings)
        if differs:
            raise Disagreement(
                f"{case.unit.path}::{case.unit.name}, variant {case.variant.id}: the resident "
                f"runner and the cold one disagree: {differs}. This is a fault of codeaug: "
                'report it, and set runner = "cold" until it is mended.'
            )
        unsteady = "the resident runner says now this, now that: so do the tests"
        return replace(cold, how=(("runner", "cold"), ("cold", unsteady)))

    def _cold(self, case: Case, trial: Trial) -> _Word:
        assert case.prepared is not None
        prepared = case.prepared
        with self.workshop.cold(prepared, case.unit.path) as runner:
            bench = _bench(
                prepared, runner, lambda _: self._unchanged(prepared, case.unit.path, case.source)
            )
            return _Word(tuple(_dynamic(case, trial, bench)), (("runner", "cold"),))

    def _unchanged(self, prepared: Prepared, path: str, source: bytes) -> Diagnostics:
        """What the compiler says of the unchanged file, asked once."""
        key = (prepared.project.id, path)
        with self._locks.setdefault(key, threading.Lock()):
            if key not in self._words:
                with self.workshop.cold(prepared, path) as runner:
                    self._words[key] = runner.compile(source).result
            return self._words[key]


@dataclass(frozen=True, slots=True)
class _Word:
    """What the dynamic checks found, and by which way."""

    findings: tuple[Finding, ...]
    how: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Asked:
    """A case with its trial and what the static checks found."""

    case: Case
    trial: Trial
    known: tuple[Finding, ...]

    @property
    def is_built(self) -> bool:
        """Whether the dynamic checks are to speak."""
        return bool(self.case.prepared and self.trial.placed) and not _failed(self.known)

    @property
    def unbuilt(self) -> _Word:
        """What is said without the dynamic checks."""
        return _Word(() if _failed(self.known) else _unbuilt(self.case, self.trial))


def _asked(case: Case) -> _Asked:
    trial = _trial(case)
    return _Asked(case, trial, tuple(_timed(check, trial) for check in static_checks()))


def _texts(unit: Sequence[_Asked]) -> list[Text]:
    """The texts that a unit's runner is to know, the unchanged one first."""
    case, trials = unit[0].case, [asked.trial for asked in unit]
    texts = [Text(t.changed, t.placed) for t in trials if t.changed and t.placed]
    return [Text(case.source, case.unit), *texts]


def _bench(prepared: Prepared, runner: Runner, unchanged: Callable[[bool], Diagnostics]) -> Bench:
    stable = prepared.baseline.stable
    return Bench(runner, unchanged, dict.fromkeys(stable, TestOutcome.PASSED), stable)


def _unbuilt(case: Case, trial: Trial) -> tuple[Finding, ...]:
    """Why nothing but the static checks speaks."""
    if case.tests:
        return (Finding("tested", Verdict.UNKNOWN, case.why_not),)
    untested = _timed(tested, trial)
    known = case.oracle.reason if case.oracle else ""
    return (replace(untested, detail=known or case.why_not or untested.detail),)


def _dynamic(case: Case, trial: Trial, bench: Bench) -> list[Finding]:
    """The dynamic checks up to the first that fails; after `tested` only if it passed.

    Where its tests do not execute a changed line, inputs grown from theirs may. What is proved for
    all inputs is not compared on some.
    """
    trial = replace(trial, bench=bench)
    findings: list[Finding] = []
    for check in DYNAMIC:
        if check is compared and _passed(findings, "proved"):
            break
        if check is crosshair and not (bench.crosshair and case.unit.language == "python"):
            break
        if check is guarded and trial.unexecuted:
            continue
        finding = _timed(check, trial)
        findings.append(finding)
        unexecuted = finding.check == "tested" and finding.detail.startswith(UNEXECUTED)
        if unexecuted and not _passed(findings, "proved"):
            trial = replace(trial, unexecuted=True)
            continue
        needed = finding.check in ("compiled", "tested")
        if finding.verdict is Verdict.FAILED or (needed and finding.verdict is not Verdict.PASSED):
            break
    return findings


def _failed(findings: Sequence[Finding]) -> bool:
    return any(finding.verdict is Verdict.FAILED for finding in findings)


def _ran(findings: Sequence[Finding], check: str) -> bool:
    return any(finding.check == check for finding in findings)


def _passed(findings: Sequence[Finding], check: str) -> bool:
    return any(f.check == check and f.verdict is Verdict.PASSED for f in findings)


def _disagreement(warm: Sequence[Finding], cold: Sequence[Finding]) -> str:
    """Where one way says passed and the other does not; "" where they agree."""
    other = {finding.check: finding for finding in cold}
    for check in ("compiled", "tested"):
        words = [f for f in (*warm, *cold) if f.check == check]
        if len({f.verdict for f in words}) > 1 and Verdict.PASSED in {f.verdict for f in words}:
            return "; ".join(f"{f.check} {f.verdict} ({f.detail})" for f in words)
        if check not in other:
            break
    return ""


def _trial(case: Case) -> Trial:
    try:
        changed, problem = place(case.unit, case.source, case.variant.code), ""
    except ValueError as error:
        changed, problem = None, str(error)
    return Trial(case.unit, case.variant, case.source, changed, problem, case.oracle, case.strength)


def _timed(check: Callable[[Trial], Finding], trial: Trial) -> Finding:
    started = time.perf_counter()
    finding = check(trial)
    return replace(finding, seconds=round(time.perf_counter() - started, 3))


def _holds(findings: Sequence[Finding]) -> frozenset[Rung]:
    return rungs({finding.check for finding in findings if finding.verdict is Verdict.PASSED})


def _parameters(case: Case, findings: Sequence[Finding]) -> tuple[tuple[str, str], ...]:
    """The figures behind the rungs."""
    if case.prepared is None:
        return ()
    ran = any(finding.check == "tested" and finding.command for finding in findings)
    figures = [("tests", str(len(case.tests) if ran else 0))]
    if case.strength and _ran(findings, "guarded"):
        figures.append(("faults caught", f"{case.strength.caught} of {case.strength.judged}"))
    return tuple(figures)
