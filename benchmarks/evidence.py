"""How fast evidence is made, against the plain way, the limit and the standard mutation testers.

On real projects, each figure of the same units in the same run, with one worker everywhere:

    plain     variants a second by copying the tree, building everything and running all tests
    cold      variants a second by the build's own steps in a workspace
    resident  variants a second by the resident program, what each unit costs to load included
    bare      runs a second of the same tests, already loaded, with nothing around: the limit
    faults    injected faults a second by the resident program; it stops at the first failing test
    tester    faults a second by the mutation tester of the language, which does so too

    /plain    resident against plain
    x bare    seconds of a text (compiled, covering tests run) over those of the bare tests; median
              of the units whose bare tests take 20 ms or more
    /tester   faults against tester
    start     seconds until the resident program has judged its first text
    peak MB, grown MB   memory of all processes of its sandbox, and what they hold after --grow
              texts beyond what they held after the first

    python benchmarks/evidence.py [--languages L ...] [--projects NAME ...] [--variants N]
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import ways
from bare_time import bare_seconds
from corpora import CORPORA
from memory import watched
from plain import plain_way
from projects import Able, able, faulty, opened, rewritten
from testers import Judged, tested

from codeaug.checks import Trial
from codeaug.pipeline import Session
from codeaug.runners.resident import Residents

PROJECTS = {
    "python": ("cachetools", "boltons"),
    "java": ("commons-cli", "commons-csv"),
    "cpp": ("tinyxml2", "libjsoncpp"),
}
PER_UNIT = 3
SLOW = 0.02  # seconds of bare tests from which on the overhead is judged
MEGABYTE = 1 << 20
TARGETS = {"/plain": 30.0, "x bare": 1.5, "/tester": 1.0}
COLUMNS = (
    "plain", "cold", "resident", "bare", "faults", "tester", "/plain", "x bare", "/tester",
    "start s", "peak MB", "grown MB",
)  # fmt: skip


@dataclass
class Row:
    """The figures of one project by column, None where there are none; `notes` say why."""

    figures: dict[str, float | None] = field(default_factory=lambda: dict.fromkeys(COLUMNS))
    notes: list[str] = field(default_factory=list)

    def ratio(self, name: str, above: str, below: str) -> None:
        over, under = self.figures[above], self.figures[below]
        if over is not None and under:
            self.figures[name] = over / under

    @property
    def missed(self) -> list[str]:
        """The targets that are not reached. A figure that could not be had misses none but the
        first: without a resident program nothing is reached."""
        found = []
        if (speed := self.figures["/plain"]) is None or speed < TARGETS["/plain"]:
            found.append("/plain")
        if (over := self.figures["x bare"]) is not None and over > TARGETS["x bare"]:
            found.append("x bare")
        if (against := self.figures["/tester"]) is not None and against < TARGETS["/tester"]:
            found.append("/tester")
        return found


def main() -> None:
    """Prints a row a project, then the targets; exits 1 when one of them is missed."""
    given = _arguments()
    names = given.projects or [n for language in given.languages for n in PROJECTS[language]]
    print(f"{'project':<14}" + "".join(f"{column:>10}" for column in COLUMNS), flush=True)
    missed = False
    for name in names:
        with tempfile.TemporaryDirectory(prefix="codeaug-bench-") as scratch:
            row = measured(name, given.work / name if given.work else Path(scratch), given)
        print(f"{name:<14}" + "".join(_shown(row.figures[column]) for column in COLUMNS))
        for note in row.notes + [f"missed: {target}" for target in row.missed]:
            print(f"    {note}")
        sys.stdout.flush()
        missed |= bool(row.missed)
    goals = {"/plain": ">= 30", "x bare": "<= 1.5", "/tester": ">= 1"}
    print(f"{'target':<14}" + "".join(f"{goals.get(column, ''):>10}" for column in COLUMNS))
    sys.exit(missed)


def _arguments() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--languages", nargs="+", choices=PROJECTS, default=[*PROJECTS])
    arguments.add_argument("--projects", nargs="+", choices=CORPORA, help="instead of all")
    arguments.add_argument("--variants", type=int, default=12, help="of a project")
    arguments.add_argument("--faults", type=int, default=24, help="of a project")
    arguments.add_argument("--plain", type=int, default=2, help="variants judged the plain way")
    arguments.add_argument("--grow", type=int, default=300, help="texts while memory is watched")
    arguments.add_argument("--repeat", type=float, default=1.0, help="seconds of bare tests a unit")
    arguments.add_argument("--work", type=Path, help="keeps the built projects for the next time")
    return arguments.parse_args()


def _shown(figure: float | None) -> str:
    if figure is None:
        return f"{'-':>10}"
    return f"{figure:>10.2f}" if abs(figure) < 100 else f"{figure:>10.0f}"


# --- one project ----------------------------------------------------------------------------------


def measured(name: str, scratch: Path, given: argparse.Namespace) -> Row:
    """All figures of one project."""
    language, row = CORPORA[name].language, Row()
    session = opened(name, scratch, per_unit=PER_UNIT, languages=(language,))
    work, slow = _work(session, given.variants)
    units = [one for one, _ in work]
    plain = plain_way(scratch, session, language)
    some = [(one, trial) for one, trials in work for trial in trials][: given.plain]
    seconds = [plain(one.unit, trial.variant.code) for one, trial in some]
    row.figures["plain"] = len(seconds) / sum(seconds) if seconds else None
    row.figures["cold"] = ways.cold(session, work).rate
    timed = units + [one for one, _ in slow]
    bare = bare_seconds(session, timed, given.repeat)
    row.figures["bare"] = _runs_a_second(work, bare)
    by_id = {one.unit.id: taken for one, taken in zip(timed, bare, strict=True)}
    _resident(session, work, slow, by_id, given, row)
    _tester(tested(scratch, session, units, given.faults), row)
    row.ratio("/plain", "resident", "plain")
    row.ratio("/tester", "faults", "tester")
    return row


def _work(session: Session, wanted: int) -> tuple[ways.Work, list[tuple[Able, list[Trial]]]]:
    """Units with their variants, `wanted` in all; and up to two more with slow tests.

    Exits when no unit has a variant: there is nothing to measure.
    """
    units = able(session)
    work: list[tuple[Able, list[Trial]]] = []
    left = wanted
    for some in (units[at : at + wanted] for at in range(0, len(units), wanted)):
        made = rewritten(session, some) if left > 0 else {}
        for one in some:
            trials = made.get(one.unit.id, [])[:left]
            if trials:
                work.append((one, trials))
                left -= len(trials)
    if not work:
        sys.exit(f"{session.repository.address}: none of {len(units)} units has a variant")
    chosen = {one.unit.id for one, _ in work}
    others = sorted((u for u in units if u.unit.id not in chosen), key=lambda one: -one.usual)
    slow = [one for one in others if one.usual >= SLOW][:10]
    made = rewritten(session, slow)
    return work, [(one, made[one.unit.id]) for one in slow if made[one.unit.id]][:2]


def _runs_a_second(work: ways.Work, bare: Sequence[float]) -> float:
    """As many runs of each unit's tests as it has variants."""
    counts = [len(trials) for _, trials in work]
    return sum(counts) / sum(n * s for n, s in zip(counts, bare, strict=False))


