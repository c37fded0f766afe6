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
from codeaug.checks import DYNAMIC, Check, Trial, static_checks
from codeaug.checks.compiled import diagnose
from codeaug.checks.trial import Bench
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
    """Judges cases, many at once: keeps the compiler's words about each unchanged file."""

    sandbox: Sandbox
    scratch: Path
    commit: str
    _words: dict[tuple[str, str], Diagnostics] = field(default_factory=dict)
    _locks: dict[tuple[str, str], threading.Lock] = field(default_factory=dict)

    def evidence(self, case: Case) -> Evidence:
        """All findings about the case; a check that cannot run says why."""
        started = time.perf_counter()
        trial = _trial(case)
        findings = [_timed(check, trial) for check in static_checks()]
        failed = any(finding.verdict is Verdict.FAILED for finding in findings)
        if not failed:
            findings += self._dynamic(case, trial)
        return Evidence(
            case.variant.id,
            self.commit,
            tuple(findings),
            _rung(findings),
            (*_parameters(case, findings), ("seconds", f"{time.perf_counter() - started:.3f}")),
            (("codeaug", __version__), ("host", platform.platform()), *self._level()),
        )

    def _level(self) -> tuple[tuple[str, str], ...]:
        return (("sandbox", self.sandbox.level),)

    def _dynamic(self, case: Case, trial: Trial) -> list[Finding]:
        if case.oracle is None or not case.oracle.tests:
            untested = _timed(DYNAMIC[-1], trial)
            if case.prepared is None:
                known = case.oracle.reason if case.oracle else ""
                return [replace(untested, detail=known or case.why_not or untested.detail)]
            return [*self._benched(case, trial, DYNAMIC[:-1]), untested]
        if case.prepared is None:
            return [Finding("tested", Verdict.UNKNOWN, case.why_not)]
        return self._benched(case, trial, DYNAMIC)

    def _benched(self, case: Case, trial: Trial, checks: Sequence[Check]) -> list[Finding]:
        assert case.prepared is not None
        findings: list[Finding] = []
        baseline = self._unchanged(case.prepared, case.unit.path, case.source)
        with self._bench(case.prepared, baseline) as bench:
            for check in checks:
                findings.append(_timed(check, replace(trial, bench=bench)))
                if findings[-1].verdict is not Verdict.PASSED:
                    break
        return findings

    def _unchanged(self, prepared: Prepared, path: str, source: bytes) -> Diagnostics:
        """What the compiler says of the unchanged file, asked once."""
        key = (prepared.project.id, path)
        with self._locks.setdefault(key, threading.Lock()):
            if key not in self._words:
                nothing = Diagnostics(True, ())
                with self._bench(prepared, nothing) as bench:
                    bench.workspace.write(path, source)
                    self._words[key], _ = diagnose(bench, path)
            return self._words[key]

    @contextmanager
    def _bench(self, prepared: Prepared, baseline: Diagnostics) -> Iterator[Bench]:
        stable = prepared.baseline.stable
        with self.sandbox.workspace(
            prepared.tree, deps=prepared.deps, scratch=self.scratch, overlay=True
        ) as workspace:
            yield Bench(
                prepared.build,
                prepared.project,
                workspace,
                baseline,
                dict.fromkeys(stable, TestOutcome.PASSED),
                stable,
            )


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
