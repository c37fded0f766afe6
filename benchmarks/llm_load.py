"""What asking costs beside waiting: many slow replies at once, and OpenAI's own client beside it.

Wall time against the ideal (calls / width * seconds a reply), CPU a call of this process, and its
resident memory as the replies come. The model server is a process of its own.
"""

from __future__ import annotations

import os
import resource
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import islice
from pathlib import Path

from llm_replies import SECONDS
from projects import opened

from codeaug.engines.llm.asking import Asker, Guard, Purse
from codeaug.engines.llm.call import Call
from codeaug.engines.llm.endpoint import Access, Endpoint, Leaving, open_endpoint
from codeaug.engines.llm.pricing import Price
from codeaug.engines.llm.rate import Gate
from codeaug.model import Reply
from codeaug.pipeline.desk import Desk
from codeaug.pipeline.scanning import scan
from codeaug.store import Store
from tests.model_server import model_server_process

PROJECT = "cachetools"
MODEL = "openai:test-model"
PRICE = Price(Decimal("0.15"), Decimal("0.60"), Decimal("0.15"))
SAMPLES = 2
"""So many calls a unit at once, as is usual."""
LEAST_SHARE, MOST_CPU_MS = 0.9, 3.0


@dataclass(frozen=True)
class Spent:
    """Wall and CPU seconds of so many calls, and MiB held when each share of them had come."""

    calls: int
    width: int
    wall: float
    cpu: float
    held: tuple[float, ...]

    @property
    def share(self) -> float:
        return self.calls / self.width * SECONDS / self.wall

    @property
    def cpu_ms(self) -> float:
        return self.cpu / self.calls * 1000


@dataclass
class Counted:
    """An endpoint that looks at this process's memory at each quarter of the replies."""

    inner: Endpoint
    calls: int
    held: list[float] = field(default_factory=list)
    _came: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def base_url(self) -> str:
        return self.inner.base_url

    def send(self, call: Call, leaving: Leaving) -> bytes:
        body = self.inner.send(call, leaving)
        with self._lock:
            self._came += 1
            if self._came % (self.calls // 4) == 0:
                self.held.append(resident())
        return body

    def close(self) -> None:
        self.inner.close()


def resident() -> float:
    """MiB of this process."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / (1 << 20)


def load(calls: int, width: int) -> bool:
    """Prints a row each for codeaug and the bare client; whether the targets are met."""
    with tempfile.TemporaryDirectory(prefix="codeaug-bench-") as scratch, served(scratch) as url:
        desk = desk_at(url, Path(scratch), width)
        asked = list(islice(questions(desk), calls))
        sizes = sorted(len(call.text) for call in asked)
        middle, load = sizes[len(sizes) // 2], os.getloadavg()[0]
        print(f"{calls} calls, {width} at once, prompts of {sizes[0]} to {sizes[-1]} characters")
        print(f"({middle} in the middle), load {load:.1f}")
        import_all(desk, asked[0], url)
        ours = codeaug_asks(desk, asked, width, Path(scratch))
        bare = client_asks(url, asked, width)
    own = ours.cpu_ms - bare.cpu_ms
    for name, spent in (("codeaug", ours), ("openai", bare)):
        held = ", ".join(f"{mib:.0f}" for mib in spent.held)
        print(f"{name:<9}{spent.wall:7.1f} s  {spent.share:5.1%} of ideal  "
              f"{spent.cpu_ms:5.2f} CPU ms a call  MiB at each quarter: {held}")  # fmt: skip
    print(f"own overhead: {own:.2f} CPU ms a call (target {MOST_CPU_MS}); "
          f"wall target {LEAST_SHARE:.0%} of ideal")  # fmt: skip
    return ours.share >= LEAST_SHARE and own <= MOST_CPU_MS


@contextmanager
def served(scratch: str) -> Iterator[str]:
    log = Path(scratch) / "log.jsonl"
    with model_server_process("benchmarks.llm_replies:slow", log) as url:
        yield url


def desk_at(url: str, scratch: Path, width: int) -> Desk:
    session = opened(PROJECT, scratch, engine="llm", model=MODEL, base_url=url, calls=width)
    scan(session)
    return Desk(session)


def questions(desk: Desk) -> Iterator[Call]:
    """Real requests about every unit, one sample of each after the other; never the same twice."""
    orders = [desk.order(unit) for unit in desk.units]
    sample = 0
    while True:
        yield from (order.call(sample) for order in orders)
        sample += 1


def import_all(desk: Desk, call: Call, url: str) -> None:
    """Loads what the first call would, so that nobody's time holds it."""
    desk.refuses(call)
    scratch = replace(call, sample=10**6)
    open_endpoint(MODEL, Access(url, "", 60.0, 1)).send(scratch, lambda body: None)


def codeaug_asks(desk: Desk, asked: Sequence[Call], width: int, scratch: Path) -> Spent:
    """The engine with its policy, purse, ledger and store."""
    with Store.open(str(scratch / "replies.db")) as store:
        endpoint = Counted(
            open_endpoint(MODEL, Access(desk.session.settings.base_url, "", 60.0, width)),
            len(asked),
        )
        asker = Asker(
            store, endpoint, Gate(width, 60.0), Guard(desk.policy.id, desk.refuses),
            Purse(store.spent(), None), PRICE,
        )  # fmt: skip
        answered: list[int] = []

        def conversation(calls: Sequence[Call]) -> int:
            """As the pipeline asks about a unit: what came is not kept here."""
            return sum(isinstance(answer, Reply) for answer in asker.ask_all(calls).values())

        with ThreadPoolExecutor(width) as pool:
            units = [asked[start : start + SAMPLES] for start in range(0, len(asked), SAMPLES)]
            wall, cpu = timed(lambda: answered.extend(pool.map(conversation, units)))
        asker.close()
    assert sum(answered) == len(asked)
    return Spent(len(asked), width, wall, cpu, tuple(endpoint.held))


def client_asks(url: str, asked: Sequence[Call], width: int) -> Spent:
    """The same requests by `openai`, as its documentation has it, from as many threads."""
    import openai

    held: list[float] = []

    def ask(number: int) -> None:
        call = asked[number]
        client.chat.completions.create(
            model="test-model", messages=call.chat,  # type: ignore[arg-type]  # plain dictionaries
            temperature=call.temperature,
            seed=call.sample, max_tokens=call.most_tokens,
        )  # fmt: skip
        if (number + 1) % (len(asked) // 4) == 0:
            held.append(resident())

    with openai.OpenAI(base_url=url, api_key="none") as client, ThreadPoolExecutor(width) as pool:
        wall, cpu = timed(lambda: list(pool.map(ask, range(len(asked)))))
    return Spent(len(asked), width, wall, cpu, tuple(held))


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """Wall and CPU seconds."""
    started, used = time.monotonic(), time.process_time()
    act()
    return time.monotonic() - started, time.process_time() - used
