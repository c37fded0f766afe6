"""The memory of all processes below this one: while a benchmark asks, those of the sandbox."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator
from pathlib import Path

TICK = 0.05  # seconds between two looks

PAGE = os.sysconf("SC_PAGE_SIZE")


class Memory:
    """Looks again and again at the resident memory of all descendants, in bytes.

    Pages that processes share count in each of them, so that forks make it look larger than it is.
    """

    def __init__(self) -> None:
        self.peak = 0
        self._done = threading.Event()

    def now(self) -> int:
        """What they hold at this moment."""
        parents: dict[int, list[int]] = {}
        held: dict[int, int] = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                with contextlib.suppress(OSError, ValueError):  # it has ended meanwhile
                    stat = (entry / "stat").read_text().rpartition(")")[2].split()
                    parents.setdefault(int(stat[1]), []).append(int(entry.name))
                    held[int(entry.name)] = int(stat[21]) * PAGE
        found, waiting = 0, list(parents.get(os.getpid(), ()))
        while waiting:
            process = waiting.pop()
            found += held[process]
            waiting += parents.get(process, ())
        return found

    def _look(self) -> None:
        while not self._done.wait(TICK):
            self.peak = max(self.peak, self.now())


@contextlib.contextmanager
def watched() -> Iterator[Memory]:
    memory = Memory()
    thread = threading.Thread(target=memory._look, daemon=True)
    thread.start()
    try:
        yield memory
    finally:
        memory._done.set()
        thread.join()
