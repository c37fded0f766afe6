"""The review queue under load, over HTTP: many who claim and decide while a run adds variants.

A server of its own on loopback over SQLite, then over PostgreSQL (started here); each person is a
program with an API key that thinks for about a second between a claim and a decision. Milliseconds
of claims, decisions and card pages as the people see them; then whether a vote was lost, or counted
twice. With --kills the server is killed that often meanwhile (kill -9) and started again: every
decision that it acknowledged must be there, once.

    python benchmarks/review_queue.py [--variants N] [--people N] [--seconds N] [--import N]
                                      [--processes N] [--kills N] [--store KIND]
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context

import sqlalchemy as sa

from codeaug.model import Rung, up_to
from codeaug.people import MAY, Person, Role
from codeaug.store import Store, tables
from codeaug.store.evidence import bits
from codeaug.store.rows import chunks
from tests.postgres import database, server
from tests.seeded import COMMIT, UNITS, seed

OVERLAP = 2
THINK = 1.0
TARGET = 0.05  # seconds for 95 of 100 claims and decisions
SERVE = """
import sys
from codeaug.model import Rung
from codeaug.web import Place, serve
port, overlap, processes = map(int, sys.argv[2:])
serve(sys.argv[1], reviewer="p0", bar=Rung.TESTED, overlap=overlap, place=Place(port=port),
      processes=processes, ready=lambda address: print(address, flush=True))
"""


@dataclass
class Seen:
    """Seconds of each claim, decision and page, the ids of decisions that were acknowledged, and
    what went wrong."""

    claims: list[float] = field(default_factory=list)
    decisions: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def main() -> None:
    """Exits 1 when a vote was lost, counted twice or refused."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--variants", type=int, default=20_000, help="in the queue before")
    arguments.add_argument("--people", type=int, default=200)
    arguments.add_argument("--seconds", type=int, default=60)
    arguments.add_argument("--import", type=int, default=100_000, dest="imported")
    arguments.add_argument("--kills", type=int, default=0)
    arguments.add_argument("--processes", type=int, default=2, help="that serve")
    arguments.add_argument("--store", choices=["sqlite", "postgresql"], action="append")
    given = arguments.parse_args()
    heads = ("claim ms", "decide ms", "card page ms")
    print(f"{'store':<12}{'votes':>7}" + "".join(f"{head:>23}" for head in heads)
          + f"{'errors':>8}{'wrong':>7}")  # fmt: skip
    print(" " * 19 + f"{'p50     p95     max':>23}" * 3)
    wrong = 0
    for kind in given.store or ["sqlite", "postgresql"]:
        with opened(kind) as (url, store):
            prepared(store, given.variants)
            keys = [key_of(store, f"p{number}") for number in range(given.people)]
            seen = loaded(url, store, keys, given)
            found = miscounted(store, seen.kept)
        wrong += found + len(seen.errors)
        columns = "".join(f"{spread(s):>23}" for s in (seen.claims, seen.decisions, seen.pages))
        print(f"{kind:<12}{len(seen.kept):>7}{columns}{len(seen.errors):>8}{found:>7}", flush=True)
        for error in sorted(set(seen.errors))[:5]:
            print(f"    {error}")
    print(f"target: 95 of 100 claims and decisions within {1000 * TARGET:.0f} ms")
    sys.exit(wrong > 0)


# --- the store ------------------------------------------------------------------------------------


@contextmanager
def opened(kind: str) -> Iterator[tuple[str, Store]]:
    if kind == "sqlite":
        with tempfile.TemporaryDirectory() as folder, Store.open(f"{folder}/store.db") as store:
            yield f"{folder}/store.db", store
        return
    with server() as address, database(address, "queue") as url, Store.open(url) as store:
        yield url, store


def prepared(store: Store, variants: int) -> None:
    seed(store)
    add_variants(store, range(variants))
    store.slots.fill(Rung.TESTED, OVERLAP)


def add_variants(store: Store, numbers: Sequence[int], pause: float = 0.0) -> None:
    """Variants that passed, a transaction for a hundred, as fast as `pause` lets it."""
    units = [unit.id for unit in UNITS.values()]
    for some in chunks(numbers, 100):
        with store.writing() as connection:
            rows = [{"id": f"{n:020x}", "unit_id": units[n % 3], "code": f"x{n}", "engine": "rules",
                     "recipe": "[]", "seed": 0, "model": "", "prompt": ""}
                    for n in some]  # fmt: skip
            connection.execute(sa.insert(tables.variant), rows)
            rungs = [Rung.COMPARED if n % 2 else Rung.GUARDED for n in some]
            rows = [{"variant_id": f"{n:020x}", "commit_id": COMMIT, "key": "k", "rung": int(rung),
                     "holds": bits(up_to(rung)), "verdict": "passed", "parameters": "[]",
                     "environment": "[]"}
                    for n, rung in zip(some, rungs, strict=True)]  # fmt: skip
            connection.execute(sa.insert(tables.evidence), rows)
        time.sleep(pause)


def add_to(url: str, numbers: Sequence[int], pause: float) -> None:
    """As a run does it: in a process of its own."""
    with Store.open(url) as store:
        add_variants(store, numbers, pause)


