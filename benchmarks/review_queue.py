"""The review queue under load: many people who claim and decide, while a run adds variants.

On SQLite and on a PostgreSQL server of its own. Milliseconds of a claim and of a decision, as the
store takes them (no HTTP); then whether any vote was lost, or counted twice.

    python benchmarks/review_queue.py [--variants N] [--people N] [--seconds N] [--store KIND]
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

import sqlalchemy as sa

from codeaug import review
from codeaug.errors import CodeaugError
from codeaug.model import Rung, Word
from codeaug.store import Store, tables
from codeaug.store.evidence import bits
from codeaug.store.rows import chunks
from tests.postgres import database, server

OVERLAP = 2
THINK = 1.0
SPEED = 500
"""So many variants a second are checked and kept by the run beside."""


@dataclass
class Seen:
    """Seconds of each claim and decision, and what went wrong."""

    claims: list[float] = field(default_factory=list)
    decisions: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def main() -> None:
    """Exits 1 when a vote was lost, counted twice or refused."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--variants", type=int, default=20_000, help="in the queue before")
    arguments.add_argument("--people", type=int, default=200)
    arguments.add_argument("--seconds", type=int, default=20)
    arguments.add_argument("--import", type=int, default=10_000, dest="imported")
    arguments.add_argument("--store", choices=["sqlite", "postgresql"], action="append")
    given = arguments.parse_args()
    print(f"{'store':<12}{'votes':>7}{'claim ms':>22}{'decide ms':>22}{'errors':>8}{'wrong':>7}")
    print(f"{'':<19}{'p50    p95    max':>22}{'p50    p95    max':>22}")
    wrong = 0
    for kind in given.store or ["sqlite", "postgresql"]:
        with opened(kind) as store:
            add_variants(store, range(given.variants))
            store.slots.fill(Rung.TESTED, OVERLAP)
            seen = loaded(store, given.people, given.seconds, given.variants, given.imported)
            found = miscounted(store, len(seen.decisions))
        wrong += found + len(seen.errors)
        print(f"{kind:<12}{len(seen.decisions):>7}{spread(seen.claims):>22}"
              f"{spread(seen.decisions):>22}{len(seen.errors):>8}{found:>7}")  # fmt: skip
        for error in sorted(set(seen.errors)):
            print(f"    {error}")
    sys.exit(wrong > 0)


@contextmanager
def opened(kind: str) -> Iterator[Store]:
    if kind == "sqlite":
        with tempfile.TemporaryDirectory() as folder, Store.open(f"{folder}/store.db") as store:
            yield store
        return
    with server() as address, database(address, "queue") as url, Store.open(url) as store:
        yield store


def add_variants(store: Store, numbers: Sequence[int], pause: float = 0.0) -> None:
    """Variants that passed, a transaction for a hundred, as fast as `pause` lets it."""
    for some in chunks(numbers, 100):
        with store.writing() as connection:
            rows = [{"id": f"v{n:09}", "unit_id": f"u{n // 3}", "code": "x", "engine": "rules",
                     "recipe": "[]", "seed": 0, "model": "", "prompt": ""}
                    for n in some]  # fmt: skip
            connection.execute(sa.insert(tables.variant), rows)
            rungs = [Rung.COMPARED if n % 2 else Rung.GUARDED for n in some]
            rows = [{"variant_id": f"v{n:09}", "commit_id": "c", "key": "k", "rung": int(rung),
                     "holds": bits(range(1, rung + 1)), "verdict": "passed", "parameters": "[]",
                     "environment": "[]"}
                    for n, rung in zip(some, rungs, strict=True)]  # fmt: skip
            connection.execute(sa.insert(tables.evidence), rows)
        time.sleep(pause)


def loaded(store: Store, people: int, seconds: int, first: int, imported: int) -> Seen:
    seen, end = Seen(), time.monotonic() + seconds
    with ThreadPoolExecutor(people + 1) as pool:
        numbers = range(first, first + imported)
        waits = [pool.submit(add_variants, store, numbers, 100 / SPEED)]
        waits += [pool.submit(annotate, store, f"p{n}", end, seen) for n in range(people)]
        for each in waits:
            each.result()
    store.slots.fill(Rung.TESTED, OVERLAP)
    return seen


def annotate(store: Store, reviewer: str, end: float, seen: Seen) -> None:
    threading.Event().wait(THINK * (hash(reviewer) % 100) / 100)
    while time.monotonic() < end:
        try:
            with timed(seen.claims):
                lease = review.next_card(store, reviewer)
            time.sleep(THINK)
            if lease is None:
                continue
            with timed(seen.decisions):
                review.decide(
                    store, lease.variant_id, reviewer, Word.APPROVED, lease.token,
                    token=lease.token,
                )  # fmt: skip
        except CodeaugError as error:
            seen.errors.append(str(error))


@contextmanager
def timed(seconds: list[float]) -> Iterator[None]:
    started = time.perf_counter()
    yield
    seconds.append(time.perf_counter() - started)


def miscounted(store: Store, kept: int) -> int:
    """Votes that are not there, and variants with more than were asked for."""
    decided = tables.decision
    with store.reading() as connection:
        there = connection.scalar(sa.select(sa.func.count()).select_from(decided)) or 0
        votes = sa.func.count(sa.distinct(decided.c.reviewer))
        more = sa.select(decided.c.variant_id).group_by(decided.c.variant_id)
        too_many = connection.execute(more.having(votes > OVERLAP)).all()
    return abs(there - kept) + len(too_many)


def spread(seconds: Sequence[float]) -> str:
    ordered = sorted(seconds) or [0.0]
    figures = (statistics.median(ordered), ordered[int(0.95 * len(ordered))], ordered[-1])
    return " ".join(f"{1000 * figure:6.1f}" for figure in figures)


if __name__ == "__main__":
    main()
