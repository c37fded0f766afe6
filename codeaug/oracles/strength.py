"""Whether the tests of a unit can fail: faults are injected into it, one at a time.

Mutation analysis (DeMillo, Lipton and Sayward 1978) of one unit by the tests that execute it. The
unchanged unit must pass in the same place before and after; a fault that is proved to change
nothing, or does not compile, is set aside.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from codeaug import mutations
from codeaug.builds import Prepared
from codeaug.checks.tested import difference, patience
from codeaug.checks.trial import Bench
from codeaug.languages import find_units, place
from codeaug.model import (
    Diagnostics,
    Fault,
    FaultOutcome,
    Oracle,
    Rerun,
    Strength,
    TestOutcome,
    Unit,
    content_id,
)
from codeaug.mutations import Mutant
from codeaug.runners import Ran
from codeaug.runners.resident import Text
from codeaug.runners.workshop import UnitRunner, Workshop

LEAST_SECONDS = 3.0
SLOWER_BY = 3.0
COLD_FAULTS = 3  # each costs a whole start of compiler and tests


def fingerprint(faults: int, seed: int) -> str:
    """Changes with everything that decides which faults are injected."""
    files = sorted(Path(mutations.__file__).parent.rglob("*.py"))
    return content_id(*(path.read_bytes() for path in files), str(faults), str(seed))


def measure(
    units: Sequence[tuple[Unit, Oracle]],
    source: bytes,
    prepared: Prepared,
    workshop: Workshop,
    faults: int,
    seed: int,
) -> Iterator[Strength]:
    """Inject at most `faults` faults into each of some units of a file, which tests execute."""
    injected = [_injected(unit, source, faults, seed) for unit, _ in units]
    texts = [
        [Text(source, unit), *(text for _, text in some)]
        for (unit, _), some in zip(units, injected, strict=True)
    ]
    with workshop.units(prepared, texts) as runners:
        for (_, oracle), some, runner in zip(units, injected, runners, strict=True):
            trial = _Trial(runner, source, list(oracle.tests), prepared.baseline.stable)
            yield _strength(oracle, trial, some)


def _strength(oracle: Oracle, trial: _Trial, injected: Sequence[tuple[Mutant, Text]]) -> Strength:
    runner = trial.runner
    problem = trial.unchanged()
    if problem and runner.by_itself():
        problem = trial.unchanged()
    if problem:
        return Strength(oracle.unit_id, oracle.commit, (), problem)
    if runner.resident is None or trial.source in runner.reasons:
        injected = injected[:COLD_FAULTS]
    found = tuple(trial.fault(mutant, text) for mutant, text in injected)
    problem = trial.unchanged() if runner.resident is not None else ""
    return Strength(oracle.unit_id, oracle.commit, () if problem else found, problem)


def _injected(unit: Unit, source: bytes, faults: int, seed: int) -> list[tuple[Mutant, Text]]:
    found = [(m, _text(unit, source, m)) for m in mutations.mutants(unit, source, faults, seed)]
    return [(mutant, text) for mutant, text in found if text is not None]


def _text(unit: Unit, source: bytes, mutant: Mutant) -> Text | None:
    try:
        changed = place(unit, source, mutant.code)
    except ValueError:
        return None
    for other in find_units(unit.language, changed, unit.path, ""):
        if isinstance(other, Unit) and other.span.start == unit.span.start:
            return Text(changed, other)
    return None


class _Trial:
    """The unit's tests against one text after another, those that caught a fault before first."""

    def __init__(
        self, runner: UnitRunner, source: bytes, tests: list[str], seconds: Mapping[str, float]
    ) -> None:
        self.runner, self.source, self.tests = runner, source, tests
        outcomes = dict.fromkeys(tests, TestOutcome.PASSED)
        self.bench = Bench(runner, lambda _: Diagnostics(True, ()), outcomes, seconds)
        self.patience = patience(self.bench, tests)

    def unchanged(self) -> str:
        """Why the unit cannot be judged: its unchanged text does not pass here; "" if it does.

        What that takes, here and now, says how long a fault is waited for.
        """
        unlike, ran = self._difference(self.source)
        self.patience = min(self.patience, LEAST_SECONDS + SLOWER_BY * ran.seconds)
        return unlike and f"the unchanged unit does not pass again: {unlike}"

    def fault(self, mutant: Mutant, text: Text) -> Fault:
        outcome, test = self._outcome(text.source)
        return Fault(mutant.operator, mutant.line, mutant.description, mutant.hint, outcome, test)

    def _outcome(self, text: bytes) -> tuple[FaultOutcome, str]:
        if not self.runner.compile(text, words=False).result.ok:
            return FaultOutcome.UNCOMPILABLE, ""
        unlike, ran = self._difference(text)
        if unlike:
            test = _first_failing(self.tests, ran)
            if test:
                self.tests.sort(key=lambda other: other != test)
            return FaultOutcome.CAUGHT, test
        proved = self.runner.prove(text).result.proved
        return (FaultOutcome.EQUIVALENT if proved else FaultOutcome.SURVIVED), ""

    def _difference(self, text: bytes) -> tuple[str, Ran[Rerun]]:
        ran = self.runner.rerun(text, self.tests, self.patience)
        return difference(self.bench, self.tests, ran), ran


def _first_failing(tests: Sequence[str], ran: Ran[Rerun]) -> str:
    outcomes = ran.result.report.outcomes
    return next((t for t in tests if outcomes.get(t, TestOutcome.PASSED) != "passed"), "")