def _resident(
    session: Session,
    work: ways.Work,
    slow: ways.Work,
    bare: dict[str, float],
    given: argparse.Namespace,
    row: Row,
) -> None:
    """What the resident program is asked, all of it by the same program."""
    if not ways.has_resident(work[0][0]):
        row.notes.append("the build has no resident program")
        return
    residents = Residents(session.sandbox, session.work / "scratch")
    share = max(1, given.faults // len(work))
    faults = [(one, faulty(one, share)) for one, _ in work]
    try:
        with watched() as memory:
            row.figures["start s"] = ways.started(residents, work[0][0])
            variants = ways.resident(residents, work)
            injected = ways.resident(residents, faults, words=False)
            extra = ways.resident(residents, slow)
            both = [(one, [*some, *faults[i][1]]) for i, (one, some) in enumerate(work)]
            peak, growth = ways.grown(residents, both, given.grow, memory)
    finally:
        residents.close()
    row.figures["resident"], row.figures["faults"] = variants.rate, injected.rate
    row.figures["peak MB"], row.figures["grown MB"] = peak / MEGABYTE, growth / MEGABYTE
    over = [
        statistics.median(seconds) / bare[unit]
        for unit, seconds in {**variants.each, **extra.each}.items()
        if seconds and bare[unit] >= SLOW
    ]
    row.figures["x bare"] = statistics.median(over) if over else None
    row.notes.append(f"{variants.passed} of {variants.items} variants and {injected.passed} of "
                     f"{injected.items} faults of {len(work)} units pass; {len(over)} units have "
                     f"bare tests of {1000 * SLOW:.0f} ms or more")  # fmt: skip
    handed = Counter(variants.handed + injected.handed + extra.handed)
    row.notes += [f"handed over {count}: {why[:150]}" for why, count in handed.most_common()]


def _tester(judged: Judged, row: Row) -> None:
    row.figures["tester"] = judged.rate
    row.notes.append(
        f"{judged.tester}: {judged.problem}" if judged.rate is None
        else f"{judged.tester}: {judged.items} faults in {judged.seconds:.1f} s"
    )  # fmt: skip


if __name__ == "__main__":
    main()
