"""How much the comparison of units sees, and whether it cries wolf.

On real projects: every variant of the rules engine must agree with its original; of the injected
faults that the tests let pass, the comparison should expose many. A row a project; then each
difference of a rules variant, and why units were not compared.

    python benchmarks/compare.py --language python [--project NAME]... [--faults N] [--units N]
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from agreement import PROJECTS
from projects import opened

from codeaug.builds import Prepared
from codeaug.checks.compared import SECONDS
from codeaug.languages import find_units, place
from codeaug.model import Comparison, Oracle, TestOutcome, Unit
from codeaug.mutations import mutants
from codeaug.pipeline import Session
from codeaug.pipeline.measuring import find_oracles, prepare
from codeaug.pipeline.scanning import scan
from codeaug.pipeline.stages import generate
from codeaug.runners import HandOver
from codeaug.runners.resident import Resident, Residents, Text

VARIANTS = 6
FAULT_SECONDS = 5.0  # for the tests of one injected fault
COLUMNS = (
    ("project", 12), ("units", 7), ("compared", 10), ("variants", 10), ("alarms", 8),
    ("survive", 9), ("exposed", 9), ("share", 7), ("inputs", 8), ("first ms", 10), ("same ms", 9),
    ("differ ms", 11),
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """A unit with its texts: rules variants, then injected faults."""

    unit: Unit
    oracle: Oracle
    prepared: Prepared
    source: bytes
    variants: list[Text]
    faults: list[Text]


@dataclass
class Tally:
    """What came of a project's units."""

    units: int = 0
    comparable: int = 0
    variants: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    inputs: list[int] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    same: list[float] = field(default_factory=list)
    other: list[float] = field(default_factory=list)
    problems: Counter[str] = field(default_factory=Counter)
    alarms: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    exposed: list[str] = field(default_factory=list)


