"""The dashboard over a large store: a million variants on SQLite unless told otherwise.

Seconds of the census that a run takes after it, of the start of the site, of what it then counts
beside, of pages of the list, and of visits. Wall and processor time of this process, by the site
itself, no socket.

    python benchmarks/dashboard.py [--variants N] [--decided N] [--store FILE]
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from codeaug import review
from codeaug.model import Rung, Word
from codeaug.people import Role
from codeaug.store import Store, census, tables
from codeaug.store.evidence import bits
from codeaug.store.rows import chunks
from tests.visiting import visit

LANGUAGES = ("python", "java", "cpp")
TRANSFORMS = ("guard-clause", "invert-if", "rename-local", "ternary", "boolean-return",
              "explaining-variable", "nested-conditions")  # fmt: skip
REASONS = ("changes behaviour", "unnatural", "trivial")
PER_UNIT, UNITS_IN_FILE, PEOPLE = 3, 30, 40


def main() -> None:
    """Exits 1 when the dashboard takes more than a second."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--variants", type=int, default=1_000_000)
    arguments.add_argument("--decided", type=int, default=200_000, help="by two people each")
    arguments.add_argument("--store", type=Path, help="kept, and used again if it is there")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.store or Path(folder, "store.db")
        there = path.exists()
        with Store.open(str(path)) as store:
            if not there:
                fill(store, given.variants, given.decided)
            sys.exit(measured(store) > 1.0)


def measured(store: Store) -> float:
    with store.writing() as connection:
        connection.execute(sa.delete(tables.census))
    with timed("census"):
        census.take(store.reading, store.writing)
    slowest = 0.0
    for role in (Role.CURATOR, Role.ANNOTATOR):
        with timed(f"start, as {role}"):
            client = visit(store, reviewer=role, role=role, bar=Rung.COMPARED, overlap=2)
        with timed("counted beside"):
            for thread in threading.enumerate():
                if thread.name.startswith("figures"):
                    thread.join()
        for page in ("/variants", "/variants?page=1000", "/variants?verdict=failed"):
            with timed(page):
                assert client.get(page).status_code == 200
        for page in ("/dashboard", "/agreement"):
            for what in ("first visit", "second visit", "after a decision"):
                if what == "after a decision":
                    decide(store)
                with timed(f"{page}, {what}") as took:
                    assert client.get(page).status_code == 200
                slowest = max(slowest, took[0]) if page == "/dashboard" else slowest
    return slowest


def decide(store: Store) -> None:
    lease = store.slots.claim("eve", time.time_ns() // 1_000_000)
    assert lease is not None
    review.decide(store, lease.variant_id, "eve", Word.APPROVED, lease.token, token=lease.token)


@contextmanager
def timed(what: str) -> Iterator[list[float]]:
    took: list[float] = []
    wall, processor = time.perf_counter(), time.process_time()
    yield took
    took.append(time.perf_counter() - wall)
    print(f"{what:<28}{took[0]:8.2f} s{time.process_time() - processor:8.2f} s of processor")


def fill(store: Store, variants: int, decided: int) -> None:
    """Variants of functions in three languages, three quarters of which passed, two slots each; the
    first are decided about."""
    lot = random.Random(1)
    files = max(len(LANGUAGES), variants // PER_UNIT // UNITS_IN_FILE)
    with store.writing() as connection:
        connection.execute(sa.insert(tables.source_file), [
            {"id": n, "fingerprint": "f", "path": f"p/{n}.x", "language": LANGUAGES[n % 3],
             "blob": str(n), "units": UNITS_IN_FILE} for n in range(files)
        ])  # fmt: skip
        connection.execute(sa.insert(tables.text), [{"id": "t", "body": b""}])
    for some in chunks(range(variants), 30_000):
        with store.writing() as connection:
            add_units(connection, range(some[0] // PER_UNIT, some[-1] // PER_UNIT + 1), files)
            add_variants(connection, some)
            add_votes(connection, some, decided, lot)


def add_units(connection: sa.Connection, numbers: range, files: int) -> None:
    places = {name: 0 for name in ("start_byte", "end_byte", "body_start", "body_end", "line",
                                   "body_line", "end_line")}  # fmt: skip
    rows = [
        {"id": f"{n:020x}", "file_id": n % files, "ordinal": n // files, "name": f"f{n}",
         "parameters": "", "code": "x" * 400, **places} for n in numbers
    ]  # fmt: skip
    connection.execute(sa.insert(tables.unit).prefix_with("OR IGNORE"), rows)
    connection.execute(sa.insert(tables.oracle).prefix_with("OR IGNORE"), [
        {"unit_id": f"{n:020x}", "commit_id": "c", "tests": n % 5, "tests_id": "t",
         "lines_id": "t", "reason": ""} for n in numbers
    ])  # fmt: skip
    connection.execute(sa.insert(tables.strength).prefix_with("OR IGNORE"), [
        {"unit_id": f"{n:020x}", "commit_id": "c", "key": "k", "faults_id": "t", "problem": "",
         "caught": n % 7, "judged": 6} for n in numbers if n % 5
    ])  # fmt: skip


def add_variants(connection: sa.Connection, numbers: list[int]) -> None:
    connection.execute(sa.insert(tables.variant), [
        {"id": _id(n), "unit_id": f"{n // PER_UNIT:020x}", "code": "y" * 400, "engine": "rules",
         "recipe": json.dumps([TRANSFORMS[n % 7]]), "seed": 0, "model": "", "prompt": ""}
        for n in numbers
    ])  # fmt: skip
    connection.execute(sa.insert(tables.evidence), [
        {"variant_id": _id(n), "commit_id": "c", "key": "k", "rung": 4 + n % 2,
         "holds": bits(list(Rung)[1 : 5 + n % 2]), "verdict": "passed" if n % 4 else "failed",
         "parameters": "[]", "environment": "[]"} for n in numbers
    ])  # fmt: skip


def add_votes(
    connection: sa.Connection, numbers: list[int], decided: int, lot: random.Random
) -> None:
    asked = [(n, place) for n in numbers if n % 4 for place in (0, 1)]
    connection.execute(sa.insert(tables.slot), [
        {"variant_id": _id(n), "ordinal": place, "priority": 4 + n % 2, "tie": 0, "token": "",
         "holder": _person(n, place) if n < decided else "", "until": 0, "done": int(n < decided)}
        for n, place in asked
    ])  # fmt: skip
    rows = [
        {"request_id": f"{n} {place}", "variant_id": _id(n), "reviewer": _person(n, place),
         "word": lot.choices(["approved", "rejected", "flagged"], [80, 18, 2])[0],
         "reason": lot.choice(REASONS), "comment": "", "naturalness": lot.randint(0, 5),
         "made_at": f"2026-10-{1 + n * 28 // decided:02}T10:00:00+00:00"}
        for n, place in asked if n < decided
    ]  # fmt: skip
    if rows:
        connection.execute(sa.insert(tables.decision), rows)


def _id(number: int) -> str:
    """Ids are hashes: they lie all over an index."""
    return f"{number * 7919 % 10**12:020}"


def _person(number: int, place: int) -> str:
    return f"p{(number + place) % PEOPLE}"


if __name__ == "__main__":
    main()
