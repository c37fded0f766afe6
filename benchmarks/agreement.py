"""Whether the resident runner and the cold one say the same, and how fast they are.

On real projects: every variant of the rules engine, and as many injected faults as are asked for,
spread over the units. Each is compiled and tested both ways. A row a project; then each
disagreement with both reasons, and why texts were handed over to the cold way.

    python benchmarks/agreement.py --language python [--project NAME]... [--faults N] [--cold FILE]
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from projects import able, bench, faulty, opened, rewritten

from codeaug.builds import Prepared
from codeaug.checks import Trial
from codeaug.checks.compiled import compiled
from codeaug.checks.tested import difference, patience, tested
from codeaug.checks.trial import Bench
from codeaug.model import Diagnostics, Finding, Oracle, Unit, Verdict
from codeaug.pipeline import Session
from codeaug.pipeline.batches import batches
from codeaug.runners import HandOver
from codeaug.runners.cold import Cold
from codeaug.runners.resident import Resident, Residents, Text

PROJECTS = {
    "python": ("cachetools", "toolz", "boltons"),
    "java": ("commons-csv",),
    "cpp": ("libjsoncpp",),
}
Word = tuple[str, str, str]  # check, verdict, detail


@dataclass(frozen=True)
class Asked:
    """A unit with its oracle and the trials of one project that are to be judged both ways."""

    unit: Unit
    oracle: Oracle
    prepared: Prepared
    trials: list[Trial]

    @property
    def texts(self) -> list[Text]:
        texts = [Text(t.changed, t.placed) for t in self.trials if t.changed and t.placed]
        return [Text(self.trials[0].source, self.unit), *texts]


@dataclass
class Tally:
    """What came of a project's texts."""

    warm: dict[str, Word | str] = field(default_factory=dict)
    cold: dict[str, Word] = field(default_factory=dict)
    ways: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    preparing: list[float] = field(default_factory=list)
    cold_seconds: list[float] = field(default_factory=list)


