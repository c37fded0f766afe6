"""Whether the resident program of a project grows over thousands of texts.

One program judges variants and injected faults of some units again and again, as the pipeline hands
them over: batch after batch, some units each. A row each --every texts: seconds since the start, MB
that the processes of its sandbox hold, and the peak so far.

    python benchmarks/growth.py --project NAME [--texts 10000] [--units 12] [--faults 30]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

import ways
from corpora import CORPORA
from memory import watched
from projects import able, faulty, opened, rewritten

from codeaug.runners.resident import Residents

MEGABYTE = 1 << 20
SETTLED = 0.3  # of the texts, after which what is held must not grow
GROWTH = 1.1  # times, from there to the end


def main() -> None:
    """Exits 1 when it grows by over a tenth once it has settled, 2 when nothing can be asked."""
    given = _arguments()
    with tempfile.TemporaryDirectory(prefix="codeaug-bench-") as scratch:
        home = given.work / given.project if given.work else Path(scratch)
        held = measured(given.project, home, given)
    last = held[int(SETTLED * len(held)) :]
    third = max(1, len(last) // 3)
    before, after = (sorted(some)[len(some) // 2] for some in (last[:third], last[-third:]))
    print(f"held, medians: {before / MEGABYTE:.0f} MB then, {after / MEGABYTE:.0f} MB at the end")
    sys.exit(after > GROWTH * before)


def _arguments() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--project", choices=CORPORA, required=True)
    arguments.add_argument("--texts", type=int, default=10_000)
    arguments.add_argument("--units", type=int, default=12)
    arguments.add_argument("--faults", type=int, default=30, help="of each unit, at most")
    arguments.add_argument("--every", type=int, default=500, help="texts from one row to the next")
    arguments.add_argument("--work", type=Path, help="keeps the built project for the next time")
    return arguments.parse_args()


def measured(name: str, home: Path, given: argparse.Namespace) -> list[int]:
    """Bytes held after each batch."""
    session = opened(name, home, per_unit=3, languages=(CORPORA[name].language,))
    units = able(session)[: given.units]
    made = rewritten(session, units)
    work = [(one, made[one.unit.id] + faulty(one, given.faults)) for one in units]
    work = [(one, trials) for one, trials in work if trials]
    if not work or not ways.has_resident(work[0][0]):
        print(f"{name}: there is no text, or no resident program", file=sys.stderr)
        sys.exit(2)
    print(f"{name}: {sum(len(t) for _, t in work)} texts of {len(work)} units", flush=True)
    print(f"{'texts':>8}{'s':>8}{'held MB':>10}{'peak MB':>10}", flush=True)
    held, due, began = [], 0, time.monotonic()

    def told(judged: int, now: int) -> None:
        nonlocal due
        held.append(now)
        if judged >= due:
            seconds, peak = time.monotonic() - began, max(memory.peak, now)
            megabytes = f"{now / MEGABYTE:>10.0f}{peak / MEGABYTE:>10.0f}"
            print(f"{judged:>8}{seconds:>8.0f}{megabytes}", flush=True)
            due += given.every

    residents = Residents(session.sandbox, session.work / "scratch")
    try:
        with watched() as memory:
            ways.grown(residents, work, given.texts, memory, told)
    finally:
        residents.close()
    return held


if __name__ == "__main__":
    main()
