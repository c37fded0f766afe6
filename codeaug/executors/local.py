"""This machine: threads for what waits for the sandbox, killable processes for what computes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, TimeoutError
from dataclasses import dataclass
from itertools import islice
from queue import SimpleQueue
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class _Ready(Generic[Result]):
    result: Result


@dataclass(frozen=True, slots=True)
class Local:
    """`jobs` workers. Results come as they are ready; at most a few items wait in each queue."""

    jobs: int

    def threads(
        self, function: Callable[[Item], Iterable[Result]], items: Iterable[Item], jobs: int = 0
    ) -> Iterator[Result]:
        """The results of each item as they come. An exception of `function` ends the iteration.

        `jobs` workers for what only waits: for another machine.
        """
        jobs = jobs or self.jobs
        pool = ThreadPoolExecutor(jobs)
        ended = threading.Event()
        ready: SimpleQueue[Future[None] | _Ready[Result]] = SimpleQueue()

        def work(item: Item) -> None:
            for result in function(item):
                ready.put(_Ready(result))
                if ended.is_set():
                    return

        waiting, source = 0, iter(items)
        try:
            while True:
                for item in islice(source, jobs * 2 - waiting):
                    pool.submit(work, item).add_done_callback(ready.put)
                    waiting += 1
                if not waiting:
                    return
                found = ready.get()
                if isinstance(found, _Ready):
                    yield found.result
                else:
                    waiting -= 1
                    found.result()
        finally:
            ended.set()
            pool.shutdown(wait=False, cancel_futures=True)

    def processes(
        self, function: Callable[[Item], Result], items: Iterable[Item], seconds: float
    ) -> Iterator[tuple[Item, Result | str]]:
        """Each item with its result, or with a sentence when its worker died or took too long."""
        from pebble import ProcessPool

        with ProcessPool(self.jobs, max_tasks=50) as pool:
            source = iter(items)
            waiting: list[tuple[Item, Future[Any]]] = []
            try:
                while True:
                    for item in islice(source, self.jobs * 2 - len(waiting)):
                        waiting.append((item, pool.schedule(function, (item,), timeout=seconds)))
                    if not waiting:
                        return
                    item, future = waiting.pop(0)
                    yield item, _result(future, seconds)
            finally:
                if waiting:
                    pool.stop()


def _result(future: Future[Any], seconds: float) -> Any:
    from pebble import ProcessExpired

    try:
        return future.result()
    except TimeoutError:
        return f"gave up after {seconds:.0f} s"
    except ProcessExpired as error:
        return f"the worker died: {error}"
