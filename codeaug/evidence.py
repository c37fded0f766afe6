"""Variant -> Evidence: static checks first, then compiled and tested in the sandbox."""

from __future__ import annotations

import platform
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from codeaug import __version__
from codeaug.builds import Prepared
from codeaug.checks import DYNAMIC, Trial, static_checks
from codeaug.checks.tested import difference, patience
from codeaug.checks.trial import Bench
from codeaug.errors import Disagreement
from codeaug.languages import place
from codeaug.model import (
    Diagnostics,
    Evidence,
    Finding,
    Oracle,
    Rung,
    TestOutcome,
    Unit,
    Variant,
    Verdict,
)
from codeaug.runners import HandOver, Runner
from codeaug.runners.cold import Cold
from codeaug.runners.resident import Resident, Residents, Text
from codeaug.sandbox import Sandbox

HOLDS = {"parsed": Rung.PARSED, "compiled": Rung.COMPILED, "tested": Rung.TESTED}


@dataclass(frozen=True, slots=True)
class Case:
    """One variant to judge: its unit and file, the unit's oracle, and where it is built.

    Without `prepared` only the static checks can speak; `why_not` says why.
    """

    unit: Unit
    variant: Variant
    source: bytes
    oracle: Oracle | None
    prepared: Prepared | None
    why_not: str = ""


@dataclass(frozen=True)
class Judge:
    """Judges cases, many at once: keeps the compiler's words about each unchanged file.

    A unit's cases are judged together, by a resident program where the build has one. What that
    program said counts only if the unchanged code still passes there afterwards; else, and where it
    hands over, the case is judged cold. Some cases are judged both ways: see `audit`.
    """

    sandbox: Sandbox
    scratch: Path
    commit: str
    audit: int
    resident: bool
    _words: dict[tuple[str, str], Diagnostics] = field(default_factory=dict)
    _locks: dict[tuple[str, str], threading.Lock] = field(default_factory=dict)
    _residents: list[Residents] = field(default_factory=list)

    def __enter__(self) -> Judge:
        if self.resident:
            self._residents.append(Residents(self.sandbox, self.scratch))
        return self

    def __exit__(self, *_: object) -> None:
        while self._residents:
            self._residents.pop().close()

    def evidence(self, cases: Sequence[Case]) -> list[Evidence]:
        """All findings about each case of one unit; a check that cannot run says why.

        The parameter `seconds` is each case's share of the time that the unit took.
        Raises Disagreement when the audit finds that the two ways differ.
        """
        started = time.perf_counter()
        trials = [_trial(case) for case in cases]
        known = [_static(trial) for trial in trials]
        waiting = [
            number
            for number, findings in enumerate(known)
            if not any(finding.verdict is Verdict.FAILED for finding in findings)
        ]
        dynamic = self._resident([cases[n] for n in waiting], [trials[n] for n in waiting])
        answers = dict(zip(waiting, dynamic, strict=True))
        share = (time.perf_counter() - started) / max(1, len(cases))
        return [
            self._evidence(case, findings, answers.get(number), share)
            for number, (case, findings) in enumerate(zip(cases, known, strict=True))
        ]

    def _evidence(
        self, case: Case, static: list[Finding], dynamic: _Dynamic | None, seconds: float
    ) -> Evidence:
        findings = [*static, *(dynamic.findings if dynamic else ())]
        how = dynamic.how if dynamic else ()
        return Evidence(
            case.variant.id,
            self.commit,
            tuple(findings),
            _rung(findings),
            (*_parameters(case, findings), *how, ("seconds", f"{seconds:.3f}")),
            (("codeaug", __version__), ("host", platform.platform()), *self._level()),
        )

    def _level(self) -> tuple[tuple[str, str], ...]:
        return (("sandbox", self.sandbox.level),)

    # --- the resident way -------------------------------------------------------------------------

    def _resident(self, cases: Sequence[Case], trials: Sequence[Trial]) -> list[_Dynamic]:
        """Findings of the dynamic checks for each case, cold where it must be."""
        ready = [
            (case, trial)
            for case, trial in zip(cases, trials, strict=True)
            if case.prepared is not None and trial.placed is not None and self._residents
        ]
        found: dict[str, _Dynamic] = {}
        why_cold = ""
        if ready and (prepared := ready[0][0].prepared):
            texts = [
                Text(ready[0][0].source, ready[0][0].unit),
                *(Text(t.changed, t.placed) for _, t in ready if t.changed and t.placed),
            ]
            try:
                with self._residents[-1].of_unit(prepared, texts) as runner:
                    for case, trial in ready:
                        found[case.variant.id] = self._by_resident(runner, case, trial)
                    why_cold = self._again(runner, ready[0][0])
            except HandOver as reason:
                why_cold = str(reason)
        return [
            self._settled(case, trial, found.get(case.variant.id), why_cold)
            for case, trial in zip(cases, trials, strict=True)
        ]

    def _by_resident(self, runner: Resident, case: Case, trial: Trial) -> _Dynamic:
        try:
            words = runner.compile(case.source).result
            findings = self._findings(case, trial, self._bench(case, runner, words))
        except HandOver as reason:
            return _Dynamic((), (("cold", str(reason)),))
        return _Dynamic(tuple(findings), (("runner", "resident"),))

    def _again(self, runner: Resident, case: Case) -> str:
        """Why nothing that the program said counts: the unchanged code does not pass there."""
        tests = case.oracle.tests if case.oracle else ()
        if not tests:
            return ""
        bench = self._bench(case, runner, Diagnostics(True, ()))
        return difference(bench, tests, runner.rerun(case.source, tests, patience(bench, tests)))

    def _settled(self, case: Case, trial: Trial, warm: _Dynamic | None, why_cold: str) -> _Dynamic:
        """What the resident program said, or the cold way's word instead of it or beside it."""
        if warm is None or not warm.findings or why_cold:
            reason = dict(warm.how).get("cold", "") if warm else ""
            return self._cold(case, trial, reason or why_cold)
        if int(case.variant.id, 16) % self.audit:
            return warm
        cold = self._cold(case, trial, "")
        disagreement = _disagreement(warm.findings, cold.findings)
        if disagreement:
            raise Disagreement(
                f"{case.unit.path}::{case.unit.name}, variant {case.variant.id}: the resident "
                f"runner and the cold one disagree: {disagreement}. This is a fault of codeaug: "
                'report it, and set runner = "cold" until it is mended.'
            )
        return replace(warm, how=(*warm.how, ("audit", "agrees")))

    # --- the cold way -----------------------------------------------------------------------------

    def _cold(self, case: Case, trial: Trial, reason: str) -> _Dynamic:
        how = (("runner", "cold"), *((("cold", reason),) if reason else ()))
        if case.prepared is None:
            return _Dynamic(tuple(self._unbuilt(case, trial)), how)
        words = self._unchanged(case.prepared, case.unit.path, case.source)
        with self._workspace(case.prepared, case.unit.path) as runner:
            return _Dynamic(
                tuple(self._findings(case, trial, self._bench(case, runner, words))), how
            )

    def _unbuilt(self, case: Case, trial: Trial) -> list[Finding]:
        if case.oracle is not None and case.oracle.tests:
            return [Finding("tested", Verdict.UNKNOWN, case.why_not)]
        untested = _timed(DYNAMIC[-1], trial)
        known = case.oracle.reason if case.oracle else ""
        return [replace(untested, detail=known or case.why_not or untested.detail)]

    def _findings(self, case: Case, trial: Trial, bench: Bench) -> list[Finding]:
        """The dynamic checks up to the first that does not pass; `tested` says when it cannot."""
        untested = case.oracle is None or not case.oracle.tests
        checks = DYNAMIC[:-1] if untested else DYNAMIC
        findings: list[Finding] = []
        for check in checks:
            findings.append(_timed(check, replace(trial, bench=bench)))
            if findings[-1].verdict is not Verdict.PASSED:
                break
        return [*findings, _timed(DYNAMIC[-1], trial)] if untested else findings

    def _unchanged(self, prepared: Prepared, path: str, source: bytes) -> Diagnostics:
        """What the compiler says of the unchanged file, asked once."""
        key = (prepared.project.id, path)
        with self._locks.setdefault(key, threading.Lock()):
            if key not in self._words:
                with self._workspace(prepared, path) as runner:
                    self._words[key] = runner.compile(source).result
            return self._words[key]

    @contextmanager
    def _workspace(self, prepared: Prepared, path: str) -> Iterator[Cold]:
        with self.sandbox.workspace(
            prepared.tree, deps=prepared.deps, scratch=self.scratch, overlay=True
        ) as workspace:
            yield Cold(prepared.build, prepared.project, workspace, path)

    @staticmethod
    def _bench(case: Case, runner: Runner, words: Diagnostics) -> Bench:
        assert case.prepared is not None
        stable = case.prepared.baseline.stable
        return Bench(runner, words, dict.fromkeys(stable, TestOutcome.PASSED), stable)


