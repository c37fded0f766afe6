"""Seconds a checked variant, against the plain way: copy the tree, build everything, run all tests.

One real project a language; the same variants both ways, in the same run, as many of a unit as the
settings make by themselves. The plain way runs the same builds outside any sandbox, the tools warm,
so that this does not flatter us; it answers up to `tested`, ours proves and compares as well.

    python benchmarks/check.py [--units N] [--projects NAME ...]
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from corpora import CORPORA
from plain import plain_way
from projects import opened

from codeaug.model import Variant
from codeaug.pipeline import Session, run

PROJECTS = ("boltons", "commons-csv", "libjsoncpp")
TARGET = 3.0


def main() -> None:
    """Prints one row a language and the ratio; exits 1 when a ratio is below the target."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--units", type=int, default=3, help="units a project")
    arguments.add_argument("--projects", nargs="+", default=PROJECTS, choices=CORPORA)
    chosen = arguments.parse_args()
    print(f"{'project':<14}{'variants':>9}{'codeaug s':>11}{'plain s':>9}{'ratio':>7}")
    ratios = []
    for name in chosen.projects:
        with tempfile.TemporaryDirectory(prefix="codeaug-bench-") as scratch:
            ours, plain = measure(name, Path(scratch), chosen.units)
        ratios.append(statistics.median(plain) / statistics.median(ours))
        print(
            f"{name:<14}{len(ours):>9}{statistics.median(ours):>11.2f}"
            f"{statistics.median(plain):>9.2f}{ratios[-1]:>7.1f}"
        )
    sys.exit(min(ratios) < TARGET)


def measure(name: str, scratch: Path, units: int) -> tuple[list[float], list[float]]:
    """Seconds of each variant, our way (one at a time) and the plain way."""
    session = prepared(name, scratch, units)
    language = CORPORA[name].language
    pairs = [
        (unit, variant)
        for unit in session.store.units(session.commit)
        if unit.language == language
        for variant in session.store.variants(unit.id)
    ]
    ours = [spent(session, variant) for _, variant in pairs]
    runner = plain_way(scratch, session, language)
    plain = [runner(unit, variant.code) for unit, variant in pairs]
    return ours, plain


def prepared(name: str, scratch: Path, units: int) -> Session:
    """The project with the variants of some units, all checked by one worker."""
    session = opened(name, scratch, limit=units)
    run(session)
    return session


def spent(session: Session, variant: Variant) -> float:
    """Seconds that one worker spent on the variant, all its checks and its workspace included."""
    evidence = session.store.evidence(variant.id, session.commit)
    assert evidence is not None, "the run has checked every variant"
    return float(dict(evidence.parameters)["seconds"])


if __name__ == "__main__":
    main()