def main() -> None:
    """Exits 1 when a variant that is the same by construction is said to differ."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--language", choices=sorted(PROJECTS), required=True)
    arguments.add_argument("--project", action="append", help="instead of all of the table")
    arguments.add_argument("--faults", type=int, default=4, help="injected faults of a unit")
    arguments.add_argument("--units", type=int, default=0, help="of each project; 0: all")
    arguments.add_argument("--work", type=Path, help="keeps the built projects for the next time")
    arguments.add_argument("--show", action="store_true", help="what was exposed and missed, too")
    given = arguments.parse_args()
    print("".join(f"{title:>{width}}" for title, width in COLUMNS))
    alarms = 0
    for name in given.project or PROJECTS[given.language]:
        with tempfile.TemporaryDirectory(prefix="codeaug-bench-") as scratch:
            home = given.work / name if given.work else Path(scratch)
            home.mkdir(parents=True, exist_ok=True)
            session = opened(name, home, per_unit=VARIANTS, languages=(given.language,))
            tally = Tally()
            residents = Residents(session.sandbox, session.work / "scratch")
            for one in asked(session, given.faults, given.units):
                judge(residents, one, tally)
            residents.close()
        show(name, tally, given.show)
        alarms += len(tally.alarms)
    sys.exit(alarms > 0)


def asked(session: Session, faults: int, units: int) -> Iterator[Asked]:
    summaries = scan(session)
    prepared = prepare(session, frozenset(s.language for s in summaries if s.units))
    known = find_oracles(session, prepared)
    generate(session, known)
    able = [u for u in session.store.units(session.commit) if known[u.id].tests]
    able = able[:: max(1, len(able) // units)][:units] if units else able
    for unit in able:
        source = session.read(unit.path)
        variants = [v.code for v in session.store.variants(unit.id)]
        broken = [m.code for m in mutants(unit, source, faults)]
        home = next(p for p in prepared if unit.path.startswith(p.project.root))
        texts = [
            [t for c in codes if (t := _text(unit, source, c))] for codes in (variants, broken)
        ]
        yield Asked(unit, known[unit.id], home, source, *texts)


def _text(unit: Unit, source: bytes, code: str) -> Text | None:
    try:
        changed = place(unit, source, code)
    except ValueError:
        return None
    for other in find_units(unit.language, changed, unit.path, ""):
        if isinstance(other, Unit) and other.span.start == unit.span.start:
            return Text(changed, other)
    return None


def judge(residents: Residents, one: Asked, tally: Tally) -> None:
    texts = [Text(one.source, one.unit), *one.variants, *one.faults]
    tally.units += 1
    try:
        with residents.of_unit(one.prepared, texts) as runner:
            started = time.monotonic()
            _judge(runner, one, tally)
            print(one.unit.name, round(time.monotonic() - started, 2), file=sys.stderr, flush=True)
    except HandOver as why:
        tally.problems[f"handed over: {why}"] += 1


def _judge(runner: Resident, one: Asked, tally: Tally) -> None:
    where = f"{one.unit.path}::{one.unit.name}"
    found, taken = _compared(runner, one, one.source)
    tally.first.append(taken)
    if found.difference:
        tally.alarms.append(f"{where} against itself: {found.difference}")
    if found.problem or not found.inputs:
        tally.problems[found.problem] += 1
        return
    tally.comparable += 1
    tally.inputs.append(found.inputs)
    for text in one.variants:
        found, taken = _compared(runner, one, text.source)
        tally.variants[_word(found)] += 1
        if found.difference:
            tally.alarms.append(f"{where}: {found.difference}\n{text.unit.code}")
        else:
            tally.same.append(taken)
    for text in one.faults:
        if not _survives(runner, one, text):
            continue
        found, taken = _compared(runner, one, text.source)
        tally.faults[_word(found)] += 1
        (tally.other if found.difference else tally.same).append(taken)
        kept = tally.exposed if found.difference else tally.missed
        kept.append(f"{where}: {found.difference or found.problem}\n{text.unit.code}")


def _compared(runner: Resident, one: Asked, text: bytes) -> tuple[Comparison, float]:
    started = time.monotonic()
    try:
        found = runner.compare(text, one.oracle.tests, SECONDS).result
    except HandOver as why:
        found = Comparison(0, problem=f"handed over: {why}")
    return found, time.monotonic() - started


def _word(found: Comparison) -> str:
    if found.difference:
        return "differs"
    return "unknown" if found.problem or not found.inputs else "agrees"


def _survives(runner: Resident, one: Asked, text: Text) -> bool:
    """Whether the tests let a fault pass that is not proved to be none."""
    try:
        if not runner.compile(text.source).result.ok:
            return False
        ran = runner.rerun(text.source, one.oracle.tests, FAULT_SECONDS)
        report = ran.result.report
        passed = all(outcome is TestOutcome.PASSED for outcome in report.outcomes.values())
        if ran.limit or not report.complete or not passed or not report.outcomes:
            return False
        return not runner.prove(text.source).result.proved
    except HandOver:
        return False


def show(name: str, tally: Tally, whole: bool) -> None:
    survive, exposed = sum(tally.faults.values()), tally.faults["differs"]
    share = f"{100 * exposed / survive:.0f} %" if survive else "-"
    inputs = round(statistics.median(tally.inputs)) if tally.inputs else 0
    row = (
        name, tally.units, tally.comparable, sum(tally.variants.values()), len(tally.alarms),
        survive, exposed, share, inputs, *map(_median, (tally.first, tally.same, tally.other)),
    )  # fmt: skip
    print("".join(f"{cell:>{width}}" for cell, (_, width) in zip(row, COLUMNS, strict=True)))
    for why, count in tally.problems.most_common():
        print(f"    not compared {count}: {why[:150]}")
    print(f"    variants: {dict(tally.variants)}; faults that survive: {dict(tally.faults)}")
    for alarm in tally.alarms:
        print("    ALARM " + alarm.replace("\n", "\n        "))
    for kind, texts in (("exposed", tally.exposed), ("missed", tally.missed)) if whole else ():
        for text in texts:
            print(f"    {kind} " + text.replace("\n", "\n        "))


def _median(seconds: list[float]) -> str:
    return f"{1000 * statistics.median(seconds):.0f}" if seconds else "-"


if __name__ == "__main__":
    main()