@dataclass(frozen=True, slots=True)
class _Dynamic:
    """Findings of the dynamic checks, and by which way they came."""

    findings: tuple[Finding, ...]
    how: tuple[tuple[str, str], ...]


def _disagreement(warm: Sequence[Finding], cold: Sequence[Finding]) -> str:
    """Where one way says passed and the other does not; "" where they agree.

    Neither word counts against a test run that does not agree with itself.
    """
    for one, other in zip(warm, cold, strict=False):
        if one.verdict is not other.verdict and Verdict.PASSED in (one.verdict, other.verdict):
            return f"{one.check} {one.verdict} ({one.detail}), {other.verdict} ({other.detail})"
    return ""


def _static(trial: Trial) -> list[Finding]:
    return [_timed(check, trial) for check in static_checks()]


def _trial(case: Case) -> Trial:
    try:
        changed, problem = place(case.unit, case.source, case.variant.code), ""
    except ValueError as error:
        changed, problem = None, str(error)
    return Trial(case.unit, case.variant, case.source, changed, problem, case.oracle)


def _timed(check: Callable[[Trial], Finding], trial: Trial) -> Finding:
    started = time.perf_counter()
    finding = check(trial)
    return replace(finding, seconds=round(time.perf_counter() - started, 3))


def _rung(findings: Sequence[Finding]) -> Rung:
    """The strongest rung reached without a gap: every static check, then each dynamic one."""
    rung = Rung.NONE
    if all(f.verdict is Verdict.PASSED for f in findings if f.check not in ("compiled", "tested")):
        passed = {f.check for f in findings if f.verdict is Verdict.PASSED}
        for check, held in HOLDS.items():
            if check not in passed:
                break
            rung = held
    return rung


def _parameters(case: Case, findings: Sequence[Finding]) -> tuple[tuple[str, str], ...]:
    tests = case.oracle.tests if case.oracle else ()
    ran = any(finding.check == "tested" and finding.command for finding in findings)
    return (("tests", str(len(tests) if ran else 0)),) if case.prepared else ()
