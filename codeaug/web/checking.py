"""Edits are checked as soon as they come: by a process beside the server, one at a time."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from types import TracebackType

from codeaug.store import Store

_LOOK = 15.0
"""Seconds after which is looked again, also for what others edit, and for what could not be checked
because a run was using the store."""
_TO_END = 30.0


class Checker:
    """Calls `check` in a process of its own while edits wait; the process ends with the block."""

    def __init__(self, store: Store, check: Callable[[], None]) -> None:
        self._store = store
        self._check = check
        self._wanted = threading.Event()
        self._ended = threading.Event()
        self._process: BaseProcess | None = None
        self._thread = threading.Thread(target=self._work, name="edits", daemon=True)

    def wake(self) -> None:
        """An edit has come."""
        self._wanted.set()

    def __enter__(self) -> Checker:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._wanted.set()
        self._interrupt()
        self._thread.join(_TO_END)
        if self._process is not None and self._process.is_alive():
            self._process.kill()

    def _interrupt(self) -> None:
        """As by the user: what is finished is kept, and nothing is left running."""
        process = self._process
        if process is not None and process.is_alive() and process.pid:
            os.kill(process.pid, signal.SIGINT)

    def _work(self) -> None:
        # Never by fork: the server has threads, and locks that they hold would stay locked.
        context = multiprocessing.get_context("spawn")
        while not self._ended.is_set():
            self._wanted.clear()
            if self._store.edits.waiting():
                self._process = context.Process(target=self._check, name="codeaug edits")
                self._process.start()
                if self._ended.is_set():  # the server ended in this very moment
                    self._interrupt()
                self._process.join()
            self._wanted.wait(_LOOK)