def main() -> None:
    """Exits 1 when a verdict differs."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--language", choices=sorted(PROJECTS), required=True)
    arguments.add_argument("--project", action="append", help="instead of all of the table")
    arguments.add_argument("--faults", type=int, default=500, help="injected faults in all")
    arguments.add_argument("--variants", type=int, default=3, help="rules variants of a unit")
    arguments.add_argument("--units", type=int, default=0, help="of each project; 0: all")
    arguments.add_argument("--work", type=Path, help="keeps the built projects for the next time")
    arguments.add_argument("--cold", type=Path, help="keeps the cold verdicts for the next time")
    given = arguments.parse_args()
    names = given.project or PROJECTS[given.language]
    print(f"{'project':<14}{'texts':>7}{'agree':>7}{'handed':>8}{'differ':>8}"
          f"{'warm ms':>9}{'texts/s':>9}{'cold ms':>9}")  # fmt: skip
    differing = 0
    for name in names:
        with tempfile.TemporaryDirectory(prefix="codeaug-bench-") as scratch:
            home = given.work / name if given.work else Path(scratch)
            languages = (given.language,)
            session = opened(name, home, per_unit=given.variants, languages=languages)
            asked = list(_asked(session, given.faults // len(names), given.units))
            tally = judged(session, asked, given.cold)
        differing += show(name, asked, tally)
    sys.exit(differing > 0)


# --- what is asked --------------------------------------------------------------------------------


def _asked(session: Session, faults: int, units: int) -> Iterator[Asked]:
    """Each unit that tests execute, with its variants and its share of the faults."""
    found = able(session)
    chosen = found[:units] if units else found
    made = rewritten(session, chosen)
    for number, one in enumerate(chosen):
        share = faults * (number + 1) // len(chosen) - faults * number // len(chosen)
        trials = made[one.unit.id] + faulty(one, share)
        if trials:
            yield Asked(one.unit, one.oracle, one.prepared, trials)


# --- both ways ------------------------------------------------------------------------------------


def judged(session: Session, asked: Sequence[Asked], kept: Path | None) -> Tally:
    tally = Tally()
    residents = Residents(session.sandbox, session.work / "scratch")
    sized = [(one.unit, one.prepared, len(one.trials), one) for one in asked]
    for batch in batches(sized, 1):
        with residents.of_units(batch[0].prepared, [one.texts for one in batch]) as runners:
            for one, runner in zip(batch, runners, strict=True):
                _warm(runner, one, tally)
    residents.close()
    known = json.loads(kept.read_text()) if kept and kept.exists() else {}
    for one in asked:
        _cold(session, one, tally, known)
        if kept:
            kept.write_text(json.dumps(known))
    return tally


def _warm(runner: Resident, one: Asked, tally: Tally) -> None:
    """What the resident runner says; nothing of it counts when the unchanged code fails there."""
    try:
        started = time.monotonic()
        words = runner.compile(one.trials[0].source).result
        tally.preparing.append(time.monotonic() - started)
        at = bench(one.prepared, runner, words)
        for trial in one.trials:
            started = time.monotonic()
            try:
                tally.warm[trial.variant.id] = _word(trial, at)
                tally.seconds.append(time.monotonic() - started)
            except HandOver as why:
                tally.warm[trial.variant.id] = str(why)
        tests = one.oracle.tests
        ran = runner.rerun(one.trials[0].source, tests, patience(at, tests))
        problem = difference(at, tests, ran)
    except HandOver as why:
        problem = str(why)
    if problem:
        for trial in one.trials:
            if not isinstance(tally.warm.get(trial.variant.id), str):
                tally.warm[trial.variant.id] = f"the unchanged code: {problem}"


def _cold(session: Session, one: Asked, tally: Tally, known: dict[str, list[str]]) -> None:
    words: Diagnostics | None = None
    for trial in one.trials:
        if trial.variant.id in known:
            check, verdict, detail = known[trial.variant.id]
            tally.cold[trial.variant.id] = (check, verdict, detail)
            continue
        with session.sandbox.workspace(
            one.prepared.tree, deps=one.prepared.deps, scratch=session.work, overlay=True
        ) as workspace:
            project, build = one.prepared.project, one.prepared.build
            runner = Cold(build, project, workspace, one.unit.path)
            started = time.monotonic()
            words = words or runner.compile(trial.source).result
            found = _word(trial, bench(one.prepared, runner, words))
            tally.cold_seconds.append(time.monotonic() - started)
        tally.cold[trial.variant.id] = found
        known[trial.variant.id] = list(found)


def _word(trial: Trial, at: Bench) -> Word:
    """The last finding: of the first dynamic check that does not pass."""
    placed = replace(trial, bench=at)
    finding: Finding = compiled(placed)
    if finding.verdict is Verdict.PASSED:
        finding = tested(placed)
    return finding.check, str(finding.verdict), finding.detail


# --- what came of it ------------------------------------------------------------------------------


def show(name: str, asked: Sequence[Asked], tally: Tally) -> int:
    """Prints the row and what differs; returns how many differ."""
    names = {t.variant.id: (o.unit, t) for o in asked for t in o.trials}
    handed = {n: w for n, w in tally.warm.items() if isinstance(w, str)}
    both = {n: (w, tally.cold[n]) for n, w in tally.warm.items() if not isinstance(w, str)}
    differ = {n: pair for n, pair in both.items() if pair[0][:2] != pair[1][:2]}
    ways = Counter(handed.values())
    columns = (
        f"{name:<14}{len(names):>7}{len(both) - len(differ):>7}{len(handed):>8}{len(differ):>8}",
        f"{_median(tally.seconds):>9}{_rate(tally.seconds):>9}{_median(tally.cold_seconds):>9}",
    )
    print("".join(columns))
    verdicts = Counter(words[1] for words, _ in both.values())
    print("    verdicts: " + ", ".join(f"{n} {word}" for word, n in verdicts.items()))
    print(f"    a unit is loaded in {_median(tally.preparing)} ms (median), at most "
          f"{1000 * max(tally.preparing, default=0):.0f}")  # fmt: skip
    for why, count in ways.most_common():
        print(f"    handed over {count}: {why[:150]}")
    for number, (warm, cold) in differ.items():
        unit, trial = names[number]
        print(f"    {unit.path}::{unit.name}\n        warm {warm}\n        cold {cold}")
        print("        " + trial.variant.code.replace("\n", "\n        "))
    return len(differ)


def _median(seconds: list[float]) -> str:
    return f"{1000 * statistics.median(seconds):.0f}" if seconds else "-"


def _rate(seconds: list[float]) -> str:
    return f"{len(seconds) / sum(seconds):.1f}" if seconds else "-"


if __name__ == "__main__":
    main()
