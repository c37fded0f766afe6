"""Our own two ways to judge a text: cold steps in a workspace, and the resident program.

A text is compiled in its place, and if it compiles the tests that execute the unit run, until the
first that does not pass.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from memory import Memory
from projects import Able, bench

from codeaug.checks import Trial
from codeaug.checks.tested import patience
from codeaug.model import Diagnostics, TestOutcome
from codeaug.pipeline import Session
from codeaug.pipeline.batches import batches
from codeaug.runners import HandOver, Runner
from codeaug.runners.cold import Cold
from codeaug.runners.resident import Resident, Residents, Text

GROUP = 50  # texts that a unit's program is given at once: as the pipeline does
WARM = 20  # texts before the growth of the memory counts

Work = Sequence[tuple[Able, Sequence[Trial]]]


@dataclass
class Spent:
    """What was judged. `all` are the seconds of everything, `each` those of the texts alone.

    `each` is by the unit's id; the rest of `all` is what a unit costs before its first text.
    """

    all: float = 0.0
    passed: int = 0
    each: dict[str, list[float]] = field(default_factory=dict)
    handed: list[str] = field(default_factory=list)

    @property
    def items(self) -> int:
        return sum(map(len, self.each.values()))

    @property
    def rate(self) -> float | None:
        """Items a second."""
        return self.items / self.all if self.items else None


def cold(session: Session, work: Work) -> Spent:
    """Every text in a workspace of its own, as the cold path judges a variant."""
    spent = Spent()
    for one, trials in work:
        each = spent.each.setdefault(one.unit.id, [])
        for trial in trials:
            started = time.monotonic()
            with session.sandbox.workspace(
                one.prepared.tree, deps=one.prepared.deps, scratch=session.work, overlay=True
            ) as workspace:
                runner = Cold(one.prepared.build, one.prepared.project, workspace, one.unit.path)
                spent.passed += _passes(runner, one, trial)
            each.append(time.monotonic() - started)
            spent.all += each[-1]
    return spent


def has_resident(one: Able) -> bool:
    return one.prepared.build.resident(one.prepared.project) is not None


def started(residents: Residents, one: Able) -> float:
    """Seconds in which the program starts and judges its first text; it then waits for the next."""
    began = time.monotonic()
    with residents.of_unit(one.prepared, [Text(one.source, one.unit)]) as runner:
        runner.compile(one.source)
        runner.rerun(one.source, one.oracle.tests, 300.0)
    return time.monotonic() - began


def resident(residents: Residents, work: Work, *, words: bool = True) -> Spent:
    """Every text by the resident program, which stays. What it hands over is left out.

    Units are loaded in batches as the pipeline does. Without `words` the compiler's are not asked
    for, as the pipeline does of faults.
    """
    spent = Spent()
    sized = [(one.unit, one.prepared, len(trials), (one, trials)) for one, trials in work]
    for batch in batches(sized, 1):
        texts = [_texts(one, trials) for one, trials in batch]
        began = time.monotonic()
        with residents.of_units(batch[0][0].prepared, texts) as runners:
            for (one, trials), runner in zip(batch, runners, strict=True):
                _unit(runner, one, trials, words, spent)
        spent.all += time.monotonic() - began
    return spent


def _unit(runner: Resident, one: Able, trials: Sequence[Trial], words: bool, spent: Spent) -> None:
    each = spent.each.setdefault(one.unit.id, [])
    try:
        runner.compile(one.source, words=words)
    except HandOver as why:
        spent.handed += [str(why)] * len(trials)
        return
    for trial in trials:
        at = time.monotonic()
        try:
            spent.passed += _passes(runner, one, trial, words=words)
            each.append(time.monotonic() - at)
        except HandOver as why:
            spent.handed.append(str(why))


def grown(
    residents: Residents, work: Work, texts: int, memory: Memory,
    told: Callable[[int, int], None] = lambda _judged, _held: None,
) -> tuple[int, int]:  # fmt: skip
    """Judge `texts` texts, those of `work` again and again; peak and growth of the memory in bytes.

    The growth is what the processes hold after the last text beyond what they held after the
    first rounds. `told` hears after each batch how many texts were judged, and the bytes held.
    """
    first = last = judged = 0
    for some in itertools.cycle(_groups(work)):
        if judged >= texts:
            break
        spent = resident(residents, some)
        judged += max(1, spent.items)
        last = memory.now()
        told(judged, last)
        if judged <= WARM or not first:
            first = last
    return memory.peak, last - first


def _groups(work: Work) -> list[list[tuple[Able, Sequence[Trial]]]]:
    parts = [
        (one, trials[start : start + GROUP])
        for one, trials in work
        for start in range(0, len(trials), GROUP)
    ]
    return batches([(one.unit, one.prepared, len(part), (one, part)) for one, part in parts], 1)


def _texts(one: Able, trials: Sequence[Trial]) -> list[Text]:
    texts = [Text(one.source, one.unit)]
    return texts + [Text(t.changed, t.placed) for t in trials if t.changed and t.placed]


def _passes(runner: Runner, one: Able, trial: Trial, *, words: bool = True) -> bool:
    """Whether the text compiles and the unit's tests pass. Raises HandOver."""
    assert trial.changed is not None
    if not runner.compile(trial.changed, words=words).result.ok:
        return False
    tests = one.oracle.tests
    allowed = patience(bench(one.prepared, runner, Diagnostics(True, ())), tests)
    outcomes: Mapping[str, TestOutcome] = runner.rerun(
        trial.changed, tests, allowed
    ).result.report.outcomes
    return all(outcomes.get(test) is TestOutcome.PASSED for test in tests)