def key_of(store: Store, name: str) -> str:
    store.people.put(Person(name, Role.ANNOTATOR), "benchmark")
    return store.people.make_key(name, MAY[Role.ANNOTATOR], 1 << 50, "benchmark")[1]


def miscounted(store: Store, kept: Sequence[str]) -> int:
    """Acknowledged votes that are not there, and variants with more than were asked for."""
    decided = tables.decision
    with store.reading() as connection:
        ids = connection.scalars(sa.select(decided.c.request_id))
        there = {request_id.split()[-1] for request_id in ids}
        votes = sa.func.count()
        more = sa.select(decided.c.variant_id).group_by(decided.c.variant_id)
        too_many = connection.execute(more.having(votes > OVERLAP)).all()
    return len(set(kept) - there) + len(too_many) + len(store.audit.verify().problems)


# --- the load -------------------------------------------------------------------------------------


def loaded(url: str, store: Store, keys: Sequence[str], given: argparse.Namespace) -> Seen:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    numbers = range(given.variants, given.variants + given.imported)
    pause = 100 * given.seconds / max(1, given.imported)
    with (
        running(url, port, given),
        ProcessPoolExecutor(1, get_context("spawn")) as runs,
        ThreadPoolExecutor(len(keys)) as pool,
    ):
        runs.submit(add_to, url, (), 0).result()  # it has started before anybody is timed
        seen, end = Seen(), time.monotonic() + given.seconds + 2
        waits = [runs.submit(add_to, url, numbers, pause)]
        places = enumerate(keys)
        waits += [pool.submit(annotate, port, key, n / len(keys), end, seen) for n, key in places]
        for each in waits:
            each.result()
    return seen


@contextmanager
def running(url: str, port: int, given: argparse.Namespace) -> Iterator[None]:
    """The server, killed and started again as often as is wanted."""
    over, ready, kills = threading.Event(), threading.Event(), given.kills
    started = list[bool]()
    seconds = given.seconds / (kills + 1)
    numbers = (str(port), str(OVERLAP), str(given.processes))

    def keep() -> None:
        for number in range(kills + 1):
            command = [sys.executable, "-c", SERVE, url, *numbers]
            with subprocess.Popen(command, stdout=subprocess.PIPE) as it:
                assert it.stdout is not None
                started.append(bool(it.stdout.readline()))
                ready.set()
                over.wait(seconds if number < kills else None)
                it.send_signal(signal.SIGKILL)
            freed(port)

    thread = threading.Thread(target=keep)
    thread.start()
    try:
        ready.wait()
        if not started[0]:
            raise SystemExit("the server did not start")
        yield
    finally:
        over.set()
        thread.join()


def freed(port: int) -> None:
    """Waits until those that served beside the one that was killed have ended, too."""
    with suppress(OSError):
        for _ in range(200):
            socket.create_connection(("127.0.0.1", port), 1).close()
            time.sleep(0.05)


def annotate(port: int, key: str, phase: float, end: float, seen: Seen) -> None:
    """One person: claims, looks at the card, thinks, decides, until the end. The time to think is
    exponential, as of TPC-C (clause 5.2.5.4): were it constant, those who once waited together
    would come together for ever."""
    client, chance = Client(port, key, seen), random.Random(phase)
    time.sleep(THINK * phase)
    while time.monotonic() < end:
        found = client.ask("POST", "/api/v1/leases", None, seen.claims)
        lease = found and json.loads(found)["lease"]
        if not lease:
            time.sleep(THINK)
            continue
        place = f"/variants/{lease['variant_id']}"
        if len(seen.pages) < len(seen.claims) / 10:
            client.ask("GET", place, None, seen.pages)
        time.sleep(chance.expovariate(1 / THINK))
        body = {"word": "approved", "request_id": lease["token"], "token": lease["token"]}
        if client.ask("POST", f"/api/v1{place}/decisions", body, seen.decisions):
            seen.kept.append(lease["token"])


@dataclass
class Client:
    """Requests over one connection. What is not answered is asked again, as a browser's page does;
    only what was answered at the first time is timed."""

    port: int
    key: str
    seen: Seen
    connection: http.client.HTTPConnection | None = None

    def ask(self, method: str, place: str, body: object, seconds: list[float]) -> bytes:
        for attempt in range(100):
            started = time.perf_counter()
            try:
                code, answer = self._ask(method, place, body)
            except (OSError, http.client.HTTPException):
                self.connection = None
                time.sleep(0.2)
                continue
            if attempt == 0:
                seconds.append(time.perf_counter() - started)
            if code == 200:
                return answer
            self.seen.errors.append(f"{method} {place.split('/')[-1]}: {code} {answer[:200]!r}")
            return b""
        self.seen.errors.append(f"{method} {place}: never answered")
        return b""

    def _ask(self, method: str, place: str, body: object) -> tuple[int, bytes]:
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"authorization": f"Bearer {self.key}", "content-type": "application/json"}
        self.connection.request(method, place, json.dumps(body) if body else None, headers)
        answer = self.connection.getresponse()
        return answer.status, answer.read()


def spread(seconds: Sequence[float]) -> str:
    ordered = sorted(seconds) or [0.0]
    figures = (statistics.median(ordered), ordered[int(0.95 * len(ordered))], ordered[-1])
    return " ".join(f"{1000 * figure:7.1f}" for figure in figures)


if __name__ == "__main__":
    main()
